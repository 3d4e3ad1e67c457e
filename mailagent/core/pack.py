"""What the bookkeeper gets of a month: which month is meant, and what belongs to it."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from mailagent.core.books import Booked
from mailagent.core.decision.calendar import months
from mailagent.core.value import Value
from mailagent.core.wording import words_of

_FIGURES = re.compile(r"(?P<year>20\d\d)[-./](?P<month>\d{1,2})|(?P<m2>\d{1,2})[./](?P<y2>20\d\d)")
_LAST = frozenset(
    {"last", "previous", "letzter", "letzten", "dernier", "pasado", "scorso", "vorige", "passado"}
)


class Month(Value):
    """A month of the books."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first.replace(day=calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


class Packed(NamedTuple):
    """All of a month pack, before it is one file."""

    month: Month
    bills: tuple[Booked, ...]  # dated in the month, the void ones marked
    originals: tuple[tuple[str, bytes], ...]  # file name and content
    questions: str  # what is still open, in lines


def month_before(day: date) -> Month:
    """The month that is over."""
    last = day.replace(day=1) - timedelta(days=1)
    return Month(year=last.year, month=last.month)


def month_meant(words: str, today: date, locale: str) -> Month | None:
    """`october`, `2026-10`, `10/2026`, `last month`; without a year the latest that began."""
    if not words.strip():
        return month_before(today)
    if found := _FIGURES.search(words):
        year, month = found["year"] or found["y2"], found["month"] or found["m2"]
        return _month(int(year), int(month))
    said = [word.folded for word in words_of(words)]
    named = next((months(locale)[word] for word in said if word in months(locale)), 0)
    if named:
        years = [int(word) for word in said if re.fullmatch(r"20\d\d", word)]
        latest = today.year if named <= today.month else today.year - 1
        return _month(years[0] if years else latest, named)
    return month_before(today) if _LAST.intersection(said) else None


def _month(year: int, month: int) -> Month | None:
    return Month(year=year, month=month) if 1 <= month <= 12 else None
