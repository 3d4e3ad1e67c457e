"""Bills that come again and again: told by their days, with what they cost before and now."""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import median

from mailagent.core.said import Said, say
from mailagent.core.value import Value

KEPT = 24  # bills of a series that are remembered
_LOOKED_AT = 7  # the latest of them: what came irregularly years ago says nothing
_FEWEST = 3
_LONG = 150  # days: of what comes that seldom two are enough
_TOLD_CHANGES = 3  # of a price
_TOLD = timedelta(days=14)  # so long a bill that did not come stands in the brief


class Every(StrEnum):
    """How often a bill comes."""

    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


# From how many days to how many days one follows the other; and the step, in days or months.
_GAPS = {
    Every.WEEK: (6, 8),
    Every.TWO_WEEKS: (12, 16),
    Every.MONTH: (25, 36),
    Every.TWO_MONTHS: (55, 68),
    Every.QUARTER: (82, 100),
    Every.HALF_YEAR: (170, 196),
    Every.YEAR: (345, 385),
}
_DAYS = {Every.WEEK: 7, Every.TWO_WEEKS: 14}
_MONTHS = {
    Every.MONTH: 1,
    Every.TWO_MONTHS: 2,
    Every.QUARTER: 3,
    Every.HALF_YEAR: 6,
    Every.YEAR: 12,
}


class Came(Value):
    """One bill of a series."""

    day: date
    total: Decimal
    number: str = ""


class Series(Value):
    """The bills of one vendor in one currency, the latest last."""

    vendor: str
    currency: str
    came: tuple[Came, ...]


class PriceChange(Value):
    """A bill that cost something else than the one before."""

    day: date
    before: Decimal
    after: Decimal


class Renewal(Value):
    """A bill that is expected again."""

    vendor: str
    currency: str
    every: Every
    last: date
    following: date
    total: Decimal  # of the last one
    times: int
    changes: tuple[PriceChange, ...] = ()

    @property
    def late_on(self) -> date:
        """From this day on it is missed."""
        low, high = _GAPS[self.every]
        return self.following + timedelta(days=max(4, high - low))


def renewal(series: Series) -> Renewal | None:
    """What the days of the last bills say; None: they come as they come."""
    came = [one for one in series.came if one.total > 0]
    last = came[-_LOOKED_AT:]
    gaps = [(after.day - before.day).days for before, after in pairwise(last)]
    every = _every(gaps)
    if every is None:
        return None
    return Renewal(
        vendor=series.vendor,
        currency=series.currency,
        every=every,
        last=last[-1].day,
        following=_following(last[-1].day, every),
        total=last[-1].total,
        times=len(came),
        changes=tuple(_changes(came)),
    )


def _every(gaps: Sequence[int]) -> Every | None:
    """All of the gaps are of one kind; two bills are enough only where years pass."""
    if not gaps:
        return None
    middle = median(gaps)
    if len(gaps) + 1 < _FEWEST and middle < _LONG:
        return None
    for every, (low, high) in _GAPS.items():
        if low <= middle <= high:
            return every if all(low <= gap <= high for gap in gaps) else None
    return None


def _following(day: date, every: Every) -> date:
    if every in _DAYS:
        return day + timedelta(days=_DAYS[every])
    months = day.year * 12 + day.month - 1 + _MONTHS[every]
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _changes(came: Sequence[Came]) -> Iterable[PriceChange]:
    for before, after in pairwise(came):
        if before.total != after.total:
            yield PriceChange(day=after.day, before=before.total, after=after.total)


def with_bill(series: Series, one: Came) -> Series:
    """The series with one more bill, in the order of their days."""
    came = sorted((*series.came, one), key=lambda each: each.day)
    return series.model_copy(update={"came": tuple(came[-KEPT:])})


def without_bill(series: Series, one: Came) -> Series:
    """The series without a bill that was voided."""
    came = list(series.came)
    if one in came:
        came.remove(one)
    return series.model_copy(update={"came": tuple(came)})


def listed(found: Iterable[Series]) -> tuple[tuple[str, Said], ...]:
    """A line for each bill that is expected again, what comes first on top."""
    expected = sorted(filter(None, map(renewal, found)), key=lambda one: one.following)
    return tuple(line for one in expected for line in _lines(one))


def _lines(one: Renewal) -> Iterable[tuple[str, Said]]:
    """When it comes next; and below what it cost before, the latest first."""
    cost = {"currency": one.currency}
    yield one.vendor, say(f"renewal.{one.every}", total=one.total, day=one.following, **cost)
    for change in one.changes[: -_TOLD_CHANGES - 1 : -1]:
        key = "renewal.rose" if change.after > change.before else "renewal.fell"
        prices = {"before": change.before, "after": change.after}
        yield "", say(key, since=change.day, **prices, **cost)


def not_come(found: Iterable[Series], today: date) -> tuple[Said, ...]:
    """What the brief says of bills that should have come."""
    late = [one for one in filter(None, map(renewal, found)) if one.late_on <= today]
    return tuple(
        say("brief.not_come", vendor=one.vendor, day=one.following)
        for one in late
        if today - one.late_on < _TOLD
    )
