"""What the audit log has of one case."""

from collections.abc import Sequence
from typing import Any

from mailagent.core.audit import AuditEntry
from mailagent.core.story import replies
from mailagent.store.scope import Scope
from mailagent.store.tables import audit, audit_words

_ROWS = 500  # of one statement
# A decision is written in the transaction of what it does: with the longest brief so many later.
_NEAR = 3_000


class Stories(Scope):
    """One company's."""

    async def entries_of(self, case: int) -> list[AuditEntry]:
        """Every entry of it."""
        mine = self.rows(audit, audit.c.case == case).order_by(audit.c.seq)
        return [AuditEntry.model_validate(row._asdict()) for row in await self.all(mine)]

    async def told_in(self, case: int) -> list[AuditEntry]:
        """Every entry of it, and the decisions about it that were taken together with others."""
        found = await self.entries_of(case)
        for content, after in replies(found).items():
            found += await self._decision(content, after)
        return sorted(found, key=lambda entry: entry.seq)

    async def _decision(self, content: str, after: int) -> list[AuditEntry]:
        """The first one behind this entry that rests on this reply."""
        near = audit.c.seq.between(after, after + _NEAR)
        rows = self.rows(audit, near, audit.c.what.like("decision.%")).order_by(audit.c.seq)
        said = (row for row in await self.all(rows) if row.details.get("content") == content)
        return [AuditEntry.model_validate(row._asdict()) for row in said][:1]

    async def words_of(self, entries: Sequence[int]) -> dict[int, tuple[str, dict[str, Any]]]:
        """Salt and words of these entries, where they are still there."""
        words: dict[int, tuple[str, dict[str, Any]]] = {}
        for at in range(0, len(entries), _ROWS):
            some = audit_words.c.seq.in_(entries[at : at + _ROWS])
            found = await self.all(self.rows(audit_words, some))
            words |= {row.seq: (row.salt, row.words) for row in found}
        return words
