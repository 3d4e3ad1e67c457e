"""The rules by which somebody can be met."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailagent.core.value import Value


class Hours(Value):
    """From when to when, on some days of the week. Monday is 0; until midnight is time.min."""

    days: frozenset[int]
    opens: time
    closes: time

    def spans(self, start: datetime, end: datetime) -> bool:
        """Whether this holds all of it; both by the same clock."""
        return start.weekday() in self.days and self.opens <= start.time() and self._ends_in(end)

    def touches(self, start: datetime, end: datetime) -> bool:
        """Whether any of it is in here; a meeting that runs past midnight is looked at by day."""
        if start.weekday() not in self.days:
            return False
        opens = datetime.combine(start.date(), self.opens)
        closes = datetime.combine(start.date(), self.closes) + _a_day_if(self.closes == time.min)
        return start.replace(tzinfo=None) < closes and opens < end.replace(tzinfo=None)

    def _ends_in(self, end: datetime) -> bool:
        if self.closes == time.min:
            return True
        return end.time() <= self.closes and end.time() != time.min


class Never(Hours):
    """No meetings then, and why."""

    why: str


class Preferred(Hours):
    """Rather then than at other times."""


class Clock(Value):
    """Somebody else's working day: nobody is offered three in the morning."""

    zone: str
    who: str = ""
    opens: time = time(8)
    closes: time = time(19)


class Availability(Value):
    """All rules of one person. Times are by the clock of `zone`."""

    zone: str = "UTC"
    hours: tuple[Hours, ...] = (Hours(days=frozenset(range(5)), opens=time(9), closes=time(17)),)
    never: tuple[Never, ...] = ()
    preferred: tuple[Preferred, ...] = ()
    holidays: dict[date, str] = {}
    buffer: timedelta = timedelta()  # kept free before and after every meeting
    travel: timedelta = timedelta()  # the same, where one of the two is at a place
    notice: timedelta = timedelta(hours=24)  # nothing is offered sooner
    horizon: timedelta = timedelta(days=28)  # nor later
    lengths: tuple[int, ...] = (30, 60)  # minutes; the first where nobody said how long
    step: timedelta = timedelta(minutes=30)  # slots start at multiples of it
    offers: int = 3  # so many times are proposed
    hold_for: timedelta = timedelta(days=3)  # proposed times are held so long

    @property
    def tz(self) -> ZoneInfo:
        """The clock of these rules."""
        return ZoneInfo(self.zone)

    def length(self, minutes: int | None) -> timedelta:
        """How long a meeting is to be."""
        return timedelta(minutes=minutes or self.lengths[0])

    def prefers(self, start: datetime) -> bool:
        """Whether a time is one of those that are liked best."""
        here = start.astimezone(self.tz)
        return any(one.spans(here, here) for one in self.preferred)


def _a_day_if(yes: bool) -> timedelta:
    return timedelta(days=1) if yes else timedelta()
