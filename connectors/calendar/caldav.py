"""A calendar on a CalDAV server (RFC 4791)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote, urljoin

from lxml import etree

from connectors.http import Answer, Exchange, HttpServer, ServerAway, ServerRefused
from mailagent.core.appointment import Appointment, Busy
from mailagent.core.errors import Unreadable
from mailagent.core.itip import entry
from mailagent.core.said import say
from mailagent.ports import Clock
from mailagent.ports.calendars import CalendarReader
from parsers.meeting.calendar import Event
from parsers.meeting.taken import taken
from parsers.text.xml import parse_xml

_DAV, _CAL = "DAV:", "urn:ietf:params:xml:ns:caldav"
_NAMES = {"d": _DAV, "c": _CAL}
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_ICS = {"Content-Type": "text/calendar; charset=utf-8"}
# Servers take whole days for days in UTC; which of them are meant here we see ourselves.
_A_DAY = timedelta(days=1)
_ATTEMPTS = 3  # somebody else may change the entry between our look and our word


class Resource(NamedTuple):
    """An entry as it lies on the server."""

    href: str
    etag: str
    content: bytes


class CalDavCalendar:
    """One collection. Its address is that of the calendar itself, or of the server: then the
    first calendar of the account is found from there.
    """

    def __init__(
        self,
        name: str,
        server: HttpServer,
        around: tuple[Clock, CalendarReader],
        *,
        home: str,
        addresses: frozenset[str] = frozenset(),
    ) -> None:
        self.name = name
        self._address, self._home = server.url, home
        self._clock, self._reader = around
        self._addresses = addresses
        self._http = Exchange(server)
        self._collection = ""

    async def events(self, first: datetime, last: datetime) -> Sequence[Event]:
        """The server picks the entries, we write out what repeats."""
        found = await self._report(_between(first, last))
        contents = [one.content for one in found]
        return await self._reader.calendars(contents, self._home, first, last) if contents else ()

    async def busy(self, first: datetime, last: datetime) -> Sequence[Busy]:
        """When its owner is not free."""
        return taken(await self.events(first, last), self.name, self._addresses)

    async def get(self, uid: str) -> Sequence[Event]:
        """As it stands there now."""
        found = await self._find(uid)
        events = await self._read([found]) if found else ()
        return [one for one in events if one.uid == uid]

    async def put(self, appointment: Appointment) -> str:
        """Under the UID's own name; over what is there only if nobody changed it meanwhile."""
        content = entry(appointment, self._clock.now())
        for _ in range(_ATTEMPTS):
            there = await self._find(appointment.uid)
            href = there.href if there else await self._own_href(appointment.uid)
            guard = {"If-Match": there.etag} if there and there.etag else {}
            if there is None:
                guard = {"If-None-Match": "*"}
            answer = await self._http.ask("PUT", href, headers=_ICS | guard, content=content)
            if answer.ok:
                return href
            if answer.status not in (404, 409, 412):
                raise self._refusal(answer, "does not take the entry")
        raise ServerAway(f"The entry in {self.name} changes while it is written")

    async def delete(self, uid: str) -> bool:
        """Whatever its name is there."""
        for _ in range(_ATTEMPTS):
            there = await self._find(uid)
            if there is None:
                return False
            guard = {"If-Match": there.etag} if there.etag else {}
            answer = await self._http.ask("DELETE", there.href, headers=guard)
            if answer.ok:
                return True
            if answer.status not in (404, 412):
                raise self._refusal(answer, "does not let the entry go")
        raise ServerAway(f"The entry in {self.name} changes while it is deleted")

    async def _find(self, uid: str) -> Resource | None:
        """By our own name for it, otherwise by asking for the UID."""
        href = await self._own_href(uid)
        answer = await self._http.ask("GET", href)
        if answer.ok:
            return Resource(href, answer.headers.get("etag", ""), answer.content)
        if answer.status not in (404, 410):
            raise self._refusal(answer, "does not show the entry")
        found = await self._report(_of_uid(uid))
        for one in found:
            if any(event.uid == uid for event in await self._read([one])):
                return one
        return None

    async def _read(self, found: Sequence[Resource]) -> Sequence[Event]:
        """A broken entry is as good as none: it must not hide all others."""
        with suppress(Unreadable):
            contents = [one.content for one in found]
            return await self._reader.calendars(contents, self._home, None, None)
        return ()

    async def _own_href(self, uid: str) -> str:
        return urljoin(await self._found_collection(), f"{quote(uid, safe='@')}.ics")

    async def _report(self, wanted: bytes) -> list[Resource]:
        collection = await self._found_collection()
        headers = _XML | {"Depth": "1"}
        answer = await self._http.ask("REPORT", collection, headers=headers, content=wanted)
        if not answer.ok:
            raise self._refusal(answer, "does not list its entries")
        return [one for row in _responses(answer) if (one := self._resource(row))]

    def _resource(self, row: etree._Element) -> Resource | None:
        data = row.findtext(".//c:calendar-data", namespaces=_NAMES)
        href = row.findtext("d:href", namespaces=_NAMES)
        if not data or not href:
            return None
        etag = row.findtext(".//d:getetag", namespaces=_NAMES) or ""
        return Resource(href, etag, data.encode())

    # -- where the calendar is (RFC 6764, 4791 6.2.1)

    async def _found_collection(self) -> str:
        if not self._collection:
            self._collection = await self._discovered()
        return self._collection

    async def _discovered(self) -> str:
        at = self._address
        if await self._is_calendar(at):
            return at if at.endswith("/") else f"{at}/"
        principal = await self._href(at, "current-user-principal") or await self._href(
            urljoin(at, "/.well-known/caldav"), "current-user-principal"
        )
        home = await self._href(principal, "calendar-home-set") if principal else ""
        for href in await self._calendars(home) if home else ():
            return href
        why = say("failed.no_calendar_there", calendar=self.name)
        raise ServerRefused(f"There is no calendar at the address of {self.name}", why=why)

    async def _is_calendar(self, at: str) -> bool:
        answer = await self._propfind(at, "<d:resourcetype/>", "0")
        return answer.ok and any(_says_calendar(row) for row in _responses(answer))

    async def _href(self, at: str, name: str) -> str:
        space = "c" if name == "calendar-home-set" else "d"
        answer = await self._propfind(at, f"<{space}:{name}/>", "0")
        if not answer.ok:
            return ""
        found = (row.findtext(f".//{space}:{name}/d:href", namespaces=_NAMES)
                 for row in _responses(answer))  # fmt: skip
        href = next(filter(None, found), "")
        return urljoin(answer.url, href) if href else ""

    async def _calendars(self, home: str) -> list[str]:
        answer = await self._propfind(home, "<d:resourcetype/>", "1")
        rows = _responses(answer) if answer.ok else []
        hrefs = (row.findtext("d:href", namespaces=_NAMES) for row in rows if _says_calendar(row))
        return [urljoin(answer.url, href) for href in hrefs if href]

    async def _propfind(self, at: str, wanted: str, depth: str) -> Answer:
        spaces = f'xmlns:d="{_DAV}" xmlns:c="{_CAL}"'
        body = f"<d:propfind {spaces}><d:prop>{wanted}</d:prop></d:propfind>"
        headers = _XML | {"Depth": depth}
        return await self._http.ask("PROPFIND", at, headers=headers, content=body.encode())

    def _refusal(self, answer: Answer, what: str) -> ServerRefused:
        why = say("failed.calendar_says", calendar=self.name, status=answer.status)
        return ServerRefused(f"The server of {self.name} {what} ({answer.status})", why=why)


def _responses(answer: Answer) -> list[etree._Element]:
    root = parse_xml(answer.content)
    return list(root.iterfind("d:response", namespaces=_NAMES))


def _says_calendar(row: etree._Element) -> bool:
    return row.find(".//d:resourcetype/c:calendar", namespaces=_NAMES) is not None


def _between(first: datetime, last: datetime) -> bytes:
    wider = (first - _A_DAY, last + _A_DAY)
    start, end = (moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for moment in wider)
    return _query(f'<c:time-range start="{start}" end="{end}"/>')


def _of_uid(uid: str) -> bytes:
    match = etree.Element("match")
    match.text = uid
    said = etree.tostring(match)[len("<match>") : -len("</match>")].decode()
    return _query(
        f'<c:prop-filter name="UID"><c:text-match collation="i;octet">{said}</c:text-match>'
        "</c:prop-filter>"
    )


def _query(of_events: str) -> bytes:
    return (
        f'<c:calendar-query xmlns:d="{_DAV}" xmlns:c="{_CAL}">'
        "<d:prop><d:getetag/><c:calendar-data/></d:prop>"
        '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">'
        f"{of_events}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
    ).encode()
