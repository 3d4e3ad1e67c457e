"""The entries that we wrote into calendars."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row

from mailagent.core.appointment import Appointment, Kept, PartStat, utc
from mailagent.store.chain import Chain
from mailagent.store.tables.meetings import appointments


class Appointments(Chain):
    """One company's entries. What was taken out stays as a row, so that it can be looked up."""

    async def keep_appointment(self, kept: Kept) -> None:
        """A new one, or how it stands now."""
        one = kept.appointment
        await self.run(
            self.add_or_change(
                appointments,
                ["calendar", "uid"],
                calendar=kept.calendar,
                uid=one.uid,
                written_by=kept.key,
                case=kept.case,
                first=utc(one.start),
                last=utc(one.end),
                repeats=one.repeats,
                until=kept.until,
                body=one.model_dump(mode="json"),
                dropped_by=None,
            )
        )

    async def drop_appointment(self, calendar: str, uid: str, key: str) -> bool:
        """It is not there any more."""
        wanted = (appointments.c.calendar == calendar, appointments.c.uid == uid)
        there = (*wanted, appointments.c.dropped_by.is_(None))
        gone = self.change(appointments, *there).values(dropped_by=key, until=None)
        return (await self.run(gone)).rowcount == 1

    async def appointment(self, uid: str) -> Kept | None:
        """The one that stands."""
        found = await self._kept(appointments.c.uid == uid, appointments.c.dropped_by.is_(None))
        return found[-1] if found else None

    async def wrote_appointment(self, key: str) -> Kept | None:
        """Written or taken out by this effect."""
        wrote = self.rows(appointments, appointments.c.written_by == key)
        took = self.rows(appointments, appointments.c.dropped_by == key)
        row = await self.one(wrote) or await self.one(took)
        return kept(row) if row else None

    async def appointments(self, first: datetime, last: datetime) -> Sequence[Kept]:
        """What repeats may take place whenever: it is written out by whoever asks."""
        c = appointments.c
        within = (c.repeats.is_(False), c.last > utc(first), c.first < utc(last))
        single = await self._kept(*within, c.dropped_by.is_(None))
        repeated = (c.repeats.is_(True), c.first < utc(last), c.dropped_by.is_(None))
        return [*single, *await self._kept(*repeated)]

    async def held_for(self, case: int) -> Sequence[Kept]:
        """Until somebody answers."""
        c = appointments.c
        return await self._kept(c.case == case, c.until.is_not(None), c.dropped_by.is_(None))

    async def late_holds(self, now: datetime) -> Sequence[Kept]:
        """Nobody answered in time."""
        c = appointments.c
        return await self._kept(c.until <= utc(now), c.dropped_by.is_(None))

    async def note_guest(self, uid: str, address: str, answer: PartStat) -> Kept | None:
        """Their answer stands beside their name."""
        found = await self.appointment(uid)
        if found is None:
            return None
        copied = found.appointment.copied
        own = copied is not None and copied.to == address
        if not own and address not in {one.address for one in found.appointment.guests}:
            return None
        guests = tuple(
            one.model_copy(update={"answer": answer}) if one.address == address else one
            for one in found.appointment.guests
        )
        told = copied.model_copy(update={"answer": answer}) if copied and own else copied
        now = found.appointment.model_copy(update={"guests": guests, "copied": told})
        found = found.model_copy(update={"appointment": now})
        await self.keep_appointment(found)
        return found

    async def _kept(self, *where: ColumnElement[bool]) -> list[Kept]:
        found = self.rows(appointments, *where).order_by(appointments.c.first, appointments.c.id)
        return [kept(row) for row in await self.all(found)]


def kept(row: Row[Any]) -> Kept:
    """A row as it is known outside."""
    return Kept(
        calendar=row.calendar,
        case=row.case,
        appointment=Appointment.model_validate(row.body),
        until=row.until,
        key=row.written_by,
    )
