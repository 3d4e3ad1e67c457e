"""The audit chain: each entry holds the hash of the one before, so nothing can be taken out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mailagent.core.value import Value, canonical, sha256

GENESIS = "0" * 64


class Entry(Value):
    """What is to be said: who did what to which case, on what grounds."""

    actor: str  # a person's id, "agent", or a command at the terminal
    what: str  # case.proposed, decision.refused, effect.done ...
    case: int | None = None
    details: dict[str, Any] = {}


class AuditEntry(Value):
    """One link of a company's chain."""

    company: str
    seq: int
    at: datetime
    actor: str
    what: str
    case: int | None
    details: dict[str, Any]
    previous: str
    hash: str

    @property
    def holds(self) -> bool:
        """Whether it is as it was written; whether it belongs where it stands, a chain says."""
        content = self.model_dump(mode="json", include={"actor", "what", "case", "details"})
        return _hash(self.company, self.seq, self.at, content, self.previous) == self.hash

    @property
    def is_sealed(self) -> bool:
        """Whether words of it lie beside the chain."""
        return any(
            isinstance(said, dict) and set(said) == {"sealed"} for said in self.details.values()
        )

    @property
    def anchor(self) -> str:
        """The short form that stands in every mail: `seq:hash`, 16 hex digits."""
        return f"{self.seq}:{self.hash[:16]}"


def link(company: str, head: tuple[int, str], entry: Entry, at: datetime) -> AuditEntry:
    """The next link after `head` (its number and hash)."""
    return link_of(company, head, entry.model_dump(mode="json"), at)


def link_of(
    company: str, head: tuple[int, str], content: dict[str, Any], at: datetime
) -> AuditEntry:
    """The same of an entry that is JSON already."""
    seq, previous = head[0] + 1, head[1]
    made = _hash(company, seq, at, content, previous)
    return AuditEntry(company=company, seq=seq, at=at, previous=previous, hash=made, **content)


def first_break(entries: Iterable[AuditEntry], head: tuple[int, str] = (0, GENESIS)) -> str | None:
    """Why a chain does not hold, or None. `entries` in order, the first one after `head`."""
    for entry in entries:
        if entry.seq != head[0] + 1:
            return f"entry {head[0] + 1} is missing"
        if entry.previous != head[1]:
            return f"entry {entry.seq} does not follow entry {head[0]}"
        if not entry.holds:
            return f"entry {entry.seq} was changed after it was written"
        head = (entry.seq, entry.hash)
    return None


def _hash(company: str, seq: int, at: datetime, content: dict[str, Any], previous: str) -> str:
    """`at` is always in UTC, so that one moment has one spelling."""
    return sha256(canonical([company, seq, at.isoformat(), content, previous]))
