"""One contract for every calendar: the embedded one and real CalDAV servers; a private address
is held to the half of it that reads.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from connectors.calendar.caldav import CalDavCalendar
from connectors.calendar.feed import FeedCalendar
from connectors.http import HttpServer, ServerAway, ServerRefused
from mailagent.core.appointment import Appointment, Guest, PartStat, utc
from mailagent.core.errors import CalendarReadOnly
from mailagent.core.itip import feed
from mailagent.ports.calendars import Calendar
from mailagent.store.calendar import EmbeddedCalendar
from mailagent.testing import FakeCalendar, FakeClock
from parsers.meeting.calendar import Event
from parsers.meeting.whole import read_calendars
from tests.connectors.calendar.dav import PASSWORD, USER, free_port, radicale, xandikos
from tests.desk import open_desk

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 12, 1, 12, tzinfo=BERLIN)
HOUR = timedelta(hours=1)
ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Africa/Casablanca",
    "Asia/Tokyo",
    "Pacific/Auckland",
)


class HereReader:
    """What a child does, without the child."""

    async def calendars(
        self, contents: Sequence[bytes], home: str, first: datetime | None, last: datetime | None
    ) -> tuple[Event, ...]:
        texts = [content.decode("utf-8", "replace") for content in contents]
        return await asyncio.to_thread(read_calendars, texts, home, first, last)


def meeting(uid: str = "one@corp.test", **changes: object) -> Appointment:
    given: dict[str, object] = {
        "uid": uid,
        "start": NOON,
        "end": NOON + HOUR,
        "zone": "Europe/Berlin",
        "title": "Jour fixe; «Müller, Söhne»",
        "place": "Room 4",
        "organizer": Guest(address="ann@corp.test", name="Ann Lee"),
        "guests": (Guest(address="j@alvarez.test", name="J. Álvarez", answer=PartStat.ACCEPTED),),
    }
    return Appointment(**(given | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def dav(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with (
        radicale(tmp_path_factory.mktemp("radicale")) as one,
        xandikos(tmp_path_factory.mktemp("xandikos")) as other,
    ):
        yield {"radicale": one, "xandikos": other}


def caldav(address: str, password: str = PASSWORD) -> CalDavCalendar:
    around = (FakeClock(), HereReader())
    server = HttpServer(url=address, user=USER, password=password)
    return CalDavCalendar("work", server, around, home="Europe/Berlin")


@asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[Calendar]:
    async with open_desk(folder) as desk, desk.begin() as tx:
        yield EmbeddedCalendar("own", tx, 1, "key")


WRITABLE = [
    "fake",
    "embedded",
    pytest.param("radicale", marks=pytest.mark.slow),
    pytest.param("xandikos", marks=pytest.mark.slow),
]


@pytest.fixture(params=WRITABLE)
async def calendar(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Calendar]:
    if request.param == "fake":
        yield FakeCalendar("work")
    elif request.param == "embedded":
        async with embedded(tmp_path) as made:
            yield made
    else:
        yield caldav(request.getfixturevalue("dav")[request.param])


async def test_what_is_put_is_there(calendar: Calendar) -> None:
    await calendar.put(meeting())
    (found,) = await calendar.events(NOON - HOUR, NOON + HOUR)
    assert (found.uid, found.start, found.end) == ("one@corp.test", NOON, NOON + HOUR)
    assert (found.summary, found.location) == ("Jour fixe; «Müller, Söhne»", "Room 4")
    assert found.attendees[0].answer == "ACCEPTED"
    (busy,) = await calendar.busy(NOON - HOUR, NOON + HOUR)
    assert (busy.start, busy.what, busy.calendar) == (NOON, found.summary, calendar.name)
    assert (busy.tentative, busy.away) == (False, True)
    assert await calendar.delete("one@corp.test")


async def test_putting_it_again_makes_no_second_one(calendar: Calendar) -> None:
    for sequence, later in ((0, timedelta()), (0, timedelta()), (1, HOUR)):
        moved = meeting("twice@corp.test", sequence=sequence, start=NOON + later,
                        end=NOON + later + HOUR)  # fmt: skip
        await calendar.put(moved)
    found = await calendar.events(NOON, NOON + 3 * HOUR)
    assert [(one.start, one.sequence) for one in found] == [(NOON + HOUR, 1)]
    (there,) = await calendar.get("twice@corp.test")
    assert there.sequence == 1
    await calendar.delete("twice@corp.test")


async def test_one_date_of_a_series_is_changed_and_one_taken_out(calendar: Calendar) -> None:
    weekly = meeting("series@corp.test", rules=("FREQ=WEEKLY;COUNT=4",), zone="Europe/Berlin")
    second, third = (NOON + timedelta(weeks=number) for number in (1, 2))
    await calendar.put(weekly)
    moved = weekly.date(second).at(second + HOUR, second + 2 * HOUR)
    now = weekly.with_date(moved).without_date(third)
    await calendar.put(now)
    found = await calendar.events(NOON - HOUR, NOON + timedelta(weeks=5))
    starts = [utc(one.start) for one in found if one.start and one.uid == "series@corp.test"]
    assert starts == [NOON, second + HOUR, NOON + timedelta(weeks=3)]
    there = await calendar.get("series@corp.test")
    assert [one.recurrence_id is not None for one in there] == [False, True]
    assert await calendar.delete("series@corp.test")


async def test_what_is_deleted_is_gone(calendar: Calendar) -> None:
    assert not await calendar.delete("never@corp.test")
    await calendar.put(meeting("gone@corp.test"))
    assert await calendar.delete("gone@corp.test")
    assert not await calendar.delete("gone@corp.test")
    assert not await calendar.get("gone@corp.test")
    assert await calendar.busy(NOON, NOON + HOUR) == []
    await calendar.put(meeting("gone@corp.test"))  # and it can come back
    assert await calendar.get("gone@corp.test")
    await calendar.delete("gone@corp.test")


async def test_only_what_is_between_is_told(calendar: Calendar) -> None:
    await calendar.put(meeting("edge@corp.test"))
    assert await calendar.busy(NOON - HOUR, NOON) == []
    assert await calendar.busy(NOON + HOUR, NOON + 2 * HOUR) == []
    assert len(await calendar.busy(NOON + HOUR / 2, NOON + HOUR)) == 1
    await calendar.delete("edge@corp.test")


async def test_a_hold_is_tentative_and_a_whole_day_is_a_day(calendar: Calendar) -> None:
    day = datetime(2026, 12, 2, tzinfo=BERLIN)
    await calendar.put(meeting("hold@corp.test", tentative=True, place=""))
    whole = meeting("day@corp.test", start=day, end=day + timedelta(days=1), all_day=True)
    await calendar.put(whole)
    hold, wholly = await calendar.busy(NOON, day + HOUR)
    assert (hold.tentative, hold.away, wholly.all_day) == (True, False, True)
    assert (wholly.start, wholly.end) == (day, day + timedelta(days=1))
    for uid in ("hold@corp.test", "day@corp.test"):
        await calendar.delete(uid)


async def test_what_repeats_keeps_its_hour_over_the_change_of_clocks(calendar: Calendar) -> None:
    start = datetime(2026, 10, 19, 9, tzinfo=BERLIN)
    weekly = meeting("weekly@corp.test", start=start, end=start + HOUR,
                     rules=("FREQ=WEEKLY;BYDAY=MO",))  # fmt: skip
    await calendar.put(weekly)
    found = await calendar.events(start, start + timedelta(days=22))
    hours = [one.start.astimezone(BERLIN).strftime("%d %H:%M") for one in found if one.start]
    assert hours == ["19 09:00", "26 09:00", "02 09:00", "09 09:00"]
    assert await calendar.delete("weekly@corp.test")


@pytest.mark.slow
@pytest.mark.parametrize("server", ["radicale", "xandikos"])
async def test_what_is_written_around_a_change_of_clocks_comes_back_the_same(
    dav: dict[str, str], server: str
) -> None:
    calendar = caldav(dav[server])
    for number, (zone, change) in enumerate((z, c) for z in ZONES for c in changes_of(z)):
        start = (change - timedelta(minutes=30)).astimezone(ZoneInfo(zone))
        end = (change + timedelta(minutes=45)).astimezone(ZoneInfo(zone))
        rules = ("FREQ=WEEKLY;COUNT=3",) if number % 2 and not end.fold else ()
        uid = f"clocks-{number}@corp.test"
        await calendar.put(meeting(uid, start=start, end=end, zone=zone, rules=rules))
        (there,) = await calendar.get(uid)
        assert there.start is not None
        assert there.end is not None
        # In UTC: Python holds a time of the hour that is there twice for equal to none elsewhere.
        assert (utc(there.start), utc(there.end)) == (utc(start), utc(end)), zone
        assert await calendar.delete(uid)


def changes_of(zone: str) -> list[datetime]:
    """The moments of 2026 at which the clocks there are changed; noon of one day where never."""
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(365 * 24)]
    offsets = [hour.astimezone(ZoneInfo(zone)).utcoffset() for hour in hours]
    found = [hours[n] for n in range(1, len(hours)) if offsets[n] != offsets[n - 1]]
    return found or [datetime(2026, 6, 1, 12, tzinfo=UTC)]


# -- what is particular to CalDAV


@pytest.mark.slow
async def test_the_calendar_is_found_from_the_servers_address(dav: dict[str, str]) -> None:
    calendar = caldav(dav["radicale"])
    href = await calendar.put(meeting("found@corp.test"))
    assert href == f"{dav['radicale']}ann/work/found@corp.test.ics"
    await calendar.delete("found@corp.test")
    direct = caldav(f"{dav['radicale']}ann/work")
    assert not await direct.get("found@corp.test")


@pytest.mark.slow
async def test_an_entry_that_another_program_made_is_changed_where_it_lies(
    dav: dict[str, str],
) -> None:
    ours = feed([meeting("theirs@corp.test")], "", NOON).replace(b"METHOD:PUBLISH\r\n", b"")
    at = f"{dav['radicale']}ann/work/another-name.ics"
    kind = {"Content-Type": "text/calendar"}
    await asyncio.to_thread(httpx.put, at, content=ours, auth=(USER, PASSWORD), headers=kind)
    calendar = caldav(dav["radicale"])
    moved = meeting("theirs@corp.test", sequence=1, start=NOON + HOUR, end=NOON + 2 * HOUR)
    assert await calendar.put(moved) == "/ann/work/another-name.ics"
    assert len(await calendar.events(NOON, NOON + 3 * HOUR)) == 1
    assert await calendar.delete("theirs@corp.test")


@pytest.mark.slow
async def test_a_wrong_password_is_told(dav: dict[str, str]) -> None:
    with pytest.raises(ServerRefused, match=r"does not let us in \(401\)"):
        await caldav(dav["radicale"], "wrong").busy(NOON, NOON + HOUR)


async def test_where_there_is_no_calendar_it_is_told(served: "Served") -> None:
    served.status = 404
    with pytest.raises(ServerRefused, match="no calendar at the address"):
        await caldav(served.address).busy(NOON, NOON + HOUR)


async def test_a_server_that_is_away_is_unavailable() -> None:
    with pytest.raises(ServerAway, match="cannot be reached"):
        await caldav(f"http://127.0.0.1:{free_port()}/").put(meeting())


# -- what can only be read


@pytest.fixture(params=["file", "webcal"])
async def subscribed(
    request: pytest.FixtureRequest, tmp_path: Path, served: "Served"
) -> FeedCalendar:
    content = feed([meeting(), meeting("two@corp.test", tentative=True)], "Ann", NOON)
    declined = b"ATTENDEE;PARTSTAT=DECLINED:mailto:ann@corp.test\r\nUID:no@corp.test"
    extra = feed([meeting("no@corp.test")], "Ann", NOON).replace(b"UID:no@corp.test", declined)
    free = feed([meeting("free@corp.test")], "Ann", NOON).replace(b"OPAQUE", b"TRANSPARENT")
    events = b"".join(_events(one) for one in (content, extra, free))
    served.content = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + b"END:VCALENDAR\r\n"
    path = tmp_path / "private.ics"
    path.write_bytes(served.content)
    address = str(path) if request.param == "file" else served.address
    own = frozenset({"ann@corp.test"})
    return FeedCalendar("google", address, HereReader(), addresses=own, home="Europe/Berlin")


def _events(content: bytes) -> bytes:
    start, end = content.index(b"BEGIN:VEVENT"), content.rindex(b"END:VEVENT")
    return content[start:end] + b"END:VEVENT\r\n"


class Served:
    """A private address on this machine."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/secret-3f/basic.ics"
        self.content, self.status, self.asked = b"", 200, [dict[str, str]()]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = [line.partition(": ") for line in head.splitlines()[1:]]
        self.asked.append({name.lower(): value for name, _, value in lines})
        same = self.asked[-1].get("if-none-match") == '"1"'
        status, body = (304, b"") if same else (self.status, self.content)
        said = f'HTTP/1.1 {status} x\r\nETag: "1"\r\nContent-Length: {len(body)}\r\n'
        writer.write(f"{said}Connection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    port = free_port()
    made = Served(port)
    server = await asyncio.start_server(made.answer, "127.0.0.1", port)
    async with server:
        yield made


async def test_a_private_calendar_is_read_and_not_written(subscribed: FeedCalendar) -> None:
    busy = await subscribed.busy(NOON, NOON + HOUR)
    assert [(one.uid, one.tentative) for one in busy] == [
        ("one@corp.test", False),
        ("two@corp.test", True),
    ]
    with pytest.raises(CalendarReadOnly):
        await subscribed.put(meeting())
    with pytest.raises(CalendarReadOnly):
        await subscribed.delete("one@corp.test")


async def test_each_content_is_read_once(tmp_path: Path) -> None:
    class Counting(HereReader):
        times = 0

        async def calendars(self, *asked: Any) -> tuple[Event, ...]:
            self.times += 1
            return await super().calendars(*asked)

    reader, path = Counting(), tmp_path / "private.ics"
    path.write_bytes(feed([meeting()], "Ann", NOON))
    calendar = FeedCalendar("google", str(path), reader, home="Europe/Berlin")
    for hours in range(3):  # the window moves on with the clock
        later = NOON + timedelta(hours=hours)
        found = await calendar.events(later - HOUR, later + HOUR)
        assert len(found) == (hours < 2)
    assert reader.times == 1
    path.write_bytes(feed([meeting(), meeting("two@corp.test")], "Ann", NOON))
    assert len(await calendar.events(NOON, NOON + HOUR)) == 2
    assert reader.times == 2


async def test_what_has_not_changed_is_not_sent_again(served: Served) -> None:
    served.content = feed([meeting()], "Ann", NOON)
    calendar = FeedCalendar("google", served.address, HereReader(), home="UTC")
    assert len(await calendar.busy(NOON, NOON + HOUR)) == 1
    assert len(await calendar.busy(NOON, NOON + HOUR)) == 1
    assert [asked.get("if-none-match", "") for asked in served.asked[1:]] == ["", '"1"']


@pytest.mark.parametrize(
    ("content", "status", "error"),
    [
        (b"<html>Sign in</html>", 200, ServerRefused),
        (b"x" * 2_000_000, 200, ServerRefused),
        (b"", 404, ServerRefused),
        (b"", 401, ServerRefused),
        (b"", 503, ServerAway),
    ],
)
async def test_what_is_no_calendar_is_told_without_its_address(
    served: Served, content: bytes, status: int, error: type[Exception]
) -> None:
    served.content, served.status = content, status
    calendar = FeedCalendar(
        "google", served.address, HereReader(), home="UTC", most_bytes=1_000_000
    )
    with pytest.raises(error) as raised:
        await calendar.busy(NOON, NOON + HOUR)
    assert "secret-3f" not in str(raised.value)
