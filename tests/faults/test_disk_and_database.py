"""No room on the disk, or no hold of the database: it is said, nothing is lost, and it goes on."""

import asyncio
import os
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import event
from structlog.testing import capture_logs
from structlog.typing import EventDict

from mailagent.core.people import Proof
from tests.agent import Firm, due_bill, firm_on, mail_with, with_dkim
from tests.clients import Signer
from tests.faults.patience import until
from tests.servers import MailServers

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

Log = list[EventDict]


@pytest_asyncio.fixture(loop_scope="session")
async def log() -> AsyncIterator[Log]:
    with capture_logs() as entries:
        yield entries


def _said(log: Log, why: str) -> bool:
    return any(entry["log_level"] == "warning" and why in str(entry.get("why")) for entry in log)


async def _bill_arrives(firm: Firm) -> None:
    """Without waiting for what becomes of it."""
    await asyncio.to_thread(firm.servers.deliver, mail_with(due_bill()))
    firm.sent_in += 1


async def _approval_arrives(firm: Firm) -> None:
    (draft,) = await firm.news()
    await firm.owner.send(firm.owner.answer(draft, "approve"), draft.reply_to)
    firm.sent_in += 1


def _all_happened_once(firm: Firm) -> None:
    assert firm.states() == ["done"]
    assert len(firm.bills()) == len(firm.files()) == len(firm.reminders()) == 1
    assert [state for (state,) in firm.rows("SELECT state FROM outbox")] == ["sent", "sent"]


# --- the database


class Connections:
    """Those of the agent to its database: set anew each time when one is taken out of the pool."""

    def __init__(self, firm: Firm, pragma: str) -> None:
        self.pragma = pragma
        event.listen(firm.app.store.engine.sync_engine, "checkout", self._set)

    def _set(self, connection: Any, _record: object, _proxy: object) -> None:
        connection.cursor().execute(f"PRAGMA {self.pragma}")


IMPATIENT = "busy_timeout = 50"
NO_ROOM = "max_page_count = 1"  # not below what is there
ROOM = "max_page_count = 1000000"


@asynccontextmanager
async def _locked(home: Path) -> AsyncIterator[None]:
    """Another program holds the database."""

    def take() -> sqlite3.Connection:
        file = home / "mailagent.db"
        other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        return other

    # in a thread: the agent may hold it now, and has to get on to let go of it
    other = await asyncio.to_thread(take)
    try:
        yield
    finally:
        other.close()


@with_dkim
async def test_a_full_database_loses_no_mail(firm: Firm, log: Log) -> None:
    connections = Connections(firm, NO_ROOM)
    await _bill_arrives(firm)
    await until(lambda: _said(log, "the disk of the database is full"))
    connections.pragma = ROOM
    await firm.settled()
    await _approval_arrives(firm)
    await firm.settled()
    _all_happened_once(firm)


@with_dkim
async def test_a_full_database_loses_no_decision(firm: Firm, log: Log) -> None:
    await firm.arrives(mail_with(due_bill()))
    connections = Connections(firm, NO_ROOM)
    await _approval_arrives(firm)
    await until(lambda: _said(log, "the disk of the database is full"))
    connections.pragma = ROOM
    await firm.settled()
    _all_happened_once(firm)
    assert await firm.chain_break() is None


@with_dkim
async def test_a_locked_database_is_waited_for(firm: Firm, log: Log) -> None:
    Connections(firm, IMPATIENT)
    async with _locked(firm.app.settings.home):
        await _bill_arrives(firm)
        await until(lambda: _said(log, "the database is locked by another program"))
    await firm.settled()
    await _approval_arrives(firm)
    await firm.settled()
    _all_happened_once(firm)


@pytest.mark.parametrize(
    "point",
    ["decide: committed", "execute: intended 2", "execute: outcome 2", "send: receipt before"],
)
async def test_a_lock_in_the_middle_of_the_work_is_waited_for(
    tmp_path: Path,
    embedded_servers: MailServers,
    signer: Signer,
    warm: dict[str, Any],
    log: Log,
    point: str,
) -> None:
    home = tmp_path / "home"
    accidents: list[asyncio.Task[None]] = []

    async def accident() -> None:
        async with _locked(home):
            await until(lambda: _said(log, "the database is locked by another program"))

    def probe(passed: str) -> None:
        if passed == point and not accidents:
            accidents.append(asyncio.create_task(accident()))

    world = (home, embedded_servers, Proof.DKIM, signer)
    async with firm_on(*world, probe=probe, **warm) as firm:
        Connections(firm, IMPATIENT)
        await firm.arrives(mail_with(due_bill()))
        await _approval_arrives(firm)
        await firm.settled()
        await accidents[0]
        _all_happened_once(firm)
        assert await firm.chain_break() is None


# --- the disk


@contextmanager
def _full_disk(folder: Path, megabytes: int = 16) -> Iterator[Path]:
    """The folder becomes a small file system without any room; the file that takes it all."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}M", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can make a file system")
    try:
        yield _fill(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                return ballast


@with_dkim
async def test_a_full_disk_loses_no_mail(firm: Firm, log: Log) -> None:
    with _full_disk(firm.app.settings.blobs) as ballast:
        await _bill_arrives(firm)
        await until(lambda: _said(log, f"the disk of {firm.app.settings.blobs} is full"))
        ballast.unlink()
        await firm.settled()
        await _approval_arrives(firm)
        await firm.settled()
        _all_happened_once(firm)


@with_dkim
async def test_a_full_disk_holds_an_approved_bill_back(firm: Firm, log: Log) -> None:
    await firm.arrives(mail_with(due_bill()))
    with _full_disk(firm.app.settings.files_root) as ballast:
        await _approval_arrives(firm)
        await until(lambda: _said(log, f"the disk of {firm.app.settings.files_root} is full"))
        assert firm.states() == ["executing"]
        assert len(firm.bills()) == 1
        ballast.unlink()
        await firm.settled()
        _all_happened_once(firm)


async def test_a_whole_home_on_a_full_disk_goes_on_when_there_is_room(
    tmp_path: Path,
    embedded_servers: MailServers,
    signer: Signer,
    warm: dict[str, Any],
    log: Log,
) -> None:
    home = tmp_path / "home"
    with _full_disk(home) as first_ballast:
        first_ballast.unlink()
        world = (home, embedded_servers, Proof.DKIM, signer)
        async with firm_on(*world, **warm) as firm:
            await firm.arrives(mail_with(due_bill()))
            ballast = _fill(home)
            await _approval_arrives(firm)
            await until(lambda: _said(log, "is full"))
            ballast.unlink()
            await firm.settled()
            _all_happened_once(firm)
            assert await firm.chain_break() is None
