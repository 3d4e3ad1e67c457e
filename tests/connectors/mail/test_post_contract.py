"""What every `Post` does: the fake, and the real one on both servers."""

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import pytest

from connectors.mail.smtp import SmtpPost
from mailagent.core.errors import MailRefused, OutcomeUnknown, RecipientRefused
from mailagent.core.letter import OutgoingMail
from mailagent.ports import Post
from mailagent.testing import FakePost
from tests.servers import MailServers
from tests.wire import Wire, wire_to

OPS = "ops@corp.test"
_HEADER = (
    b"From: ops@corp.test\r\nTo: owner@corp.test\r\nSubject: a draft\r\n"
    b"Date: Fri, 20 Nov 2026 12:00:00 +0000\r\nMessage-ID: <draft@corp.test>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n"
)


def mail(body: bytes = b"hello\r\n", to: str = "owner@corp.test") -> OutgoingMail:
    return OutgoingMail(
        kind="draft", recipient=to, message_id="draft@corp.test", raw=_HEADER + body
    )


class World(Protocol):
    """The way out, and what came through."""

    @property
    def post(self) -> Post: ...

    async def received(self, count: int) -> list[bytes]: ...

    def lose_reply(self) -> None: ...


class Fake:
    def __init__(self) -> None:
        self.post = FakePost(unknown_addresses=["nobody@corp.test"])

    async def received(self, count: int) -> list[bytes]:
        return [mail.raw for mail in self.post.sent]

    def lose_reply(self) -> None:
        self.post.lose_reply()


class Real:
    def __init__(self, servers: MailServers, wire: Wire) -> None:
        self._servers, self._wire = servers, wire
        self.post = SmtpPost(servers.smtp())

    async def received(self, count: int) -> list[bytes]:
        return await self._servers.await_mails("owner", count)

    def lose_reply(self) -> None:
        # In the clear, so that the wire sees where the mail ends.
        self.post = SmtpPost(self._servers.unprotected(self._wire.port))
        self._wire.cut_after = b"\r\n.\r\n"


@pytest.fixture(
    params=["fake", "embedded_servers", pytest.param("real_servers", marks=pytest.mark.servers)],
    ids=["fake", "embedded", "postfix"],
)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    if request.param == "fake":
        yield Fake()
        return
    servers = request.getfixturevalue(request.param)
    async with wire_to(servers.mx_port) as wire:
        world = Real(servers, wire)
        yield world
        await world.post.close()


@pytest.mark.parametrize(
    "body",
    [
        b"hello\r\n",
        b".\r\n..\r\n.a dot at the beginning\r\n",
        "Grüße, 12 €\r\n".encode(),
        b"0123456789" * 50 + b"\r\n",
        b"x" * 70 + b"\r\n" * 5000,
        b"",
    ],
    ids=["plain", "dots", "8bit", "long line", "large", "no body"],
)
async def test_the_very_bytes_arrive(world: World, body: bytes) -> None:
    await world.post.send(mail(body), OPS)
    [raw] = await world.received(1)
    assert raw.endswith(mail(body).raw)


async def test_one_mail_after_the_other(world: World) -> None:
    for number in range(3):
        await world.post.send(mail(b"%d\r\n" % number), OPS)
    assert len(await world.received(3)) == 3


async def test_mails_of_several_stages_at_once(world: World) -> None:
    await asyncio.gather(*(world.post.send(mail(), OPS) for _ in range(5)))
    assert len(await world.received(5)) == 5


async def test_an_unknown_recipient_is_refused_and_the_next_mail_goes(world: World) -> None:
    with pytest.raises(RecipientRefused):
        await world.post.send(mail(to="nobody@corp.test"), OPS)
    await world.post.send(mail(), OPS)
    assert len(await world.received(1)) == 1


@pytest.mark.parametrize("body", [b"a\nb\r\n", b"a\rb\r\n", b"no end"])
async def test_what_cannot_be_sent_unchanged_is_refused(world: World, body: bytes) -> None:
    with pytest.raises(MailRefused, match="unchanged"):
        await world.post.send(mail(body), OPS)
    await world.post.send(mail(), OPS)
    assert len(await world.received(1)) == 1


async def test_without_the_last_word_nobody_knows(world: World) -> None:
    world.lose_reply()
    with pytest.raises(OutcomeUnknown):
        await world.post.send(mail(), OPS)
    assert len(await world.received(1)) == 1
