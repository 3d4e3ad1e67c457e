"""The whole agent with a mailbox in memory, and a clock that only this module moves.

One job at a time and random numbers from a seed: the same two weeks on every machine.
"""

import random
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from mailagent.bootstrap import App, build
from mailagent.core.audit import Entry
from mailagent.core.authenticator import Authenticator
from mailagent.core.forgery import Stripped
from mailagent.core.letter import OutgoingMail
from mailagent.core.marks import NAMED
from mailagent.core.people import Address, Pin, Proof
from mailagent.engine import embedded
from mailagent.ports import Clock
from mailagent.reading.limits import Limits
from mailagent.reading.pool import Pool
from mailagent.routines import ROUTINES
from mailagent.settings import Settings, read_settings
from mailagent.stages.ingest import ingest
from mailagent.testing import FakeClock, FakeKeys, FakeMailbox, FakePost

COMPANY = "corp"
SERVER = "mx.corp.test"
_CONFIG = """\
[company]
id = "corp"
name = "Corp Ltd"
domain = "corp.test"
ops_address = "ops@corp.test"
country = "DE"

[[people]]
id = "ann"
name = "Ann Lee"
addresses = ["owner@corp.test"]
timezone = "Europe/Berlin"
limit = {amount = "5000", currency = "EUR"}
substitute = "ben"

[[people]]
id = "ben"
name = "Ben Okoro"
addresses = ["ben@corp.test"]
timezone = "Europe/Berlin"
limit = {amount = "1000", currency = "EUR"}

[mailbox]
host = "localhost"
security = "none"
user = "ops@corp.test"

[smtp]
host = "localhost"
security = "none"
user = "ops@corp.test"
"""


@dataclass(frozen=True)
class Agent:
    """It works when it is told what time it is, and rests in between."""

    app: App
    clock: FakeClock
    mailbox: FakeMailbox
    post: FakePost

    def begin(self) -> Any:
        return self.app.store.begin(COMPANY)

    async def lives_until(self, moment: datetime, *, ticks: bool) -> None:
        """The clock comes to a moment; with `ticks`, the routines whose slot has come are due."""
        self.clock.set(moment)
        for routine in ROUTINES.values() if ticks else ():
            await self.app.tick(routine)
        await self.app.engine.drain()

    async def gets(self, raw: bytes) -> list[OutgoingMail]:
        """A mail comes in; what the agent sends for it."""
        before = len(self.post.sent)
        self.mailbox.arrive(raw)
        await ingest(self.app.office)
        await self.app.engine.drain()
        return self.post.sent[before:]


@asynccontextmanager
async def agent_of(
    home: Path, now: datetime, apps: Mapping[str, Authenticator]
) -> AsyncIterator[Agent]:
    """At work for two people, each known by the server that they log in to."""
    settings = _settings(home)
    clock, post = FakeClock(now), FakePost()
    mailbox, reader = FakeMailbox(clock=clock), Pool(1, Limits(wall_seconds=60))
    reader.start()
    ports: dict[str, Any] = {"clock": clock, "mailbox": mailbox, "post": post, "reader": reader}
    with _the_same_each_time():
        made = build(settings, keys=FakeKeys(), **ports)
        async with made.opened():
            agent = Agent(app=made, clock=clock, mailbox=mailbox, post=post)
            await _enrol(agent, apps)
            yield agent


def _settings(home: Path) -> Settings:
    home.mkdir(parents=True, exist_ok=True)
    (home / "mailagent.toml").write_text(_CONFIG)
    return read_settings(home)


async def _enrol(agent: Agent, apps: Mapping[str, Authenticator]) -> None:
    """As `mailagent enroll` leaves them; both have an authenticator."""
    async with agent.begin() as tx:
        for one in await tx.people():
            login = one.main_address
            pin = Pin(method=Proof.SERVER, authserv_id=SERVER, login=login)
            entry = Entry(actor="terminal", what="person.enrolled", details={"address": login})
            pinned = (Address(address=login, pin=pin),)
            await tx.save_person(one.model_copy(update={"addresses": pinned}), entry)
        entry = Entry(actor="terminal", what="person.authenticator")
        held = Stripped(
            mailbox=agent.mailbox.name, marks=NAMED, by=SERVER, held=True, at=agent.clock.now()
        )
        await tx.note_stripped(held, Entry(actor="terminal", what="mailbox.proof"))
        for one, app in apps.items():
            await tx.save_authenticator(one, app, entry)
    async with agent.begin() as tx:
        await ingest(agent.app.office)  # what lay there before is not taken in


@contextmanager
def _the_same_each_time() -> Iterator[None]:
    """Names and tokens are drawn from a seed, and jobs are worked on one after another."""
    drawn = Random("fortnight")
    random.seed("fortnight")  # the boundaries of mails
    with ExitStack() as stack:
        for name, instead in {
            "token_bytes": drawn.randbytes,
            "token_hex": lambda size: drawn.randbytes(size).hex(),
            "choice": drawn.choice,
        }.items():
            stack.enter_context(patch.object(secrets, name, instead))
        stack.enter_context(patch.multiple(embedded, CONCURRENT=1, RESERVED=0))
        yield


def vouched(raw: bytes, clock: Clock, login: str = "") -> bytes:
    """A mail with the marks that a receiving server makes."""
    verdict = f"auth=pass smtp.auth={login}" if login else "auth=none"
    when = clock.now().strftime("%a, %d %b %Y %H:%M:%S +0000")
    marks = f"Received: from client by {SERVER}; {when}\r\n"
    marks += f"Authentication-Results: {SERVER}; {verdict}\r\n"
    return marks.encode() + raw
