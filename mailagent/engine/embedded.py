"""The embedded job runner: one worker on the store's own database."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta
from functools import partial

import structlog

from mailagent.core.errors import Transient
from mailagent.core.job import LANES, RETRIES, Job, Lane
from mailagent.core.retry import PATIENT
from mailagent.ports import Clock, Stale
from mailagent.ports.engine import JobBoard, WaitingJob
from mailagent.turns import urgently

log = structlog.get_logger()

Handler = Callable[[str, Job], Awaitable[None]]
Poisoned = Callable[[str, Job, str], Awaitable[None]]

# How many jobs are worked on at once: they wait for children and servers more than they compute.
CONCURRENT = 8
# Commands at the terminal put jobs on the board as well, and cannot wake this process.
_LONGEST_SLEEP = 30.0  # seconds
# Of these, so many are kept for decisions and mail: a burst of bills never delays an approval.
RESERVED = 2
_URGENT, _SLOW = (Lane.DECISIONS, Lane.MAIL), (Lane.DOCUMENTS, Lane.TIDYING)


class EmbeddedEngine:
    """Takes due jobs off the board, most urgent lane first, each on one task at a time."""

    def __init__(self, board: JobBoard, clock: Clock, handler: Handler, poisoned: Poisoned) -> None:
        self._board = board
        self._clock = clock
        self._handler = handler
        self._poisoned = poisoned
        self._wake = asyncio.Event()
        self._running: dict[int, asyncio.Task[None]] = {}
        board.on_jobs(self._wake.set)

    async def run(self) -> None:
        """Works until cancelled."""
        try:
            while True:
                self._wake.clear()
                await self._start_due()
                await self._sleep()
        finally:
            for task in self._running.values():
                task.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def drain(self) -> None:
        """Works until nothing is due any more: for commands and tests that do not run on."""
        while True:
            await self._start_due()
            if not self._running:
                return
            await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)

    async def _start_due(self) -> None:
        """The urgent ones first; the slow ones never take the last places."""
        for lanes, places in ((_URGENT, CONCURRENT), (_SLOW, CONCURRENT - RESERVED)):
            free = places - len(self._running)
            if free <= 0:
                continue
            try:
                due = await self._board.due(self._clock.now(), free, tuple(self._running), lanes)
            except Transient as error:
                log.warning("the job list cannot be read", why=str(error))
                return
            for waiting in due:
                self._start(waiting)

    def _start(self, waiting: WaitingJob) -> None:
        task = asyncio.create_task(self._work(waiting))
        self._running[waiting.id] = task
        task.add_done_callback(partial(self._ended, waiting.id))

    def _ended(self, number: int, _task: asyncio.Task[None]) -> None:
        self._running.pop(number, None)
        self._wake.set()

    async def _sleep(self) -> None:
        """Until a commit makes a job, one ends, or the next one falls due."""
        if len(self._running) >= CONCURRENT:
            await self._wake.wait()  # what is due has to wait for one to end
            return
        try:
            crowded = len(self._running) >= CONCURRENT - RESERVED
            lanes = _URGENT if crowded else (*Lane,)
            falls_due = await self._board.next_due(tuple(self._running), lanes)
        except Transient:
            falls_due = self._clock.now() + timedelta(seconds=1)
        seconds = min(_seconds_until(falls_due, self._clock.now()), _LONGEST_SLEEP)
        # Not `asyncio.wait_for`: it loses a cancellation that comes together with the event.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _work(self, waiting: WaitingJob) -> None:
        job = waiting.job
        try:
            with urgently() if LANES[job.stage] is Lane.DECISIONS else nullcontext():
                await self._handler(waiting.company, job)
        except Stale:
            pass  # somebody has already taken this step: that is what the job wanted
        except Transient as error:
            await self._again(waiting, error)
            return
        # Whatever it is, it must neither take the agent down nor be lost: the subject is parked
        # with its traceback, where its owner sees it.
        except Exception as error:
            log.exception("poison", stage=job.stage, subject=job.subject)
            if not await self._park(waiting, "".join(traceback.format_exception(error))):
                return
        await self._finish(waiting)

    async def _again(self, waiting: WaitingJob, error: Transient) -> None:
        wait = RETRIES[waiting.job.stage].wait(waiting.attempts + 1, error.retry_after)
        log.warning("will try again", stage=waiting.job.stage, why=str(error), wait=str(wait))
        if wait is not None:
            await self._postpone(waiting, wait, str(error))
        elif await self._park(waiting, str(error)):
            await self._finish(waiting)

    async def _postpone(self, waiting: WaitingJob, wait: timedelta, why: str) -> None:
        try:
            await self._board.postpone(waiting.id, self._clock.now() + wait, why)
        except Transient as worse:
            # The board itself cannot be written: the row stays due, so pause here instead.
            log.warning("cannot postpone", why=str(worse))
            await asyncio.sleep(1)

    async def _park(self, waiting: WaitingJob, trace: str) -> bool:
        """Whether its subject is set aside now; if not, the job stays, and is tried again later."""
        try:
            await self._poisoned(waiting.company, waiting.job, trace)
        # The same holds for setting it aside: nothing is lost while its row stays.
        except Exception as error:
            log.exception("cannot park", stage=waiting.job.stage, subject=waiting.job.subject)
            wait = PATIENT.wait(waiting.attempts + 1)
            await self._postpone(waiting, wait or timedelta(minutes=5), str(error))
            return False
        return True

    async def _finish(self, waiting: WaitingJob) -> None:
        try:
            await self._board.finish(waiting)
        except Transient as error:
            # It will run again and find its step taken (Stale).
            log.warning("cannot finish", why=str(error))
            await asyncio.sleep(1)


def _seconds_until(moment: datetime | None, now: datetime) -> float:
    return _LONGEST_SLEEP if moment is None else max(0.0, (moment - now).total_seconds())
