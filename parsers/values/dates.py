"""Days as people write them. Whether 3/4 is in March or in April is decided per document."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

_MONTHS = {
    1: "jan january januar janvier janv enero ene gennaio gen januari janeiro styczen stycznia sty"
    " leden ledna jaenner janner",
    2: "feb february februar fevrier fevr fev febrero febbraio februari fevereiro luty lutego lut"
    " unor unora feber",
    3: "mar march marz maerz mrz mars marzo maart mrt marco marzec marca brezen brezna marts",
    4: "apr april avril avr abril abr aprile kwiecien kwietnia kwi duben dubna",
    5: "may mai mayo maggio mag mei maio maj maja kveten kvetna",
    6: "jun june juni juin junio giugno giu junho czerwiec czerwca cze cerven cervna",
    7: "jul july juli juillet juil julio luglio lug julho lipiec lipca lip cervenec cervence",
    8: "aug august aout agosto ago augustus sierpien sierpnia sie srpen srpna augusti",
    9: "sep sept september septembre septiembre settembre set setembro wrzesien wrzesnia wrz zari",
    10: "oct october oktober okt octobre octubre ottobre ott outubro out pazdziernik pazdziernika"
    " paz rijen rijna",
    11: "nov november novembre noviembre novembro listopad listopada lis listopadu",
    12: "dec december dez dezember decembre diciembre dic dicembre dezembro grudzien grudnia gru"
    " prosinec prosince",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
_G = "[ \u00a0]"
_PATTERN = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?P<y1>(?:19|20)\d{{2}})(?P<s1>[-./]|{_G}[-./]{_G})(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})"
    rf"|(?P<a>\d{{1,2}}){_G}?(?P<s2>[-./\u2010-\u2013]){_G}?(?P<b>\d{{1,2}}){_G}?(?P=s2){_G}?"
    rf"(?P<y2>(?:19|20)\d{{2}}|\d{{2}})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|ro|[.º°ª])?[-./ \u00a0]{{0,2}}(?:of{_G}|de{_G}"
    rf"|d['\u2019])?"
    rf"(?P<n3>[^\W\d_]{{3,12}})[-./, \u00a0]{{0,3}}(?:de{_G}|del{_G})?"
    # `1 feb - 28 feb 2025` has no year 28.
    rf"(?P<y3>(?:19|20)\d{{2}}|(?<![ \u00a0][-\u2013][ \u00a0])['\u2019]?\d{{2}}(?!\d))"
    rf"|(?P<n4>[^\W\d_]{{3,12}})[-. \u00a0]{{0,2}}(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:{_G}?,{_G}?|[-. \u00a0]{{1,2}})(?P<y4>(?:19|20)\d{{2}}|['\u2019]\d{{2}})"
    r"|(?P<y5>20\d{2})年(?P<m5>\d{1,2})月(?P<d5>\d{1,2})日?"
    r"|(?P<d6>\d{1,2})[ \u00a0]+(?P<m6>\d{1,2})[ \u00a0]+(?P<y6>20\d{2})"
    r")(?![\d]|[-/]\d|[.,]\d)"
)
_RANGE_BEFORE = re.compile(
    r"(?:\d|[^\W\d_]{3})\W{0,3}(?:[-\u2013\u2014\u2212]|\bto|\bbis|\bau|\bal|\btot|\bt/m|\bdo"
    r"|\bthrough|\buntil"
    r"|\bthru|\ba|\baté)[ \u00a0\t]*(?:zum |le |il |el |the )?$",
    re.IGNORECASE,
)
_RANGE_AFTER = re.compile(
    r"[ \u00a0\t]*(?:[-\u2013\u2014\u2212]|to\b|bis\b|au\b|al\b|tot\b|t/m\b|do\b|through\b"
    r"|thru\b|until\b|até\b|a\b)"
    r"[ \u00a0\t]*(?:zum |le |il |el |the )?(?:\d{1,4}[-./ ]|\d{1,2}[.]?[ ][^\W\d_]"
    r"|[^\W\d_]{3,9}[.]? \d)",
    re.IGNORECASE,
)


class Order(StrEnum):
    """How a document writes the numbers of a day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class Day(NamedTuple):
    """A day as it stands in a text."""

    start: int
    end: int
    day_first: date | None
    month_first: date | None
    ranged: bool  # one end of a period

    @property
    def ambiguous(self) -> bool:
        """Whether it can be two days."""
        return (
            self.day_first is not None
            and self.month_first is not None
            and self.day_first != self.month_first
        )

    def on(self, order: Order) -> date | None:
        """The day in this order; in the other where this one makes none."""
        first = order is Order.DAY_FIRST
        ours, other = (
            (self.day_first, self.month_first) if first else (self.month_first, self.day_first)
        )
        return ours or other


def days_in(text: str) -> Iterator[Day]:
    """Every day with its year."""
    for match in _PATTERN.finditer(text):
        found = _read(match)
        if found is None:
            continue
        ranged = bool(
            _RANGE_BEFORE.search(text, max(0, match.start() - 16), match.start())
            or _RANGE_AFTER.match(text, match.end())
        )
        yield Day(match.start(), match.end(), *found, ranged)


def _read(match: re.Match[str]) -> tuple[date | None, date | None] | None:
    if match["a"]:
        return _numeric(match)
    for n in "15":
        if match[f"y{n}"]:
            return _twice(_day(match[f"y{n}"], match[f"m{n}"], match[f"d{n}"]))
    if match["y6"]:
        return _twice(_day(match["y6"], match["m6"], match["d6"]))
    for n in "34":
        month = month_of(match[f"n{n}"]) if match[f"n{n}"] else None
        if month:
            return _twice(_day(match[f"y{n}"], str(month), match[f"d{n}"]))
    return None


def _twice(day: date | None) -> tuple[date | None, date | None] | None:
    return (day, day) if day else None


def _numeric(match: re.Match[str]) -> tuple[date | None, date | None] | None:
    """Only slashes and hyphens leave it open; 3.4.2024 is in April wherever dots are used."""
    day_first = _day(match["y2"], match["b"], match["a"])
    month_first = _day(match["y2"], match["a"], match["b"])
    if match["s2"] == "." and day_first:
        month_first = day_first
    if len(match["y2"]) == 2 and match["s2"] not in "./-":
        return None
    return (day_first, month_first) if day_first or month_first else None


def month_of(name: str) -> int | None:
    """The month of a name in any of our languages."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _MONTH.get("".join(c for c in plain if not unicodedata.combining(c)))


def _day(year: str, month: str, day: str) -> date | None:
    digits = int(year.strip("'\u2019"))
    whole = digits if digits > 99 else 2000 + digits if digits < 70 else 1900 + digits
    try:
        return date(whole, int(month), int(day))
    except ValueError:  # the 31st of February, a month 13
        return None
