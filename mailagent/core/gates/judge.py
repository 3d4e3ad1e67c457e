"""All ten gates, in order, and what follows from their rulings."""

from mailagent.core.decision import Decision
from mailagent.core.gates.context import (
    Candidate,
    Context,
    Gate,
    Refusal,
    Ruling,
    chosen,
    is_live,
    sender,
)
from mailagent.core.gates.proof import g3_person, g4_who, g5_really
from mailagent.core.gates.shape import g1_place, g2_shape
from mailagent.core.gates.weight import (
    Lack,
    code_in,
    g9_word,
    g10_weight,
    lacking,
    needs_code,
)
from mailagent.core.gates.which import g6_which, g7_now, g8_same
from mailagent.core.people import Person
from mailagent.core.reply import Reply
from mailagent.core.value import Value

# Failures that say: somebody holds a live token who is not, or not enough, its person.
_SUSPICIOUS = frozenset({Gate.REALLY, Gate.SAME, Gate.WEIGHT})


class Verdicts(Value):
    """The ruling of every gate. A reply counts only when all ten pass."""

    rulings: tuple[Ruling, ...]
    candidate: Candidate | None = None  # the draft it answers
    person: Person | None = None  # the approver that From names; proven only when all pass
    owner: Person | None = None  # whom the draft was sent to: told of a refusal
    is_live: bool = False  # its token could still be used
    step: int | None = None  # the TOTP step that it uses up
    lacks: Lack | None = None  # what G10 misses in it

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Every gate that holds it back."""
        return tuple(ruling for ruling in self.rulings if isinstance(ruling, Refusal))

    @property
    def refusal(self) -> Refusal | None:
        """The first gate that holds it back; None: it counts."""
        return self.refusals[0] if self.refusals else None

    @property
    def passed(self) -> bool:
        """Whether the reply counts."""
        return not self.refusals

    @property
    def notify(self) -> str:
        """Who is told of a refusal: the address on file, never the sender of the mail."""
        return self.owner.main_address if self.owner else ""

    @property
    def suspicious(self) -> bool:
        """Five of these freeze the draft; anything else that fails mutes the sender."""
        own = self.person is not None and self.person == self.owner and self.is_live
        failed = self.refusal is not None and self.refusal.gate in _SUSPICIOUS
        return own and failed and not self.first_of_two

    @property
    def first_of_two(self) -> bool:
        """Whether nothing but the word of a second person is missing."""
        return self.lacks is Lack.SECOND_PERSON and self.only(Gate.WEIGHT)

    def missing(self, gate: Gate) -> str:
        """Why this gate holds it back; empty: it does not."""
        return next((refusal.reason for refusal in self.refusals if refusal.gate is gate), "")

    @property
    def tells_of_proof(self) -> bool:
        """Whether it says something of a person's proof: it carries their own live token."""
        routed = not (self.missing(Gate.WHO) or self.missing(Gate.WHICH))
        return routed and self.is_live

    def only(self, gate: Gate) -> bool:
        """Whether this gate alone holds it back."""
        return {refusal.gate for refusal in self.refusals} == {gate}

    def record(self) -> dict[str, str]:
        """One line a gate, for the audit log."""
        return {
            ruling.gate.value: ruling.reason if isinstance(ruling, Refusal) else "pass"
            for ruling in self.rulings
        }


def judge_reply(reply: Reply, decision: Decision, context: Context) -> Verdicts:
    """Every gate's ruling on a reply that was understood as `decision`.

    A DNS time-out is no ruling: the stage meets KeysUnavailable when it fetches the keys, and
    holds the mail before it gets here; after the longest hold it comes with what is there, and
    G5 refuses it.
    """
    rulings = (
        g1_place(reply, context),
        g2_shape(reply),
        g3_person(reply),
        g4_who(reply, context),
        g5_really(reply, context),
        g6_which(reply, context),
        g7_now(reply, context),
        g8_same(reply, context),
        g9_word(decision),
        g10_weight(reply, decision, context),
    )
    choice = chosen(reply, context)
    who = sender(reply, context)
    return Verdicts(
        rulings=rulings,
        candidate=choice.candidate if choice else None,
        person=who[0] if who else None,
        owner=_owner(choice.candidate, context) if choice else None,
        is_live=choice is not None and is_live(choice.candidate.draft, context.now),
        step=_step(reply, decision, context),
        lacks=lacking(reply, decision, context),
    )


def _owner(candidate: Candidate, context: Context) -> Person | None:
    everybody = (*candidate.approvers, *context.people)
    return next((p for p in everybody if p.id == candidate.draft.person), None)


def _step(reply: Reply, decision: Decision, context: Context) -> int | None:
    choice, who = chosen(reply, context), sender(reply, context)
    if choice is None or who is None or context.authenticator is None or reply.date is None:
        return None
    if not needs_code(choice.candidate, who[0], who[1].pin, decision):
        return None
    return context.authenticator.unused_step(code_in(decision), reply.date)
