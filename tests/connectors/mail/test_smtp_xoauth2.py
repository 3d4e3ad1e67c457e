"""Mail goes out with a token: bought anew when it ended, and written down before it is used."""

import asyncio
import base64
import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.mail.smtp import SmtpPost
from connectors.oauth import Client, Tokens, await_device, device_code, read_grant, write_grant
from mailagent.core.errors import MailboxRefused, Transient
from tests.connectors.mail.test_smtp import MAIL, send, server_at
from tests.connectors.oauth_server import SignIn, sign_in
from tests.wire import serving

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def provider() -> Iterator[SignIn]:
    with sign_in() as server:
        yield server


@pytest.fixture
def path(provider: SignIn, tmp_path: Path) -> Path:
    """Where a grant lies that somebody has just given."""
    app, there = Client(id="app"), tmp_path / "oauth.json"
    code = device_code(provider.provider, app, lambda: NOW)
    write_grant(
        there,
        await_device(provider.provider, app, code, now=lambda: NOW, pause=lambda _: None),
    )
    return there


class Mailer:
    """An SMTP server that knows which tokens are good."""

    def __init__(self, provider: SignIn, path: Path) -> None:
        self._provider, self._path = provider, path
        self.used: list[str] = []
        self.mails = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        while line := (await reader.readline()).strip():
            verb, _, rest = line.partition(b" ")
            for said in await self._answer(verb.upper(), rest, reader):
                writer.write(said + b"\r\n")

    async def _answer(
        self, verb: bytes, rest: bytes, reader: asyncio.StreamReader
    ) -> tuple[bytes, ...]:
        if verb == b"EHLO":
            return b"250-hello", b"250 AUTH XOAUTH2"
        if verb == b"AUTH":
            user, token, *_ = base64.b64decode(rest.split()[1]).decode().split("\x01")
            assert user == "user=ops@corp.test"
            return (await self._judged(token.removeprefix("auth=Bearer "), reader),)
        if verb == b"DATA":
            self.mails += 1
            return b"354 go on", b"250 taken"
        return (b"250 fine",) if verb in (b"MAIL", b"RCPT", b"NOOP") else (b"",)

    async def _judged(self, token: str, reader: asyncio.StreamReader) -> bytes:
        # What is used stands on the disk already: a crash here loses no sign-in.
        assert read_grant(self._path).access_token == token
        self.used.append(token)
        return b"235 in" if token in self._provider.access else b"535 5.7.8 not accepted"


async def sent(mailer: Mailer, path: Path, now: datetime = NOW) -> None:
    async with serving(mailer.talk) as port:
        tokens = Tokens(path, lambda: now)
        post = SmtpPost(dataclasses.replace(server_at(port, "ops@corp.test"), token=tokens))
        try:
            await send(post, MAIL)
        finally:
            await post.close()


async def test_a_token_opens_the_way_out_until_it_ends(provider: SignIn, path: Path) -> None:
    mailer = Mailer(provider, path)
    await sent(mailer, path)
    await sent(mailer, path)
    assert len(set(mailer.used)) == 1
    await sent(mailer, path, NOW + timedelta(hours=2))
    assert len(set(mailer.used)) == 2
    assert mailer.mails == 3


async def test_a_token_that_was_taken_back_is_exchanged_once(provider: SignIn, path: Path) -> None:
    mailer = Mailer(provider, path)
    provider.access.clear()  # the grant itself is good
    await sent(mailer, path)
    assert len(mailer.used) == 2
    assert mailer.mails == 1


async def test_a_grant_that_was_taken_back_needs_a_person(provider: SignIn, path: Path) -> None:
    mailer = Mailer(provider, path)
    provider.revoke()
    with pytest.raises(MailboxRefused, match="mailagent login google"):
        await sent(mailer, path)
    assert mailer.mails == 0


async def test_a_sign_in_that_is_ill_sends_nothing_and_is_tried_later(
    provider: SignIn, path: Path
) -> None:
    mailer, before = Mailer(provider, path), read_grant(path)
    provider.ill = True
    with pytest.raises(Transient, match="503"):
        await sent(mailer, path, NOW + timedelta(hours=2))
    assert mailer.used == []
    assert read_grant(path) == before
    provider.ill = False
    await sent(mailer, path, NOW + timedelta(hours=2))
    assert mailer.mails == 1
