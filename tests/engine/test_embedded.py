"""The runner: most urgent first, one at a time, and nothing takes it down."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mailagent.core.errors import DiskFull, StoreBusy, Transient
from mailagent.core.job import RETRIES, Job, Stage
from mailagent.core.retry import Retry
from mailagent.engine.embedded import CONCURRENT, RESERVED, EmbeddedEngine
from mailagent.ports import Stale
from mailagent.store.board import SqlJobBoard
from mailagent.store.store import SqlStore
from mailagent.testing import FakeClock
from tests.desk import JsonRenderer, MemoryBlobs

Work = Callable[[Job], Awaitable[None]]


def plain(job: Job) -> Job:
    """Without the moment that it was wanted from."""
    return job.model_copy(update={"not_before": None})


class Floor:
    """A runner on a real board, whose work is told by the test."""

    def __init__(self, store: SqlStore, clock: FakeClock) -> None:
        self.store, self.clock = store, clock
        self.board = SqlJobBoard(store)
        self.engine = EmbeddedEngine(self.board, clock, self._work, self._park)
        self.done: list[Job] = []
        self.parked: list[tuple[Job, str]] = []
        self.work: Work = self.nothing
        self.parking: Work = self.nothing

    async def nothing(self, _job: Job) -> None: ...

    async def _work(self, _company: str, job: Job) -> None:
        self.done.append(plain(job))
        await self.work(job)

    async def _park(self, _company: str, job: Job, trace: str) -> None:
        await self.parking(job)
        self.parked.append((plain(job), trace))

    async def defer(self, *jobs: Job) -> None:
        async with self.store.begin("corp") as tx:
            await tx.defer(*jobs)

    async def later(self, seconds: float = 0) -> None:
        """All that is due then."""
        self.clock.advance(timedelta(seconds=seconds))
        await self.engine.drain()

    async def left(self) -> list[int]:
        """The subjects that are still on the board."""
        everything = await self.board.due(self.clock.now().replace(year=9999), 1000, ())
        return sorted(waiting.job.subject for waiting in everything)


@asynccontextmanager
async def floor_in(folder: Path) -> AsyncIterator[Floor]:
    clock = FakeClock()
    url = f"sqlite+aiosqlite:///{folder / 'mailagent.db'}"
    store = SqlStore(url, clock=clock, blobs=MemoryBlobs(), renderer=JsonRenderer(), busy_ms=500)
    await store.open()
    try:
        yield Floor(store, clock)
    finally:
        await store.close()


@asynccontextmanager
async def running(floor: Floor) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(floor.engine.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - nothing tells when
            await asyncio.sleep(0.005)


def read(subject: int) -> Job:
    return Job(stage=Stage.READ, subject=subject)


def raising(*errors: Exception) -> Work:
    """Each call raises the next one, then it works."""
    left = list(errors)

    async def work(_job: Job) -> None:
        if left:
            raise left.pop(0)

    return work


async def test_the_owners_word_goes_before_a_burst_of_documents(tmp_path: Path) -> None:
    async with floor_in(tmp_path) as floor:
        shelve, send = Job(stage=Stage.SHELVE, subject=0), Job(stage=Stage.SEND, subject=0)
        decide = Job(stage=Stage.DECIDE, subject=0)
        await floor.defer(shelve, *(read(n) for n in range(50)), send, decide)
        await floor.engine.drain()
        assert [job.stage for job in floor.done[:2]] == [Stage.DECIDE, Stage.SEND]
        assert floor.done[-1] == shelve
        assert len(floor.done) == 53
        assert await floor.left() == []


async def test_a_transient_failure_is_tried_again_after_longer_and_longer(tmp_path: Path) -> None:
    async with floor_in(tmp_path) as floor:
        floor.work = raising(*[Transient("not now")] * 4)
        await floor.defer(read(1))
        await floor.engine.drain()
        for wait, tries in ((0.9, 1), (0.1, 2), (1.9, 2), (0.1, 3), (4, 4), (8, 5)):
            await floor.later(wait)
            assert len(floor.done) == tries, wait
        assert await floor.left() == []
        assert floor.parked == []


async def test_a_server_that_names_a_time_is_not_asked_before(tmp_path: Path) -> None:
    async with floor_in(tmp_path) as floor:
        floor.work = raising(Transient("429", retry_after=timedelta(minutes=10)))
        await floor.defer(read(1))
        await floor.engine.drain()
        await floor.later(599)
        assert len(floor.done) == 1
        await floor.later(1)
        assert len(floor.done) == 2


async def test_patience_that_ends_parks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RETRIES, Stage.READ, Retry(first=timedelta(seconds=1), tries=2))
    async with floor_in(tmp_path) as floor:
        floor.work = raising(*[Transient("not now")] * 9)
        await floor.defer(read(1))
        await floor.engine.drain()
        await floor.later(60)
        assert floor.parked == [(read(1), "not now")]
        assert await floor.left() == []


async def test_a_step_that_was_taken_already_is_done_with(tmp_path: Path) -> None:
    async with floor_in(tmp_path) as floor:
        floor.work = raising(Stale("done before"))
        await floor.defer(read(1))
        await floor.engine.drain()
        assert floor.parked == []
        assert await floor.left() == []


async def test_poison_is_parked_with_its_traceback_and_the_others_go_on(tmp_path: Path) -> None:
    async with floor_in(tmp_path) as floor:

        async def work(job: Job) -> None:
            if job.subject == 3:
                raise KeyError("a bug of ours")

        floor.work = work
        await floor.defer(*(read(n) for n in range(6)))
        await floor.engine.drain()
        ((job, trace),) = floor.parked
        assert job == read(3)
        assert "Traceback" in trace
        assert "KeyError: 'a bug of ours'" in trace
        assert len(floor.done) == 6
        assert await floor.left() == []


@pytest.mark.parametrize("error", [LookupError("gone"), StoreBusy("locked"), Stale("moved on")])
async def test_what_cannot_even_be_parked_stays_and_waits(tmp_path: Path, error: Exception) -> None:
    async with floor_in(tmp_path) as floor:
        floor.work = raising(*[ValueError("poison")] * 2)
        floor.parking = raising(error)
        await floor.defer(read(1), read(2))
        await floor.engine.drain()
        assert len(floor.done) == 2
        assert len(floor.parked) == 1
        assert len(await floor.left()) == 1
        await floor.later(1)
        assert await floor.left() == []


async def test_a_job_runs_once_at_a_time_however_often_it_is_asked_for(tmp_path: Path) -> None:
    async with floor_in(tmp_path) as floor:
        at_once: list[int] = []
        go_on = asyncio.Event()

        async def work(_job: Job) -> None:
            at_once.append(1)
            assert len(at_once) == 1
            await go_on.wait()
            at_once.pop()

        floor.work = work
        await floor.defer(read(1))
        async with running(floor):
            await until(lambda: bool(floor.done))
            for _ in range(5):
                await floor.defer(read(1))
            await asyncio.sleep(0.02)
            assert len(floor.done) == 1
            go_on.set()
            await until(lambda: len(floor.done) == 2)  # asked for again, so run again, once
            while await floor.left():  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0.005)
        assert floor.parked == []
        assert len(floor.done) == 2


async def test_only_so_many_run_at_once_and_a_full_floor_does_not_spin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with floor_in(tmp_path) as floor:
        asked = 0
        next_due = floor.board.next_due

        async def counting(*seen: Any) -> Any:
            nonlocal asked
            asked += 1
            return await next_due(*seen)

        monkeypatch.setattr(floor.board, "next_due", counting)
        go_on = asyncio.Event()
        floor.work = lambda _job: _waiting(go_on)
        await floor.defer(*(read(n) for n in range(CONCURRENT * 2)))
        async with running(floor):
            slow = CONCURRENT - RESERVED
            await until(lambda: len(floor.done) == slow)
            await asyncio.sleep(0.1)
            assert len(floor.done) == slow
            assert asked < 5
            go_on.set()
            await until(lambda: len(floor.done) == CONCURRENT * 2)


async def test_a_decision_finds_a_place_however_many_documents_are_read(tmp_path: Path) -> None:
    async with floor_in(tmp_path) as floor:
        floor.work = lambda _job: _waiting(asyncio.Event())
        await floor.defer(*(read(n) for n in range(CONCURRENT * 2)))
        async with running(floor):
            await until(lambda: len(floor.done) == CONCURRENT - RESERVED)
            await floor.defer(Job(stage=Stage.DECIDE, subject=99))
            await until(lambda: any(job.subject == 99 for job in floor.done))


async def _waiting(event: asyncio.Event) -> None:
    await event.wait()


async def test_stopped_in_the_middle_it_leaves_its_jobs_to_be_run_again(tmp_path: Path) -> None:
    async with floor_in(tmp_path) as floor:
        floor.work = lambda _job: _waiting(asyncio.Event())
        await floor.defer(read(1), read(2))
        async with running(floor):
            await until(lambda: len(floor.done) == 2)
        assert await floor.left() == [1, 2]
        assert floor.parked == []
        floor.work = floor.nothing
        await floor.engine.drain()
        assert await floor.left() == []


async def test_it_wakes_up_at_once(tmp_path: Path) -> None:
    async with floor_in(tmp_path) as floor, running(floor):
        await asyncio.sleep(0.05)
        waits = []
        for number in range(10):
            started = time.perf_counter()
            await floor.defer(read(number))
            await until(lambda n=number: len(floor.done) > n)  # type: ignore[misc]
            waits.append(time.perf_counter() - started)
        assert sorted(waits)[5] < 0.1


@pytest.mark.slow
async def test_a_board_that_cannot_be_read_does_not_end_the_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with floor_in(tmp_path) as floor:
        for method in ("due", "next_due", "finish", "postpone"):
            _fail_once(monkeypatch, floor.board, method)
        monkeypatch.setattr("mailagent.engine.embedded.asyncio.sleep", _no_sleep)
        floor.work = raising(Transient("not now"))
        await floor.defer(read(1))
        async with running(floor) as task:
            await until(lambda: len(floor.done) >= 2)
            floor.clock.advance(timedelta(hours=1))
            await floor.defer(read(2))
            await until(lambda: read(2) in floor.done)
            assert not task.done()
        await floor.later(3600)
        assert await floor.left() == []


_sleep = asyncio.sleep


async def _no_sleep(_seconds: float) -> None:
    await _sleep(0)


def _fail_once(monkeypatch: pytest.MonkeyPatch, board: SqlJobBoard, method: str) -> None:
    real, failures = getattr(board, method), [StoreBusy("locked"), DiskFull("full")]

    async def failing(*given: Any) -> Any:
        if failures:
            raise failures.pop()
        return await real(*given)

    monkeypatch.setattr(board, method, failing)
