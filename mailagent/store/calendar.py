"""The embedded calendar: what we wrote is all there is in it."""

from collections.abc import Sequence
from datetime import datetime

from mailagent.core.appointment import Appointment, Busy, Kept
from mailagent.ports import Transaction
from parsers.meeting.calendar import Event
from parsers.meeting.taken import dates_between, taken
from parsers.meeting.written import events_of

# What it is called beside the others; a name of the settings has no blank in it.
OWN = "own"


class EmbeddedCalendar:
    """Written through the very transaction of the outcome: both commit together."""

    def __init__(self, name: str, tx: Transaction, case: int = 0, key: str = "") -> None:
        self.name = name
        self._tx, self._case, self._key = tx, case, key

    async def events(self, first: datetime, last: datetime) -> Sequence[Event]:
        """Every single date."""
        kept = await self._tx.appointments(first, last)
        ours = [
            event
            for one in kept
            if one.calendar == self.name
            for event in events_of(one.appointment)
        ]
        return dates_between(ours, first, last)

    async def busy(self, first: datetime, last: datetime) -> Sequence[Busy]:
        """What blocks time."""
        return taken(await self.events(first, last), self.name)

    async def put(self, appointment: Appointment) -> str:
        """Under its UID."""
        kept = Kept(calendar=self.name, case=self._case, appointment=appointment, key=self._key)
        await self._tx.keep_appointment(kept)
        return appointment.uid

    async def delete(self, uid: str) -> bool:
        """Stays as a row that says who took it out."""
        return await self._tx.drop_appointment(self.name, uid, self._key)

    async def get(self, uid: str) -> tuple[Event, ...]:
        """As it stands, and each date of it that is otherwise."""
        kept = await self._tx.appointment(uid)
        return events_of(kept.appointment) if kept and kept.calendar == self.name else ()


def embedded_calendar(tx: Transaction, case: int, key: str) -> EmbeddedCalendar:
    """The one of every company, as an effect writes it."""
    return EmbeddedCalendar(OWN, tx, case, key)
