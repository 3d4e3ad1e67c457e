"""What stands in a calendar, and what we put there."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import SerializerFunctionWrapHandler, model_serializer

from mailagent.core.value import Value


class PartStat(StrEnum):
    """What somebody answered to an invitation (RFC 5545, 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


class Guest(Value):
    """Who takes part, or invites."""

    address: str
    name: str = ""
    answer: PartStat = PartStat.NEEDS_ACTION


class Copied(Value):
    """The invitation by which it gets into a calendar that can be written to by mail only."""

    to: str
    at: datetime  # when it was asked for
    answer: PartStat = PartStat.NEEDS_ACTION
    reminded: int = 0  # how often its silence was told


class Appointment(Value):
    """One entry of a calendar. Ends are exclusive; of whole days both are midnights in `zone`."""

    uid: str
    sequence: int = 0
    start: datetime
    end: datetime
    all_day: bool = False
    zone: str = "UTC"  # by whose clock it repeats, and whose days are meant
    title: str
    place: str = ""
    link: str = ""
    notes: str = ""
    organizer: Guest | None = None
    guests: tuple[Guest, ...] = ()
    rules: tuple[str, ...] = ()  # RRULE
    recurrence_id: datetime | None = None  # one date of a meeting that repeats
    tentative: bool = False  # held until somebody answers
    changed: tuple["Appointment", ...] = ()  # dates of it that are otherwise than the rule says
    copied: Copied | None = None
    gone: tuple[datetime, ...] = ()  # dates of it that do not take place
    free: bool = False  # it takes nobody's time: a day to remember

    @model_serializer(mode="wrap")
    def _said(self, spelled: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What takes time is spelled as before there was anything else: open drafts stay good."""
        said: dict[str, Any] = spelled(self)
        return said if self.free else {name: one for name, one in said.items() if name != "free"}

    @property
    def repeats(self) -> bool:
        """Whether it has more dates than one."""
        return bool(self.rules)

    def at(self, start: datetime, end: datetime) -> "Appointment":
        """The same at another time."""
        return self.model_copy(update={"start": start, "end": end})

    def date(self, at: datetime) -> "Appointment":
        """One of its dates, by the moment that the rule gives."""
        return next((one for one in self.changed if _is_date(one, at)), self._date(at))

    def _date(self, at: datetime) -> "Appointment":
        plain = {"rules": (), "changed": (), "gone": (), "recurrence_id": at}
        return self.at(at, at + (self.end - self.start)).model_copy(update=plain)

    def with_date(self, one: "Appointment") -> "Appointment":
        """With one date as it is now."""
        if one.recurrence_id is None:
            raise ValueError("it says not which date it is")
        left = self.without_date(one.recurrence_id)
        here = tuple(at for at in left.gone if utc(at) != utc(one.recurrence_id))
        changed = (*left.changed, one.model_copy(update={"rules": ()}))
        return left.model_copy(update={"changed": changed, "gone": here})

    def without_date(self, at: datetime) -> "Appointment":
        """With one date that does not take place."""
        changed = tuple(one for one in self.changed if not _is_date(one, at))
        gone = tuple(dict.fromkeys((*map(utc, self.gone), utc(at))))
        return self.model_copy(update={"changed": changed, "gone": gone})

    def local(self) -> tuple[datetime, datetime]:
        """Start and end by the clock of its zone."""
        zone = ZoneInfo(self.zone)
        return self.start.astimezone(zone), self.end.astimezone(zone)


def _is_date(one: Appointment, at: datetime) -> bool:
    return one.recurrence_id is not None and utc(one.recurrence_id) == utc(at)


class Busy(Value):
    """A span in which somebody is not free."""

    start: datetime
    end: datetime
    what: str = ""
    calendar: str = ""
    uid: str = ""
    tentative: bool = False  # it may not take place
    all_day: bool = False
    away: bool = False  # it is at a place: one has to get there


def overlap(start: datetime, end: datetime, busy: Busy) -> bool:
    """Whether the two share a moment; spans that only touch do not."""
    return utc(start) < utc(busy.end) and utc(busy.start) < utc(end)


def utc(moment: datetime) -> datetime:
    """The same moment in UTC."""
    return moment.astimezone(UTC)


class Method(StrEnum):
    """What a message about a meeting is for."""

    REQUEST = "REQUEST"
    REPLY = "REPLY"
    COUNTER = "COUNTER"
    DECLINECOUNTER = "DECLINECOUNTER"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


# These speak for one attendee; the others are no business of theirs.
OF_ATTENDEES = frozenset({Method.REPLY, Method.COUNTER})


class Itip(Value):
    """A message about a meeting, before it is given a time."""

    method: Method
    appointment: Appointment
    attendee: Guest | None = None  # of a REPLY or COUNTER: for whom, and what they answer
    sent_by: str = ""  # who writes in that one's name
    comment: str = ""


class Span(Value):
    """A piece of a day, as it is drawn."""

    start: datetime
    end: datetime
    what: str
    kind: Literal["busy", "tentative", "wanted", "offered"]


class DayPlan(Value):
    """The day around a meeting: in words, and as a small picture."""

    day: date
    zone: str
    spans: tuple[Span, ...]


class Kept(Value):
    """An entry that we wrote into a calendar, as the store remembers it."""

    calendar: str
    case: int
    appointment: Appointment
    until: datetime | None = None  # a hold: released then
    key: str = ""  # of the effect that wrote it last
