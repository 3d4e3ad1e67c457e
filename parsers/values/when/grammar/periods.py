"""Weeks, months, quarters, years, and their beginnings and ends."""

from datetime import date, timedelta

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.days import (
    a_date,
    day_of_month,
    monday,
    moved,
    nth,
    period,
    shifted,
    working,
)
from parsers.values.when.model import Day, Period

_LATER = {
    "next": 1,
    "coming": 1,
    "following": 1,
    "this": 0,
    "last": -1,
    "after_next": 2,
    "before_last": -2,
}
PERIODS = Layer()
_DAY = timedelta(days=1)


@PERIODS.rule("PERIOD", "next unit; unit post; the next unit; the unit post")
def relative(context: Context, one: str, two: str) -> Period | None:
    which, unit = (one, two) if one in _LATER else (two, one)
    step = _LATER.get(which)
    if step is None:
        return None
    if unit in {"weekend", "workweek"}:
        return _week_part(unit, 0 if which == "coming" and unit == "weekend" else step, context)
    there = moved(
        context.today.replace(day=1) if unit in {"month", "quarter", "half"} else context.today,
        unit,
        step,
    )
    if unit in {"day", "night", "workday"} or there is None:
        return None
    return period("week" if unit == "fortnight" else unit, there, 2 if unit == "fortnight" else 1)


def _week_part(unit: str, step: int, context: Context) -> Period | None:
    first = monday(context.today) + timedelta(weeks=step)
    if unit == "workweek":
        return Period(first, first + timedelta(days=5), "week")
    return Period(first + timedelta(days=5), first + timedelta(days=7), "weekend")


@PERIODS.rule("PERIOD", "unit; the unit")
def _weekend(context: Context, unit: str) -> Period | None:
    return _week_part("weekend", 0, context) if unit == "weekend" else None


@PERIODS.rule("WEAKPERIOD", "the unit")
def _the(context: Context, unit: str) -> Period | None:
    """`the week`, `the weekend`: this one."""
    return (
        relative(context, "this", unit)
        if unit in {"week", "month", "year", "weekend", "quarter"}
        else None
    )


@PERIODS.rule(
    "PERIOD",
    "next NUM unit; next few unit; the next NUM unit; the next few unit; next NUM more unit",
)
def _several(context: Context, which: str, number: int, unit: str) -> Period | None:
    if which in {"next", "coming"}:
        return _ahead(context, number, unit)
    return _behind(context, number, unit) if which == "last" else None


@PERIODS.rule("PERIOD", "NUM next unit; few next unit; the NUM next unit")
def _several_next(context: Context, number: int, which: str, unit: str) -> Period | None:
    return _several(context, which, number, unit)


@PERIODS.rule("PERIOD", "NUM unit post; few unit post; the NUM unit post")
def _several_after(context: Context, number: int, unit: str, which: str) -> Period | None:
    return _several(context, which, number, unit)


@PERIODS.rule("PERIOD", "next days; the next days; days post")
def _some_days(context: Context, which: str) -> Period | None:
    return _several(context, which, 3, "day")


def _ahead(context: Context, number: int, unit: str) -> Period | None:
    """The next 3 days from tomorrow on, the next 3 weeks from Monday on."""
    tomorrow = context.today + _DAY
    if unit == "workday":
        one, last = working(context.today, 1), working(context.today, number)
        return Period(one, last + _DAY, "day") if one and last else None
    this = period(unit, context.today) if unit in {"week", "quarter", "year"} else None
    if this is None and unit not in {"day", "night", "month"}:
        return None
    first = this.end if this else tomorrow
    end = moved(first, unit, number)
    return Period(first, end, "day" if unit == "night" else unit) if end else None


def _behind(context: Context, number: int, unit: str) -> Period | None:
    this = period("day" if unit == "night" else unit, context.today)
    first = moved(this.first, this.grain, -number) if this else None
    return Period(first, this.first, this.grain) if this and first else None


@PERIODS.rule("PERIOD", "mon")
def _month(context: Context, month: int) -> Period | None:
    this = context.today.replace(day=1)
    year = this.year + (month < this.month)
    return month_of(year, month)


@PERIODS.rule("WEAKPERIOD", "mon_weak")
def _weak_month(context: Context, month: int) -> Period | None:
    return _month(context, month)


@PERIODS.rule("PERIOD", "in MONTHISH; month_word of? MONTH; until_month MONTH")
def _in_month(context: Context, month: int) -> Period | None:
    return _month(context, month)


@PERIODS.rule(
    "PERIOD",
    "MONTH ,? of? YEAR; MONTH / YEAR; MONTH - YEAR; in? MONTH YEAR; MONTH ' YEAR",
)
def _month_of(_: Context, month: int, year: int) -> Period | None:
    return month_of(year, month)


@PERIODS.rule("PERIOD", "next mon_faint")
def _next_faint_month(context: Context, which: str, month: int) -> Period | None:
    """`next may`, but not `this may take long`."""
    return _next_month(context, which, month) if which != "this" else None


@PERIODS.rule("PERIOD", "MONTH of? PERIOD; MONTH in PERIOD")
def _month_in_that_year(_: Context, month: int, year: Period) -> Period | None:
    """`March next year`."""
    return month_of(year.first.year, month) if year.grain == "year" else None


@PERIODS.rule("PERIOD", "PERIOD PERIOD; PERIOD of PERIOD; PERIOD in PERIOD")
def _month_of_that_year(_: Context, one: Period, two: Period) -> Period | None:
    """`nächstes Jahr im März`, `March of last year`."""
    year, month = (one, two) if one.grain == "year" else (two, one)
    if (year.grain, month.grain) != ("year", "month") or (year.end - year.first).days > 366:
        return None
    return month_of(year.first.year, month.first.month)


@PERIODS.rule("PERIOD", "next MONTH; MONTH post; the next MONTH")
def _next_month(context: Context, one: object, two: object) -> Period | None:
    which, month = (one, two) if isinstance(one, str) else (two, one)
    this = context.today.replace(day=1)
    if not isinstance(month, int):
        return None
    year = this.year + (month <= this.month)
    if which == "this":
        year = this.year
    elif which == "last":
        year = this.year - (month >= this.month)
    elif which == "after_next":
        year += 1
    return month_of(year, month)


def month_of(year: int, month: int) -> Period | None:
    """None outside of the calendar."""
    first = a_date(year, month, 1)
    return period("month", first) if first else None


@PERIODS.rule("PERIOD", "in YEAR; year_word YEAR; in year_word YEAR; since_year YEAR")
def _in_year(_: Context, year: int) -> Period | None:
    return period("year", date(year, 1, 1))


@PERIODS.rule(
    "PERIOD",
    "ORD unit; ORD unit of? YEAR; ORD unit of? PERIOD; unit NUM; unit NUM of? YEAR",
)
def _nth_unit(context: Context, one: object, two: object, of: object = None) -> Period | None:
    number, unit = (one, two) if isinstance(one, int) else (two, one)
    if not isinstance(number, int):
        return None
    if unit == "week" and isinstance(of, Period) and of.grain in {"month", "year"}:
        return _week_in(number, of)
    if unit == "month" and isinstance(of, Period | int) and 1 <= number <= 12:
        return month_of(of if isinstance(of, int) else of.first.year, number)
    year = (
        of if isinstance(of, int) else of.first.year if isinstance(of, Period) else context.at.year
    )
    if unit not in {"quarter", "half"} or not 1 <= number <= {"quarter": 4, "half": 2}[str(unit)]:
        return None
    return period(str(unit), date(year, (number - 1) * (3 if unit == "quarter" else 6) + 1, 1))


def _week_in(number: int, of: Period) -> Period | None:
    """The first week is the one that holds the first Thursday, as in ISO 8601."""
    first = monday(of.first + timedelta(days=3)) + timedelta(weeks=number - 1)
    return period("week", first) if 1 <= number <= 53 else None


@PERIODS.rule("PERIOD", "next unit of? PERIOD; next unit of? YEAR; the next unit of PERIOD")
def _last_unit(_: Context, which: str, unit: str, of: Period | int) -> Period | None:
    of = of if isinstance(of, Period) else Period(date(of, 1, 1), date(of + 1, 1, 1), "year")
    if which != "last" or of.grain not in {"month", "year", "quarter"}:
        return None
    if unit == "week":
        last = monday(of.end - _DAY)
        return period(
            "week", last if last + timedelta(days=3) < of.end else last - timedelta(weeks=1)
        )
    if unit == "weekend":
        sunday = nth(6, -1, of)
        return Period(sunday - _DAY, sunday + _DAY, "weekend") if sunday else None
    return period(unit, of.end - _DAY) if unit in {"month", "quarter"} else None


@PERIODS.rule("PERIOD", "ORD unit OF; ORD unit of? PERIOD; the ORD unit of? PERIOD")
def _half_of_month(_: Context, number: int, unit: str, of: Period) -> Period | None:
    """`la première quinzaine d'avril`."""
    if unit != "fortnight" or of.grain != "month" or number > 2:
        return None
    middle = of.first + timedelta(days=14)
    return Period(of.first, middle, "day") if number == 1 else Period(middle, of.end, "day")


@PERIODS.rule("PERIOD", "ORD MONTH unit; next MONTH unit")
def _week_of_that_month(context: Context, which: int | str, month: int, unit: str) -> Period | None:
    """`erste Juniwoche`."""
    whole = _month(context, month)
    if unit != "week" or whole is None:
        return None
    return (
        _week_in(which, whole)
        if isinstance(which, int)
        else _last_unit(context, which, unit, whole)
    )


@PERIODS.rule("PERIOD", "week_number NUM")
def _week_number(context: Context, number: int) -> Period | None:
    try:
        first = date.fromisocalendar(context.at.year, number, 1)
    except ValueError:
        return None
    return Period(first, first + timedelta(weeks=1), "week")


@PERIODS.rule("PERIOD", "week_of on? the? DAY; week_of on? MAYBEDAY; next week_of DAY")
def _week_holding(_: Context, *rest: object) -> Period | None:
    day = rest[-1]
    return period("week", day.day) if isinstance(day, Day) else None


@PERIODS.rule("PERIOD", "week_of the? NUM; week_of the? ORD")
def _week_of_number(context: Context, number: int) -> Period | None:
    day = day_of_month(number, context.today) if number <= 31 else None
    return period("week", day) if day else None


@PERIODS.rule("PERIOD", "unit of? DAY; unit of the? DAY; the unit of DAY")
def _weekend_of(_: Context, unit: str, day: Day) -> Period | None:
    if unit != "weekend":
        return None
    first = monday(day.day)
    return Period(first + timedelta(days=5), first + timedelta(days=7), "weekend")


@PERIODS.rule(
    "PERIOD",
    "the season; in season; next season; season YEAR; season post; of season; at season; "
    "at_weak season",
)
def _season(context: Context, *rest: object) -> Period | None:
    name = next(one for one in rest if one in {"spring", "summer", "autumn", "winter"})
    start = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 22), "winter": (12, 21)}[str(name)]
    year = next((one for one in rest if isinstance(one, int)), context.at.year)
    first = date(year, *start)
    if "last" in rest or (first + timedelta(days=92) < context.today and year == context.at.year):
        first = first.replace(year=first.year + (-1 if "last" in rest else 1))
    end = shifted(first, months=3)
    return Period(first, end, "season") if end else None


@PERIODS.rule(
    "PERIOD",
    "edge the? PERIOD; edge of? PERIOD; edge the? WEAKPERIOD; edge of? WEAKPERIOD; edge - "
    "PERIOD; edge - WEAKPERIOD; PERIOD edge; WEAKPERIOD edge; next edge PERIOD",
)
def _edge(context: Context, *rest: object) -> Period | None:
    whole = next(one for one in rest if isinstance(one, Period))
    name = next(str(one) for one in rest if isinstance(one, str))
    return edge_of(name, whole, context)


@PERIODS.rule("PERIOD", "edge unit; edge of? the? unit")
def _edge_of_this(context: Context, name: str, unit: str) -> Period | None:
    """`Monatsende`, `end of month`."""
    this = relative(context, "this", unit) if unit in {"week", "month", "year", "quarter"} else None
    return edge_of(name, this, context) if this else None


@PERIODS.rule("PERIOD", "period")
def _named(context: Context, name: str) -> Period | None:
    which, _, unit = name.partition("_")
    return _edge_of_this(context, {"end": "late", "begin": "early"}[which], unit)


def edge_of(name: str, whole: Period, context: Context) -> Period | None:
    """The first third, the middle, the last third; the rest from today on."""
    if name == "all":
        return whole
    if name == "later":
        start = max(whole.first, context.today)
        return Period(start, whole.end, "day") if start < whole.end else None
    at = {"early": 0, "mid": 1, "late": 2}.get(name)
    cuts = _cuts(whole)
    if at is None or cuts is None:
        return None
    return Period(cuts[at], cuts[at + 1], "day")


def _cuts(whole: Period) -> tuple[date, date, date, date] | None:
    """Where its thirds start and end: of a week after three days and four, of a month after ten."""
    if whole.grain in {"week", "month"}:
        after = (3, 4) if whole.grain == "week" else (10, 20)
        one, two = (whole.first + timedelta(days=days) for days in after)
        return whole.first, one, two, whole.end
    third = (whole.end - whole.first).days // 90
    first, second = (shifted(whole.first, months=third * n) for n in (1, 2))
    return (whole.first, first, second, whole.end) if third and first and second else None
