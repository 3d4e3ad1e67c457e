"""What the audit log has of one case."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from mailagent.core.audit import AuditEntry


class Stories(Protocol):
    """A part of every transaction."""

    async def entries_of(self, case: int) -> Sequence[AuditEntry]:
        """Every entry of it."""

    async def told_in(self, case: int) -> Sequence[AuditEntry]:
        """Every entry of it, and the decisions about it that were taken together with others."""

    async def words_of(self, entries: Sequence[int]) -> Mapping[int, tuple[str, dict[str, Any]]]:
        """Salt and words of these entries, where they are still there."""
