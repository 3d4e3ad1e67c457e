"""One time or the other: `Tuesday or Wednesday after 3`."""

from datetime import timedelta

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.days import coming, day_of_month, yearless
from parsers.values.when.model import Clock, Day, Hours, Period, Span
from parsers.values.when.moments import clock_span, day_span, hours_span, part_span

Spans = tuple[Span, ...]
LISTS = Layer()


@LISTS.rule(
    "LIST",
    "PLACE or MD; PLACE or the? MD; PLACE , PLACE or MD; the? NUM or MD; at NUM or MD; NUM , NUM "
    "or MD",
)
def _days_listed(context: Context, *rest: object) -> Spans | None:
    *numbers, last = rest
    if not isinstance(last, tuple):
        return None
    found = [
        yearless(last[0], one, context.today)
        for one in (*numbers, last[1])
        if isinstance(one, int) and one <= 31
    ]
    spans = [day_span(Day(days[0]), context) for days in found if days]
    return tuple(one for one in spans if one) if len(spans) == len(rest) else None


@LISTS.rule(
    "LIST",
    "the? NTH or the? NTH; the? NTH , the? NTH or the? NTH; the? NTH , the? NTH , the? NTH or the? "
    "NTH; the? NTH and the? NTH; the? NTH , the? NTH and the? NTH",
)
def _numbered_days(context: Context, *numbers: int) -> Spans | None:
    """`the 19th, 20th or 27th`: of the month that is the next one for the first of them."""
    days = [day_of_month(number, context.today) for number in numbers]
    spans = [day_span(Day(day), context) for day in days if day]
    return tuple(one for one in spans if one) if len(spans) == len(numbers) else None


@LISTS.rule(
    "LIST",
    "ADAY or ADAY at? JCLOCK; ADAY or ADAY after JCLOCK; ADAY or ADAY after HOUR; ADAY or "
    "ADAY HOURS; ADAY or ADAY APART; ADAY or ADAY BAREHOURS; ADAY or ADAY at HOURS",
)
def _shared_hours(context: Context, one: Day, two: Day, said: object) -> Spans | None:
    first, last = (_on(day, said, context) for day in (one, two))
    if first and last and last.start < first.start and last.others:
        last = last._replace(start=last.others[0], end=last.others[0] + (last.end - last.start))
    return tuple(span for span in (first, last) if span)


def _on(day: Day, said: object, context: Context) -> Span | None:
    if isinstance(said, Clock):
        return clock_span(said, context, day)
    if isinstance(said, Hours):
        return hours_span(said, context, day)
    return part_span(said[0], context, day) if isinstance(said, tuple) else None


@LISTS.rule(
    "LIST",
    "ADAY ,? at? JCLOCK or JCLOCK; ADAY JCLOCK or HOUR; ADAY HOURS or HOURS; ADAY ,? at JCLOCK "
    "or HOUR; ADAY ,? at HOUR or HOUR",
)
def _shared_day(context: Context, day: Day, one: object, two: object) -> Spans | None:
    spans = [_on(day, said, context) for said in (one, two)]
    return tuple(span for span in spans if span)


@LISTS.rule("LIST", "ADAY ,? at? JCLOCK or ADAY ,? at? JCLOCK")
def _days_with_hours(
    context: Context, one: Day, first: Clock, two: Day, second: Clock
) -> Spans | None:
    """`le 13 \u00e0 10h ou le 14 \u00e0 15h`: two days, no 14 o'clock."""
    spans = [clock_span(first, context, one), clock_span(second, context, two)]
    return tuple(span for span in spans if span)


@LISTS.rule("LIST", "ADAY ,? at? JCLOCK or ADAY APART?")
def _one_with_an_hour(
    context: Context, one: Day, first: Clock, two: Day, *part: tuple[str, ...]
) -> Spans | None:
    """`le 13 \u00e0 16h ou le 15 au matin`: two days, no 15 o'clock."""
    name = part[0][0] if part else ""
    spans = [clock_span(first, context, one), _part_of(_behind(one, two), name, context)]
    return tuple(span for span in spans if span)


@LISTS.rule("LIST", "WEAKDAY or WEEKDAY; WEAKDAY and WEEKDAY")
def _short_days(context: Context, one: Day, two: int) -> Spans | None:
    """`Wed or Thu`: what may be a verb is a day beside another one."""
    day = Day(coming(two, context.today), weekday=True)
    spans = [day_span(one, context), day_span(_behind(one, day), context)]
    return tuple(span for span in spans if span)


def _behind(one: Day, two: Day) -> Day:
    """Weekdays in their order are days of one week; the sooner one may be meant as well."""
    later = two.day + timedelta(weeks=1)
    if not (one.weekday and two.weekday and one.day.weekday() < two.day.weekday()):
        return two
    return two if two.day > one.day else Day(later, (two.day,), ("weekday",), weekday=True)


@LISTS.rule(
    "LIST",
    "JCLOCK or JCLOCK ,? ADAY; JCLOCK or HOUR ,? ADAY; JCLOCK or HOUR ,? on ADAY; HOURS or "
    "HOURS ,? on? ADAY",
)
def _shared_day_behind(context: Context, one: object, two: object, day: Day) -> Spans | None:
    return _shared_day(context, day, one, two)


@LISTS.rule("LIST", "PERIOD on? WEEKDAY or WEEKDAY")
def _of_that_week(context: Context, week: Period, one: int, two: int) -> Spans | None:
    if week.grain != "week":
        return None
    spans = [day_span(Day(week.first + timedelta(days=day)), context) for day in (one, two)]
    return tuple(span for span in spans if span)


_OF_WEEK = "of? the? PERIOD"


@LISTS.rule(
    "LIST",
    f"the? WEEKDAY or the? WEEKDAY {_OF_WEEK}; WEEKDAY and WEEKDAY {_OF_WEEK}; the? WEEKDAY , the? "
    f"WEEKDAY or the? WEEKDAY {_OF_WEEK}; on? WEEKDAY APART? or on? WEEKDAY APART {_OF_WEEK}; "
    f"WEEKDAY , WEEKDAY and WEEKDAY {_OF_WEEK}; on WEEKDAY or WEEKDAY {_OF_WEEK}; "
    f"WEEKDAY APART or WEEKDAY {_OF_WEEK}",
)
def _of_one_week(context: Context, *rest: object) -> Spans | None:
    """`Thursday or Friday next week`: both are of that week."""
    *said, week = rest
    if not isinstance(week, Period) or week.grain != "week":
        return None
    days: list[tuple[int, str]] = []
    for one in said:
        if isinstance(one, int):
            days.append((one, ""))
        elif isinstance(one, tuple) and days:
            days[-1] = (days[-1][0], one[0])
    spans = [_part_of(Day(week.first + timedelta(days=day)), part, context) for day, part in days]
    return tuple(one for one in spans if one)


def _part_of(day: Day, part: str, context: Context) -> Span | None:
    return part_span(part, context, day) if part else day_span(day, context)
