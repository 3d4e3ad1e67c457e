"""The durable job runner as the rest sees it.

Jobs are made by `Transaction.defer`, inside the caller's transaction. Whatever runs them (the
embedded worker, later Procrastinate on PostgreSQL) promises: a job whose transaction committed
runs at least once, on one worker at a time; a handler that raises Transient is run again as
core.job.RETRIES says; one that raises Stale was done before; any other error parks its subject.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from mailagent.core.job import Job, Lane


class WaitingJob(NamedTuple):
    """A job on the board."""

    id: int
    company: str
    job: Job
    attempts: int
    asked: int  # how often it had been asked for when it was taken


class JobBoard(Protocol):
    """Where the embedded worker finds its jobs, of all companies."""

    def on_jobs(self, listener: Callable[[], None]) -> None:
        """Calls `listener` after each commit that made jobs."""

    async def due(
        self, now: datetime, at_most: int, running: Sequence[int], lanes: Sequence[Lane] = (*Lane,)
    ) -> list[WaitingJob]:
        """What may start now, in these lanes, the most urgent lane first."""

    async def next_due(
        self, running: Sequence[int], lanes: Sequence[Lane] = (*Lane,)
    ) -> datetime | None:
        """When the next job in these lanes falls due."""

    async def postpone(self, job: int, until: datetime, error: str) -> None: ...
    async def finish(self, job: WaitingJob) -> None:
        """It is done, unless it was asked for again meanwhile."""


class Engine(Protocol):
    """Runs jobs."""

    async def run(self) -> None:
        """Works until cancelled."""

    async def drain(self) -> None:
        """Works until nothing is due."""
