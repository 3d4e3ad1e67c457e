"""The register of contracts: what is on file, what runs out first on top."""

from collections.abc import Iterable

from mailagent.core.case import Case
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Reading
from mailagent.core.said import Said, say

_ENDINGS = ("last_notice_day", "expiration_date")


def runs_out(reading: Reading) -> str:
    """The day that counts, as it is spelled; what has none that was understood comes last."""
    return next(filter(None, map(reading.text, _ENDINGS)), "9999")


def register(approved: Iterable[tuple[Case, Proposal]]) -> tuple[tuple[str, Said], ...]:
    """A line for each contract on file, what runs out first on top."""
    rows = sorted(approved, key=lambda one: runs_out(one[1].reading))
    return tuple((f"[ops {case.ref}]", _line(case, made.reading)) for case, made in rows)


def _line(case: Case, reading: Reading) -> Said:
    notice, ends = map(reading.text, _ENDINGS)
    party = reading.fields.get("parties")
    names = ", ".join(map(str, party.value[:2])) if party else ""
    what = reading.text("document_name") or case.title
    key = "contract.by_notice" if notice else "contract.by_end" if ends else "contract.open_end"
    return say(key, notice=notice, ends=ends, what=what, names=names)
