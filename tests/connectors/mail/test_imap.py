"""What differs from server to server: what it can do, and how it spells folders."""

import asyncio
import dataclasses
from collections.abc import Iterator, Sequence

import pytest
from imapclient import IMAPClient

from connectors.mail.imap import ImapMailbox, session
from connectors.mail.imap.folders import Spelling
from connectors.server import Security
from mailagent.core.errors import MailboxUnavailable
from mailagent.core.message import Place
from tests.mailstack import MailStack
from tests.servers import MailServers


def mail(number: int, size: int = 10) -> bytes:
    return (
        b"From: owner@corp.test\r\nTo: ops@corp.test\r\n"
        b"Date: Fri, 20 Nov 2026 12:00:00 +0000\r\n"
        b"Message-ID: <%d@corp.test>\r\nSubject: %d\r\n\r\n" % (number, number)
    ) + b"0123456\r\n" * (size // 9)


def hide(monkeypatch: pytest.MonkeyPatch, *hidden: str) -> None:
    """The server cannot do these things, as far as we see."""
    knows = IMAPClient.has_capability

    def has_capability(client: IMAPClient, name: str) -> bool:
        return name not in hidden and bool(knows(client, name))

    monkeypatch.setattr(IMAPClient, "has_capability", has_capability)


async def places(servers: MailServers, box: ImapMailbox, *mails: bytes) -> list[Place]:
    """Where the mails came to lie, oldest first."""
    for number, raw in enumerate(mails, start=1):
        await asyncio.to_thread(servers.deliver, raw)
        await servers.await_mails("ops", number)
    return [header.place for header in reversed((await box.sweep(0, 0))[1])]


@pytest.mark.slow
@pytest.mark.parametrize(
    "hidden",
    [("MOVE",), ("MOVE", "UIDPLUS"), ("MOVE", "UIDPLUS", "NAMESPACE")],
    ids=["no MOVE", "no UIDPLUS", "nothing"],
)
async def test_a_mail_is_moved_without_move(
    mailservers: MailServers, monkeypatch: pytest.MonkeyPatch, hidden: tuple[str, ...]
) -> None:
    hide(monkeypatch, *hidden)
    box = ImapMailbox(mailservers.imap())
    stays, goes = await places(mailservers, box, mail(1), mail(2))
    moved = await box.move(goes, "Ops/Done", "2@corp.test")
    assert moved is not None
    [arrival] = await box.fetch([moved])
    assert arrival.raw.endswith(mail(2))
    assert len(await box.fetch([stays, goes])) == 1
    assert len(await asyncio.to_thread(mailservers.mails, "ops")) == 1
    await box.close()


async def test_without_idle_it_looks_again_and_again(
    mailservers: MailServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(monkeypatch, "IDLE")
    box = ImapMailbox(mailservers.imap(), poll=0.1)
    for _ in range(3):
        await box.wait(3600)  # only a look ends it
    await box.close()


async def test_listening_goes_on_after_it_was_renewed(mailservers: MailServers) -> None:
    box = ImapMailbox(mailservers.imap(), renew=0.1)
    for _ in range(4):
        await box.wait(3600)  # only listening that begins anew ends it
    await box.close()


@pytest.mark.slow
async def test_many_mails_are_fetched_a_window_at_a_time(
    embedded_servers: MailServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_MAILS_AT_ONCE", 3)
    monkeypatch.setattr(session, "_HEADERS_AT_ONCE", 2)
    asked: list[int] = []
    windows = session._windows

    def counted(uids: Sequence[int], at_once: int) -> Iterator[Sequence[int]]:
        for window in windows(uids, at_once):
            asked.append(len(window))
            yield window

    box = ImapMailbox(embedded_servers.imap())
    sizes = [10, 10, 10, 10, 5000, 10, 2000]
    lie = await places(embedded_servers, box, *(mail(n, s) for n, s in enumerate(sizes)))
    monkeypatch.setattr(session, "_windows", counted)
    arrivals = await box.fetch(lie)
    assert [arrival.place for arrival in arrivals] == lie
    assert all(
        a.raw.endswith(mail(n, s)) for n, (a, s) in enumerate(zip(arrivals, sizes, strict=True))
    )
    assert asked == [3, 3, 1]
    await box.close()


async def test_only_the_head_of_a_huge_header_is_swept(mailservers: MailServers) -> None:
    box = ImapMailbox(mailservers.imap())
    filler = b"".join(b"X-Filler-%05d: %s\r\n" % (n, b"x" * 80) for n in range(900))
    await places(mailservers, box, b"Subject: huge\r\n" + filler + mail(1))
    [header] = (await box.sweep(0, 0))[1]
    assert len(header.header) == 64 * 1024
    assert header.size > len(filler)
    await box.close()


async def test_new_folders_are_shown_by_mail_clients(mailservers: MailServers) -> None:
    box = ImapMailbox(mailservers.imap())
    [place] = await places(mailservers, box, mail(1))
    await box.move(place, "Ops/Waiting")
    with mailservers.client("ops") as client:
        assert "Ops/Waiting" in [name for _, _, name in client.list_sub_folders()]
    await box.close()


async def test_a_folder_that_was_deleted_is_made_again(mailservers: MailServers) -> None:
    box = ImapMailbox(mailservers.imap())
    first, second = await places(mailservers, box, mail(1), mail(2))
    moved = await box.move(first, "Ops/Done")
    assert moved is not None
    await box.move(moved, "INBOX")
    with mailservers.client("ops") as client:
        client.delete_folder("Ops/Done")
    with pytest.raises(MailboxUnavailable):  # and again, as for every failure
        await box.move(second, "Ops/Done")
    assert await box.move(second, "Ops/Done") is not None
    await box.close()


@pytest.mark.parametrize(
    ("prefix", "separator", "theirs"),
    [("", "/", "Ops/Done"), ("", ".", "Ops.Done"), ("INBOX.", ".", "INBOX.Ops.Done")],
)
def test_servers_spell_folders_differently(prefix: str, separator: str, theirs: str) -> None:
    spelt = Spelling(prefix, separator)
    assert spelt.theirs("Ops/Done") == theirs
    assert spelt.ours(theirs) == "Ops/Done"
    assert spelt.theirs("INBOX") == "INBOX"


@pytest.mark.servers
async def test_over_tls_from_the_first_byte(
    real_servers: MailServers, mail_stack: MailStack
) -> None:
    secure = dataclasses.replace(
        real_servers.imap(), port=mail_stack.ports["imaps"], security=Security.TLS
    )
    box = ImapMailbox(secure)
    await box.wait(5)
    await asyncio.to_thread(real_servers.deliver, mail(1))
    await box.wait(5)
    assert len((await box.sweep(0, 0))[1]) == 1
    await box.close()


async def test_a_port_that_sends_mail_is_called_so(embedded_servers: MailServers) -> None:
    at_smtp = dataclasses.replace(embedded_servers.imap(), port=embedded_servers.smtp_port)
    with pytest.raises(MailboxUnavailable, match="mail is read at another one"):
        await ImapMailbox(at_smtp).sweep(0, 0)
