"""All calendars of a company: asked as one, written to one at a time."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from mailagent.core.appointment import Appointment, Busy, Kept, utc
from mailagent.core.availability import Availability
from mailagent.core.capability import Outcome, Payload
from mailagent.core.errors import CalendarReadOnly, DiskFull, MailagentError
from mailagent.core.itip import feed
from mailagent.core.job import Job, Stage
from mailagent.core.payloads.meetings import DeleteAppointment, PutAppointment
from mailagent.core.question import AskCalendars, KnownCalendars, WhereEntered
from mailagent.core.said import say
from mailagent.ports import Clock, System, Transaction
from mailagent.ports.calendars import Calendar, KeepsAppointments
from parsers.meeting.calendar import Event, Participant
from parsers.meeting.taken import dates_between, taken
from parsers.meeting.written import events_of

# A calendar that was read a moment ago is not read again for the next mail.
_FRESH = timedelta(seconds=30)
_FARTHEST = timedelta(days=400)
_DAYS = timedelta(days=2)
_KEPT_BACK = timedelta(days=90)
Embedded = Callable[[Transaction, int, str], Calendar]  # for a case, by an effect


@dataclass(frozen=True)
class Plan:
    """How the calendars are used."""

    own: str  # the embedded one
    writes: str  # which one entries go into
    invites: str = ""  # who is invited to each, where a calendar can be written to by mail only
    rules: Availability = field(default_factory=Availability)
    title: str = ""  # of the embedded one
    file: Path | None = None  # where it is kept up to date


@dataclass(frozen=True)
class Snapshot:
    """What a calendar said."""

    first: datetime
    last: datetime
    at: datetime
    busy: tuple[Busy, ...] = ()
    trouble: str = ""

    def covers(self, first: datetime, last: datetime, now: datetime) -> bool:
        """Whether it says what is wanted, and is of now."""
        return self.first <= first and last <= self.last and now - self.at < _FRESH


class CalendarDesk:
    """The port `Calendars`, and the system that entries are written in."""

    def __init__(
        self,
        plan: Plan,
        embedded: Embedded,
        outside: Mapping[str, Calendar],
        clock: Clock,
    ) -> None:
        self._plan, self._embedded = plan, embedded
        self._outside, self._clock = outside, clock
        self._seen: dict[str, Snapshot] = {}

    # -- reading

    async def look(self, asked: AskCalendars) -> None:
        """One after the other: there are few, and each has its time-out."""
        now = self._clock.now()
        first, last = self._window(asked, now)
        for name, calendar in self._outside.items():
            seen = self._seen.get(name)
            if seen is None or asked.anew or not seen.covers(first, last, now):
                self._seen[name] = await self._looked(calendar, first - _DAYS, last + _DAYS, now)

    async def _looked(
        self, calendar: Calendar, first: datetime, last: datetime, now: datetime
    ) -> Snapshot:
        try:
            busy = tuple(await calendar.busy(first, last))
        except MailagentError as error:
            return Snapshot(first, last, now - _FRESH, trouble=error.what)
        return Snapshot(first, last, now, busy)

    async def known(self, tx: KeepsAppointments, asked: AskCalendars) -> KnownCalendars:
        """What the outside ones said, and what we wrote since: also into them."""
        found: dict[tuple[str, datetime], Busy] = {}
        now = self._clock.now()
        first, last = self._window(asked, now)
        for one in (*await self._ours(tx, first, last), *self._theirs(first, last)):
            found.setdefault((one.uid or str(len(found)), one.start), one)
        unread = tuple(
            f"{name}: {self._seen[name].trouble if name in self._seen else 'not read yet'}"
            for name in self._outside
            if name not in self._seen or self._seen[name].trouble
        )
        return KnownCalendars(
            busy=tuple(found.values()),
            unread=unread,
            writes=self._plan.writes,
            invites=self._plan.invites,
            rules=self._plan.rules,
            now=now,
        )

    async def guests_of(self, uid: str) -> Sequence[Participant]:
        """As the first calendar says that has the entry; of a series as a whole."""
        for calendar in self._outside.values():
            try:
                there = await calendar.get(uid)
            except MailagentError:
                continue  # looked at again with the next round
            if whole := [one for one in there if one.recurrence_id is None]:
                return whole[0].attendees
        return ()

    def where_entered(self) -> WhereEntered:
        """As the settings say."""
        return WhereEntered(calendar=self._plan.writes, zone=self._plan.rules.zone)

    def _window(self, asked: AskCalendars, now: datetime) -> tuple[datetime, datetime]:
        """As far as we plan, and the days around what is asked about, unless that is ages away."""
        near = [at for at in asked.around if abs(at - now) < _FARTHEST]
        first, last = min((now, *near)), max((now + self._plan.rules.horizon, *near))
        return first - _DAYS, last + _DAYS

    async def _ours(self, tx: KeepsAppointments, first: datetime, last: datetime) -> Sequence[Busy]:
        kept = await tx.appointments(first, last)
        written = [event for one in kept for event in events_of(one.appointment)]
        events = dates_between(written, first, last)
        return taken(events, self._plan.own)

    def _theirs(self, first: datetime, last: datetime) -> Sequence[Busy]:
        return [
            one
            for seen in self._seen.values()
            for one in seen.busy
            if one.start < last and first < one.end
        ]

    # -- the embedded calendar, offered back

    async def written(self, tx: KeepsAppointments) -> bytes:
        """What other programs can subscribe to."""
        now = self._clock.now()
        kept = await tx.appointments(now - _KEPT_BACK, now + _FARTHEST)
        ours = [one.appointment for one in kept if one.calendar == self._plan.own]
        return feed(ours, self._plan.title, now)

    async def publish(self, content: bytes) -> None:
        """A reader of the file sees the old one or the new one, never half of one."""
        if self._plan.file is None:
            return
        try:
            await asyncio.to_thread(_replace, self._plan.file, content)
        except OSError as error:
            raise DiskFull(f"{self._plan.file} cannot be written: {error.strerror}") from error

    # -- writing

    async def perform(self, tx: Transaction, case: int, action: Payload, key: str) -> Outcome:
        """Writes or deletes an entry; what we remember of it commits with the outcome."""
        match action:
            case PutAppointment():
                await self._calendar(action.calendar, tx, case, key).put(action.appointment)
                await self._keep(tx, case, action, key)
            case DeleteAppointment():
                uid = action.appointment.uid
                there = await self._calendar(action.calendar, tx, case, key).delete(uid)
                await tx.drop_appointment(action.calendar, uid, key)
                await self._changed(tx, action.calendar)
                return Outcome(reference=uid, detail="" if there else "it was gone already")
            case _:
                raise TypeError(f"no calendar knows {action.capability}")
        return Outcome(reference=action.appointment.uid)

    async def _keep(self, tx: Transaction, case: int, action: PutAppointment, key: str) -> None:
        kept = Kept(
            calendar=action.calendar,
            case=case,
            appointment=action.appointment,
            until=action.until,
            key=key,
        )
        await tx.keep_appointment(kept)
        await self._changed(tx, action.calendar)

    async def _changed(self, tx: Transaction, calendar: str) -> None:
        """What it said is no longer so; the file of the embedded one is written anew."""
        self._seen.pop(calendar, None)
        if calendar == self._plan.own:
            await tx.defer(Job(stage=Stage.ROUTINE, subject=0, routine="calendar"))

    async def find(self, tx: Transaction, action: Payload, key: str) -> Outcome | None:
        """We remember it; otherwise the calendar itself tells, by UID and SEQUENCE."""
        if not isinstance(action, PutAppointment | DeleteAppointment):
            return None
        wanted = action.appointment
        if await tx.wrote_appointment(key):
            return Outcome(reference=wanted.uid)
        if action.calendar not in self._outside:
            return None
        there = await self._outside[action.calendar].get(wanted.uid)
        if isinstance(action, DeleteAppointment):
            done = not there and await tx.drop_appointment(action.calendar, wanted.uid, key)
        elif done := _is(there, wanted):
            kept = await tx.appointment(wanted.uid)
            await self._keep(tx, kept.case if kept else 0, action, key)
        return Outcome(reference=wanted.uid) if done else None

    def _calendar(self, name: str, tx: Transaction, case: int, key: str) -> Calendar:
        if name == self._plan.own:
            return self._embedded(tx, case, key)
        if name not in self._outside:
            raise CalendarReadOnly(
                f"There is no calendar {name} any more",
                why=say("failed.no_calendar", calendar=name),
            )
        return self._outside[name]

    async def examine(self) -> dict[str, str]:
        """Each outside calendar with what is wrong with it; empty: nothing."""
        self._seen.clear()
        await self.look(AskCalendars())
        return {name: self._seen[name].trouble for name in self._outside}


def _is(there: Sequence[Event], wanted: Appointment) -> bool:
    """This very version of the entry, with its changed dates."""
    return {_mark(one) for one in there} == {_mark(one) for one in events_of(wanted)}


def _mark(event: Event) -> tuple[object, ...]:
    """What tells one version from another."""
    start, date = (utc(at) if at else None for at in (event.start, event.recurrence_id))
    return event.sequence, start, date, frozenset(map(utc, event.exceptions))


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_bytes(content)
    beside.replace(path)


class Meetings:
    """The system behind `calendar.*`: entries go into calendars, messages into the mail."""

    def __init__(self, desk: CalendarDesk, mail: System) -> None:
        self._desk, self._mail = desk, mail

    async def perform(self, tx: Transaction, case: int, action: Payload, key: str) -> Outcome:
        """Hands it on to whom it concerns."""
        return await self._for(action).perform(tx, case, action, key)

    async def find(self, tx: Transaction, action: Payload, key: str) -> Outcome | None:
        """The same."""
        return await self._for(action).find(tx, action, key)

    def _for(self, action: Payload) -> System:
        is_entry = isinstance(action, PutAppointment | DeleteAppointment)
        return self._desk if is_entry else self._mail
