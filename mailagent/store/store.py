"""The store: opens, migrates, and hands out transactions."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from mailagent.ports import Blobs, Clock, Renderer
from mailagent.store.advice import Advised
from mailagent.store.appointments import Appointments
from mailagent.store.away import Absences
from mailagent.store.briefs import Briefs
from mailagent.store.database import open_engine
from mailagent.store.effects import Effects
from mailagent.store.figures import Counting
from mailagent.store.filing import Filings
from mailagent.store.handovers import Handovers
from mailagent.store.inquiries import Inquiries
from mailagent.store.lessons import Lessons
from mailagent.store.migrate import migrate
from mailagent.store.orders import Orders
from mailagent.store.outbox import Outbox
from mailagent.store.owed import Owed
from mailagent.store.papers import VendorPapers
from mailagent.store.people import People
from mailagent.store.policy import Policies
from mailagent.store.proofs import Proofs
from mailagent.store.routines import Routines
from mailagent.store.senders import Senders
from mailagent.store.series import AllSeries
from mailagent.store.shadows import Shadows
from mailagent.store.stories import Stories
from mailagent.store.views import Views
from mailagent.store.waits import Waits
from mailagent.store.watched import Watching
from mailagent.turns import Turns, is_urgent


class SqlTransaction(
    People,
    Proofs,
    Views,
    Briefs,
    Absences,
    Effects,
    Outbox,
    Routines,
    Waits,
    Orders,
    Owed,
    Inquiries,
    Advised,
    Lessons,
    Senders,
    Filings,
    VendorPapers,
    Counting,
    Appointments,
    Handovers,
    AllSeries,
    Policies,
    Watching,
    Stories,
    Shadows,
):
    """All that can be done in one transaction."""


class SqlStore:
    """The store on a database."""

    def __init__(
        self, url: str, *, clock: Clock, blobs: Blobs, renderer: Renderer, busy_ms: int = 5_000
    ) -> None:
        self.url = url
        self._clock = clock
        self._blobs = blobs
        self._renderer = renderer
        self._busy_ms = busy_ms
        self._engine: AsyncEngine | None = None
        # One writer at a time in this process: waiting here is fair, waiting in SQLite is not.
        self._writing = Turns(1)
        self._listeners: list[Callable[[], None]] = []

    async def open(self) -> None:
        """Brings the schema up to date, then opens."""
        await asyncio.to_thread(migrate, self.url)
        self._engine = open_engine(self.url, self._busy_ms)

    async def close(self) -> None:
        """Lets go of the database."""
        if self._engine is not None:
            await self._engine.dispose()

    @property
    def engine(self) -> AsyncEngine:
        """The open engine, for the job runner."""
        if self._engine is None:
            raise RuntimeError("the store is not open")
        return self._engine

    def on_jobs(self, listener: Callable[[], None]) -> None:
        """Calls `listener` after each commit that made jobs."""
        self._listeners.append(listener)

    def writing(self, *, urgent: bool | None = None) -> AbstractAsyncContextManager[None]:
        """Held by whoever writes; who is urgent is the next to get it."""
        return self._writing.turn(urgent=is_urgent() if urgent is None else urgent)

    @asynccontextmanager
    async def begin(self, company: str) -> AsyncIterator[SqlTransaction]:
        """A transaction of one company."""
        around = (self._clock, self._blobs, self._renderer)
        made = SqlTransaction(company, self.engine, self.writing, *around)
        async with made:
            yield made
        if made.deferred:
            for listener in self._listeners:
                listener()
