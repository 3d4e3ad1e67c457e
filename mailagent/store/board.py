"""The job board: the one place that looks over all companies."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from mailagent.core.job import Job, Lane
from mailagent.ports import WaitingJob
from mailagent.store.database import connection
from mailagent.store.store import SqlStore
from mailagent.store.tables import jobs


class SqlJobBoard:
    """Implements the port JobBoard on the store's database.

    Each look is short, and every decision waits for one: they go before what writes for long.
    """

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def on_jobs(self, listener: Callable[[], None]) -> None:
        """After each commit that made jobs."""
        self._store.on_jobs(listener)

    async def due(
        self, now: datetime, at_most: int, running: Sequence[int], lanes: Sequence[Lane] = (*Lane,)
    ) -> list[WaitingJob]:
        """What may start now, in these lanes, the most urgent lane first."""
        statement = (
            select(jobs)
            .where(jobs.c.not_before <= now, jobs.c.id.not_in(running), jobs.c.lane.in_(lanes))
            .order_by(jobs.c.lane, jobs.c.not_before, jobs.c.id)
            .limit(at_most)
        )
        async with self._store.writing(urgent=True), connection(self._store.engine) as made:
            return [_waiting(row) for row in (await made.execute(statement)).all()]

    async def next_due(
        self, running: Sequence[int], lanes: Sequence[Lane] = (*Lane,)
    ) -> datetime | None:
        """When the next job in these lanes falls due."""
        statement = select(func.min(jobs.c.not_before)).where(
            jobs.c.id.not_in(running), jobs.c.lane.in_(lanes)
        )
        async with self._store.writing(urgent=True), connection(self._store.engine) as made:
            found: datetime | None = (await made.execute(statement)).scalar()
            return found

    async def postpone(self, job: int, until: datetime, error: str) -> None:
        """It did not work out; later."""
        await self._write(
            update(jobs).values(not_before=until, attempts=jobs.c.attempts + 1, error=error),
            jobs.c.id == job,
        )

    async def finish(self, job: WaitingJob) -> None:
        """It is done, unless it was asked for again meanwhile."""
        await self._write(delete(jobs), (jobs.c.id == job.id) & (jobs.c.asked == job.asked))

    async def _write(self, statement: Any, where: ColumnElement[bool]) -> None:
        async with self._store.writing(urgent=True), connection(self._store.engine) as made:
            await made.execute(statement.where(where))


def _waiting(row: Row[Any]) -> WaitingJob:
    job = Job(
        stage=row.stage,
        subject=row.subject,
        version=row.version,
        routine=row.routine,
        not_before=row.not_before,
    )
    return WaitingJob(row.id, row.company, job, row.attempts, row.asked)
