"""Calendar arithmetic: the next Friday, the third Tuesday of October, Easter."""

from calendar import monthrange
from datetime import date, timedelta

from parsers.values.when.model import Period

PASSED = 45  # days: a date without a year that passed so recently may be meant as well
_DAY = timedelta(days=1)


def a_date(year: int, month: int, day: int) -> date | None:
    """None for the 31st of February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, *, months: int = 0, days: int = 0) -> date | None:
    """The same day of another month, or its last one; None outside of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    try:
        return moved + timedelta(days=days)
    except OverflowError:
        return None


def monday(day: date) -> date:
    """Of its week."""
    return day - timedelta(days=min(day.weekday(), (day - date.min).days))


def coming(weekday: int, today: date) -> date:
    """After today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def passed(weekday: int, today: date) -> date:
    """Before today."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def yearless(month: int, day: int, today: date) -> tuple[date, ...]:
    """The next one, and the last one if it passed only lately."""
    years = range(today.year - 1, today.year + 9)
    found = [one for year in years if 1 <= year <= 9999 and (one := a_date(year, month, day))]
    after = next((one for one in found if one >= today), None)
    before = next((one for one in reversed(found) if one < today), None)
    near = before if before and (today - before).days <= PASSED else None
    return tuple(one for one in (after, near) if one)


def with_weekday(month: int, day: int, weekday: int, today: date) -> date | None:
    """`Fri, Jul 18`: the year in which both agree, the nearest one."""
    years = range(max(1, today.year - 7), min(9999, today.year + 12))
    found = [one for year in years if (one := a_date(year, month, day))]
    agreed = [one for one in found if one.weekday() == weekday]
    lately = [one for one in agreed if -PASSED <= (one - today).days < 0]
    ahead = [one for one in agreed if one >= today]
    return next(iter(lately or ahead), None)


def day_of_month(day: int, today: date, weekday: int | None = None) -> date | None:
    """`the 15th`, `Friday the 13th`: the next one."""
    first = today.replace(day=1)
    for months in range(48):
        month = shifted(first, months=months)
        found = a_date(month.year, month.month, day) if month else None
        if found and found >= today and weekday in {None, found.weekday()}:
            return found
    return None


def nth(weekday: int, number: int, period: Period) -> date | None:
    """The third Tuesday of a month; from its end where the number is negative."""
    if number > 0:
        day = period.first + timedelta(days=(weekday - period.first.weekday()) % 7)
        day += timedelta(weeks=number - 1)
    else:
        last = period.end - _DAY
        day = last - timedelta(days=(last.weekday() - weekday) % 7)
        day += timedelta(weeks=number + 1)
    return day if period.first <= day < period.end else None


def period(unit: str, day: date, number: int = 1) -> Period | None:
    """The week, month, quarter or year that holds this day, or so many from it on."""
    first = {
        "day": day,
        "week": monday(day),
        "month": day.replace(day=1),
        "quarter": day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        "half": day.replace(month=1 if day.month < 7 else 7, day=1),
        "year": day.replace(month=1, day=1),
        "decade": day.replace(year=max(1, day.year // 10 * 10), month=1, day=1),
        "century": day.replace(year=max(1, day.year // 100 * 100), month=1, day=1),
    }.get(unit)
    end = moved(first, unit, number) if first else None
    return Period(first, end, unit) if first and end else None


def moved(day: date, unit: str, number: int) -> date | None:
    """By so many units."""
    months = {
        "month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200,
    }.get(unit, 0)  # fmt: skip
    days = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14, "night": 1}.get(unit, 0)
    if abs(number) > 40_000:
        return None
    return shifted(day, months=months * number, days=days * number)


def easter(year: int) -> date:
    """Of the western churches (the anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def working(day: date, number: int) -> date | None:
    """After so many working days."""
    for _ in range(min(number, 500)):
        day += _DAY
        while day.weekday() > 4:
            day += _DAY
    return day
