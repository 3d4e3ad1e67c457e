"""What is counted from now: `in 2 weeks`, `vor drei Tagen`."""

from datetime import UTC, datetime, timedelta

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.days import moved
from parsers.values.when.model import Day, Length, Span

SECONDS = {"second": 1, "minute": 60, "hour": 3600}
COUNTED = Layer()


@COUNTED.rule("SPAN", "now; the now")
def _now(context: Context) -> Span:
    return Span(context.at, context.at, "second")


@COUNTED.rule("WEAKSPAN", "now_weak")
def _now_alone(context: Context) -> Span:
    return _now(context)


@COUNTED.rule("SPAN", "at_once")
def _at_once(context: Context) -> Span:
    return Span(context.at, context.at, "second", bound="after")


@COUNTED.rule(
    "COUNTED",
    "in LENGTH; in_count LENGTH; LENGTH hence; in LENGTH hence; LENGTH away; in LENGTH away",
)
def _hence(context: Context, length: Length) -> Span | None:
    return counted(length, context, 1)


@COUNTED.rule("COUNTED", "LENGTH ago; ago_pre LENGTH; ago_pre about LENGTH; LENGTH ago_post")
def _ago(context: Context, length: Length) -> Span | None:
    return counted(length, context, -1)


@COUNTED.rule("SPAN", "COUNTED")
def _counted(_: Context, found: Span) -> Span:
    return found


def counted(length: Length, context: Context, sign: int) -> Span | None:
    """Hours and minutes to the second, days keep their hour, weeks and more are whole days."""
    start: datetime | None = context.at
    grain = "second"
    for one in (length, *length.more):
        start = after_length(start, one, sign) if start else None
        grain = "minute" if one.unit == "hour" and one.amount == int(one.amount) else grain
        grain = one.unit if one.unit not in SECONDS else grain
    if start is None:
        return None
    if grain in {"second", "minute"}:
        return Span(start, start, grain)
    if grain in {"day", "night", "fortnight"}:
        start = start.replace(minute=0, second=0, microsecond=0)
        return Span(start, _midnight(start) + timedelta(days=1), "day")
    start = _midnight(start)
    return Span(start, start + timedelta(days=1), "day")


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def after_length(start: datetime, length: Length, sign: int) -> datetime | None:
    try:
        if length.unit in SECONDS:
            by = timedelta(seconds=SECONDS[length.unit] * length.amount)
            return (start.astimezone(UTC) + sign * by).astimezone(start.tzinfo)
        whole = int(length.amount)
        day = moved(start.date(), length.unit, sign * whole)
        if length.unit == "workday" or day is None:
            return None
        part = length.amount - whole
        extra = timedelta(
            days=round(part * {"week": 7, "month": 30, "year": 365}.get(length.unit, 0))
        )
        half = timedelta(hours=24 * part) if length.unit == "day" else timedelta()
        return start.replace(year=day.year, month=day.month, day=day.day) + sign * (extra + half)
    except (OverflowError, ValueError):
        return None


@COUNTED.rule("DAY", "COUNTED")
def _counted_day(_: Context, found: Span) -> Day | None:
    return Day(found.start.date()) if found.grain == "day" else None


@COUNTED.rule("SPAN", "within LENGTH; within the? next LENGTH")
def _within(context: Context, *rest: object) -> Span | None:
    length = rest[-1]
    end = counted(length, context, 1) if isinstance(length, Length) else None
    if end is None or (len(rest) == 2 and rest[0] not in {"next", "coming"}):
        return None
    return Span(context.at, end.start, "second", bound="before")


@COUNTED.rule(
    "SPAN",
    "next NUM unit; the next NUM unit; NUM next unit; the NUM next unit; NUM unit post; next "
    "few unit; few next unit; the NUM unit post; next unit; unit post; the next unit",
)
def _clock_units(context: Context, *rest: object) -> Span | None:
    """The next 3 hours: whole ones, from the next one on."""
    number = next((one for one in rest if isinstance(one, int)), 1)
    words = [one for one in rest if isinstance(one, str)]
    unit = next((one for one in words if one in SECONDS), None)
    which = next((one for one in words if one in {"next", "coming", "following", "last"}), None)
    if unit is None or which is None or number > 100_000:
        return None
    if words[-1] == "next":
        return None  # `45 minuti la prossima settimana`: it belongs to the week
    floor = context.at.replace(microsecond=0)
    floor = floor.replace(second=0) if unit != "second" else floor
    floor = floor.replace(minute=0) if unit == "hour" else floor
    one = timedelta(seconds=SECONDS[unit])
    if which == "last":
        return Span(floor - number * one, floor, unit)
    return Span(floor + one, floor + (number + 1) * one, unit)


@COUNTED.rule("COUNTED", "in more NUM; in NUM minute_sign")
def _minutes(context: Context, number: int) -> Span | None:
    return counted(Length(number, "minute"), context, 1)
