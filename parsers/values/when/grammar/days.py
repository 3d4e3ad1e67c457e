"""Weekdays, numbered days, holidays, and days counted from others."""

from datetime import date, timedelta

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.days import (
    coming,
    day_of_month,
    monday,
    moved,
    nth,
    passed,
    shifted,
    working,
)
from parsers.values.when.grammar.periods import relative
from parsers.values.when.holidays import holiday_in
from parsers.values.when.model import Day, Length, Period

DAYS = Layer()
_DAY = timedelta(days=1)


@DAYS.rule("DAY", "dow; the dow")
def _weekday(context: Context, weekday: int) -> Day:
    day = coming(weekday, context.today)
    if context.today.weekday() == weekday:
        return Day(day, (context.today,), ("weekday",), weekday=True)
    return Day(day, weekday=True)


@DAYS.rule("WEAKDAY", "dow_weak")
def _weak_weekday(context: Context, weekday: int) -> Day:
    return _weekday(context, weekday)


@DAYS.rule("DAY", "on dow")
def _on_weekday(context: Context, weekday: int) -> Day:
    return _weekday(context, weekday)


@DAYS.rule("DOUBTDAY", "on dow_weak; dow_faint")
def _on_weak_weekday(context: Context, weekday: int) -> Day:
    return _weekday(context, weekday)


@DAYS.rule("DAY", "next WEEKDAY; the next WEEKDAY")
def _next_weekday(context: Context, which: str, weekday: int) -> Day | None:
    return _relative_weekday(which, weekday, context)


@DAYS.rule("DAY", "WEEKDAY post; WEEKDAY ,? the post")
def _weekday_next(context: Context, weekday: int, which: str) -> Day | None:
    return _relative_weekday(which, weekday, context)


@DAYS.rule("DAY", "next next WEEKDAY")
def _this_coming(context: Context, one: str, two: str, weekday: int) -> Day | None:
    """`este proximo viernes`, `this next Friday`."""
    return _relative_weekday("coming", weekday, context) if {one, two} & {"this"} else None


def _relative_weekday(which: str, weekday: int, context: Context) -> Day | None:
    today = context.today
    nearest = coming(weekday, today)
    of_next_week = monday(today) + timedelta(days=7 + weekday)
    if which == "next" and nearest != of_next_week:
        days = [of_next_week, nearest]
        if context.language.next_weekday != "week":
            days.reverse()
        return Day(days[0], (days[1],), ("weekday",))
    if which == "after_next" and nearest != of_next_week:
        # Of a Thursday, on a Wednesday: a week after tomorrow, or after the one of next week.
        days = [nearest + timedelta(weeks=1), of_next_week + timedelta(weeks=1)]
        return Day(days[0], (days[1],), ("weekday",))
    ways = {
        "last": passed(weekday, today),
        "before_last": passed(weekday, today) - timedelta(weeks=1),
        "after_next": nearest + timedelta(weeks=1),
        "following": of_next_week,
    }
    return Day(ways.get(which, nearest))


@DAYS.rule("DAY", "WEEKDAY ,? of? the? PERIOD; WEEKDAY ,? of PERIOD; WEEKDAY ,? from PERIOD")
def _weekday_of(_: Context, weekday: int, week: Period) -> Day | None:
    return Day(week.first + timedelta(days=weekday)) if week.grain == "week" else None


@DAYS.rule(
    "DAY",
    "PERIOD ,? on? WEEKDAY; PERIOD - WEEKDAY; PERIOD ' s_word WEEKDAY; PERIOD on the? WEEKDAY",
)
def _of_week(_: Context, week: Period, weekday: int) -> Day | None:
    return _weekday_of(_, weekday, week)


@DAYS.rule("DAY", "WEEKDAY ,? the? PLACE; WEEKDAY ,? on? the PLACE; WEEKDAY the? PLACE .")
def _weekday_number(context: Context, weekday: int, day: int) -> Day | None:
    """`Friday the 13th`."""
    found = day_of_month(day, context.today, weekday) if day <= 31 else None
    return Day(found) if found else None


@DAYS.rule("DAY", "day_word NUM; on day_word NUM; the day_word NUM; on the? ORD .; the ORD unit")
def _numbered(context: Context, day: int, unit: str = "day") -> Day | None:
    found = day_of_month(day, context.today) if 1 <= day <= 31 and unit == "day" else None
    return Day(found) if found else None


@DAYS.rule("DOUBTDAY", "on the? ORD; the NTH; the_day NUM; the_day ORD")
def _doubtfully_numbered(context: Context, day: int) -> Day | None:
    """What comes next decides: `the 15th, please` is a day, `the 15th floor` is none."""
    return _numbered(context, day)


@DAYS.rule(
    "DAY",
    "ORD of? the? PERIOD; NUM of the? PERIOD; ORD day_of the? PERIOD; ORD unit of PERIOD; "
    "the_day NUM of? PERIOD",
)
def _numbered_of(_: Context, day: int, *rest: object) -> Day | None:
    *units, of = rest
    if (
        not isinstance(of, Period)
        or of.grain not in {"month", "year"}
        or units not in ([], ["day"])
    ):
        return None
    found = of.first + timedelta(days=day - 1)
    return Day(found) if found < of.end and (of.grain == "month" or units) else None


@DAYS.rule("OF", "of the? PERIOD; in PERIOD; the PERIOD; PERIOD; of WEAKPERIOD; in WEAKPERIOD")
def _of(_: Context, whole: Period) -> Period:
    return whole


@DAYS.rule("OF", "of the? unit; of unit")
def _of_this(context: Context, unit: str) -> Period | None:
    return relative(context, "this", unit) if unit in {"month", "year", "quarter"} else None


@DAYS.rule("DAY", "the? ORD WEEKDAY OF")
def _nth_weekday(_: Context, number: int, weekday: int, of: Period) -> Day | None:
    found = nth(weekday, number, of) if of.grain in {"month", "year", "quarter"} else None
    return Day(found) if found else None


@DAYS.rule("DAY", "next WEEKDAY OF; WEEKDAY post OF")
def _last_weekday(_: Context, one: object, two: object, of: Period) -> Day | None:
    which, weekday = (one, two) if isinstance(one, str) else (two, one)
    if which != "last" or of.grain not in {"month", "year"} or not isinstance(weekday, int):
        return None
    found = nth(weekday, -1, of)
    return Day(found) if found else None


@DAYS.rule("DAY", "next unit OF; ORD next unit OF")
def _last_day(_: Context, *rest: object) -> Day | None:
    number, which, unit, of = (1, *rest) if len(rest) == 3 else rest
    if (
        (which, unit) != ("last", "day")
        or not isinstance(of, Period)
        or not isinstance(number, int)
    ):
        return None
    return Day(of.end - number * _DAY)


@DAYS.rule("DAY", "WEEKDAY in LENGTH; WEEKDAY ,? LENGTH hence")
def _weekday_in(context: Context, weekday: int, length: Length) -> Day | None:
    """`Wednesday in two weeks`: two weeks after the next one, or after today."""
    if length.unit not in {"week", "fortnight"}:
        return None
    today = context.today
    first = today if today.weekday() == weekday else coming(weekday, today)
    there = moved(first, length.unit, int(length.amount))
    return Day(there) if there else None


@DAYS.rule("DAY", "NUM WEEKDAY away; few WEEKDAY away")
def _weekdays_on(context: Context, number: int, weekday: int) -> Day | None:
    if number > 500:
        return None
    return Day(coming(weekday, context.today) + timedelta(weeks=number - 1))


@DAYS.rule("DAY", "NUM WEEKDAY ago; ago_pre NUM WEEKDAY")
def _weekdays_ago(context: Context, number: int, weekday: int) -> Day | None:
    if number > 500:
        return None
    return Day(passed(weekday, context.today) - timedelta(weeks=number - 1))


@DAYS.rule("DAY", "WEEKDAY plus_days NUM")
def _in_eight_days(context: Context, weekday: int, days: int) -> Day | None:
    """`lundi en huit`."""
    weeks = {8: 1, 15: 2}.get(days)
    nearest = coming(weekday, context.today)
    if weeks is None:
        return None
    if context.today.weekday() == weekday or nearest < monday(context.today) + timedelta(weeks=1):
        weeks -= nearest >= monday(context.today) + timedelta(weeks=1)
    return Day(nearest + timedelta(weeks=weeks))


@DAYS.rule("DAY", "WEEKDAY unit; dayoff unit")
def _friday_week(context: Context, which: int, unit: str) -> Day | None:
    """`Friday week`."""
    if unit != "week" or context.language.name != "en":
        return None
    return Day(coming(which, context.today) + timedelta(weeks=1))


@DAYS.rule("DAY", "dayoff of the? DAY; dayoff from_the DAY")
def _day_after(context: Context, days: int, start: Day) -> Day | None:
    """`le lendemain du 13 février`."""
    if context.language.name != "fr" or start.weekday:
        return None
    day = shifted(start.day, days=days)
    return Day(day) if day else None


@DAYS.rule(
    "DAY",
    "LENGTH on DAY; in? LENGTH after_day DAY; LENGTH after_day PERIOD; LENGTH hence_from DAY",
)
def _after(_: Context, length: Length, start: Day | Period) -> Day | None:
    return _from(length, start, 1)


@DAYS.rule("DAY", "LENGTH before_day DAY; LENGTH before_day PERIOD")
def _before(_: Context, length: Length, start: Day | Period) -> Day | None:
    return _from(length, start, -1)


def _from(length: Length, start: Day | Period, sign: int) -> Day | None:
    day: date | None = start.day if isinstance(start, Day) else start.first
    for one in (length, *length.more):
        if (
            one.unit not in {"day", "night", "week", "fortnight", "month", "year", "workday"}
            or not day
        ):
            return None
        number = sign * int(one.amount)
        day = working(day, number) if one.unit == "workday" else moved(day, one.unit, number)
    return Day(day) if day else None


@DAYS.rule("DAY", "DAY plus_days LENGTH; DAY in LENGTH; DAY LENGTH hence")
def _day_in(context: Context, start: Day, length: Length) -> Day | None:
    """`Monday in a week`, `morgen in acht Tagen`."""
    if length.unit not in {"week", "year", "day"} or (start.day - context.today).days > 7:
        return None
    if start.weekday and length.unit == "week":  # the weekday of that week
        return None
    weeks = (
        {8: 1, 15: 2}.get(int(length.amount)) if length.unit == "day" and start.weekday else None
    )
    return _from(Length(weeks, "week") if weeks else length, start, 1)


@DAYS.rule("DAY", "holiday")
def _holiday(context: Context, name: str) -> Day | None:
    found = [
        day
        for year in range(context.at.year, context.at.year + 2)
        if (day := holiday_in(name, year))
    ]
    ahead = [day for day in found if day >= context.today]
    return Day(ahead[0]) if ahead else None


@DAYS.rule(
    "DAY",
    "holiday ,? of? YEAR; holiday in? PERIOD; holiday of? PERIOD; holiday year_word YEAR; "
    "holiday in YEAR",
)
def _holiday_in(_: Context, name: str, of: int | Period) -> Day | None:
    if isinstance(of, Period) and of.grain != "year":
        return None
    day = holiday_in(name, of if isinstance(of, int) else of.first.year)
    return Day(day) if day else None


@DAYS.rule("DAY", "next holiday; holiday post")
def _next_holiday(context: Context, one: str, two: str) -> Day | None:
    which, name = (one, two) if one in {"next", "coming", "last", "this"} else (two, one)
    year = context.at.year
    found = [day for at in (year - 1, year, year + 1) if (day := holiday_in(name, at))]
    if which == "last":
        return Day(next(day for day in reversed(found) if day < context.today)) if found else None
    return next((Day(day) for day in found if day >= context.today), None)


@DAYS.rule("DAY", "DAY of PERIOD; DAY PERIOD")
def _weekday_in_week(_: Context, day: Day, week: Period) -> Day | None:
    return _weekday_of(_, day.day.weekday(), week) if day.weekday else None
