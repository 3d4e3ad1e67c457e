"""G9 and G10: the person's own word, and the code where the word alone is not enough."""

import hmac
from datetime import datetime, timedelta

from mailagent.core.decision import Decision, Execute, Unclear, Verb
from mailagent.core.gates.context import (
    Authenticator,
    Candidate,
    Context,
    Gate,
    Pass,
    Refusal,
    Ruling,
    chosen,
    sender,
)
from mailagent.core.people import Pin, Proof
from mailagent.core.policy import Verdict
from mailagent.core.reply import Reply

_STEP = 30  # seconds (RFC 6238)
_FRESH = timedelta(minutes=30)


def g9_word(decision: Decision) -> Ruling:
    """The person's own text was understood. Only an Execute releases anything."""
    if isinstance(decision, Unclear):
        return Refusal(gate=Gate.WORD, reason=decision.why)
    return Pass(gate=Gate.WORD)


def g10_weight(reply: Reply, decision: Decision, context: Context) -> Ruling:
    """A heavy action has the code or the second person that it needs."""
    choice = chosen(reply, context)
    who = sender(reply, context)
    if choice is None or who is None:
        return Refusal(gate=Gate.WEIGHT, reason="nobody known decides anything known")
    why = _lacking(choice.candidate, who[0].id, decision)
    if not why and needs_code(choice.candidate.verdict, who[1].pin, decision):
        why = _code_fault(reply, decision, context.authenticator)
    return Refusal(gate=Gate.WEIGHT, reason=why) if why else Pass(gate=Gate.WEIGHT)


def needs_code(verdict: Verdict, pin: Pin | None, decision: Decision) -> bool:
    """A heavy action needs a code to be released; a person pinned to `code` always."""
    pinned = pin is None or pin.method is Proof.CODE
    return pinned or (_releases(decision) and verdict is Verdict.CODE)


def _releases(decision: Decision) -> bool:
    return isinstance(decision, Execute) and decision.verb is not Verb.REJECT


def _lacking(candidate: Candidate, person: str, decision: Decision) -> str:
    if not _releases(decision):
        return ""
    if candidate.verdict is Verdict.FORBID:
        return "the policy forbids it"
    if candidate.verdict is Verdict.TWO_PEOPLE and not candidate.approved_by - {person}:
        return "the policy asks for two people, and one human is only one"
    return ""


def _code_fault(reply: Reply, decision: Decision, authenticator: Authenticator | None) -> str:
    code = decision.code if isinstance(decision, Execute) else ""
    if authenticator is None:
        return "it needs a code, and no authenticator is enrolled for this person"
    if not code:
        return "it needs the six digits of the authenticator"
    if reply.date is None or abs(reply.arrived_at - reply.date) > _FRESH:
        return "the code did not arrive within 30 minutes of the Date"
    if step_of(code, reply.date, authenticator.secret) is None:
        return "the code is not the one of its Date"
    if unused_step(code, reply.date, authenticator) is None:
        return "the code was already used"
    return ""


def totp(secret: bytes, step: int) -> str:
    """The six digits of a step (RFC 6238, SHA-1, as every authenticator app does it)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def step_of(code: str, at: datetime, secret: bytes) -> int | None:
    """The step, this one or a neighbour, whose code it is; None when it is none of theirs."""
    now = int(at.timestamp()) // _STEP
    near = (now, now - 1, now + 1)
    return next((s for s in near if s >= 0 and _equal(totp(secret, s), code)), None)


def unused_step(code: str, at: datetime, authenticator: Authenticator) -> int | None:
    """The step that this code uses up."""
    step = step_of(code, at, authenticator.secret)
    return None if step in authenticator.used_steps else step


def _equal(wanted: str, given: str) -> bool:
    return hmac.compare_digest(wanted.encode(), given.encode())
