"""What people look at: read only."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row

from mailagent.core.audit import AuditEntry
from mailagent.core.capability import RecordBill
from mailagent.core.case import ENDS, Case
from mailagent.store.cases import Cases
from mailagent.store.tables import audit, bills, cases, messages

# The chain is walked in steps, so that its length costs time and no memory.
_STEP = 500


class Queued(NamedTuple):
    """A case as the queue shows it."""

    case: Case
    sender: str
    received_at: Any


class Recorded(NamedTuple):
    """A bill in the embedded ledger."""

    bill: RecordBill
    void: bool


class Views(Cases):
    """The store's side of the command line."""

    async def queue(self, *, ended: bool = False) -> list[Queued]:
        """Cases that are not at their end; with `ended`, the latest that are."""
        where = cases.c.state.in_(ENDS) if ended else cases.c.state.not_in(ENDS)
        found = await self.all(self.rows(cases, where).order_by(cases.c.id.desc()).limit(200))
        return [await self._queued(row) for row in found]

    async def _queued(self, row: Row[Any]) -> Queued:
        message = await self.one(self.rows(messages, messages.c.id == row.message))
        case = await self.case(row.id)
        return Queued(case, message.sender if message else "", row.opened_at)

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
