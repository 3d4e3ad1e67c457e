"""A calendar behind a private address, or in a file: it is read, never written."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from connectors.http import Exchange, HttpServer, ServerAway, ServerRefused
from mailagent.core.appointment import Appointment, Busy
from mailagent.core.errors import CalendarReadOnly, Unreadable
from mailagent.core.said import say
from mailagent.ports.calendars import CalendarReader
from parsers.meeting.calendar import Event
from parsers.meeting.taken import taken, touches

_MOST_BYTES = 20_000_000
_AROUND = timedelta(days=30)  # what is asked for moves on with the clock


class _Read(NamedTuple):
    """What was read of one content."""

    first: datetime
    last: datetime
    events: tuple[Event, ...]

    def covers(self, first: datetime, last: datetime) -> bool:
        return self.first <= first and last <= self.last


class FeedCalendar:
    """What Google, Outlook and others give out as a secret address in iCal format.

    It is fetched again only where it has changed (ETag, Last-Modified).
    """

    def __init__(
        self,
        name: str,
        address: str,
        reader: CalendarReader,
        *,
        addresses: frozenset[str] = frozenset(),
        home: str,
        login: tuple[str, str] = ("", ""),
        most_bytes: int = _MOST_BYTES,
    ) -> None:
        self.name = name
        self._reader = reader
        self._address = _as_http(address)
        self._addresses, self._home, self._most = addresses, home, most_bytes
        user, password = login
        self._server = HttpServer(url=self._address, user=user, password=password)
        self._seen: dict[str, str] = {}  # what to send along, so that nothing comes back
        self._content: bytes | None = None
        self._read: _Read | None = None

    async def events(self, first: datetime, last: datetime) -> Sequence[Event]:
        """Fetched anew, as far as it changed; read once for each content, a while ahead."""
        await self._fetch()
        if self._read is None or not self._read.covers(first, last):
            wide = (first - _AROUND, last + _AROUND)
            self._read = _Read(*wide, await self._events(*wide))
        return [one for one in self._read.events if touches(one, first, last)]

    async def busy(self, first: datetime, last: datetime) -> Sequence[Busy]:
        """When its owner is not free."""
        return taken(await self.events(first, last), self.name, self._addresses)

    async def put(self, appointment: Appointment) -> str:
        """Nobody can."""
        raise CalendarReadOnly(
            f"The calendar {self.name} can only be read",
            why=say("failed.read_only", calendar=self.name),
        )

    async def delete(self, uid: str) -> bool:
        """Nobody can."""
        raise CalendarReadOnly(
            f"The calendar {self.name} can only be read",
            why=say("failed.read_only", calendar=self.name),
        )

    async def get(self, uid: str) -> Sequence[Event]:
        """As it stands there now."""
        await self._fetch()
        return [one for one in await self._events(None, None) if one.uid == uid]

    async def _fetch(self) -> None:
        fetched = await (self._of_file() if "://" not in self._address else self._of_server())
        if fetched is not None and fetched != self._content:
            self._content, self._read = fetched, None

    async def _events(self, first: datetime | None, last: datetime | None) -> tuple[Event, ...]:
        if self._content is None:
            raise ServerAway(f"The calendar {self.name} said that nothing has changed")
        try:
            return await self._reader.calendars([self._content], self._home, first, last)
        except Unreadable as error:
            raise ServerRefused(
                f"What the calendar {self.name} gives out is no calendar: {error.what}",
                why=say("failed.no_calendar_there", calendar=self.name),
            ) from error

    async def _of_file(self) -> bytes | None:
        try:
            return await asyncio.to_thread(self._changed, Path(self._address))
        except OSError as error:
            why = f"The file of the calendar {self.name} cannot be read: {error.strerror}"
            raise ServerAway(why) from error

    def _changed(self, path: Path) -> bytes | None:
        found = path.stat()
        seen = f"{found.st_mtime_ns} {found.st_size}"
        if self._content is not None and self._seen.get("file") == seen:
            return None
        if found.st_size > self._most:
            why = say("failed.calendar_too_large", calendar=self.name)
            raise ServerRefused(f"The file of the calendar {self.name} is too large", why=why)
        self._seen = {"file": seen}
        return path.read_bytes()

    async def _of_server(self) -> bytes | None:
        http = Exchange(self._server, most_bytes=self._most)
        known = self._seen if self._content is not None else {}
        answer = await http.ask("GET", self._address, headers=known)
        if answer.status == 304:
            return None
        if not answer.ok:
            what = f"The address of the calendar {self.name} says {answer.status}"
            why = say("failed.calendar_says", calendar=self.name, status=answer.status)
            raise ServerRefused(what, why=why)
        marks = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        self._seen = {
            ours: answer.headers[theirs] for ours, theirs in marks if theirs in answer.headers
        }
        return answer.content


def _as_http(address: str) -> str:
    """`webcal:` is how calendars say https:."""
    for scheme, real in (("webcals://", "https://"), ("webcal://", "https://"), ("file://", "")):
        if address.lower().startswith(scheme):
            return real + address[len(scheme) :]
    return address
