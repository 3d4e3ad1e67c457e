"""Before and after a time."""

from datetime import date, datetime, timedelta

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.days import day_of_month
from parsers.values.when.grammar.counted import SECONDS, counted
from parsers.values.when.model import Clock, Day, Length, Period, Span
from parsers.values.when.moments import clock_span, day_span, in_part, period_span

BOUNDS = Layer()
DAYBOUNDS = Layer()  # these come first: they end with the day


@BOUNDS.rule("SPAN", "after SPAN; after the? SPAN; after COUNTED; after WEAKSPAN")
def _after(_: Context, found: Span) -> Span | None:
    if found.bound:
        return None
    clock = found.grain in {"minute", "hour", "second"}
    start = found.start if clock else found.end
    return found._replace(start=start, end=datetime.max.replace(tzinfo=start.tzinfo), bound="after")


@BOUNDS.rule(
    "SPAN",
    "since SPAN; since the? SPAN; starting SPAN; since WEAKSPAN; starting WEAKSPAN; SPAN or_later",
)
def _since(_: Context, found: Span) -> Span | None:
    if found.bound:
        return None
    return found._replace(end=datetime.max.replace(tzinfo=found.start.tzinfo), bound="after")


@BOUNDS.rule("SPAN", "since HOUR part_link? part; after LENGTH")
def _after_length(context: Context, *rest: object) -> Span | None:
    length = rest[-1]
    found = counted(length, context, 1) if isinstance(length, Length) else None
    return _since(context, found) if found else None


@BOUNDS.rule(
    "SPAN",
    "until SPAN; until the? SPAN; by the? SPAN; by SPAN; SPAN or_earlier; until WEAKSPAN; by "
    "WEAKSPAN",
)
def _before(context: Context, found: Span) -> Span | None:
    if found.bound or found.lasting or (found.start < context.at and found.end <= context.at):
        return None
    clock = found.grain in {"minute", "hour", "second", "part"}
    return found._replace(start=context.at, end=found.start if clock else found.end, bound="before")


@BOUNDS.rule("CLOCKSPAN", "CLOCK")
def _clock_only(context: Context, found: Clock) -> Span | None:
    return clock_span(found, context)


@BOUNDS.rule("DOUBTSPAN", "since_hour HOUR; since DOUBTCLOCK; starting HOUR")
def _since_hour(context: Context, found: Clock) -> Span | None:
    """`dalle 14`."""
    made = clock_span(found, context)
    return _since(context, made) if made else None


@BOUNDS.rule("SPAN", "since ORD .; starting ORD .; since int .")
def _since_numbered(context: Context, number: int) -> Span | None:
    """`ab dem 11. wieder im Haus`; elsewhere a figure and a full stop are the end of a sentence."""
    if context.language.name != "de":
        return None
    return _from_the_day(context, number)


@BOUNDS.rule("DOUBTSPAN", "from_the PLACE")
def _from_the_day(context: Context, number: int) -> Span | None:
    """`dal 20`, `à partir du 8`."""
    day = day_of_month(number, context.today) if 1 <= number <= 31 else None
    found = day_span(Day(day), context) if day else None
    return _since(context, found) if found else None


@BOUNDS.rule("SPAN", "before SPAN; before the? SPAN; before WEAKSPAN; until_clock CLOCKSPAN")
def _strictly_before(context: Context, found: Span) -> Span | None:
    if found.bound or found.start <= context.at:
        return None
    return found._replace(start=context.at, end=found.start, bound="before")


@BOUNDS.rule("SPAN", "before_rest SPAN")
def _before_weekend(context: Context, found: Span) -> Span | None:
    return _strictly_before(context, found) if found.grain == "weekend" else None


@BOUNDS.rule("SPAN", "for? LENGTH SPAN")
def _length_before(_: Context, length: Length, found: Span) -> Span | None:
    """`half an hour before the weekend`: how long, and until when."""
    if found.bound != "before" or found.lasting or length.unit not in SECONDS or length.more:
        return None
    return found._replace(lasting=timedelta(seconds=SECONDS[length.unit] * length.amount))


@BOUNDS.rule("SPAN", "since YEAR; after YEAR; before YEAR; until YEAR")
def _year_bound(context: Context, year: int) -> Span | None:
    found = period_span(Period(date(year, 1, 1), date(year + 1, 1, 1), "year"), context)
    return (
        _since(context, found)
        if found and found.start < context.at
        else _before(context, found)
        if found
        else None
    )


@BOUNDS.rule("DOUBTSPAN", "after HOUR; about HOUR")
def _after_hour(context: Context, found: Clock) -> Span | None:
    made = clock_span(found, context)
    return made._replace(vague=True) if made else None


@DAYBOUNDS.rule(
    "SPAN",
    "ADAY after JCLOCK; ADAY since JCLOCK; ADAY ,? after HOUR; ADAY JCLOCK or_later; ADAY "
    "from JCLOCK; ADAY APART since JCLOCK; ADAY starting JCLOCK; ADAY since HOUR; ADAY after "
    "about? JCLOCK",
)
def _day_after(context: Context, day: Day, *rest: object) -> Span | None:
    found = rest[-1]
    if len(rest) == 2 and isinstance(rest[0], tuple) and isinstance(found, Clock):
        found = in_part(found, str(rest[0][0]))
    made = clock_span(found, context, day) if isinstance(found, Clock) else None
    end = context.moment(day.day, 24)
    return made._replace(end=end, bound="after") if made and end else None


@DAYBOUNDS.rule(
    "SPAN",
    "after JCLOCK ,? on? ADAY; since JCLOCK ,? on? ADAY; from JCLOCK on? ADAY; after HOUR on? "
    "ADAY; JCLOCK or_later ,? on? ADAY; starting JCLOCK on? ADAY",
)
def _after_on_day(context: Context, found: Clock, day: Day) -> Span | None:
    return _day_after(context, day, found)


@DAYBOUNDS.rule(
    "SPAN",
    "ADAY until JCLOCK; ADAY until_clock JCLOCK; ADAY before JCLOCK; ADAY before HOUR; ADAY "
    "by JCLOCK; ADAY until HOUR; ADAY by HOUR",
)
def _day_until(context: Context, day: Day, found: Clock) -> Span | None:
    start, last = context.moment(day.day), clock_span(found, context, day)
    if start is None or last is None:
        return None
    return Span(start, last.start, "day", bound="before", others=last.others)


@DAYBOUNDS.rule("SPAN", "until JCLOCK on? ADAY; by JCLOCK on? ADAY")
def _until_on_day(context: Context, found: Clock, day: Day) -> Span | None:
    return _day_until(context, day, found)
