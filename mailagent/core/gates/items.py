"""The gates of one item of a brief: what fails here fails for this item alone."""

from datetime import datetime

from mailagent.core.decision import Execute, One, Verb
from mailagent.core.gates.context import Candidate, Gate, Pass, Refusal, Ruling, is_live
from mailagent.core.gates.weight import Lack, second_lacking
from mailagent.core.people import Person
from mailagent.core.policy import Verdict
from mailagent.core.value import Value


class ItemVerdicts(Value):
    """The rulings on one item. The brief as a whole has passed all ten before."""

    rulings: tuple[Ruling, ...]
    lacks: Lack | None = None  # permission, or the word of another person

    @property
    def refusal(self) -> Refusal | None:
        """The first gate that holds it back."""
        return next((r for r in self.rulings if isinstance(r, Refusal)), None)

    def record(self) -> dict[str, str]:
        """One line a gate, for the audit log."""
        return {r.gate.value: r.reason if isinstance(r, Refusal) else "pass" for r in self.rulings}


def judge_item(candidate: Candidate, said: One, person: Person, now: datetime) -> ItemVerdicts:
    """Still theirs to decide, still open, still what was shown, and heavy enough a word."""
    theirs = person in candidate.approvers
    same = candidate.recomputed == candidate.draft.digest
    lacks = _lacking(candidate, said, person)
    return ItemVerdicts(
        rulings=(
            _ruling(Gate.WHO, theirs, "it is not this person's to decide any more"),
            _ruling(Gate.NOW, is_live(candidate.draft, now), f"it is {candidate.draft.state}"),
            _ruling(Gate.SAME, same, "what would happen is not what was shown"),
            _ruling(Gate.WEIGHT, lacks is None, f"it lacks: {lacks}"),
        ),
        lacks=lacks,
    )


def _ruling(gate: Gate, passes: bool, reason: str) -> Ruling:
    return Pass(gate=gate) if passes else Refusal(gate=gate, reason=reason)


def _lacking(candidate: Candidate, said: One, person: Person) -> Lack | None:
    """A missing code holds back the whole reply; this is what remains."""
    if not isinstance(said, Execute) or said.verb is Verb.REJECT:
        return None
    if candidate.verdict is Verdict.FORBID:
        return Lack.PERMISSION
    return second_lacking(candidate, person.id) if said.verb is Verb.APPROVE else None
