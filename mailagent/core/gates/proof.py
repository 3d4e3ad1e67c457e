"""G3, G4 and G5: a person, one of this draft's approvers, and really that one."""

from mailagent.core.gates.context import Context, Gate, Pass, Refusal, Ruling, sender
from mailagent.core.marks import Marks, unvouched
from mailagent.core.people import Pin, Proof
from mailagent.core.reply import Reply, Signature

_COVERED = frozenset({"from", "subject", "date"})
_ENOUGH_BITS = {"rsa-sha256": 1024, "ed25519-sha256": 256}


def g3_person(reply: Reply) -> Ruling:
    """Nothing says that a machine sent it."""
    if reply.automatic:
        return Refusal(gate=Gate.PERSON, reason=f"a machine sent it: {reply.automatic}")
    return Pass(gate=Gate.PERSON)


def g4_who(reply: Reply, context: Context) -> Ruling:
    """From is an address of one of this draft's approvers."""
    if not reply.sender:
        return Refusal(gate=Gate.WHO, reason="From names nobody")
    if sender(reply, context) is None:
        return Refusal(gate=Gate.WHO, reason=f"{reply.sender} may not decide this")
    return Pass(gate=Gate.WHO)


def g5_really(reply: Reply, context: Context) -> Ruling:
    """The proof that was pinned for this address holds; nothing weaker is looked at."""
    found = sender(reply, context)
    pin = found[1].pin if found else None
    if pin is None:
        return Refusal(gate=Gate.REALLY, reason="no proof is pinned for this address")
    why = unproven(pin, reply, context.signatures, context.marks)
    return Refusal(gate=Gate.REALLY, reason=why) if why else Pass(gate=Gate.REALLY)


def unproven(
    pin: Pin, reply: Reply, signatures: tuple[Signature, ...], marks: tuple[Marks, ...] = ()
) -> str:
    """Why this proof does not hold for this mail; empty: it does."""
    if pin.method is Proof.DKIM:
        return _unsigned(pin, signatures)
    if pin.method is Proof.SERVER:
        return unvouched(pin, reply, marks)
    return ""  # pinned to `code`: G10 asks this person for one every time


def _unsigned(pin: Pin, signatures: tuple[Signature, ...]) -> str:
    own = [s for s in signatures if pin.domain and s.domain == pin.domain.lower()]
    faults = [_fault(signature) for signature in own]
    if "" in faults:
        return ""
    return faults[0] if faults else f"it carries no DKIM signature of {pin.domain}"


def _fault(signature: Signature) -> str:
    """What is wrong with a signature of the right domain; empty: nothing."""
    if not signature.valid:
        return f"the DKIM signature does not hold: {signature.why}"
    if signature.has_length:
        return "the DKIM signature covers a part of the body only (l=)"
    if not set(signature.covered) >= _COVERED:
        return "the DKIM signature does not cover From, Subject and Date"
    enough = _ENOUGH_BITS.get(signature.algorithm)
    if enough is None or signature.key_bits < enough:
        return f"the DKIM key is too weak ({signature.algorithm}, {signature.key_bits} bit)"
    return ""
