"""What the clock starts: the values that routines look at, and what they find to do."""

from datetime import datetime, timedelta
from typing import NamedTuple

from mailagent.core.value import Value


class Reminder(Value):
    """A reminder somebody approved."""

    id: int
    person: str
    case: int
    day: str  # ISO
    text: str


class Counts(Value):
    """Where everything is: what a reconciliation looks at."""

    by: dict[str, int]
    unsorted: tuple[int, ...] = ()  # messages kept long ago that nobody sorted
    standing: tuple[str, ...] = ()  # refs of cases that should have moved on


class Routine(NamedTuple):
    """Something that happens again and again; a missed slot is caught up once."""

    name: str
    every: timedelta

    def following(self, now: datetime) -> datetime:
        """The next slot after now. Slots are counted from midnight UTC of the first day."""
        seconds = self.every.total_seconds()
        return datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, tz=now.tzinfo)
