"""The register of contracts: what is on file, what runs out first on top."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mailagent.core.capability import StoreFile
from mailagent.core.case import Case
from mailagent.core.filing import AMENDS
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Reading
from mailagent.core.said import Said, say

_ENDINGS = ("last_notice_day", "expiration_date")
Approved = tuple[Case, Proposal]


class Registered(NamedTuple):
    """A contract with what changed it since; its days are those of the last that says any."""

    case: Case
    reading: Reading
    notice: str  # ISO; empty: not understood
    ends: str
    changed_by: tuple[Approved, ...] = ()

    @property
    def runs_out(self) -> str:
        """The day that counts, as it is spelled; what has none comes last."""
        return self.notice or self.ends or "9999"

    @property
    def what(self) -> str:
        """By its own name, else by that of its case."""
        return self.reading.text("document_name") or self.case.title

    @property
    def names(self) -> str:
        """The first two that it is between."""
        party = self.reading.fields.get("parties")
        return ", ".join(map(str, party.value[:2])) if party else ""


def registered(approved: Sequence[Approved]) -> tuple[Registered, ...]:
    """What runs out first on top. What changes a contract that is there belongs to it."""
    there = {case.ref for case, _ in approved}
    changes: dict[str, list[Approved]] = {}
    whole: list[Approved] = []
    for one in sorted(approved, key=lambda one: one[0].id):
        ref = _changes(one[1])
        if ref in there and ref != one[0].ref:
            changes.setdefault(ref, []).append(one)
        else:
            whole.append(one)
    rows = [_with_changes(one, _all_of(one[0].ref, changes)) for one in whole]
    return tuple(sorted(rows, key=lambda row: row.runs_out))


def _changes(made: Proposal) -> str:
    """The reference of the contract that it changes."""
    tags = (tag for a in made.actions if isinstance(a.payload, StoreFile) for tag in a.payload.tags)
    return next((tag.removeprefix(AMENDS) for tag in tags if tag.startswith(AMENDS)), "")


def _all_of(ref: str, changes: dict[str, list[Approved]]) -> tuple[Approved, ...]:
    """What changes it, and what changes that."""
    found: list[Approved] = []
    for one in changes.pop(ref, []):
        found += [one, *_all_of(one[0].ref, changes)]
    return tuple(found)


def _with_changes(one: Approved, changed_by: tuple[Approved, ...]) -> Registered:
    readings = [one[1].reading, *(made.reading for _, made in changed_by)]
    says = [reading for reading in readings if any(map(reading.text, _ENDINGS))]
    notice, ends = map(says[-1].text, _ENDINGS) if says else ("", "")
    return Registered(one[0], one[1].reading, notice, ends, changed_by)


def register(approved: Iterable[Approved]) -> tuple[tuple[str, Said], ...]:
    """A line for each contract on file, and for what changed it."""
    lines: list[tuple[str, Said]] = []
    for row in registered(list(approved)):
        lines.append((f"[ops {row.case.ref}]", _line(row)))
        for case, made in row.changed_by:
            what = made.reading.text("document_name") or case.title
            lines.append(
                (f"[ops {case.ref}]", say("contract.changes", what=what, ref=row.case.ref))
            )
    return tuple(lines)


def _line(row: Registered) -> Said:
    notice, ends = row.notice, row.ends
    key = "contract.by_notice" if notice else "contract.by_end" if ends else "contract.open_end"
    return say(key, notice=notice, ends=ends, what=row.what, names=row.names)
