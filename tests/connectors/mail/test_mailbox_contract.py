"""What every `Mailbox` does: the fake, and the real one on both servers."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from typing import Protocol

import pytest

from connectors.mail.imap import ImapMailbox
from mailagent.core.message import TO_US, Place
from mailagent.ports import Header, Mailbox
from mailagent.testing import FakeMailbox
from tests.servers import MailServers


def mail(number: int = 1, body: bytes = b"hello\r\n") -> bytes:
    return (
        b"From: owner@corp.test\r\nTo: ops@corp.test\r\nSubject: mail %d\r\n"
        b"Date: Fri, 20 Nov 2026 12:00:00 +0000\r\nMessage-ID: <%d@corp.test>\r\n\r\n"
        % (number, number)
    ) + body


class World(Protocol):
    """A mailbox, and the others who touch it."""

    @property
    def mailbox(self) -> Mailbox: ...

    async def deliver(self, raw: bytes) -> None: ...

    async def mails(self, folder: str) -> list[bytes]: ...

    async def remove(self, place: Place) -> None: ...

    async def into_junk(self, raw: bytes) -> None: ...


class Fake:
    def __init__(self) -> None:
        self.mailbox = FakeMailbox()

    async def deliver(self, raw: bytes) -> None:
        self.mailbox.arrive(raw)

    async def mails(self, folder: str) -> list[bytes]:
        return self.mailbox.mails(folder)

    async def remove(self, place: Place) -> None:
        self.mailbox.remove(place)

    async def into_junk(self, raw: bytes) -> None:
        await self.mailbox.move(self.mailbox.arrive(raw), "Junk")


class Real:
    def __init__(self, servers: MailServers) -> None:
        self._servers = servers
        self.mailbox = ImapMailbox(servers.imap())

    async def deliver(self, raw: bytes) -> None:
        await asyncio.to_thread(self._servers.deliver, raw)

    async def mails(self, folder: str) -> list[bytes]:
        return await asyncio.to_thread(self._servers.mails, "ops", folder)

    async def remove(self, place: Place) -> None:
        with self._servers.client("ops") as client:
            client.select_folder(place.folder)
            client.delete_messages([place.uid])
            client.expunge()

    async def into_junk(self, raw: bytes) -> None:
        with self._servers.client("ops") as client:
            if not client.folder_exists("Junk"):
                client.create_folder("Junk")
            client.append("Junk", raw)


@pytest.fixture(
    params=["fake", "embedded_servers", pytest.param("real_servers", marks=pytest.mark.servers)],
    ids=["fake", "embedded", "dovecot"],
)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    world = Fake() if request.param == "fake" else Real(request.getfixturevalue(request.param))
    yield world
    await world.mailbox.close()


async def sweep(world: World, expected: int, after: int = 0) -> list[Header]:
    """The headers as soon as there are so many."""
    for _ in range(200):
        _, headers = await world.mailbox.sweep(after and await validity(world), after)
        if len(headers) >= expected:
            return list(headers)
        await asyncio.sleep(0.02)
    raise TimeoutError(f"there are no {expected} mails")


async def validity(world: World) -> int:
    return (await world.mailbox.sweep(0, 0))[0]


async def place_of_one(world: World) -> Place:
    await world.deliver(mail())
    [header] = await sweep(world, 1)
    return header.place


async def test_a_sweep_shows_headers_newest_first(world: World) -> None:
    await world.deliver(mail(1))
    await sweep(world, 1)
    await world.deliver(mail(2, body=b"longer\r\n" * 100))
    newest, oldest = await sweep(world, 2)
    assert b"Subject: mail 2\r\n" in newest.header
    assert b"Subject: mail 1\r\n" in oldest.header
    assert newest.header.endswith(b"\r\n\r\n")
    assert b"longer" not in newest.header
    assert newest.size - oldest.size == pytest.approx(793, abs=20)
    assert newest.place.folder == "INBOX"
    assert newest.received_at.utcoffset() == timedelta(0)
    assert newest.received_at.tzinfo is UTC


async def test_a_sweep_goes_on_where_the_last_one_ended(world: World) -> None:
    first = await place_of_one(world)
    valid, headers = await world.mailbox.sweep(first.uidvalidity, first.uid)
    assert (valid, list(headers)) == (first.uidvalidity, [])
    await world.deliver(mail(2))
    [second] = await sweep(world, 1, after=first.uid)
    assert b"Subject: mail 2\r\n" in second.header


async def test_a_sweep_goes_on_below_where_it_broke_off(world: World) -> None:
    for number in (1, 2, 3):
        await world.deliver(mail(number))
    newest, middle, oldest = await sweep(world, 3)
    valid, below = await world.mailbox.sweep(0, 0, below=newest.place.uid)
    assert [one.place for one in below] == [middle.place, oldest.place]
    _, last = await world.mailbox.sweep(valid, oldest.place.uid, below=newest.place.uid)
    assert [one.place for one in last] == [middle.place]
    _, none = await world.mailbox.sweep(valid, oldest.place.uid, below=middle.place.uid)
    assert list(none) == []


async def test_a_sweep_of_another_numbering_shows_everything(world: World) -> None:
    place = await place_of_one(world)
    valid, headers = await world.mailbox.sweep(place.uidvalidity + 1, place.uid)
    assert valid == place.uidvalidity
    assert [header.place for header in headers] == [place]


async def test_an_empty_mailbox_is_swept(world: World) -> None:
    valid, headers = await world.mailbox.sweep(0, 0)
    assert valid > 0
    assert list(headers) == []


async def test_mails_are_fetched_whole_and_in_order(world: World) -> None:
    bodies = {1: b".\r\n..dots\r\n", 2: "grüße\r\n".encode(), 3: b"x" * 70 + b"\r\n"}
    for number, body in bodies.items():
        await world.deliver(mail(number, body))
        await sweep(world, number)
    headers = await sweep(world, 3)
    places = [header.place for header in reversed(headers)]
    arrivals = await world.mailbox.fetch([places[2], places[0], places[1]])
    assert [arrival.place for arrival in arrivals] == [places[2], places[0], places[1]]
    assert [a.raw.endswith(mail(n, bodies[n])) for a, n in zip(arrivals, (3, 1, 2), strict=True)]
    assert arrivals[0].received_at == headers[0].received_at


async def test_what_is_gone_is_not_fetched(world: World) -> None:
    await world.deliver(mail(1))
    await sweep(world, 1)
    await world.deliver(mail(2))
    stays, goes = [header.place for header in reversed(await sweep(world, 2))]
    stale = stays.model_copy(update={"uidvalidity": stays.uidvalidity + 1})
    elsewhere = stays.model_copy(update={"folder": "Ops/Nowhere"})
    await world.remove(goes)
    arrivals = await world.mailbox.fetch([goes, stale, elsewhere, stays])
    assert [arrival.place for arrival in arrivals] == [stays]
    assert list(await world.mailbox.fetch([])) == []


async def test_a_mail_comes_in_pieces_or_not_at_all(world: World) -> None:
    long = b"0123456789" * 7 + b"\r\n"
    await world.deliver(mail(1, long * 30_000))
    (header,) = await sweep(world, 1)
    pieces: list[bytes] = []
    assert await world.mailbox.pour(header.place, pieces.append)
    assert len(pieces) > 1
    (whole,) = await world.mailbox.fetch([header.place])
    assert b"".join(pieces) == whole.raw
    stale = header.place.model_copy(update={"uidvalidity": header.place.uidvalidity + 1})
    await world.remove(header.place)
    for gone in (header.place, stale):
        assert not await world.mailbox.pour(gone, pieces.append)


async def test_a_mail_is_moved_to_a_new_folder(world: World) -> None:
    place = await place_of_one(world)
    moved = await world.mailbox.move(place, "Ops/Waiting")
    assert moved is not None
    assert moved.folder == "Ops/Waiting"
    assert await world.mails("INBOX") == []
    [raw] = await world.mails("Ops/Waiting")
    assert raw.endswith(mail())
    [arrival] = await world.mailbox.fetch([moved])
    assert arrival.raw == raw


async def test_a_mail_goes_from_folder_to_folder_and_back(world: World) -> None:
    place = await place_of_one(world)
    for folder in ("Ops/Waiting", "Ops/Done", "INBOX", "Ops/Done"):
        moved = await world.mailbox.move(place, folder)
        assert moved is not None
        assert len(await world.mails(folder)) == 1
        place = moved
    assert await world.mailbox.move(place, "Ops/Done") == place


async def test_a_mail_that_is_gone_is_not_moved(world: World) -> None:
    place = await place_of_one(world)
    await world.remove(place)
    assert await world.mailbox.move(place, "Ops/Done", "1@corp.test") is None
    assert await world.mails("Ops/Done") == []


@pytest.mark.parametrize("message_id", ["1@corp.test", "<1@corp.test>"])
async def test_a_mail_is_found_again_by_its_message_id(world: World, message_id: str) -> None:
    await world.deliver(mail(11))  # whose Message-ID holds the other one
    await sweep(world, 1)
    await world.deliver(mail(1))
    place = (await sweep(world, 2))[0].place
    waiting = await world.mailbox.move(place, "Ops/Waiting")
    assert await world.mailbox.move(place, "Ops/Waiting", message_id) == waiting
    done = await world.mailbox.move(place, "Ops/Done", message_id)
    assert done is not None
    assert await world.mails("Ops/Waiting") == []
    assert [raw.endswith(mail(1)) for raw in await world.mails("Ops/Done")] == [True]
    assert len(await world.mails("INBOX")) == 1


@pytest.mark.slow
@pytest.mark.parametrize("message_id", ["", 'a"b\\c@x', "a) (b@x", "{5}@x", "x\r\nZ LOGOUT", "ü@x"])
async def test_no_message_id_does_harm(world: World, message_id: str) -> None:
    place = await place_of_one(world)
    stale = place.model_copy(update={"uidvalidity": place.uidvalidity + 1})
    assert await world.mailbox.move(stale, "Ops/Done", message_id) is None
    assert len(await world.mails("INBOX")) == 1


async def test_waiting_ends_in_time(world: World) -> None:
    await world.mailbox.wait(5)  # begins with a look
    began = time.monotonic()
    await world.mailbox.wait(0.2)
    assert 0.15 < time.monotonic() - began < 0.6


async def test_waiting_ends_when_a_mail_arrives(world: World) -> None:
    await world.mailbox.wait(5)
    waiting = asyncio.create_task(world.mailbox.wait(10))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await world.deliver(mail())
    await asyncio.wait_for(waiting, 3)
    assert len(await sweep(world, 1)) == 1


async def test_work_goes_on_while_waiting(world: World) -> None:
    place = await place_of_one(world)
    await world.mailbox.wait(5)
    waiting = asyncio.create_task(world.mailbox.wait(3600))
    await asyncio.sleep(0.05)
    assert len(await world.mailbox.fetch([place])) == 1
    assert await world.mailbox.move(place, "Ops/Done") is not None
    waiting.cancel()


async def test_waiting_can_be_called_off_at_once(world: World) -> None:
    await world.mailbox.wait(5)
    waiting = asyncio.create_task(world.mailbox.wait(3600))
    await asyncio.sleep(0.05)
    waiting.cancel()
    await asyncio.wait([waiting])
    await world.mailbox.close()
    await world.mailbox.close()


async def test_the_newest_is_known_before_anything_is_swept(world: World) -> None:
    await sweep(world, 0)
    valid, newest = await world.mailbox.newest()
    assert valid == await validity(world)
    await world.deliver(mail())
    [header] = await sweep(world, 1)
    assert await world.mailbox.newest() == (valid, header.place.uid)
    _, urgent = await world.mailbox.sweep(valid, newest, urgent=True)
    assert [one.place for one in urgent] == [header.place]
    (found,) = await world.mailbox.fetch([header.place], urgent=True)
    assert found.place == header.place


async def test_what_of_ours_lies_in_junk_is_told_and_left_there(world: World) -> None:
    assert list(await world.mailbox.strays(["owner@corp.test"])) == []
    answer = mail(2).replace(b"owner@", b"ann@").replace(b"mail 2", b"Re: Bill [ops 4F7Q]")
    for raw in (mail(1), answer, mail(3).replace(b"owner@", b"spam@")):
        await world.into_junk(raw)
    found = await world.mailbox.strays(["owner@corp.test"])
    assert sorted(found) == [TO_US, "owner@corp.test"]
    assert len(await world.mails("Junk")) == 3
    await world.deliver(mail(4))  # and the mailbox works on as before
    headers = await sweep(world, 1)
    assert len(await world.mailbox.fetch([h.place for h in headers])) == 1


async def test_what_came_into_a_folder_since_a_day(world: World) -> None:
    for number in (1, 2):
        await world.deliver(mail(number))
    headers = await sweep(world, 2)
    today = headers[0].received_at.date()
    await world.mailbox.move(headers[0].place, "Ops/Old", "<2@corp.test>")
    (found,) = await world.mailbox.since("Ops/Old", today - timedelta(days=1))
    assert found.size == len((await world.mails("Ops/Old"))[0])
    assert (await world.mailbox.fetch([found.place]))[0].place.folder == "Ops/Old"
    assert list(await world.mailbox.since("Ops/Old", today + timedelta(days=2))) == []
    assert list(await world.mailbox.since("Nowhere", today)) == []
    assert len(await world.mailbox.since("INBOX", today - timedelta(days=1))) == 1
