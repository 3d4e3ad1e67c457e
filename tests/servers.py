"""Mail servers for tests: the embedded one, and Dovecot with Postfix, behind one face.

A pytest plugin. `mailservers` runs a test once on each; `embedded_servers` and `real_servers` give
one of them.
"""

import asyncio
import contextlib
import smtplib
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from imapclient import IMAPClient

from connectors.server import Security, Server
from mailagent.demo.server import MailServer
from tests.mailstack import MailStack

DOMAIN = "corp.test"
USERS = ("ops", "owner", "ben", "stranger")
PASSWORD = "secret"


@dataclass(frozen=True, kw_only=True)
class MailServers:
    """One company's mail servers. The methods block for some milliseconds."""

    kind: str
    imap_port: int
    smtp_port: int  # for who logs in
    mx_port: int  # for the rest of the world
    security: Security
    ca: Path | None = None
    domain: str = DOMAIN
    password: str = PASSWORD

    @property
    def authserv_id(self) -> str:
        return f"mx.{self.domain}"

    def address(self, user: str) -> str:
        return f"{user}@{self.domain}"

    def imap(self, user: str = "ops", password: str = PASSWORD) -> Server:
        return self._server(self.imap_port, user, password)

    def smtp(self, user: str = "ops", password: str = PASSWORD) -> Server:
        return self._server(self.smtp_port, user, password)

    def unprotected(self, port: int) -> Server:
        """The way in from the world outside, at another port: not logged in, not encrypted."""
        return Server(host="localhost", port=port, security=Security.PLAIN, login="", password="")

    def _server(self, port: int, user: str, password: str) -> Server:
        return Server(
            host="localhost",
            port=port,
            security=self.security,
            login=self.address(user),
            password=password,
            ca=self.ca,
            connect_timeout=5.0,
            read_timeout=5.0,
        )

    def deliver(
        self, raw: bytes, to: str = "ops@corp.test", by: str | None = None, sender: str = ""
    ) -> None:
        """Sends a mail, logged in as user `by`, or as somebody in the world outside."""
        envelope_sender = sender or (self.address(by) if by else "somebody@elsewhere.test")
        with smtplib.SMTP("localhost", self.smtp_port if by else self.mx_port, timeout=5) as smtp:
            if by:
                if self.security is not Security.PLAIN:
                    smtp.starttls(context=self._tls())
                smtp.login(self.address(by), self.password)
            smtp.sendmail(envelope_sender, [to], raw)

    def mails(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """The raw mails in a folder, oldest first; none when there is no such folder."""
        with self.client(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            answer = client.fetch(client.search(), ["BODY.PEEK[]"])
            return [answer[uid][b"BODY[]"] for uid in sorted(answer)]

    async def await_mails(
        self, user: str, count: int = 1, folder: str = "INBOX", seconds: float = 10.0
    ) -> list[bytes]:
        """The mails in a folder as soon as there are so many; whoever works meanwhile, works."""
        patience = time.monotonic() + seconds
        while len(found := await asyncio.to_thread(self.mails, user, folder)) < count:
            if time.monotonic() > patience:
                raise TimeoutError(f"{len(found)} of {count} mails in {folder} of {user}")
            await asyncio.sleep(0.02)
        return found

    @contextlib.contextmanager
    def client(self, user: str) -> Iterator[IMAPClient]:
        """Another mail client, to look with or to interfere."""
        client = IMAPClient("localhost", self.imap_port, ssl=False, timeout=5)
        try:
            if self.security is not Security.PLAIN:
                client.starttls(self._tls())
            client.login(self.address(user), self.password)
            yield client
            client.logout()
        finally:
            with contextlib.suppress(OSError):
                client.shutdown()

    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.ca)


class EmbeddedThread:
    """The embedded server in a thread of its own, as if it were another machine."""

    def __init__(self, users: Sequence[str] = USERS) -> None:
        self.server = MailServer(DOMAIN, dict.fromkeys(users, PASSWORD))
        self._ready = threading.Event()

    def start(self) -> None:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        if not self._ready.wait(10):
            raise TimeoutError("the embedded server does not start")

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        self._ready.clear()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        await self.server.start()
        self._ready.set()
        await self._stop.wait()
        await self.server.stop()

    def servers(self) -> MailServers:
        return MailServers(
            kind="embedded",
            imap_port=self.server.imap_port,
            smtp_port=self.server.smtp_port,
            mx_port=self.server.smtp_port,
            security=Security.PLAIN,
        )


@pytest.fixture
def embedded_thread() -> Iterator[EmbeddedThread]:
    thread = EmbeddedThread()
    thread.start()
    yield thread
    thread.stop()


@pytest.fixture
def embedded_servers(embedded_thread: EmbeddedThread) -> MailServers:
    return embedded_thread.servers()


@pytest.fixture(scope="session")
def mail_stack() -> Iterator[MailStack]:
    """Dovecot and Postfix, once per run (and per xdist worker)."""
    stack = MailStack(DOMAIN, USERS, PASSWORD)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture
def real_servers(mail_stack: MailStack) -> MailServers:
    """Dovecot and Postfix with empty mailboxes; mark the test `servers`."""
    mail_stack.empty()
    return MailServers(
        kind="dovecot+postfix",
        imap_port=mail_stack.ports["imap"],
        smtp_port=mail_stack.ports["submission"],
        mx_port=mail_stack.ports["smtp"],
        security=Security.STARTTLS,
        ca=mail_stack.ca,
    )


@pytest.fixture(
    params=["embedded_servers", pytest.param("real_servers", marks=pytest.mark.servers)],
    ids=["embedded", "dovecot"],
)
def mailservers(request: pytest.FixtureRequest) -> MailServers:
    """The same test on both."""
    servers = request.getfixturevalue(request.param)
    assert isinstance(servers, MailServers)
    return servers
