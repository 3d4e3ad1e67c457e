"""The embedded server as mail clients and the gates see it."""

import asyncio
import ssl
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from email.utils import localtime
from pathlib import Path

import pytest
from imapclient import IMAPClient

from connectors.mail.imap import ImapMailbox
from connectors.mail.smtp import SmtpPost
from connectors.server import Security, Server
from mailagent.core.errors import ConfigInvalid
from mailagent.core.letter import OutgoingMail
from mailagent.demo.server import FOLDERS, MailServer, without_claims
from tests.mailstack import make_certificates
from tests.servers import MailServers

PASSWORD = "pässwörd"
MAIL = OutgoingMail(
    kind="draft",
    recipient="owner+tag@corp.test",
    message_id="1@corp.test",
    raw=b"Subject: hello\r\n\r\nhello\r\n",
)
Start = Callable[[Security], AbstractAsyncContextManager[MailServer]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    make_certificates(tmp_path, "mx.corp.test")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")

    @asynccontextmanager
    async def started(security: Security) -> AsyncIterator[MailServer]:
        users = dict.fromkeys(["ops", "owner"], PASSWORD)
        tls = None if security is Security.PLAIN else context
        server = MailServer("corp.test", users, security=security, tls=tls)
        await server.start()
        yield server
        await server.stop()

    return started


@pytest.mark.parametrize("security", Security)
async def test_takes_and_gives_mail(start: Start, security: Security, tmp_path: Path) -> None:
    async with start(security) as server:

        def account(port: int, user: str) -> Server:
            return Server(
                host="localhost",
                port=port,
                security=security,
                login=f"{user}@corp.test",
                password=PASSWORD,
                ca=tmp_path / "ca.pem",
            )

        post = SmtpPost(account(server.smtp_port, "ops"))
        box = ImapMailbox(account(server.imap_port, "owner"))
        await box.wait(5)
        await post.send(MAIL, "ops@corp.test")
        await box.wait(5)
        [header] = (await box.sweep(0, 0))[1]
        assert b"Delivered-To: owner+tag@corp.test\r\n" in header.header
        assert b"; auth=pass smtp.auth=ops@corp.test\r\n" in header.header
        assert abs(header.received_at - localtime()).total_seconds() < 5
        await box.close()
        await post.close()


def test_mail_clients_find_what_they_expect(embedded_servers: MailServers) -> None:
    with embedded_servers.client("owner") as client:
        assert set(FOLDERS) <= {name for _, _, name in client.list_sub_folders()}
        client.append("Drafts", MAIL.raw)
        client.select_folder("Drafts")
        [uid] = client.search()
        assert b"$Forwarded" in client.add_flags([uid], ["$Forwarded"])[uid]


def test_users_see_only_their_own_mails(embedded_servers: MailServers) -> None:
    embedded_servers.deliver(MAIL.raw, to="owner@corp.test", by="ops")
    assert len(embedded_servers.mails("owner")) == 1
    assert embedded_servers.mails("ben") == []
    with pytest.raises(IMAPClient.Error), embedded_servers.client("nobody"):
        pass


@pytest.mark.parametrize(
    "claim",
    [
        b"Authentication-Results: mx.corp.test; auth=pass smtp.auth=owner@corp.test\r\n",
        b"authentication-results:\r\n mx.corp.test;\r\n\tauth=pass\r\n",
        b"AUTHENTICATION-RESULTS \t: mx.corp.test; auth=pass\r\n",
        b"Authentication-Results: mx.corp.test; auth=pass\n",
    ],
)
def test_what_a_mail_says_about_itself_is_dropped(claim: bytes) -> None:
    raw = b"Subject: a\r\n" + claim + b"X-Other: b\r\n" + claim + b"\r\n" + claim
    assert without_claims(raw) == b"Subject: a\r\nX-Other: b\r\n\r\n" + claim


def test_a_header_without_a_body_loses_its_claims_too() -> None:
    assert without_claims(b"Authentication-Results: a; auth=pass\r\n\r\n") == b"\r\n"


async def test_two_servers_live_side_by_side_and_end(start: Start) -> None:
    async with start(Security.PLAIN) as one, start(Security.PLAIN) as other:
        assert one.imap_port != other.imap_port
        _, writer = await asyncio.open_connection("127.0.0.1", one.imap_port)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", one.imap_port)
    writer.close()
    await writer.wait_closed()


def test_without_its_packages_it_says_which_extra_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "mailagent.demo.server")
    monkeypatch.setitem(sys.modules, "aiosmtpd.smtp", None)
    with pytest.raises(ConfigInvalid, match=r"mailagent\[demo\]"):
        __import__("mailagent.demo.server")
