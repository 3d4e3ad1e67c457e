"""A built agent, from its first breath to its last."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from mailagent.bootstrap.outward import figures_served
from mailagent.core.audit import Entry
from mailagent.core.job import Job, Stage
from mailagent.core.people import Address, Person
from mailagent.core.routine import Routine
from mailagent.engine.clock import ticking
from mailagent.engine.embedded import EmbeddedEngine
from mailagent.engine.intake import take_in
from mailagent.engine.lock import only_worker
from mailagent.ports import Office, Transaction
from mailagent.reading.pool import Pool
from mailagent.routines import ROUTINES
from mailagent.settings.model import Settings
from mailagent.stages.ingest import Words, ingest
from mailagent.store.store import SqlStore


@dataclass(frozen=True)
class App:
    """A built agent. `opened` gives it life."""

    settings: Settings
    office: Office
    store: SqlStore
    engine: EmbeddedEngine
    reader: Pool

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["App"]:
        """The store is up to date and the people are known; everything is closed at the end."""
        try:
            await self.store.open()
            async with self.store.begin(self.office.company.id) as tx:
                await know_people(
                    tx,
                    [
                        p.person().model_copy(update={"place": place})
                        for place, p in enumerate(self.settings.people)
                    ],
                )
            yield self
        finally:
            await self.office.mailbox.close()
            await self.office.post.close()
            await self.reader.close()
            if self.office.model is not None:
                await self.office.model.close()
            await self.store.close()

    async def run(self) -> None:
        """Works until cancelled."""
        with only_worker(self._lock):
            self.reader.start()
            async with self.opened():
                await self._work()

    async def work(self) -> None:
        """Like `run`, on an agent that is open already."""
        with only_worker(self._lock):
            await self._work()

    @property
    def _lock(self) -> Path:
        """Held by the one worker: a second on the same home is refused."""
        return self.settings.home / "agent.lock"

    async def _work(self) -> None:
        company, port = self.office.company.id, self.settings.metrics.port
        async with figures_served(self.store, company, port), asyncio.TaskGroup() as group:
            with ticking(ROUTINES.values(), self.tick):
                group.create_task(self.engine.run())
                await self._take_in()

    async def _take_in(self) -> None:
        poll = self.settings.mailbox.poll_seconds
        words = Words(self.office)
        await take_in(self.office.mailbox, lambda: ingest(self.office), poll, words.look)

    async def tick(self, due: Routine) -> None:
        """Fires a routine if its slot is open."""
        now = self.office.clock.now()
        job = Job(stage=Stage.ROUTINE, subject=0, routine=due.name)
        async with self.store.begin(self.office.company.id) as tx:
            await tx.tick(due.name, now, due.following(now), job)


async def know_people(tx: Transaction, wanted: list[Person]) -> None:
    """The people of the settings, with the proofs that were pinned for their addresses."""
    known = {person.id: person for person in await tx.people()}
    for person in wanted:
        before = known.pop(person.id, None)
        merged = _with_pins(person, before)
        if merged != before:
            entry = Entry(actor="settings", what="person.known", details={"person": person.id})
            await tx.save_person(merged, entry)
    for gone in known:
        entry = Entry(actor="settings", what="person.removed", details={"person": gone})
        await tx.remove_person(gone, entry)


def _with_pins(person: Person, before: Person | None) -> Person:
    def pinned(address: Address) -> Address:
        entry = before.address(address.address) if before else None
        return entry or address

    return person.model_copy(update={"addresses": tuple(map(pinned, person.addresses))})
