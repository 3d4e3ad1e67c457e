"""A locked database, a full disk, many at once: said clearly, nothing lost, and it goes on."""

import asyncio
import random
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mailagent.core.audit import Entry, first_break
from mailagent.core.case import State
from mailagent.core.errors import DiskFull, Permanent, StoreBusy
from mailagent.core.job import Job, Stage
from mailagent.store.database import connection, open_engine
from tests.desk import Desk, bill_mail, open_desk

ENTRY = Entry(actor="test", what="test")


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(folder / "mailagent.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


async def write(desk: Desk, entry: Entry = ENTRY) -> None:
    async with desk.begin() as tx:
        await tx.audit(entry)


async def test_a_locked_database_is_busy_and_goes_on_afterwards(tmp_path: Path) -> None:
    async with open_desk(tmp_path, busy_ms=20) as desk:
        with held(tmp_path):
            for _ in range(6):  # more often than the pool has connections
                with pytest.raises(StoreBusy, match="locked by another program"):
                    await write(desk)
        await write(desk)
        assert len(await desk.entries("test")) == 1


async def test_a_database_that_cannot_be_opened_says_whose_it_has_to_be(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path}/nowhere/mailagent.db")
    with pytest.raises(Permanent, match="as the user whose home this is"):
        async with connection(engine):
            pass
    await engine.dispose()
    # The driver's thread still tells this loop that it ends; it may not find it closed.
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 5)


async def test_a_short_hold_is_waited_for(tmp_path: Path) -> None:
    async with open_desk(tmp_path, busy_ms=2_000) as desk:
        with held(tmp_path):
            writing = asyncio.create_task(write(desk))
            await asyncio.sleep(0.1)
            assert not writing.done()
        await writing
        assert len(await desk.entries("test")) == 1


async def test_the_agent_goes_on_when_the_database_is_free_again(tmp_path: Path) -> None:
    async with open_desk(tmp_path, busy_ms=20) as desk:
        running = asyncio.create_task(desk.engine.run())
        with held(tmp_path):
            with pytest.raises(StoreBusy):
                await desk.take_in(bill_mail())
            await asyncio.sleep(0.1)
        assert not running.done()
        running.cancel()
        await asyncio.wait([running])
        await desk.take_in()
        assert (await desk.case()).state is State.PROPOSED


async def full(desk: Desk, *, pages: str) -> None:
    """The disk has room for so many pages and no more."""
    async with desk.store.engine.connect() as connection:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


async def test_a_full_disk_is_said_and_nothing_is_half_done(tmp_path: Path) -> None:
    large = ENTRY.model_copy(update={"details": {"large": "x" * 500_000}})
    async with open_desk(tmp_path) as desk:
        await full(desk, pages="1")  # no fewer than there are
        for _ in range(6):
            with pytest.raises(DiskFull, match="Free some space"):
                await write(desk, large)
        assert await desk.entries("test") == []
        await full(desk, pages="1000000")
        await write(desk, large)
        assert len(await desk.entries("test")) == 1


@pytest.mark.slow
async def test_mail_that_came_in_on_a_full_disk_is_taken_in_later(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await full(desk, pages="1")
        many = [bill_mail(message_id=f"<{number}@acme.test>") for number in range(25)]
        with pytest.raises(DiskFull):
            await desk.take_in(*many)
        await full(desk, pages="1000000")
        for _ in range(20):
            desk.clock.advance(desk.office.hold)
            await desk.take_in()
        cases = await desk.cases()
        assert len(cases) == 25 == len(desk.mailbox.mails("Ops/Waiting"))
        assert {case.state for case in cases} == {State.PROPOSED}
        assert await desk.jobs() == []


async def test_the_chain_is_right_with_fifty_at_once(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        chance = random.Random(7)

        async def one(number: int) -> None:
            async with desk.begin() as tx:
                head = await tx.head()
                await asyncio.sleep(chance.random() / 1000)
                made = await tx.audit(ENTRY)
                assert made.seq == (head.seq if head else 0) + 1
                await tx.defer(Job(stage=Stage.READ, subject=number))
                if number % 5 == 0:
                    raise ZeroDivisionError

        ended = await asyncio.gather(*(one(n) for n in range(50)), return_exceptions=True)
        assert sum(isinstance(e, ZeroDivisionError) for e in ended) == 10
        async with desk.begin() as tx:
            entries = await tx.entries()
            assert first_break(entries) is None
            assert await tx.chain_head() == (entries[-1].seq, entries[-1].hash)
            assert len([e for e in entries if e.what == "test"]) == 40
        assert len(await desk.jobs()) == 40
