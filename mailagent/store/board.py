"""The job board: the one place that looks over all companies."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from mailagent.core.audit import Entry
from mailagent.core.job import ABOUT_CASES, Job, Lane
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
        """It did not work out; later. A case's story has the first attempts, then ever fewer."""
        async with self._store.writing(urgent=True), connection(self._store.engine) as made:
            row = (await made.execute(select(jobs).where(jobs.c.id == job))).one_or_none()
            later = {"not_before": until, "attempts": jobs.c.attempts + 1, "error": error}
            await made.execute(update(jobs).where(jobs.c.id == job).values(later))
        if row is not None and row.stage in ABOUT_CASES and _is_told(row.attempts + 1):
            details = {"stage": row.stage, "attempt": row.attempts + 1, "failure": error[:500]}
            entry = Entry(actor="agent", what="job.again", case=row.subject, details=details)
            async with self._store.begin(row.company) as tx:
                await tx.audit(entry)

    async def finish(self, job: WaitingJob) -> None:
        """It is done, unless it was asked for again meanwhile."""
        await self._write(delete(jobs), (jobs.c.id == job.id) & (jobs.c.asked == job.asked))

    async def _write(self, statement: Any, where: ColumnElement[bool]) -> None:
        async with self._store.writing(urgent=True), connection(self._store.engine) as made:
            await made.execute(statement.where(where))


def _is_told(attempt: int) -> bool:
    """1, 2, 4, 8 ...: a system that is away for a night fills no log."""
    return attempt & (attempt - 1) == 0


def _waiting(row: Row[Any]) -> WaitingJob:
    job = Job(
        stage=row.stage,
        subject=row.subject,
        version=row.version,
        routine=row.routine,
        not_before=row.not_before,
    )
    return WaitingJob(row.id, row.company, job, row.attempts, row.asked)
