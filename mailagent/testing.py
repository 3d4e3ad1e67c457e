"""Fakes of the outside world: each keeps the contract of its port, and fails when told to."""

import asyncio
import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from mailagent.core.appointment import Appointment, Busy
from mailagent.core.errors import (
    KeysUnavailable,
    MailRefused,
    OutcomeUnknown,
    RecipientRefused,
)
from mailagent.core.letter import OutgoingMail
from mailagent.core.message import Arrival, Place, whose_stray
from mailagent.ports import SWEPT, Clock, Header
from parsers.meeting.calendar import Event
from parsers.meeting.taken import dates_between, taken
from parsers.meeting.written import events_of

_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")


class FakeClock:
    """Stands still until it is set."""

    def __init__(self, now: datetime = _NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def advance(self, time: timedelta) -> None:
        self._now += time


class Faults:
    """What goes wrong next: each call of the fake raises the first one left."""

    def __init__(self) -> None:
        self._coming: deque[Exception] = deque()

    def add(self, *errors: Exception) -> None:
        self._coming.extend(errors)

    def strike(self) -> None:
        if self._coming:
            raise self._coming.popleft()


class FakeMailbox:
    """A mailbox in memory."""

    def __init__(self, name: str = "ops@corp.test", clock: Clock | None = None) -> None:
        self.name = name
        self.faults = Faults()
        self._clock = clock or FakeClock()
        self._folders: dict[str, dict[int, Arrival]] = {"INBOX": {}}
        self._uidvalidity = 1000
        self._last_uid = 0
        self._news = asyncio.Event()
        self._news.set()  # listening begins with a look

    # --- what a test does to it

    def arrive(self, raw: bytes) -> Place:
        """A mail comes in."""
        place = self._put("INBOX", raw, self._clock.now())
        self._news.set()
        return place

    def mails(self, folder: str = "INBOX") -> list[bytes]:
        return [arrival.raw for arrival in self._folders.get(folder, {}).values()]

    def remove(self, place: Place) -> None:
        """Somebody else deletes a mail."""
        self._folders[place.folder].pop(place.uid)

    def renumber(self) -> None:
        """The server was rebuilt: every UID means something else now."""
        self._uidvalidity += 1
        old, self._folders = self._folders, {"INBOX": {}}
        for folder, arrivals in old.items():
            for arrival in arrivals.values():
                self._put(folder, arrival.raw, arrival.received_at)

    # --- the port

    async def wait(self, seconds: float) -> None:
        self.faults.strike()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        self._news.clear()

    async def newest(self) -> tuple[int, int]:
        self.faults.strike()
        return self._uidvalidity, self._last_uid

    async def sweep(
        self, uidvalidity: int, after: int, *, below: int = 0, urgent: bool = False
    ) -> tuple[int, Sequence[Header]]:
        self.faults.strike()
        seen = after if uidvalidity == self._uidvalidity else 0
        inbox = reversed(self._folders["INBOX"].values())
        new = [one for one in inbox if one.place.uid > seen and not 0 < below <= one.place.uid]
        return self._uidvalidity, [_header(one) for one in new[:SWEPT]]

    async def fetch(self, places: Sequence[Place], *, urgent: bool = False) -> Sequence[Arrival]:
        self.faults.strike()
        return [found for place in places if (found := self._at(place))]

    async def pour(
        self, place: Place, write: Callable[[bytes], object], *, urgent: bool = False
    ) -> bool:
        self.faults.strike()
        found = self._at(place)
        for at in range(0, len(found.raw) if found else 0, 1000):
            write(found.raw[at : at + 1000] if found else b"")
        return found is not None

    async def move(self, place: Place, folder: str, message_id: str = "") -> Place | None:
        self.faults.strike()
        found = self._at(place) or self._named(message_id)
        if found is None:
            return None
        if found.place.folder == folder:
            return found.place
        self.remove(found.place)
        return self._put(folder, found.raw, found.received_at)

    async def since(self, folder: str, day: date) -> Sequence[Header]:
        self.faults.strike()
        there = self._folders.get(folder, {}).values()
        return [_header(one) for one in there if one.received_at.date() >= day]

    async def strays(self, people: Collection[str]) -> Sequence[str]:
        self.faults.strike()
        junk = (_header(one).header for one in self._folders.get("Junk", {}).values())
        return [found for header in junk if (found := whose_stray(header, people))]

    async def close(self) -> None:
        self._news.set()

    def _put(self, folder: str, raw: bytes, received_at: datetime) -> Place:
        self._last_uid += 1
        place = Place(folder=folder, uidvalidity=self._uidvalidity, uid=self._last_uid)
        arrival = Arrival(place=place, raw=raw, received_at=received_at)
        self._folders.setdefault(folder, {})[place.uid] = arrival
        return place

    def _at(self, place: Place) -> Arrival | None:
        found = self._folders.get(place.folder, {}).get(place.uid)
        return found if found and found.place == place else None

    def _named(self, message_id: str) -> Arrival | None:
        name = f"<{message_id.strip('<>')}>".encode()
        ours = [folder for folder in self._folders if folder.startswith("Ops/")]
        for folder in ["INBOX", *ours]:
            for arrival in self._folders[folder].values():
                if message_id and name in _header(arrival).header:
                    return arrival
        return None


def _header(arrival: Arrival) -> Header:
    end = _END_OF_HEADER.search(arrival.raw)
    return Header(
        place=arrival.place,
        header=arrival.raw[: end.end()] if end else arrival.raw,
        size=len(arrival.raw),
        received_at=arrival.received_at,
    )


class FakePost:
    """Keeps what it is given to send."""

    def __init__(self, unknown_addresses: Iterable[str] = ()) -> None:
        self.sent: list[OutgoingMail] = []
        self.senders: list[str] = []
        self.faults = Faults()
        self._unknown = set(unknown_addresses)
        self._loses_reply = False

    def lose_reply(self) -> None:
        """The next mail is taken, but nobody says so."""
        self._loses_reply = True

    async def send(self, mail: OutgoingMail, sender: str) -> None:
        self.faults.strike()
        if _BARE.search(mail.raw) or not mail.raw.endswith(b"\r\n"):
            raise MailRefused("SMTP cannot carry a mail unchanged whose lines do not end in CRLF")
        for recipient in (mail.recipient, *mail.copies):
            if recipient in self._unknown:
                raise RecipientRefused(f"Refused: there is no {recipient}")
        self.sent.append(mail)
        self.senders.append(sender)
        if self._loses_reply:
            self._loses_reply = False
            raise OutcomeUnknown("The server had the whole mail and did not say whether it took it")

    async def close(self) -> None:
        """There is nothing to close."""


class FakeCalendar:
    """A calendar in a dictionary."""

    def __init__(self, name: str = "work") -> None:
        self.name = name
        self.faults = Faults()
        self.entries: dict[str, Appointment] = {}

    async def events(self, first: datetime, last: datetime) -> Sequence[Event]:
        self.faults.strike()
        ours = [event for one in self.entries.values() for event in events_of(one)]
        return dates_between(ours, first, last)

    async def busy(self, first: datetime, last: datetime) -> Sequence[Busy]:
        return taken(await self.events(first, last), self.name)

    async def put(self, appointment: Appointment) -> str:
        self.faults.strike()
        self.entries[appointment.uid] = appointment
        return appointment.uid

    async def delete(self, uid: str) -> bool:
        self.faults.strike()
        return self.entries.pop(uid, None) is not None

    async def get(self, uid: str) -> tuple[Event, ...]:
        self.faults.strike()
        return events_of(self.entries[uid]) if uid in self.entries else ()


class FakeKeys:
    """DNS in a dictionary."""

    def __init__(self, records: dict[str, str] | None = None) -> None:
        self.records = dict(records or {})
        self.faults = Faults()
        self.silent = False

    async def record(self, name: str) -> str | None:
        self.faults.strike()
        if self.silent:
            raise KeysUnavailable(f"DNS gave no answer about {name}")
        return self.records.get(name)
