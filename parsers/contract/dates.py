"""Dates and lengths of time as contracts write them."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in _MONTHS)
_MONTH = _MONTH.replace("Sep(?:tember)?", "Sept?(?:ember)?")
# Kerning may tear "24th" apart.
_NTH = r"(?:\s?(?:s\s?t|n\s?d|r\s?d|t\s?h))?"
_YEAR = r"(?P<{}>(?:19|20)\d\d)"
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
    *(f"twenty-{nth}" for nth in ("first", "second", "third", "fourth", "fifth", "sixth")),
    *("twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"),
)
_SPOKEN = "|".join(sorted((nth.replace("-", "[- ]") for nth in _ORDINALS), key=len, reverse=True))
_WORDED = re.compile(
    rf"(?<!\d)(?:(?P<d1>\d{{1,2}}){_NTH}|"
    rf"\b(?P<said>{_SPOKEN}))\s*(?:day\s+)?(?:of\s+)?(?:[A-Z][a-z]+day,?\s+)?"
    rf"(?P<m1>{_MONTH})\b[.,]?\s*,?\s*(?:in the year\s*)?{_YEAR.format('y1')}\b"
    rf"|(?<![a-z])(?P<m2>{_MONTH})\b[.,]?\s*(?P<d2>\d{{1,2}}){_NTH}\s*,?\s*{_YEAR.format('y2')}\b",
    re.IGNORECASE,
)
# "the last day in February, 2023", "the end of June 2010"
_LAST = re.compile(
    rf"\b(?:last\s+day|end)\s+(?:of|in)\s+(?:the\s+month\s+of\s+)?(?P<month>{_MONTH})\b[.,]?\s*"
    rf"(?:of\s+)?{_YEAR.format('year')}\b",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?P<month>{_MONTH})\b[.,]?\s*{_YEAR.format('year')}\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,4})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{2,4})(?![\d/-])")
_PIVOT = 60  # '98 is 1998, '26 is 2026


class Day(NamedTuple):
    """A date and where it stands; `sure` is False where day and month may be the other way."""

    day: date
    start: int
    end: int
    sure: bool = True


def days(text: str, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """The dates in a stretch of text, first come first."""
    stop = len(text) if end is None else end
    found = [day for match in _WORDED.finditer(text, start, stop) if (day := _worded(match))]
    found += [day for match in _NUMBERS.finditer(text, start, stop) if (day := _numbers(match))]
    found += [_last_of(match) for match in _LAST.finditer(text, start, stop)]
    yield from sorted(found, key=lambda day: day.start)


def last_of_month(text: str, at: int) -> Day | None:
    """A month and its year without a day, right there: its last day."""
    match = _ALONE.match(text, at)
    return _last_of(match) if match else None


def _last_of(match: re.Match[str]) -> Day:
    first = date(int(match["year"]), _month(match["month"]), 1)
    return Day(month_end(first), match.start(), match.end())


def _month(name: str) -> int:
    return [month[:3] for month in _MONTHS].index(name[:3].capitalize()) + 1


def _worded(match: re.Match[str]) -> Day | None:
    nth = "1" if match["m1"] else "2"
    month = _month(match[f"m{nth}"])
    if said := match["said"]:
        day = _ORDINALS.index(re.sub(r"\s", "-", said.lower())) + 1
    else:
        day = int(match[f"d{nth}"])
    return _day(int(match[f"y{nth}"]), month, day, match)


def _numbers(match: re.Match[str]) -> Day | None:
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return _day(first, second, third, match)
    if len(match[1]) > 2 or len(match[4]) == 3:
        return None
    year = third if len(match[4]) == 4 else third + (1900 if third > _PIVOT else 2000)
    if match[2] == "." or first > 12:
        return _day(year, second, first, match, sure=first > 12 or match[2] == ".")
    return _day(year, first, second, match, sure=second > 12 or first == second)


def _day(year: int, month: int, day: int, match: re.Match[str], *, sure: bool = True) -> Day | None:
    try:
        return Day(date(year, month, day), match.start(), match.end(), sure)
    except ValueError:  # the 31st of February
        return None


def ordinal(word: str) -> int:
    """`fifth` is 5; 0 where it is none."""
    name = word.lower().replace(" ", "-")
    return _ORDINALS.index(name) + 1 if name in _ORDINALS else 0


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


_NUMBER_WORDS: dict[str, float] = {
    word: float(number)
    for number, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
            *("thirteen", "fourteen", "fifteen", "sixteen"),
            *("seventeen", "eighteen", "nineteen", "twenty"),
        )
    )
} | {"thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90}
_NUMBER_WORDS |= {
    "seventy-five": 75,
    "thirty-six": 36,
    "twenty-four": 24,
    "twenty-five": 25,
    "one hundred twenty": 120,
    "one hundred and twenty": 120,
    "one hundred eighty": 180,
    "one hundred and eighty": 180,
    "a": 1,
    "an": 1,
    "half a": 0.5,
    "half-a": 0.5,
    "a half": 0.5,
}
_WORDS = "|".join(sorted((w.replace("-", "[- ]") for w in _NUMBER_WORDS), key=len, reverse=True))
_UNIT = r"(?P<unit>day|week|month|quarter|year|anniversary|annual|annum)(?:s|ies)?\b"
_LENGTH = re.compile(
    rf"(?<![\w.,$])(?:(?P<word>{_WORDS})[\s-]{{0,3}})?(?:[(\[]\s*(?P<paren>\d{{1,3}})\s*[)\]]|"
    rf"(?P<digits>\d{{1,3}})(?:\s*\((?:{_WORDS})\))?)?[\s,-]{{0,3}}(?:additional\s+|consecutive\s+|successive\s+|"
    rf"full\s+|more\s+|further\s+)?"
    rf"(?:(?:calendar|business|working|contract|fiscal|processing)\s+)?(?:<omitted>)?{_UNIT}",
    re.IGNORECASE,
)


_MOST = 400  # of anything: more is no length of time in a contract


class Length(NamedTuple):
    """So many days, weeks, months or years, and where that stands."""

    number: float
    unit: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """`12 months` is spoken of as `1 year`."""
        count, unit = self.number, self.unit
        if unit == "month" and count % 12 == 0:
            years = count / 12
            return f"{years:g} year{'s' if years > 1 else ''} ({count:g} months)"
        if unit == "quarter":
            count, unit = count * 3, "month"
        return f"{count:g} {unit}{'s' if count > 1 else ''}"

    def around(self, text: str, before: int, behind: int) -> tuple[str, str]:
        """What stands before it and behind it."""
        start, end = self.start, self.end
        return text[max(0, start - before) : start], text[end : end + behind]

    def after(self, start: date) -> date | None:
        """The day so long after another; None for half a year and beyond the calendar."""
        return _shifted(start, self.number, self.unit)

    def before(self, end: date) -> date | None:
        """The day so long before another."""
        return _shifted(end, -self.number, self.unit)


def lengths(text: str, start: int = 0, end: int | None = None) -> Iterator[Length]:
    """The lengths of time in a stretch of text."""
    for match in _LENGTH.finditer(text, start, len(text) if end is None else end):
        number = match["paren"] or match["digits"]
        word = re.sub(r"\s+", " ", (match["word"] or "").lower())
        count = float(number) if number else _spoken(word)
        if count is not None and 0 < count <= _MOST:
            unit = {"annum": "year", "annual": "year", "anniversary": "year", "anniversar": "year"}
            name = match["unit"].lower()
            yield Length(count, unit.get(name, name), match.start(), match.end())


def _spoken(word: str) -> float | None:
    if not word:
        return None
    return _NUMBER_WORDS.get(word, _NUMBER_WORDS.get(word.replace(" ", "-")))


def _shifted(day: date, count: float, unit: str) -> date | None:
    if unit in ("day", "week"):
        return day + timedelta(days=round(count * (7 if unit == "week" else 1)))
    months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
    if months != int(months):
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + int(months), 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
