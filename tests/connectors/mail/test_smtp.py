"""What an SMTP server may answer, and what becomes of the mail then."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from connectors.mail.smtp import SmtpPost
from connectors.server import Security, Server
from mailagent.core.errors import (
    MailagentError,
    MailboxRefused,
    MailRefused,
    OutcomeUnknown,
    RecipientRefused,
    SendingUnavailable,
)
from mailagent.core.letter import OutgoingMail
from tests.mailstack import MailStack, free_ports
from tests.servers import MailServers
from tests.wire import Wire, serving, wire_to

MAIL = OutgoingMail(
    kind="draft",
    recipient="owner@corp.test",
    message_id="1@corp.test",
    raw=b"From: ops@corp.test\r\nDate: Fri, 20 Nov 2026 12:00:00 +0000\r\n\r\nhello\r\n",
)


def server_at(port: int, login: str = "", patience: float = 5.0) -> Server:
    return Server(
        host="localhost",
        port=port,
        security=Security.PLAIN,
        login=login,
        password="secret" if login else "",
        connect_timeout=patience,
        read_timeout=patience,
    )


async def send(post: SmtpPost, mail: OutgoingMail = MAIL) -> None:
    await post.send(mail, "ops@corp.test")


def saying(
    **answers: str,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """A server that agrees to everything except what is given; HANGUP and SILENCE are answers."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        verb = "GREETING"
        while True:
            usual = {
                "GREETING": "220 hello",
                "EHLO": "250-hello\r\n250 AUTH PLAIN",
                "DATA": "354 go on",
            }
            usual |= {"AUTH": "235 welcome", "QUIT": "221 bye"}
            answer = answers.get(verb, usual.get(verb, "250 fine"))
            if answer == "HANGUP":
                return
            if answer != "SILENCE":
                writer.write(answer.encode() + b"\r\n")
            if verb == "DATA" and answer.startswith("354"):
                await reader.readuntil(b"\r\n.\r\n")
                verb = "CONTENT"
                continue
            line = await reader.readline()
            if not line:
                return
            verb = line.split()[0].decode().upper()

    return talk


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"GREETING": "554 go away"}, SendingUnavailable),
        ({"GREETING": "421 too busy"}, SendingUnavailable),
        ({"GREETING": "SILENCE"}, SendingUnavailable),
        ({"GREETING": "HANGUP"}, SendingUnavailable),
        ({"EHLO": "421 too busy"}, SendingUnavailable),
        ({"AUTH": "535 5.7.8 wrong"}, MailboxRefused),
        ({"AUTH": "454 4.7.0 ask again"}, SendingUnavailable),
        ({"MAIL": "451 later"}, SendingUnavailable),
        ({"MAIL": "550 not you"}, MailRefused),
        ({"MAIL": "530 5.7.0 log in first"}, MailboxRefused),
        ({"MAIL": "HANGUP"}, SendingUnavailable),
        ({"RCPT": "450 greylisted"}, SendingUnavailable),
        ({"RCPT": "550 unknown"}, RecipientRefused),
        ({"RCPT": "SILENCE"}, SendingUnavailable),
        ({"DATA": "451 later"}, SendingUnavailable),
        ({"DATA": "554 no"}, MailRefused),
        ({"DATA": "HANGUP"}, SendingUnavailable),
        ({"DATA": "SILENCE"}, SendingUnavailable),
        ({"CONTENT": "452 disk full"}, SendingUnavailable),
        ({"CONTENT": "554 looks like spam"}, MailRefused),
        ({"CONTENT": "HANGUP"}, OutcomeUnknown),
        ({"CONTENT": "SILENCE"}, OutcomeUnknown),
        ({"CONTENT": "what?"}, OutcomeUnknown),
    ],
    ids=str,
)
async def test_every_answer_has_its_meaning(
    answers: dict[str, str], error: type[MailagentError]
) -> None:
    async with serving(saying(**answers)) as port:
        login = "ops@corp.test" if "AUTH" in answers else ""
        post = SmtpPost(server_at(port, login, patience=0.5), verdict_timeout=0.3)
        with pytest.raises(error):
            await send(post)
        await post.close()


async def test_what_is_agreed_to_is_sent() -> None:
    async with serving(saying()) as port:
        post = SmtpPost(server_at(port, "ops@corp.test"))
        await send(post)
        await post.close()


@pytest.mark.parametrize("address", ["ü@corp.test", "a@b> SIZE=1", "a@b\r\nRCPT TO:<c@d>"])
async def test_an_address_that_smtp_cannot_carry(
    embedded_servers: MailServers, address: str
) -> None:
    post = SmtpPost(embedded_servers.smtp())
    with pytest.raises(RecipientRefused):
        await send(post, MAIL.model_copy(update={"recipient": address}))
    await post.close()


async def test_a_wrong_password_is_refused_for_good(mailservers: MailServers) -> None:
    post = SmtpPost(mailservers.smtp(password="wörng"))
    with pytest.raises(MailboxRefused):
        await send(post)
    await post.close()


async def test_nobody_listens() -> None:
    [port] = free_ports(1)
    post = SmtpPost(server_at(port))
    with pytest.raises(SendingUnavailable):
        await send(post)
    await post.close()


@pytest.fixture
async def wire(embedded_servers: MailServers) -> AsyncIterator[Wire]:
    async with wire_to(embedded_servers.smtp_port) as wire:
        yield wire


@pytest.fixture
async def post(wire: Wire) -> AsyncIterator[SmtpPost]:
    post = SmtpPost(server_at(wire.port), verdict_timeout=0.5)
    yield post
    await post.close()


async def test_one_connection_serves_many_mails(post: SmtpPost, wire: Wire) -> None:
    for _ in range(3):
        await send(post)
    assert wire.connections == 1


async def test_a_server_that_hung_up_meanwhile_is_called_again(
    post: SmtpPost, wire: Wire, embedded_servers: MailServers
) -> None:
    await send(post)
    wire.cut()
    await asyncio.sleep(0.05)
    await send(post)
    assert wire.connections == 2
    assert len(await embedded_servers.await_mails("owner", 2)) == 2


async def test_a_server_that_says_it_hangs_up_is_called_again() -> None:
    calls = 0

    async def impatient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        second_mail = {"MAIL": "421 4.4.2 idle for too long"} if calls == 1 else {}
        usual = saying()
        await (usual(reader, writer) if calls > 1 else _after_one_mail(reader, writer, second_mail))

    async with serving(impatient) as port:
        post = SmtpPost(server_at(port))
        await send(post)
        await send(post)
        assert calls == 2
        await post.close()


async def _after_one_mail(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, then: dict[str, str]
) -> None:
    for answer in ("220 hello", "250 fine", "250 fine", "250 fine", "354 go on"):
        writer.write(answer.encode() + b"\r\n")
        await reader.readline()
    await reader.readuntil(b"\r\n.\r\n")
    writer.write(b"250 taken\r\n")
    await reader.readline()
    writer.write(then["MAIL"].encode() + b"\r\n")


async def test_a_mail_whose_outcome_is_unknown_is_not_sent_again_by_itself(
    post: SmtpPost, wire: Wire, embedded_servers: MailServers
) -> None:
    await send(post)
    wire.cut_after = b"\r\n.\r\n"
    with pytest.raises(OutcomeUnknown):
        await send(post)
    wire.unmute()
    assert len(await embedded_servers.await_mails("owner", 2)) == 2
    await send(post)
    assert len(await embedded_servers.await_mails("owner", 3)) == 3


async def test_called_off_in_the_middle(post: SmtpPost, wire: Wire) -> None:
    await send(post)
    wire.mute()
    sending = asyncio.create_task(send(post))
    await asyncio.sleep(0.05)
    sending.cancel()
    await asyncio.wait([sending])
    wire.unmute()
    await send(post)
    assert wire.connections == 2


@pytest.mark.servers
async def test_over_tls_from_the_first_byte(
    real_servers: MailServers, mail_stack: MailStack
) -> None:
    port = mail_stack.ports["submissions"]
    secure = dataclasses.replace(real_servers.smtp(), port=port, security=Security.TLS)
    post = SmtpPost(secure)
    await send(post)
    assert len(await real_servers.await_mails("owner", 1)) == 1
    await post.close()


@pytest.mark.servers
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_a_certificate_of_an_unknown_authority(
    real_servers: MailServers, mail_stack: MailStack, security: Security
) -> None:
    port = mail_stack.ports["submissions" if security is Security.TLS else "submission"]
    stranger = dataclasses.replace(real_servers.smtp(), port=port, security=security, ca=None)
    post = SmtpPost(stranger)
    with pytest.raises(SendingUnavailable, match="certificate"):
        await send(post)
    await post.close()


@pytest.mark.servers
async def test_a_refused_login_leaves_no_connection_open(real_servers: MailServers) -> None:
    """Over TLS the driver would wait for the server's goodbye, which may never come."""
    async with wire_to(real_servers.smtp_port) as wire:
        through_wire = dataclasses.replace(real_servers.smtp(password="wrong"), port=wire.port)
        post = SmtpPost(through_wire)
        with pytest.raises(MailboxRefused):
            await send(post)
        wire.mute()  # the server's goodbye never comes
        await asyncio.wait_for(wire.silence(), 2)
        await post.close()
