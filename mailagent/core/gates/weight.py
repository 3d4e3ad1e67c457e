"""G9 and G10: the person's own word, and what it takes where the word alone is not enough."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from mailagent.core.authenticator import Authenticator
from mailagent.core.decision import Decision, Execute, Items, Unclear, Verb
from mailagent.core.gates.context import (
    Candidate,
    Context,
    Gate,
    Pass,
    Refusal,
    Ruling,
    chosen,
    sender,
)
from mailagent.core.money import exceeds
from mailagent.core.people import Person, Pin, Proof
from mailagent.core.policy import Verdict
from mailagent.core.reply import Reply

_FRESH = timedelta(minutes=30)


class Lack(StrEnum):
    """What a word that is otherwise good enough still lacks."""

    PERMISSION = "permission"
    AUTHENTICATOR = "authenticator"
    CODE = "code"
    FRESH_CODE = "fresh_code"
    RIGHT_CODE = "right_code"
    UNUSED_CODE = "unused_code"
    SECOND_PERSON = "second_person"
    ANOTHER_PERSON = "another_person"


SAID = {
    Lack.PERMISSION: "the policy forbids it",
    Lack.AUTHENTICATOR: "it needs a code, and no authenticator is enrolled for this person",
    Lack.CODE: "it needs the six digits of the authenticator",
    Lack.FRESH_CODE: "the code did not arrive within 30 minutes of the Date",
    Lack.RIGHT_CODE: "the code is not the one of its Date",
    Lack.UNUSED_CODE: "the code was already used",
    Lack.SECOND_PERSON: "the policy asks for two people, and this is the first",
    Lack.ANOTHER_PERSON: "the policy asks for two people, and one human is only one",
}


def g9_word(decision: Decision) -> Ruling:
    """The person's own text was understood. Only an Execute releases anything."""
    if isinstance(decision, Unclear):
        return Refusal(gate=Gate.WORD, reason=decision.why.in_short())
    return Pass(gate=Gate.WORD)


def g10_weight(reply: Reply, decision: Decision, context: Context) -> Ruling:
    """A heavy action has the code or the second person that it needs."""
    if chosen(reply, context) is None or sender(reply, context) is None:
        return Refusal(gate=Gate.WEIGHT, reason="nobody known decides anything known")
    lack = lacking(reply, decision, context)
    return Refusal(gate=Gate.WEIGHT, reason=SAID[lack]) if lack else Pass(gate=Gate.WEIGHT)


def lacking(reply: Reply, decision: Decision, context: Context) -> Lack | None:
    """What is missing; None: nothing. The second person is asked for when all else is there."""
    choice, who = chosen(reply, context), sender(reply, context)
    if choice is None or who is None:
        return None
    candidate, (person, address) = choice.candidate, who
    if releases(decision) and candidate.verdict is Verdict.FORBID:
        return Lack.PERMISSION
    if needs_code(candidate, person, address.pin, decision):
        lack = code_fault(reply, code_in(decision), context.authenticator)
        if lack is not None:
            return lack
    return second_lacking(candidate, person.id) if _approves(decision) else None


def needs_code(candidate: Candidate, person: Person, pin: Pin | None, decision: Decision) -> bool:
    """A heavy action needs a code to be released, and so do light ones that together pass the
    person's limit; a person pinned to `code` needs one for everything.
    """
    released = _released(candidate, decision)
    heavy = any(one.verdict is Verdict.CODE for one in released)
    return is_pinned_to_code(pin) or heavy or _passes_limit(released, person)


def _released(candidate: Candidate, decision: Decision) -> tuple[Candidate, ...]:
    """What the decision would do, if nothing else were in its way."""
    if not isinstance(decision, Items):
        return (candidate,) if releases(decision) else ()
    wanted = decision.by_number().items()
    return tuple(candidate.items[n] for n, one in wanted if releases(one) and n in candidate.items)


def _passes_limit(released: Sequence[Candidate], person: Person) -> bool:
    """One alone was weighed when it was proposed, but perhaps for somebody else's limit."""
    if person.limit is None:
        return False
    if len(released) == 1 and (released[0].verdict > Verdict.ASK or not released[0].handed_over):
        return False
    return exceeds([amount for one in released for amount in one.amounts], person.limit)


def is_pinned_to_code(pin: Pin | None) -> bool:
    """Whether nothing but a code proves this person."""
    return pin is None or pin.method is Proof.CODE


def releases(decision: Decision) -> bool:
    """Whether something would be done that was shown."""
    return isinstance(decision, Execute) and decision.verb is not Verb.REJECT


def _approves(decision: Decision) -> bool:
    """One of two can take back what both approved."""
    return isinstance(decision, Execute) and decision.verb is Verb.APPROVE


def code_in(decision: Decision) -> str:
    """The six digits that came with it."""
    return "" if isinstance(decision, Unclear) else decision.code


def second_lacking(candidate: Candidate, person: str) -> Lack | None:
    """Whose word is missing beside this person's, where two have to say the same."""
    if candidate.verdict is not Verdict.TWO_PEOPLE or candidate.approved_by - {person}:
        return None
    return Lack.ANOTHER_PERSON if candidate.approved_by else Lack.SECOND_PERSON


def code_fault(reply: Reply, code: str, authenticator: Authenticator | None) -> Lack | None:
    """What is wrong with the six digits; None: they are this person's, of now, and unused."""
    if authenticator is None:
        return Lack.AUTHENTICATOR
    if not code:
        return Lack.CODE
    if reply.date is None or abs(reply.arrived_at - reply.date) > _FRESH:
        return Lack.FRESH_CODE
    if authenticator.step_of(code, reply.date) is None:
        return Lack.RIGHT_CODE
    if authenticator.unused_step(code, reply.date) is None:
        return Lack.UNUSED_CODE
    return None
