"""What goes wrong between the agent and its mailbox: said in our words, in time, and got over."""

import asyncio
import dataclasses
import threading
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from connectors.mail.imap import ImapMailbox
from connectors.server import Security, Server
from mailagent.core.errors import ConfigInvalid, MailboxRefused, MailboxUnavailable
from tests.mailstack import MailStack, free_ports
from tests.servers import EmbeddedThread, MailServers
from tests.wire import Wire, serving, wire_to

pytestmark = pytest.mark.slow  # waits for processes, servers and time-outs

MAIL = b"From: owner@corp.test\r\nMessage-ID: <1@corp.test>\r\n\r\nhello\r\n"

Call = Callable[[ImapMailbox], Awaitable[object]]
CALLS: list[Call] = [lambda box: box.wait(5), lambda box: box.sweep(0, 0)]


@pytest.fixture
async def wire(embedded_servers: MailServers) -> AsyncIterator[Wire]:
    async with wire_to(embedded_servers.imap_port) as wire:
        yield wire


@pytest.fixture
async def box(embedded_servers: MailServers, wire: Wire) -> AsyncIterator[ImapMailbox]:
    server = dataclasses.replace(
        embedded_servers.imap(), port=wire.port, connect_timeout=0.5, read_timeout=0.5
    )
    box = ImapMailbox(server)
    yield box
    await box.close()
    left = [thread.name for thread in threading.enumerate() if str(server) in thread.name]
    assert left == []


@pytest.mark.parametrize("call", CALLS, ids=["wait", "sweep"])
async def test_a_wrong_password_is_refused_for_good(mailservers: MailServers, call: Call) -> None:
    box = ImapMailbox(mailservers.imap(password="wörng"))
    with pytest.raises(MailboxRefused, match=r"refused the login of ops@corp\.test") as refused:
        await call(box)
    assert "wörng" not in str(refused.value)
    await box.close()


@pytest.mark.parametrize("call", CALLS, ids=["wait", "sweep"])
async def test_nobody_listens(call: Call) -> None:
    [port] = free_ports(1)
    box = ImapMailbox(server_at(port))
    with pytest.raises(MailboxUnavailable, match="nobody listens"):
        await call(box)
    await box.close()


@pytest.mark.parametrize("call", CALLS, ids=["wait", "sweep"])
async def test_a_server_that_never_speaks(box: ImapMailbox, wire: Wire, call: Call) -> None:
    wire.mute()
    with pytest.raises(MailboxUnavailable, match="does not answer"):
        await call(box)
    wire.unmute()
    await call(box)


async def test_a_server_that_falls_silent(box: ImapMailbox, wire: Wire) -> None:
    await box.sweep(0, 0)
    wire.mute()
    with pytest.raises(MailboxUnavailable, match="does not answer"):
        await box.sweep(0, 0)
    wire.unmute()
    assert (await box.sweep(0, 0))[0] > 0


async def test_a_listening_line_that_died_is_noticed_when_idle_is_renewed(
    embedded_servers: MailServers, wire: Wire
) -> None:
    server = dataclasses.replace(embedded_servers.imap(), port=wire.port, read_timeout=0.3)
    box = ImapMailbox(server, renew=0.3)
    await box.wait(5)
    wire.mute()
    with pytest.raises(MailboxUnavailable, match="does not answer"):
        await box.wait(5)
    await box.close()


@pytest.mark.parametrize("call", CALLS, ids=["wait", "sweep"])
async def test_a_connection_that_breaks_is_made_anew(
    box: ImapMailbox, wire: Wire, call: Call
) -> None:
    await call(box)
    wire.cut()
    with pytest.raises(MailboxUnavailable):
        await call(box)
    await call(box)


async def test_a_goodbye_in_the_middle(box: ImapMailbox, wire: Wire) -> None:
    await box.wait(5)
    wire.say(b"* BYE Server shutting down (back soon\r\n")
    wire.cut()
    with pytest.raises(MailboxUnavailable):
        await box.wait(5)
    await box.wait(5)


async def test_nonsense_from_the_server(box: ImapMailbox, wire: Wire) -> None:
    await box.wait(5)
    wire.say(b"* ((((\r\n\0\0\0 OK\r\n")
    with pytest.raises(MailboxUnavailable):
        await box.wait(5)
    await box.wait(5)


async def slow_server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Says that there is a mail, in two pieces."""
    writer.write(b"* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n")
    tag = b""
    while line := await reader.readline():
        command = line.split()[-1].upper()
        tag = line.split()[0] if command != b"DONE" else tag
        if command == b"IDLE":
            for words in (b"+ go on\r\n", b"* 1 EXI", b"STS\r\n"):
                writer.write(words)
                await asyncio.sleep(0.1)
            continue
        if command == b"CAPABILITY":
            writer.write(b"* CAPABILITY IMAP4rev1 IDLE\r\n")
        writer.write(tag + b" OK done\r\n")


async def test_a_line_in_two_pieces() -> None:
    async with serving(slow_server) as port:
        box = ImapMailbox(server_at(port))
        for _ in range(3):  # IDLE begins; a mail; IDLE begins again
            await box.wait(3600)
        await box.close()


async def test_a_server_that_only_says_it_is_still_here(box: ImapMailbox, wire: Wire) -> None:
    await box.wait(5)
    wire.say(b"* OK Still here\r\n")
    await box.wait(5)  # one look that finds nothing
    listening = asyncio.create_task(box.wait(3600))
    await asyncio.sleep(0.2)
    assert not listening.done()  # and then there is nothing to look for
    listening.cancel()


async def test_killed_while_we_listen_and_started_again() -> None:
    thread = EmbeddedThread()
    thread.start()
    servers = thread.servers()
    box = ImapMailbox(servers.imap())
    await box.wait(5)
    waiting = asyncio.create_task(box.wait(5))
    await asyncio.to_thread(thread.stop)
    with pytest.raises(MailboxUnavailable):
        await waiting
    with pytest.raises(MailboxUnavailable):
        await box.wait(5)
    thread.start()
    await box.wait(5)
    await asyncio.to_thread(servers.deliver, MAIL)
    await box.wait(5)
    assert len((await box.sweep(0, 0))[1]) == 1
    await box.close()
    await asyncio.to_thread(thread.stop)


@pytest.mark.servers
async def test_dovecot_killed_while_we_listen_and_started_again() -> None:
    stack = MailStack("corp.test", ["ops"], "secret")
    try:
        await asyncio.to_thread(stack.start)
        box = ImapMailbox(
            dataclasses.replace(server_at(stack.ports["imaps"]), ca=stack.ca, security=Security.TLS)
        )
        await box.wait(5)
        valid, _ = await box.sweep(0, 0)
        await asyncio.to_thread(stack.kill_dovecot)
        for call in CALLS:
            with pytest.raises(MailboxUnavailable):
                await call(box)
        await asyncio.to_thread(stack.start_dovecot)
        await box.wait(5)
        assert (await box.sweep(0, 0))[0] == valid
        await box.close()
    finally:
        await asyncio.to_thread(stack.stop)


@pytest.mark.servers
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_a_certificate_of_an_unknown_authority(
    real_servers: MailServers, mail_stack: MailStack, security: Security
) -> None:
    port = mail_stack.ports["imaps" if security is Security.TLS else "imap"]
    stranger = dataclasses.replace(real_servers.imap(), port=port, security=security, ca=None)
    box = ImapMailbox(stranger)
    with pytest.raises(MailboxUnavailable, match=r"cannot be trusted.*`ca`"):
        await box.sweep(0, 0)
    await box.close()


@pytest.mark.servers
async def test_a_certificate_of_another_host(real_servers: MailServers) -> None:
    box = ImapMailbox(dataclasses.replace(real_servers.imap(), host="127.0.0.2"))
    with pytest.raises(MailboxUnavailable):
        await box.sweep(0, 0)
    await box.close()


async def test_starttls_that_the_server_does_not_know(embedded_servers: MailServers) -> None:
    careful = dataclasses.replace(embedded_servers.imap(), security=Security.STARTTLS)
    box = ImapMailbox(careful)
    with pytest.raises(MailboxUnavailable, match="STARTTLS"):
        await box.sweep(0, 0)
    await box.close()


def test_no_password_goes_over_the_network_in_the_clear() -> None:
    with pytest.raises(ConfigInvalid, match="would show the password"):
        Server(host="mail.corp.test", port=143, security=Security.PLAIN, login="a", password="b")
    assert "secret" not in repr(server_at(1))


async def test_closed_in_the_middle_of_everything(
    embedded_servers: MailServers, wire: Wire
) -> None:
    # Nothing but closing ends what waits for this server.
    server = dataclasses.replace(embedded_servers.imap(), port=wire.port, read_timeout=3600)
    box = ImapMailbox(server)
    await box.wait(5)
    await box.sweep(0, 0)
    waiting = asyncio.create_task(box.wait(5))
    wire.mute()
    sweeping = asyncio.create_task(box.sweep(0, 0))
    await asyncio.sleep(0.05)
    await box.close()
    for task in (waiting, sweeping):
        with pytest.raises(MailboxUnavailable):
            await task


async def test_closed_while_it_connects(embedded_servers: MailServers, wire: Wire) -> None:
    wire.mute()
    server = dataclasses.replace(embedded_servers.imap(), port=wire.port, connect_timeout=2)
    box = ImapMailbox(server)
    calls = [asyncio.create_task(box.wait(5)), asyncio.create_task(box.sweep(0, 0))]
    await asyncio.sleep(0.05)
    await box.close()
    for call in calls:
        with pytest.raises(MailboxUnavailable):
            await call


def server_at(port: int) -> Server:
    return Server(
        host="localhost",
        port=port,
        security=Security.PLAIN,
        login="ops@corp.test",
        password="secret",
        connect_timeout=3.0,
        read_timeout=3.0,
    )
