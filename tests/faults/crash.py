"""A site of accidents: mail servers that live on, an agent that dies, and an owner who answers."""

import asyncio
import os
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest

from connectors.server import Security
from mailagent.bootstrap import build
from mailagent.core.people import Proof
from tests.agent import MovableClock, due_bill, enrol, mail_with, pin_for, write_home
from tests.clients import Client, Mail
from tests.documents import Bill
from tests.faults.agents import Order, passings
from tests.faults.points import Point
from tests.servers import MailServers

PATIENCE = 40.0


class Agents:
    """The process that makes agents."""

    def __init__(self) -> None:
        self._maker = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.agents"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            bufsize=0,
        )

    @contextmanager
    def running(self, order: Order) -> Iterator["Agent"]:
        """An agent at work; it is ended at the end, if it still lives."""
        self._stdin.write(order.model_dump_json().encode() + b"\n")
        agent = Agent(int(self._stdout.readline()), self._stdout)
        try:
            yield agent
        finally:
            agent.end()

    def close(self) -> None:
        self._stdin.close()
        self._maker.wait(10)
        self._stdout.close()

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._maker.stdin
        return self._maker.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        assert self._maker.stdout
        return self._maker.stdout


class Agent:
    """One of them."""

    def __init__(self, pid: int, answers: IO[bytes]) -> None:
        self.pid, self._answers = pid, answers
        self.status: int | None = None

    def lives(self) -> bool:
        ended = self.status is None and select.select([self._answers], [], [], 0)[0]
        if ended:
            self.status = int(self._answers.readline())
        return self.status is None

    def end(self) -> None:
        """Told to stop; killed when it does not."""
        try:
            self._told(signal.SIGTERM)
        except AssertionError:
            self._told(signal.SIGKILL)
            raise

    def _told(self, what: signal.Signals) -> None:
        if self.lives():
            os.kill(self.pid, what)
            await_that(lambda: not self.lives(), 5.0)


@dataclass(frozen=True, kw_only=True)
class Site:
    """One home, one mailbox, one owner."""

    home: Path
    servers: MailServers
    agents: Agents
    owner: Client
    says: Callable[[Mail], str] = lambda mail: "all ok" if "[ops B-" in mail.subject else "approve"
    answered: set[str] = field(default_factory=set)

    # --- what happens

    def running(self, *points: Point) -> AbstractContextManager[Agent]:
        return self.agents.running(Order(home=self.home, points=points))

    def bill_arrives(self) -> Bill:
        bill = due_bill()
        self.servers.deliver(mail_with(bill))
        return bill

    def lives_until(self, agent: Agent, done: Callable[[], bool]) -> None:
        """The agent works and its owner approves what comes, until it is done."""
        patience = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < patience, f"{passings(self.home)}\n{self.log()}"
            if agent.lives() and self.quiet() and self.count("outbox") > len(self.answered):
                self.approve_drafts()
            time.sleep(0.02)

    def survives(self, points: Sequence[Point], done: Callable[[], bool]) -> None:
        """One agent after the other is killed at these points, until one brings it to its end."""
        for _ in points:
            self.dies_at(*points, meanwhile=done)
        assert not self.not_passed(points), self.log()
        self.goes_on(done)

    def dies_at(self, *points: Point, meanwhile: Callable[[], bool] = bool) -> None:
        """The agent works until it is killed; its owner goes on answering all the same."""
        with self.running(*points) as agent:
            self.lives_until(agent, lambda: (meanwhile(), not agent.lives())[1])
        assert agent.status == -signal.SIGKILL, self.log()
        self.approve_drafts()

    def not_passed(self, points: Sequence[Point]) -> list[Point]:
        passed = passings(self.home)
        return [point for point in points if passed[point.name] < point.passing]

    def goes_on(self, done: Callable[[], bool]) -> None:
        """Another agent takes over, and is told to stop in the end."""
        with self.running() as agent:
            self.lives_until(agent, lambda: self.quiet() and done())
        assert agent.status == 0, self.log()

    def approve_drafts(self) -> None:
        for mail in self.inbox():
            asks = "+" in mail.reply_to and not mail.subject.startswith("Re:")
            if asks and mail.message_id not in self.answered:
                self.answered.add(mail.message_id)
                self.servers.deliver(
                    self.owner.answer(mail, self.says(mail)), mail.reply_to, "owner"
                )

    # --- what is there

    def inbox(self) -> list[Mail]:
        return [Mail(raw) for raw in self.servers.mails("owner")]

    def mail_ids(self) -> Counter[str]:
        """The owner's mails: how often each, by Message-ID."""
        return Counter(mail.message_id for mail in self.inbox())

    def folder(self, name: str) -> int:
        return len(self.servers.mails("ops", name))

    def files(self) -> list[bytes]:
        """What is filed; half of one, by whoever was killed over it, has no name of a file."""
        found = sorted((self.home / "files").rglob("[!.]*"))
        return [path.read_bytes() for path in found if path.is_file()]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        file = f"file:{self.home}/mailagent.db?mode=ro"
        with closing(sqlite3.connect(file, uri=True)) as database:
            return database.execute(query).fetchall()

    def change(self, statement: str) -> None:
        with closing(sqlite3.connect(self.home / "mailagent.db")) as database:
            database.execute(statement)
            database.commit()

    def count(self, table: str) -> int:
        ((number,),) = self.rows(f"SELECT count(*) FROM {table}")
        return int(number)

    def quiet(self) -> bool:
        """Nothing is left to be done."""
        return self.count("jobs") == 0

    def log(self) -> str:
        return (self.home / "agent.log").read_text()


def await_that(it_is_so: Callable[[], bool], seconds: float = 10.0) -> None:
    """Returns when it is so."""
    patience = time.monotonic() + seconds
    while not it_is_so():
        assert time.monotonic() < patience, "it did not come"
        time.sleep(0.01)


@pytest.fixture(scope="session")
def agents() -> Iterator[Agents]:
    made = Agents()
    yield made
    made.close()


@pytest.fixture(scope="session")
def enrolled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose owner is enrolled: made once, copied for every accident."""
    home = tmp_path_factory.mktemp("enrolled")
    nowhere = MailServers(kind="none", imap_port=1, smtp_port=1, mx_port=1, security=Security.PLAIN)
    settings = write_home(home, nowhere)

    async def enrol_owner() -> None:
        async with build(settings).opened() as app:
            await enrol(app, nowhere.address("owner"), pin_for(Proof.SERVER, nowhere))

    asyncio.run(enrol_owner())
    return home


@pytest.fixture
def site(
    tmp_path: Path, agents: Agents, enrolled_home: Path, embedded_servers: MailServers
) -> Site:
    return _site_of(tmp_path / "home", agents, enrolled_home, embedded_servers)


@pytest.fixture
def dovecot_site(
    tmp_path: Path, agents: Agents, enrolled_home: Path, real_servers: MailServers
) -> Site:
    return _site_of(tmp_path / "home", agents, enrolled_home, real_servers)


def _site_of(home: Path, agents: Agents, enrolled: Path, servers: MailServers) -> Site:
    shutil.copytree(enrolled, home)
    write_home(home, servers)
    owner = Client(servers=servers, user="owner", clock=MovableClock())
    return Site(home=home, servers=servers, agents=agents, owner=owner)
