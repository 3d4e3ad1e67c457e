"""What people look at: read only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row

from mailagent.core.audit import AuditEntry
from mailagent.core.capability import RecordBill
from mailagent.core.case import ENDS, Case
from mailagent.core.draft import DraftState
from mailagent.core.job import Stage
from mailagent.ports import Waiting
from mailagent.store.cases import Cases
from mailagent.store.tables import (
    approvals,
    audit,
    bills,
    cases,
    drafts,
    jobs,
    messages,
    outbox,
)

# The chain is walked in steps, so that its length costs time and no memory.
_STEP = 500


class Held(NamedTuple):
    """An answer whose proof cannot be checked at the moment."""

    sender: str
    subject: str
    received_at: datetime
    why: str


class Recorded(NamedTuple):
    """A bill in the embedded ledger."""

    bill: RecordBill
    void: bool


class Views(Cases):
    """The store's side of the command line."""

    async def queue(self, *, ended: bool = False) -> list[Waiting]:
        """Cases that are not at their end; with `ended`, the latest that are."""
        where = cases.c.state.in_(ENDS) if ended else cases.c.state.not_in(ENDS)
        found = await self.all(self.rows(cases, where).order_by(cases.c.id.desc()).limit(200))
        return [await self._queued(row) for row in found]

    async def _queued(self, row: Row[Any]) -> Waiting:
        message = await self.one(self.rows(messages, messages.c.id == row.message))
        case = await self.case(row.id)
        sender = message.sender if message else ""
        return Waiting(case, sender, row.opened_at, await self._waits(case))

    async def _waits(self, case: Case) -> str:
        """Who is asked, who has spoken, and what cannot be answered."""
        known = await self.all(self.rows(drafts, drafts.c.case == case.id))
        spoken = self.rows(
            approvals, approvals.c.case == case.id, approvals.c.version == case.version
        )
        first = sorted(row.person for row in await self.all(spoken))
        asked = [d.person for d in known if d.state == DraftState.OPEN and d.person not in first]
        said = [f"{', '.join(asked)} ({', '.join(first)} approved)" if first else ", ".join(asked)]
        said += [
            f"frozen, {d.person}: mailagent unfreeze {case.ref}"
            for d in known
            if d.state == DraftState.FROZEN
        ]
        lost = self.rows(
            outbox, outbox.c.case == case.id, outbox.c.state.in_(("refused", "undelivered"))
        )
        for mail in await self.all(lost):
            said.append(f"{mail.kind} did not reach {mail.recipient}: {mail.error}")
        return "; ".join(filter(None, said))

    async def held(self) -> list[Held]:
        """Answers that wait until DNS says whether they are genuine, an hour at most."""
        waiting = self.rows(jobs, jobs.c.stage == Stage.DECIDE, jobs.c.attempts > 0)
        found = []
        for job in await self.all(waiting.order_by(jobs.c.id)):
            message = await self.one(self.rows(messages, messages.c.id == job.subject))
            if message is not None:
                found.append(Held(message.sender, message.subject, message.received_at, job.error))
        return found

    async def entries(
        self, after: int = 0, *, case: int | None = None, at_most: int = _STEP
    ) -> Sequence[AuditEntry]:
        """Links of the chain in order, the first one after `after`."""
        where: list[ColumnElement[bool]] = [audit.c.seq > after]
        if case is not None:
            where.append(audit.c.case == case)
        found = await self.all(self.rows(audit, *where).order_by(audit.c.seq).limit(at_most))
        return [AuditEntry.model_validate(row._asdict()) for row in found]

    async def bills(self) -> list[Recorded]:
        """The embedded ledger."""
        found = await self.all(self.rows(bills).order_by(bills.c.id))
        return [
            Recorded(RecordBill.model_validate(row.body), row.voided_by is not None)
            for row in found
        ]
