"""Calendars as the stages see them.

`Calendar` is one of them; one contract suite runs against the embedded one, real CalDAV servers
and private addresses alike. `Calendars` is all of one company's, asked as one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailagent.core.appointment import Appointment, Busy, Kept, PartStat
from mailagent.core.question import AskCalendars, KnownCalendars, WhereEntered
from parsers.meeting.calendar import Event, Participant


class CalendarReader(Protocol):
    """Part of the Reader: also in a calendar of our own stands what strangers sent."""

    async def calendars(
        self, contents: Sequence[bytes], home: str, first: datetime | None, last: datetime | None
    ) -> tuple[Event, ...]:
        """Every date between two moments; without them the events as they stand.

        One that cannot be read is left out; Unreadable where it is the only one.
        """


class Calendar(Protocol):
    """One calendar.

    Raises a Transient error (nothing happened, try later), a Permanent one (it never will), such as
    CalendarReadOnly (this one cannot be written to).
    """

    name: str

    async def events(self, first: datetime, last: datetime) -> Sequence[Event]:
        """Every single date between two moments; what repeats is written out."""

    async def busy(self, first: datetime, last: datetime) -> Sequence[Busy]:
        """When its owner is not free: without what is cancelled, transparent or declined."""

    async def put(self, appointment: Appointment) -> str:
        """Writes an entry, or another version of it: by its UID, however often it is tried."""

    async def delete(self, uid: str) -> bool:
        """Takes an entry out; False where there is none."""

    async def get(self, uid: str) -> Sequence[Event]:
        """The entry of this UID as it stands there now; of a series also its changed dates."""


class Calendars(Protocol):
    """All calendars of a company."""

    async def look(self, asked: AskCalendars) -> None:
        """Reads the outside ones; what cannot be read is known to be missing.

        Called before a transaction is begun: a calendar on the other side of the world must not
        keep the store waiting.
        """

    async def known(self, tx: "KeepsAppointments", asked: AskCalendars) -> KnownCalendars:
        """What is taken, as far as it was seen."""

    async def guests_of(self, uid: str) -> Sequence[Participant]:
        """Who takes part in an entry of the outside ones, with their answers; one that is away
        says nothing.
        """

    def where_entered(self) -> WhereEntered:
        """Which of them entries go into."""

    async def written(self, tx: "KeepsAppointments") -> bytes:
        """The embedded calendar as a file to subscribe to."""

    async def publish(self, content: bytes) -> None:
        """Puts that file where other programs find it."""


class KeepsAppointments(Protocol):
    """What the store remembers of the entries that we wrote; part of `Transaction`."""

    async def keep_appointment(self, kept: Kept) -> None:
        """Remembers an entry, in place of an earlier version of it."""

    async def drop_appointment(self, calendar: str, uid: str, key: str) -> bool:
        """Forgets an entry; False where it was not there."""

    async def appointment(self, uid: str) -> Kept | None:
        """The entry of this UID that stands in any calendar."""

    async def wrote_appointment(self, key: str) -> Kept | None:
        """What the effect with this key wrote or deleted."""

    async def appointments(self, first: datetime, last: datetime) -> Sequence[Kept]:
        """All that may take place between two moments, what repeats included."""

    async def held_for(self, case: int) -> Sequence[Kept]:
        """The times that are held for the answer to a case."""

    async def late_holds(self, now: datetime) -> Sequence[Kept]:
        """Holds whose time is over."""

    async def note_guest(self, uid: str, address: str, answer: PartStat) -> Kept | None:
        """Somebody answered an invitation of ours; None where they were not invited."""
