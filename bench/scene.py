"""A company on loopback: Dovecot, Postfix, the agent with its clockwork laid open, its people."""

import asyncio
import os
import shutil
import smtplib
import ssl
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from imapclient.exceptions import IMAPClientError

from bench.home import write_settings
from bench.spans import Spans, Timed, timed_call
from connectors.mail.imap.connection import interrupt
from connectors.server import Security
from mailagent.bootstrap import App, build
from mailagent.core.audit import Entry
from mailagent.core.people import Address, Pin, Proof
from mailagent.settings import read_settings
from mailagent.settings.passwords import Passwords
from tests.mailstack import MailStack
from tests.servers import DOMAIN, PASSWORD, USERS, MailServers

OPS, OWNER = f"ops@{DOMAIN}", f"owner@{DOMAIN}"


@contextmanager
def real_servers() -> Iterator[MailServers]:
    """Dovecot and Postfix, as in the tests, with mailboxes that exist."""
    _ask_for_servers()
    stack = MailStack(DOMAIN, USERS, PASSWORD)
    try:
        stack.start()
        servers = MailServers(
            kind="dovecot+postfix",
            imap_port=stack.ports["imap"],
            smtp_port=stack.ports["submission"],
            mx_port=stack.ports["smtp"],
            security=Security.STARTTLS,
            ca=stack.ca,
        )
        for user in ("ops", "owner"):
            servers.mails(user)
        yield servers
    finally:
        stack.stop()


def _ask_for_servers() -> None:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    missing = [name for name in ("dovecot", "postfix") if not shutil.which(name, path=path)]
    if missing or os.geteuid() != 0:
        raise SystemExit("This needs Dovecot, Postfix, and root to start them: make servers")


@asynccontextmanager
async def working_agent(servers: MailServers, spans: Spans) -> AsyncIterator[App]:
    """The agent as `mailagent run` has it, with timed ports and an owner who is enrolled."""
    with tempfile.TemporaryDirectory(prefix="mailagent-bench-") as home:
        app = built(servers, Path(home), spans)
        app.reader.start()
        async with app.opened():
            await enroll(app, servers)
            work = asyncio.create_task(app.work())
            try:
                yield app
            finally:
                work.cancel()
                with suppress(asyncio.CancelledError):
                    await work


def built(servers: MailServers, home: Path, spans: Spans) -> App:
    write_settings(home, OPS, servers.imap_port, servers.smtp_port, str(servers.ca))
    settings = read_settings(home)
    passwords = Passwords.model_validate({"mailbox": PASSWORD, "smtp": PASSWORD})
    return build(settings, passwords, **_timed(build(settings, passwords), spans))


def _timed(app: App, spans: Spans) -> Mapping[str, Any]:
    """The ports of an agent that is not used itself, timed."""
    office = app.office
    named = {"put_many": "blobs: put", "get": "blobs: get"}
    reader = {"open": "sort: child opens the mail", "read": "read: child reads the document"}
    reader |= {"picture": "propose: child draws the page", "reply": "decide: child opens the reply"}
    mailbox = {"sweep": "ingest: sweep", "fetch": "ingest: fetch", "move": "shelve: move"}
    return {
        "probe": spans.probe,
        "blobs": Timed(office.blobs, spans, named),
        "reader": Timed(office.reader, spans, reader),
        "mailbox": Timed(office.mailbox, spans, mailbox),
        "post": Timed(office.post, spans, {"send": "send: SMTP"}),
        "renderer": timed_call(office.renderer, spans, "render"),
    }


async def enroll(app: App, servers: MailServers) -> None:
    pin = Pin(method=Proof.SERVER, domain=DOMAIN, authserv_id=servers.authserv_id, login=OWNER)
    company = app.office.company.id
    async with app.store.begin(company) as tx:
        person = await tx.person("owner")
        if person is None:
            raise LookupError("the owner is not known")
        pinned = person.model_copy(update={"addresses": (Address(address=OWNER, pin=pin),)})
        await tx.save_person(pinned, Entry(actor="terminal", what="person.pinned"))


def send(servers: MailServers, raw: bytes, to: str, by: str | None = None) -> float:
    """Sends a mail as a user or as somebody outside; the moment of the 250 to its content."""
    port = servers.smtp_port if by else servers.mx_port
    with smtplib.SMTP("localhost", port, timeout=10) as smtp:
        if by:
            smtp.starttls(context=ssl.create_default_context(cafile=servers.ca))
            smtp.login(by, PASSWORD)
        smtp.sendmail(by or "billing@nordlicht.example", [to], raw)
        return time.monotonic()


class Onlooker:
    """Another mail client that listens (IDLE) to a mailbox: when does the server tell?"""

    def __init__(self, servers: MailServers, user: str) -> None:
        self._servers, self._user = servers, user
        self._told: list[float] = []
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Onlooker":
        self._thread.start()
        if not self._listening.wait(10):
            raise TimeoutError(f"{self._user} cannot listen")
        return self

    def __exit__(self, *_: object) -> None:
        interrupt(self._client)
        self._thread.join(5)

    def _run(self) -> None:
        with suppress(IMAPClientError, OSError), self._servers.client(self._user) as client:
            self._client = client
            client.select_folder("INBOX", readonly=True)
            client.socket().settimeout(None)
            client.idle()
            self._listening.set()
            # Not `idle_check`: it fails on a line that arrives in two pieces.
            while line := client._imap.readline():  # noqa: SLF001
                if line.endswith(b" EXISTS\r\n"):
                    self._told.append(time.monotonic())

    async def told(self, after: float) -> float:
        """The moment of the first EXISTS after another moment."""
        while True:
            for moment in list(self._told):
                if moment > after:
                    return moment
            await asyncio.sleep(0.02)
