"""Days with their month: `15 February 2026`, `12.5.`."""

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.days import a_date, shifted, with_weekday, yearless
from parsers.values.when.model import Day

MonthDay = tuple[int, int, int | None]
DATES = Layer()


@DATES.rule("YEAR", "int")
def _year(_: Context, number: int) -> int | None:
    return number if 1900 <= number <= 2199 else None


@DATES.rule("YEAR", "' int")
def _short_year(context: Context, number: int) -> int | None:
    return full_year(number, context) if number < 100 else None


@DATES.rule(
    "MD",
    "PLACE of? the? MONTHISH; PLACE - MONTHISH; PLACE / MONTHISH; PLACE . MONTHISH; PLACE "
    "day_of MONTHISH; ORD . MONTHISH",
)
def _day_month(_: Context, day: int, month: int) -> MonthDay | None:
    return _month_day(month, day)


@DATES.rule(
    "MD",
    "MONTHISH the? PLACE; MONTHISH - PLACE; MONTHISH / PLACE; MONTHISH . PLACE; MONTHISH , "
    "the? ORD",
)
def _month_day_order(_: Context, month: int, day: int) -> MonthDay | None:
    return _month_day(month, day)


@DATES.rule("MDY", "MD ,? of? YEAR; MD - YEAR; MD / YEAR; MD in YEAR")
def _with_year(_: Context, found: MonthDay, year: int) -> MonthDay:
    return found[0], found[1], year


@DATES.rule("MDY", "MD int; MD - int; MD / int")
def _with_short_year(context: Context, found: MonthDay, year: int) -> MonthDay | None:
    return (found[0], found[1], full_year(year, context)) if 31 < year < 100 else None


@DATES.rule("MDY", "YEAR - MONTH - NUM; YEAR / MONTH / NUM; YEAR MONTH NUM")
def _year_first(_: Context, year: int, month: int, day: int) -> MonthDay | None:
    found = _month_day(month, day)
    return (found[0], found[1], year) if found else None


@DATES.rule("MDY", "YEAR - NUM - MONTH; YEAR / NUM / MONTH; MONTH - YEAR - NUM")
def _year_between(_: Context, one: int, two: int, three: int) -> MonthDay | None:
    year = max(one, two)
    month, day = (three, two) if year == one else (one, three)
    found = _month_day(month, day)
    return (found[0], found[1], year) if found else None


@DATES.rule("MDY", "NUM - YEAR - MONTH")
def _year_in_the_middle(_: Context, day: int, year: int, month: int) -> MonthDay | None:
    found = _month_day(month, day)
    return (found[0], found[1], year) if found else None


@DATES.rule("MD", "ORD ORD; ORD int .")
def _two_places(context: Context, day: int, month: int) -> MonthDay | None:
    """`siebenundzwanzigsten zwölften`."""
    return _month_day(month, day) if context.language.name == "de" and month <= 12 else None


def _month_day(month: int, day: int) -> MonthDay | None:
    return (month, day, None) if a_date(2000, month, day) else None


def full_year(number: int, context: Context) -> int:
    """74 is 1974, 35 is 2035."""
    year = context.at.year // 100 * 100 + number
    return year - 100 if year > context.at.year + 30 else year


@DATES.rule("DAY", "MD; day_word MD; on day_word MD; the day_word MD")
def _yearless(context: Context, found: MonthDay) -> Day | None:
    days = yearless(found[0], found[1], context.today)
    return Day(days[0], days[1:], ("year",) if days[1:] else ()) if days else None


@DATES.rule("DAY", "MDY; day_word MDY; on day_word MDY; the day_word MDY")
def _dated(_: Context, found: MonthDay) -> Day | None:
    day = a_date(found[2] or 0, found[0], found[1])
    return Day(day) if day else None


@DATES.rule("DAY", "WEEKDAY ,? the? MD; WEEKDAY . MD; WEEKDAY ,? on MD; this_word WEEKDAY MD")
def _weekday_date(context: Context, weekday: int, found: MonthDay) -> Day | None:
    day = with_weekday(found[0], found[1], weekday, context.today)
    if day:
        return Day(day)
    said = _yearless(context, found)
    return said._replace(unclear=("weekday",)) if said else None


@DATES.rule("DAY", "MD ,? WEEKDAY")
def _date_weekday(context: Context, found: MonthDay, weekday: int) -> Day | None:
    return _weekday_date(context, weekday, found)


@DATES.rule("DAY", "WEEKDAY ,? the? DAY; WEEKDAY . DAY")
def _weekday_checked(context: Context, weekday: int, found: Day) -> Day | None:
    """A weekday before a date chooses between its readings, or contradicts it."""
    if found.weekday:
        return None
    agreed = _weekday_agreed(context, weekday, found)
    if agreed or (found.day - context.today).days < 3:  # `Dienstag morgen` is no tomorrow
        return agreed
    return found._replace(unclear=("weekday",))


@DATES.rule("DAY", "WEEKDAY ,? on? MAYBEDAY")
def _weekday_agreed(_: Context, weekday: int, found: Day) -> Day | None:
    agreed = [day for day in (found.day, *found.others) if day.weekday() == weekday]
    return Day(agreed[0]) if agreed else None


@DATES.rule("DAY", "on MAYBEDAY; MAYBEDAY at CLOCKISH")
def _sure(_: Context, found: Day) -> Day:
    return found


@DATES.rule("DAY", "dayoff")
def _counted(context: Context, days: int) -> Day | None:
    day = shifted(context.today, days=days)
    return Day(day) if day else None


@DATES.rule("DAY", "dayoff , the? DAY; dayoff ,? ( DAY ); DAY ,? ( dayoff )")
def _said_twice(_: Context, one: int | Day, two: int | Day) -> Day | None:
    said = one if isinstance(one, Day) else two
    return said if isinstance(said, Day) and not said.weekday else None


@DATES.rule("DAY", "dayoff the? DAY; DAY dayoff")
def _said_twice_alike(context: Context, one: int | Day, two: int | Day) -> Day | None:
    days, said = (one, two) if isinstance(one, int) else (two, one)
    if not isinstance(days, int) or not isinstance(said, Day):
        return None
    return said if (said.day - context.today).days == days else None
