"""The whole agent for tests: a firm with a mailbox, people, and the agent at work between them.

A pytest plugin. A test that asks for `firm` runs on each mail server and with each proof.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from pydantic import SecretStr

from mailagent.bootstrap import App, SystemClock, build, shipped_verbs
from mailagent.core.audit import Entry, first_break
from mailagent.core.brief import MORNING
from mailagent.core.job import Job, Stage
from mailagent.core.people import Address, Pin, Proof
from mailagent.core.routine import Routine
from mailagent.engine.ending import end
from mailagent.reading.limits import Limits
from mailagent.reading.pool import Pool
from mailagent.render.mail import Render
from mailagent.routines import ROUTINES
from mailagent.settings import Settings, read_settings
from mailagent.settings.passwords import Passwords
from mailagent.shipped import shipped
from mailagent.testing import FakeKeys
from tests.blank import blank_database
from tests.clients import Client, Mail, Signer
from tests.documents import Bill, Letterhead, bill_mail, factur_x
from tests.outage import no_help
from tests.servers import DOMAIN, PASSWORD, MailServers

COMPANY = "corp"
_CONFIG = """\
[company]
id = "corp"
name = "Corp Ltd"
domain = "{domain}"
ops_address = "ops@{domain}"

[[people]]
id = "ann"
name = "Ann Lee"
addresses = ["owner@{domain}"]

[mailbox]
host = "localhost"
port = {imap_port}
security = "{security}"
ca_file = "{ca}"
user = "ops@{domain}"
poll_seconds = 30
timeout_seconds = 5

[smtp]
host = "localhost"
port = {smtp_port}
security = "{security}"
ca_file = "{ca}"
user = "ops@{domain}"
timeout_seconds = 5

[limits]
children = 1

[brief]
at = "{brief_at}"
"""
PASSWORDS = Passwords(mailbox=SecretStr(PASSWORD), smtp=SecretStr(PASSWORD))


def write_home(home: Path, servers: MailServers) -> Settings:
    """A home of the agent that works on these servers."""
    config = _CONFIG.format(
        domain=servers.domain,
        imap_port=servers.imap_port,
        smtp_port=servers.smtp_port,
        security=servers.security.value,
        ca=servers.ca or "",
        # Not while a test runs, whatever the time: its mails are counted.
        brief_at=(SystemClock().now() + timedelta(hours=6)).strftime("%H:%M"),
    )
    home.mkdir(parents=True, exist_ok=True)
    (home / "mailagent.toml").write_text(config)
    return read_settings(home)


def pin_for(proof: Proof, servers: MailServers) -> Pin:
    if proof is Proof.DKIM:
        return Pin(method=proof, domain=servers.domain)
    login = servers.address("owner")
    return Pin(method=proof, authserv_id=servers.authserv_id, login=login)


async def enrol(app: App, address: str, pin: Pin) -> None:
    """What `mailagent enroll` does once it has measured."""
    async with app.store.begin(COMPANY) as tx:
        (ann,) = await tx.people()
        entry = Entry(actor="terminal", what="person.enrolled", details={"address": address})
        pinned = (Address(address=address, pin=pin),)
        await tx.save_person(ann.model_copy(update={"addresses": pinned}), entry)


# What the clock began has a row as well, and came by no mail.
_TAKEN_IN = """SELECT (SELECT count(*) FROM messages WHERE arrived_uidvalidity > 0),
    (SELECT count(*) FROM jobs)"""


class MovableClock:
    """The time of this machine, and what a test adds to it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return SystemClock().now() + self.ahead


class SharedPool(Pool):
    """Warm children for every test: an agent that ends leaves them."""

    async def close(self) -> None:
        """Nobody owns them."""

    async def end(self) -> None:
        await super().close()


def due_bill(number: str = "", **facts: Any) -> Bill:
    """A bill of these days."""
    today = SystemClock().now().date()
    dates = {"issued": today - timedelta(days=2), "due": today + timedelta(days=30)}
    fields = dates | {"number": number or f"RE-{uuid4().hex[:8].upper()}", "buyer": "Corp Ltd"}
    return Bill(**(fields | facts))


def mail_with(bill: Bill, document: bytes = b"") -> bytes:
    """A vendor's mail with this bill."""
    head = Letterhead(
        recipient=f"ops@{DOMAIN}",
        at=SystemClock().now(),
        message_id=f"<{uuid4().hex}@nordlicht.example>",
    )
    return bill_mail(head, bill, document or factur_x(bill))


@dataclass(kw_only=True)
class Firm:
    """The agent at work, its owner, and the world outside."""

    app: App
    servers: MailServers
    clock: MovableClock
    owner: Client
    keys: FakeKeys
    work: asyncio.Task[None]
    sent_in: int = 0
    seen: set[str] = field(default_factory=set)

    @property
    def ops(self) -> str:
        return self.servers.address("ops")

    # --- mail comes in

    async def arrives(self, raw: bytes, to: str = "", *, sender: str = "") -> None:
        """From the world outside."""
        await asyncio.to_thread(self.servers.deliver, raw, to or self.ops, None, sender)
        await self._taken_in()

    async def reply(self, to: Mail, own: str, **changed: Any) -> bytes:
        """The owner answers; the mail as it was sent."""
        raw = self.owner.answer(to, own, **changed)
        await self.hand_in(raw, to.reply_to)
        return raw

    async def hand_in(self, raw: bytes, to: str = "") -> None:
        """The owner's client sends this very mail."""
        await self.owner.send(raw, to or self.ops)
        await self._taken_in()

    async def _taken_in(self) -> None:
        self.sent_in += 1
        await self.settled()

    async def settled(self, seconds: float = 60.0) -> None:
        """Returns when everything that was sent in is dealt with."""
        patience = time.monotonic() + seconds
        with closing(self._beside()) as store:
            while not await asyncio.to_thread(self._is_settled, store):
                if self.work.done():
                    self.work.result()
                if time.monotonic() > patience:
                    raise TimeoutError(f"not settled: {self.rows('SELECT * FROM jobs')}")
                await asyncio.sleep(0.02)

    def _is_settled(self, store: sqlite3.Connection) -> bool:
        taken, jobs = store.execute(_TAKEN_IN).fetchone()
        return bool(taken >= self.sent_in and jobs == 0)

    # --- what came of it

    async def news(self) -> list[Mail]:
        """What the owner has got since the last time."""
        sent = len(
            self.rows(
                "SELECT id FROM outbox WHERE state = 'sent' AND recipient = ?", self.owner.address
            )
        )
        found = await self.owner.inbox(sent)
        new = [mail for mail in found if mail.message_id not in self.seen]
        self.seen |= {mail.message_id for mail in new}
        return new

    async def draft_of(self, raw: bytes) -> Mail:
        """Sends a mail in; the one draft that comes of it."""
        await self.arrives(raw)
        (draft,) = await self.news()
        return draft

    async def answer_to(self, to: Mail, own: str, **changed: Any) -> Mail:
        """The owner answers; the one mail that comes of it."""
        await self.reply(to, own, **changed)
        (answer,) = await self.news()
        return answer

    async def brief(self) -> Mail:
        """What `mailagent brief` asks for: everything that waits, in one mail."""
        async with self.app.store.begin(COMPANY) as tx:
            await tx.defer(Job(stage=Stage.BRIEF, subject=0, version=MORNING, routine="ann"))
        await self.settled()
        (brief,) = await self.news()
        return brief

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Looks into the store, beside the agent."""
        with closing(self._beside()) as store:
            return store.execute(query, values).fetchall()

    def _beside(self) -> sqlite3.Connection:
        file = f"file:{self.app.settings.database}?mode=ro"
        return sqlite3.connect(file, uri=True, timeout=5, check_same_thread=False)

    async def tamper(self, statement: str, *values: object) -> None:
        """Somebody changes the store behind the agent's back.

        In a thread: the agent that holds the database runs in this very loop.
        """

        def change() -> None:
            with closing(sqlite3.connect(self.app.settings.database, timeout=5)) as database:
                database.execute(statement, values)
                database.commit()

        await asyncio.to_thread(change)

    def states(self) -> list[str]:
        return [state for (state,) in self.rows("SELECT state FROM cases ORDER BY id")]

    def bills(self) -> list[tuple[str, bool]]:
        """Number and voidness of what is in the ledger."""
        found = self.rows("SELECT number, voided_by IS NOT NULL FROM bills ORDER BY id")
        return [(number, bool(void)) for number, void in found]

    def files(self) -> list[bytes]:
        """What lies in the file tree."""
        root = self.app.settings.files_root
        return [path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()]

    def reminders(self) -> list[str]:
        return [state for (state,) in self.rows("SELECT state FROM reminders ORDER BY id")]

    def outcomes(self) -> list[str]:
        """What came of each reply."""
        return [out for (out,) in self.rows("SELECT outcome FROM decisions ORDER BY message")]

    def refusals(self) -> set[str]:
        """The gates that held the last reply back."""
        (last,) = self.rows("SELECT verdicts FROM decisions ORDER BY message DESC LIMIT 1")
        (found,) = self.rows(
            "SELECT group_concat(key) FROM json_each(?) WHERE value != 'pass'", *last
        )
        return set(found[0].split(",")) if found[0] else set()

    def nothing_happened(self) -> bool:
        return not (self.bills() or self.files() or self.reminders())

    async def folder(self, name: str) -> list[Mail]:
        """A folder of the ops mailbox."""
        found = await asyncio.to_thread(self.servers.mails, "ops", name)
        return [Mail(raw) for raw in found]

    @staticmethod
    def days(number: int) -> timedelta:
        return timedelta(days=number)

    async def chain_break(self) -> str | None:
        """Why the audit chain does not hold; None: it does."""
        async with self.app.store.begin(COMPANY) as tx:
            return first_break(await tx.entries(at_most=10_000))

    async def tick(self, name: str) -> None:
        """The clock comes to a routine's slot."""
        routine: Routine = ROUTINES[name]
        await self.app.tick(routine)
        await self.tamper("UPDATE schedules SET next_at = '2000-01-01 00:00:00.000000'")
        await self.app.tick(routine)
        await self.settled()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def warm_reader() -> AsyncIterator[SharedPool]:
    """One child for all tests of a session; it dies over documents that say so."""
    limits = Limits(wall_seconds=20)
    pool = SharedPool(1, limits, program="tests.fragile_child")
    pool.start()
    yield pool
    await pool.end()


@pytest.fixture(scope="session")
def warm(warm_reader: SharedPool) -> dict[str, Any]:
    """What every firm of a session shares, because it costs time and knows no firm."""
    renderer, verbs = Render(shipped("templates")), shipped_verbs()
    return {"reader": warm_reader, "renderer": renderer, "verbs": verbs}


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer(DOMAIN)


@asynccontextmanager
async def firm_on(
    home: Path,
    servers: MailServers,
    proof: Proof,
    signer: Signer,
    *,
    through: MailServers | None = None,
    **instead: Any,
) -> AsyncIterator[Firm]:
    """A firm whose agent works until the block ends; it sees the servers `through` others."""
    clock, keys = MovableClock(), FakeKeys(signer.records)
    settings = write_home(home, through or servers)
    instead = {**no_help(), **instead}
    blank_database(settings.database)
    app = build(settings, PASSWORDS, clock=clock, keys=keys, **instead)
    async with app.opened():
        await enrol(app, servers.address("owner"), pin_for(proof, servers))
        signed = signer if proof is Proof.DKIM else None
        owner = Client(servers=servers, user="owner", clock=clock, signer=signed)
        async with at_work(app) as work:
            yield Firm(app=app, servers=servers, clock=clock, owner=owner, keys=keys, work=work)


@asynccontextmanager
async def at_work(app: App) -> AsyncIterator[asyncio.Task[None]]:
    """It works until the block ends."""
    others = asyncio.all_tasks()
    work = asyncio.create_task(app.work())
    try:
        yield work
    finally:
        await end(work, others)
        if not work.cancelled():
            work.result()


EMBEDDED_DKIM = pytest.param(("embedded_servers", Proof.DKIM), id="embedded-dkim")
EMBEDDED_SERVER = pytest.param(
    ("embedded_servers", Proof.SERVER), id="embedded-server", marks=pytest.mark.slow
)
DOVECOT_DKIM = pytest.param(
    ("real_servers", Proof.DKIM), id="dovecot-dkim", marks=pytest.mark.servers
)
DOVECOT_SERVER = pytest.param(
    ("real_servers", Proof.SERVER), id="dovecot-server", marks=pytest.mark.servers
)
# A conversation goes over the embedded server with a signature as proof. One of each family goes
# every way, and so does what must not depend on the way: @in_every_way, or @with_server for what
# is about the other proof. `EVERY_WAY=1` sends all of them every way.
EVERY_WAY = [EMBEDDED_DKIM, EMBEDDED_SERVER, DOVECOT_DKIM]
in_every_way = pytest.mark.parametrize("firm", EVERY_WAY, indirect=True)
with_dkim = pytest.mark.parametrize("firm", [EMBEDDED_DKIM], indirect=True)
with_server = pytest.mark.parametrize("firm", [EMBEDDED_SERVER, DOVECOT_SERVER], indirect=True)


@pytest_asyncio.fixture(
    loop_scope="session", params=EVERY_WAY if os.environ.get("EVERY_WAY") else [EMBEDDED_DKIM]
)
async def firm(
    request: pytest.FixtureRequest, tmp_path: Path, signer: Signer, warm: dict[str, Any]
) -> AsyncIterator[Firm]:
    """A firm on one of the servers, and with one of the proofs."""
    backend, proof = request.param
    servers = request.getfixturevalue(backend)
    async with firm_on(tmp_path / "home", servers, proof, signer, **warm) as made:
        yield made
