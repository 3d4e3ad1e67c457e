"""What is found, and what it is put together from."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from mailagent.core.value import Value


class When(Value):
    """A time that a text tells. Ends are exclusive."""

    start: datetime
    end: datetime
    grain: str  # minute, hour, part (of a day), day, week, month, quarter, year
    quote: str
    at: int = 0  # where the quote starts
    bound: str = ""  # "after" or "before", where only one end was told
    others: tuple[datetime, ...] = ()  # starts that may be meant as well
    unclear: tuple[str, ...] = ()  # why: "weekday", "half_day", "zone", "order", "year"
    zone: str = ""  # where it was told by another clock than the reader's
    lasting: timedelta | None = None  # "for 30 minutes"
    repeats: str = ""  # "DAILY", "WEEKLY" ...: where it comes again and again
    vague: bool = False  # "around 3"


class Clock(NamedTuple):
    """A time of day as it was said: `3` may be either half of the day."""

    hour: int
    minute: int = 0
    second: int = 0
    grain: str = "hour"
    sure: bool = False  # 15:00, 3pm, 03:00
    zone: str = ""
    vague: bool = False


class Day(NamedTuple):
    """A day, with others that may be meant."""

    day: date
    others: tuple[date, ...] = ()
    unclear: tuple[str, ...] = ()
    weekday: bool = False  # told by the name of a weekday alone: today counts, later today


class Period(NamedTuple):
    """Whole days: a week, a month, the end of the year."""

    first: date
    end: date
    grain: str
    others: tuple[date, ...] = ()
    unclear: tuple[str, ...] = ()


class Part(NamedTuple):
    """A part of a day, in hours; one that ends before it starts goes over midnight."""

    name: str
    first: float
    end: float


class Length(NamedTuple):
    """`2 weeks`: how much of which unit."""

    amount: float
    unit: str
    more: tuple["Length", ...] = ()


class Span(NamedTuple):
    """A time with both ends."""

    start: datetime
    end: datetime
    grain: str
    bound: str = ""
    others: tuple[datetime, ...] = ()
    unclear: tuple[str, ...] = ()
    zone: str = ""
    lasting: timedelta | None = None
    repeats: str = ""
    vague: bool = False


class Hours(NamedTuple):
    """`9 to 11`: two times of one day."""

    first: Clock
    last: Clock
    bare: bool = False  # no word and no sign says that these are hours
