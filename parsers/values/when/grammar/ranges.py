"""From one time to another, and for how long."""

from datetime import timedelta

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.days import a_date, day_of_month, moved, yearless
from parsers.values.when.grammar.counted import SECONDS, after_length
from parsers.values.when.grammar.joined import Named, its_day
from parsers.values.when.model import Clock, Day, Hours, Length, Period, Span
from parsers.values.when.moments import clock_span, hours_span, in_part, period_span

RANGES = Layer()
WIDE = Layer()


@RANGES.rule("SPAN", "HOURS")
def _hours(context: Context, found: Hours) -> Span | None:
    return hours_span(found, context)


@RANGES.rule("DOUBTSPAN", "RANGEHOURS")
def _doubtful_hours(context: Context, found: Hours) -> Span | None:
    """`between 5 and 6`, where no noun follows."""
    return hours_span(found, context)


@RANGES.rule("SPAN", "BAREHOURS")
def _bare_hours(context: Context, found: Hours) -> Span | None:
    spoken = found.first.grain == "minute" and found.last.grain == "minute"
    return hours_span(found, context) if spoken else None


@RANGES.rule(
    "SPAN",
    "ADAY at? HOURS; ADAY BAREHOURS; ADAY filler HOURS; ADAY at BAREHOURS; ADAY filler "
    "BAREHOURS; ADAY but HOURS; ADAY on HOURS",
)
def _day_hours(context: Context, day: Day, found: Hours) -> Span | None:
    return hours_span(found, context, day)


@RANGES.rule(
    "SPAN",
    "HOURS ,? on? ADAY; BAREHOURS ,? on? ADAY; HOURS of ADAY; HOURS of the ADAY; BAREHOURS of "
    "ADAY; HOURS filler ADAY",
)
def _hours_day(context: Context, found: Hours, day: Day) -> Span | None:
    return hours_span(found, context, day)


@RANGES.rule(
    "SPAN",
    "ADAY APART HOURS; ADAY APART BAREHOURS; ADAY APART filler HOURS; ADAY APART at HOURS",
)
def _day_part_hours(context: Context, day: Day, part: Named, found: Hours) -> Span | None:
    first, last = in_part(found.first, part[0]), in_part(found.last, part[0])
    return hours_span(Hours(first, last), context, day)


@RANGES.rule(
    "SPAN",
    "ADAY part_faint HOURS; ADAY part_faint BAREHOURS; ADAY part_faint at? HOURS",
)
def _day_faint_hours(context: Context, day: Day, name: str, found: Hours) -> Span | None:
    return _day_part_hours(context, day, (name, None), found)


@RANGES.rule("SPAN", "HOURS ADAY APART; BAREHOURS ADAY APART")
def _hours_day_part(context: Context, found: Hours, day: Day, part: Named) -> Span | None:
    return _day_part_hours(context, day, part, found)


@RANGES.rule("SPAN", "APART HOURS; APART at? BAREHOURS")
def _part_hours(context: Context, part: Named, found: Hours) -> Span | None:
    first, last = in_part(found.first, part[0]), in_part(found.last, part[0])
    return hours_span(Hours(first, last), context, its_day(part, context))


@RANGES.rule("SPAN", "HOURS APART; BAREHOURS APART")
def _hours_part(context: Context, found: Hours, part: Named) -> Span | None:
    return _part_hours(context, part, found) if part[1] is not None else None


@RANGES.rule("SPAN", "today_part HOURS; today_part at? BAREHOURS")
def _tonight_hours(context: Context, name: str, found: Hours) -> Span | None:
    return _part_hours(context, (name, 0), found)


@RANGES.rule("SPAN", "SPAN for LENGTH; SPAN LENGTH")
def _for(_: Context, first: Span, length: Length) -> Span | None:
    return _lasting(first, length)


@RANGES.rule("SPAN", "for? LENGTH on? SPAN; for? LENGTH filler SPAN")
def _length_on(_: Context, length: Length, first: Span) -> Span | None:
    """`30 minutes on Thursday`."""
    if first.grain not in {"day", "part", "minute", "hour"} or length.unit not in SECONDS:
        return None
    return _lasting(first, length)


@RANGES.rule("SPAN", "for? LENGTH ,? starting SPAN; LENGTH starting on? SPAN")
def _length_from(_: Context, length: Length, first: Span) -> Span | None:
    return _lasting(first, length)


@RANGES.rule("SPAN", "from HOUR for LENGTH")
def _hour_for(context: Context, found: Clock, length: Length) -> Span | None:
    first = clock_span(found, context)
    return _lasting(first, length) if first else None


def _lasting(first: Span, length: Length) -> Span | None:
    if first.bound or first.lasting:
        return None
    end = after_length(first.start, length, 1)
    for one in length.more:
        end = after_length(end, one, 1) if end else None
    if end is None:
        return None
    within_day = first.grain in {"day", "part", "week"} and end < first.end
    return first._replace(end=first.end if within_day else end, lasting=end - first.start)


@WIDE.rule(
    "SPAN",
    "SPAN TO SPAN; from SPAN TO SPAN; between SPAN and SPAN; from SPAN until SPAN; SPAN until "
    "SPAN; from the? SPAN TO the? SPAN; between the? SPAN and the? SPAN; from SPAN , until "
    "SPAN; between SPAN TO SPAN",
)
def _to(_: Context, first: Span, last: Span) -> Span | None:
    if first.bound or last.bound or first.end > last.end or first.start == last.start:
        return _in_order(first, last)
    return first._replace(
        end=last.start if last.grain in {"minute", "hour", "second"} else last.end
    )


def _in_order(first: Span, last: Span) -> Span | None:
    """`May to March`: the next one of these; `Monday to Friday`, said on a Wednesday."""
    if first.bound or last.bound or first.grain != last.grain or first.start == last.start:
        return None
    steps = {"month": timedelta(days=365), "day": timedelta(days=7)}
    if first.grain == "month":
        return first._replace(end=last.end.replace(year=last.end.year + 1))
    if first.grain == "day" and (first.start - last.start) < steps["day"]:
        return first._replace(end=last.end + steps["day"])
    return None


@WIDE.rule(
    "SPAN",
    "WEAKSPAN TO SPAN; from WEAKSPAN TO SPAN; SPAN TO WEAKSPAN; from WEAKSPAN TO WEAKSPAN; "
    "from SPAN TO WEAKSPAN; WEAKSPAN TO WEAKSPAN; between WEAKSPAN and SPAN; between WEAKSPAN "
    "and WEAKSPAN; between SPAN and WEAKSPAN; WEAKSPAN until WEAKSPAN; from WEAKSPAN until "
    "WEAKSPAN",
)
def _weak_to(context: Context, first: Span, last: Span) -> Span | None:
    return _to(context, first, last) if "part" not in {first.grain, last.grain} else None


@RANGES.rule("SPAN", "DAYS; from DAYS; between DAYS")
def _days(context: Context, both: tuple[Day, Day]) -> Span | None:
    return days_span(*both, context)


@RANGES.rule(
    "SPAN",
    "from_the PLACE to_the MD; between_the PLACE and_the MD; from_the PLACE TO MD; PLACE to "
    "the? MD; from the? PLACE TO the? MD; between the? PLACE and the? MD; between PLACE TO "
    "MD; PLACE - MD; from PLACE until the? MD; PLACE until MD",
)
def _days_of_month(context: Context, day: int, last: tuple[int, int, int | None]) -> Span | None:
    return _same_month(day, last[1], last[0], None, context)


@RANGES.rule(
    "SPAN",
    "from_the PLACE to_the MDY; between_the PLACE and_the MDY; PLACE TO the? MDY; from the? "
    "PLACE TO the? MDY; between the? PLACE and the? MDY; PLACE - MDY",
)
def _days_of_year(context: Context, day: int, last: tuple[int, int, int]) -> Span | None:
    return _same_month(day, last[1], last[0], last[2], context)


@RANGES.rule(
    "SPAN",
    "MD TO the? PLACE; from MD TO the? PLACE; MD - PLACE; MD until the? PLACE; from MD until "
    "the? PLACE; between MD and PLACE",
)
def _days_from(context: Context, first: tuple[int, int, int | None], day: int) -> Span | None:
    return _same_month(first[1], day, first[0], None, context)


@RANGES.rule("SPAN", "MD TO MDY; from MD TO MDY; MD - MDY; MONTH TO MDY; MONTH - MDY")
def _year_at_the_end(context: Context, first: object, last: tuple[int, int, int]) -> Span | None:
    month, day = (first[0], first[1]) if isinstance(first, tuple) else (first, 1)
    end = a_date(last[2], last[0], last[1])
    if not isinstance(month, int) or not isinstance(day, int):
        return None
    start = a_date(last[2] - ((month, day) > (last[0], last[1])), month, day)
    return days_span(Day(start), Day(end), context) if start and end else None


@RANGES.rule(
    "SPAN",
    "MONTH TO MONTH YEAR; MONTH - MONTH YEAR; MONTH MONTH YEAR; from MONTH TO MONTH YEAR",
)
def _months(context: Context, first: int, last: int, year: int) -> Span | None:
    start, end = a_date(year - (first > last), first, 1), a_date(year, last, 28)
    return days_span(Day(start), Day(end), context) if start and end else None


@RANGES.rule(
    "SPAN",
    "from_the PLACE to_the PLACE; between_the PLACE and_the PLACE; between the? NTH and the? NTH; "
    "from the? NTH TO the? NTH",
)
def _numbered_from_the(context: Context, first: int, last: int) -> Span | None:
    """`du 13 au 18`, `dal 3 al 5`: the articles say that days are meant."""
    start = day_of_month(first, context.today) if first <= 31 and last <= 31 else None
    end = day_of_month(last, start) if start else None
    return days_span(Day(start), Day(end), context) if start and end else None


@RANGES.rule(
    "SPAN",
    "from_the PLACE to_the PLACE PERIOD; PERIOD from PLACE TO PLACE; from PLACE TO PLACE of? "
    "PERIOD; from the PLACE TO the PLACE of? PERIOD",
)
def _numbered_in(context: Context, *rest: object) -> Span | None:
    of = next(one for one in rest if isinstance(one, Period))
    first, last = (one for one in rest if isinstance(one, int))
    if of.grain != "month" or not first < last <= 31:
        return None
    days = [Day(of.first + timedelta(days=number - 1)) for number in (first, last)]
    return days_span(days[0], days[1], context)


@RANGES.rule(
    "SPAN",
    "from YEAR TO YEAR; between YEAR and YEAR; YEAR to_year YEAR; from YEAR until YEAR",
)
def _years(context: Context, first: int, last: int) -> Span | None:
    start, end = a_date(first, 1, 1), a_date(last + 1, 1, 1)
    return (
        period_span(Period(start, end, "year"), context) if start and end and first < last else None
    )


def _same_month(
    first: int, last: int, month: int, year: int | None, context: Context
) -> Span | None:
    if not 1 <= first < last <= 31:
        return None
    if year is None:
        days = yearless(month, last, context.today)
        year = days[0].year if days else context.at.year
    start, end = a_date(year, month, first), a_date(year, month, last)
    return days_span(Day(start), Day(end), context) if start and end else None


def days_span(first: Day, last: Day, context: Context) -> Span | None:
    """Both days and all between."""
    end = next((day for day in (last.day, *last.others) if day > first.day), None)
    end = end or (moved(last.day, "year", 1) if (first.day - last.day).days < 366 else None)
    return period_span(Period(first.day, end + timedelta(days=1), "day"), context) if end else None
