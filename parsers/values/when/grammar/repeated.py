"""What comes again and again: `every Monday at 9`."""

from datetime import date, timedelta

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.days import coming, nth, period
from parsers.values.when.model import Clock, Day, Hours, Span
from parsers.values.when.moments import clock_span, day_span, hours_span

_OFTEN = {
    "day": "FREQ=DAILY", "workday": "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "week": "FREQ=WEEKLY",
    "month": "FREQ=MONTHLY", "quarter": "FREQ=MONTHLY;INTERVAL=3", "year": "FREQ=YEARLY",
    "hour": "FREQ=HOURLY", "fortnight": "FREQ=WEEKLY;INTERVAL=2",
}  # fmt: skip
_BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REPEATED = Layer()


@REPEATED.rule(
    "SPAN",
    "every WEEKDAY; every WEEKDAY at? JCLOCK; every WEEKDAY HOURS; every WEEKDAY APART; "
    "every_other WEEKDAY; every_other WEEKDAY at? JCLOCK; every_other WEEKDAY at HOUR; every "
    "WEEKDAY at HOUR; JCLOCK every WEEKDAY; every WEEKDAY BAREHOURS",
)
def _every_weekday(context: Context, *rest: object) -> Span | None:
    weekday = next((one for one in rest if isinstance(one, int) and not isinstance(one, Clock)), 0)
    day = Day(coming(weekday, context.today))
    interval = ";INTERVAL=2" if "every_other" in rest else ""
    return _with_rest(day, rest, context, f"FREQ=WEEKLY{interval};BYDAY={_BYDAY[weekday]}")


@REPEATED.rule(
    "SPAN",
    "every unit; every unit at? JCLOCK; every NUM unit; JCLOCK every unit; every unit HOURS; "
    "every_other unit; every part; every part at? JCLOCK; every? often; often at JCLOCK",
)
def _every(context: Context, *rest: object) -> Span | None:
    words = [one for one in rest if isinstance(one, str) and not one.startswith("every")]
    often = _OFTEN.get(words[0], "FREQ=DAILY") if words else "FREQ=DAILY"
    number = next((one for one in rest if isinstance(one, int)), 2 if "every_other" in rest else 1)
    if number > 1 and "INTERVAL" not in often:
        often += f";INTERVAL={number}"
    return _with_rest(Day(context.today + timedelta(days=1)), rest, context, often)


@REPEATED.rule("SPAN", "every ORD WEEKDAY; every ORD WEEKDAY at? JCLOCK; every ORD WEEKDAY at HOUR")
def _every_nth(context: Context, _: str, number: int, weekday: int, *rest: object) -> Span | None:
    """`every first Monday`: of each month."""
    months = (period("month", context.today.replace(day=1)), period("month", _next(context)))
    days = [nth(weekday, number, month) for month in months if month]
    day = next((one for one in days if one and one > context.today), None)
    if day is None or number > 4:
        return None
    return _with_rest(Day(day), rest, context, f"FREQ=MONTHLY;BYDAY={number}{_BYDAY[weekday]}")


def _next(context: Context) -> date:
    """A day of the next month."""
    return (context.today.replace(day=1) + timedelta(days=32)).replace(day=1)


def _with_rest(day: Day, rest: tuple[object, ...], context: Context, often: str) -> Span | None:
    found: Span | None = day_span(day, context)
    for one in rest:
        if isinstance(one, Clock):
            found = clock_span(one, context, day)
        elif isinstance(one, Hours):
            found = hours_span(one, context, day)
    return found._replace(repeats=often) if found else None
