"""Dates and times in figures, by how they look and what stands around them."""

import re
from collections.abc import Iterator
from datetime import date

from parsers.values.when.chart import Edge
from parsers.values.when.context import Context
from parsers.values.when.days import a_date, period, yearless
from parsers.values.when.model import Clock, Day, Period
from parsers.values.when.tokens import Token

_NOT_BEFORE = r"(?<![\w:.,/\-+#$€£])"
_NOT_AFTER = r"(?![\w:/\-]|[.,]\d)"
_ISO = re.compile(
    r"(?<![\d.,/\-])(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})(?![\d/\-]|[.,]\d)(?:T(?=\d\d:))?"
)
_FULL = re.compile(
    r"(?<![\d.,/\-])(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?![\d/]|[.,]\d|-\d{1,2}-)"
)
_SPACED = re.compile(rf"{_NOT_BEFORE}(\d{{1,2}})( )(\d{{1,2}}) (\d{{4}}|\d\d)(?![\w:/%\-]|[.,]\d)")
_SHORT = re.compile(rf"{_NOT_BEFORE}(\d{{1,2}})( ?[-/.] ?)(\d{{1,2}})(\.?)(?![\w:/]|[.,]\d|-\d)")
_SPACED_SHORT = re.compile(rf"{_NOT_BEFORE}(\d{{1,2}}) (\d{{1,2}})(?![\w:/%\-]| \d|[.,]\d)")
_RANGE = re.compile(
    r"(?<![\w:.,/\-])(\d{1,2})/(\d{1,2}) ?[-\u2013~] ?(\d{1,2})/(\d{1,2})"
    r"(?:(?:/|, ?)(\d{4}))?(?![\w/])"
)
_MONTH = re.compile(
    rf"{_NOT_BEFORE}(?:(\d{{1,2}})([-/.])(\d{{4}})|(\d{{4}})[-/](\d{{1,2}})){_NOT_AFTER}"
)
_TIME = re.compile(
    r"(?<![\w:.,/])(?:(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?:\.\d{1,6})?"
    r"|(\d{1,2}) ?[hHuU] ?([0-5]\d))"
    r"(?![\d:]|[.,]\d)"
)
_AFTER_T = re.compile(r"(?<=\dT)(\d\d):([0-5]\d)(?::([0-5]\d))?(?:\.\d{1,6})?()()(?![\d:])")
_POINTED = re.compile(
    r"(?<![\w:.,/\-+#$€£])(\d{1,2}) ?\. ?(\d\d)(?![\d:/%€$£]|[.,]\d| ?(?:[€$£%]|EUR|USD|CHF|GBP))"
)
_HOUR_SIGN = re.compile(r"(?<![\w:.,/\-+@])(\d{1,2})h(?!\w)")
_SPACED_COLON = re.compile(r"(?<![\w:.,/])(\d{1,2}): (\d\d)(?=\s*[ap]\.?\s?m)")
_QUARTER = re.compile(
    rf"{_NOT_BEFORE}(?:(\d{{4}}|\d\d) ?-? ?[qQtT]([1-4])|[qQtT]([1-4]) ?-? ?(\d{{4}})){_NOT_AFTER}"
)
_BARE_QUARTER = re.compile(r"(?<![\w.,/\-])[Qq]([1-4])(?![\w/]|[.,]\d)")
_OFFSET = re.compile(
    r"(?:\b(?:UTC|GMT) ?[+-]\d{1,2}(?::?\d\d)?"
    r"|(?:(?<=T\d\d:\d\d)|(?<=T\d\d:\d\d:\d\d))(?:Z|[+-]\d\d:?\d\d))(?![\w:])"
)


def figures(text: str, words: list[Token], context: Context) -> Iterator[Edge]:
    """What the figures of a text may be."""
    starts = {word.start: at for at, word in enumerate(words)}
    ends = {word.end: at + 1 for at, word in enumerate(words)}
    for begin, end, kind, value in _all(text, context):
        if begin in starts and end in ends:
            yield Edge(starts[begin], ends[end], kind, value)


Found = Iterator[tuple[int, int, str, object]]


def _all(text: str, context: Context) -> Found:
    yield from _dates(text, context)
    yield from _short_dates(text, context)
    yield from _times(text, context)
    for match in _QUARTER.finditer(text):
        year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
        year += 2000 if year < 100 else 0
        if 1900 <= year <= 2100:
            first = date(year, 3 * quarter - 2, 1)
            end = date(year + quarter // 4, (3 * quarter) % 12 + 1, 1)
            yield match.start(), match.end(), "PERIOD", Period(first, end, "quarter")
    for match in _BARE_QUARTER.finditer(text):
        year, first_month = context.at.year, 3 * int(match[1]) - 2
        year += first_month + 3 <= context.at.month
        found = period("quarter", date(year, first_month, 1))
        yield match.start(), match.end(), "PERIOD", found
    for match in _OFFSET.finditer(text):
        yield match.start(), match.end(), "tz", match[0].strip().lower()


def _dates(text: str, context: Context) -> Found:
    for match in _ISO.finditer(text):
        day = a_date(int(match[1]), int(match[3]), int(match[4]))
        if day and 1900 <= day.year <= 2199:
            yield match.start(), match.end() - (match[0][-1] == "T"), "DAY", Day(day)
            yield match.start(), match.end(), "DAY", Day(day)
    for pattern in (_FULL, _SPACED):
        for match in pattern.finditer(text):
            found = _ordered(int(match[1]), int(match[3]), _year(match[4], context), context)
            if found and (match[2] != " " or len(match[4]) == 4 or int(match[4]) > 31):
                yield match.start(), match.end(), "DAY", found
    for match in _MONTH.finditer(text):
        year, month = int(match[3] or match[4]), int(match[1] or match[5])
        if 1 <= month <= 12 and 1900 <= year <= 2100:
            end = date(year + month // 12, month % 12 + 1, 1)
            yield match.start(), match.end(), "PERIOD", Period(date(year, month, 1), end, "month")


def _ordered(first: int, second: int, year: int, context: Context) -> Day | None:
    """Day and month in the language's order, or in the only one that is possible."""
    usual = (second, first) if context.order == "DMY" else (first, second)
    ways = [a_date(year, *usual), a_date(year, *reversed(usual))]
    days = list(dict.fromkeys(day for day in ways if day))
    if not days:
        return None
    unclear = ("order",) if len(days) > 1 and context.language.name == "en" else ()
    return Day(days[0], tuple(days[1:]) if unclear else (), unclear)


def _year(text: str, context: Context) -> int:
    """74 is 1974, 35 is 2035."""
    year = int(text)
    if len(text) == 4:
        return year
    century = context.at.year // 100 * 100
    return century + year - (100 if century + year > context.at.year + 30 else 0)


def _short_dates(text: str, context: Context) -> Found:
    for match in _SHORT.finditer(text):
        day = _yearless(int(match[1]), int(match[3]), match[2].strip(), context)
        if day is not None:
            end = match.end() - (match[4] == "." and match[2].strip() != ".")
            yield match.start(), end, "DAY" if _is_sure(match) else "MAYBEDAY", day
    for match in _SPACED_SHORT.finditer(text) if context.order == "DMY" else ():
        found = _yearless(int(match[1]), int(match[2]), ".", context)
        if found and int(match[2]) <= 12:
            yield match.start(), match.end(), "MAYBEDAY", found
    for match in _RANGE.finditer(text):
        year = int(match[5]) if match[5] else None
        one = _yearless(int(match[1]), int(match[2]), "/", context, year)
        two = _yearless(int(match[3]), int(match[4]), "/", context, year)
        if one and two:
            yield match.start(), match.end(), "DAYS", (one, two)


def _is_sure(match: re.Match[str]) -> bool:
    """`15.2.`, `01.04` and `2/15` are days; `2-3`, `1/2` and `5.12` may be anything."""
    first, mark, second = int(match[1]), match[2].strip(), int(match[3])
    if mark == ".":
        return bool(match[4]) or (match[1][0] == "0" and len(match[3]) == 2)
    high = max(first, second) > 12 or match[1][0] == "0"
    return mark == "/" and high and (first, second) != (24, 7)


def _yearless(
    first: int, second: int, mark: str, context: Context, year: int | None = None
) -> Day | None:
    usual = (second, first) if context.order == "DMY" else (first, second)
    ways = [usual, (usual[1], usual[0])]
    found: list[date] = []
    for month, day in ways:
        if year is not None:
            exact = a_date(year, month, day) if 1 <= month <= 12 else None
            found += [exact] if exact else []
        elif 1 <= month <= 12 and 1 <= day <= 31:
            found += yearless(month, day, context.today)
        if found and (context.language.name != "en" or mark == "." or max(month, day) > 12):
            break
    days = list(dict.fromkeys(found))
    both = usual[0] != usual[1] and max(usual) <= 12
    unclear = ("order",) if both and context.language.name == "en" else ()
    return Day(days[0], tuple(days[1:]), unclear) if days else None


def _times(text: str, context: Context) -> Found:
    for match in (*_TIME.finditer(text), *_AFTER_T.finditer(text)):
        if "u" in match[0].lower() and context.language.name != "nl":
            continue
        hour, minute, second = (int(one or 0) for one in _parts(match))
        leading = match[0][0] == "0"
        sure = context.language.hours == 24 or hour > 12 or leading or bool(match[4])
        grain = "second" if match[3] else "minute"
        if hour < 24 or (hour == 24 and not minute):
            yield match.start(), match.end(), "TIME", Clock(hour, minute, second, grain, sure)
    for match in _HOUR_SIGN.finditer(text) if context.language.name == "en" else ():
        if int(match[1]) <= 24:
            clock = Clock(int(match[1]), 0, 0, "minute", True)
            yield match.start(), match.end(), "POINTED", clock
    for match in (*_POINTED.finditer(text), *_SPACED_COLON.finditer(text)):
        hour, minute = int(match[1]), int(match[2])
        if hour <= 24 and minute <= 59:
            sure = context.language.hours == 24 or hour > 12
            yield match.start(), match.end(), "POINTED", Clock(hour, minute, 0, "minute", sure)


def _parts(match: re.Match[str]) -> tuple[str | None, str | None, str | None]:
    return match[1] or match[4], match[2] or match[5], match[3]
