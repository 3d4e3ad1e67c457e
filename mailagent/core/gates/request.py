"""The gates of a request: those of a reply that make sense where nothing was shown before."""

from datetime import timedelta

from mailagent.core.authenticator import Authenticator
from mailagent.core.decision.requests import Request
from mailagent.core.gates.author import Author, author
from mailagent.core.gates.context import Context, Gate, Refusal
from mailagent.core.gates.weight import SAID, code_fault
from mailagent.core.people import Person
from mailagent.core.reply import Reply
from mailagent.core.value import Value

# Anybody who has a genuine mail can send it in again: an old word says nothing of today.
_FRESH = timedelta(hours=24)
# What a reply has to pass as well: there is no draft, so these have nothing to look at.
_WITHOUT_DRAFT = (Gate.PLACE, Gate.SHAPE, Gate.PERSON, Gate.WHO, Gate.REALLY)
_ALL = (*_WITHOUT_DRAFT, Gate.NOW, Gate.WORD, Gate.WEIGHT)


class Admission(Value):
    """Whether a request counts, and what it used up."""

    person: Person | None = None  # who is answered; None: nobody, the mail proves nothing
    refusal: Refusal | None = None
    step: int | None = None  # the TOTP step that it uses up

    def record(self) -> dict[str, str]:
        """One line a gate, up to the one that refused."""
        if self.refusal is None:
            return dict.fromkeys(_ALL, "pass")
        passed = _ALL[: _ALL.index(self.refusal.gate)]
        return {**dict.fromkeys(passed, "pass"), self.refusal.gate.value: self.refusal.reason}


def admit(reply: Reply, said: Request | str, context: Context) -> Admission:
    """The person behind a request, or the first gate that holds it back.

    G6 to G8 have no draft to look at. In the place of G7 the Date has to be of today.
    """
    who = author(reply, context)
    if isinstance(who, Refusal):
        return Admission(refusal=who)
    refusal = _untimely(reply)
    if refusal is not None:
        return Admission(refusal=refusal)
    if isinstance(said, str):
        unclear = Refusal(gate=Gate.WORD, reason=said)
        return Admission(person=who.person if who.proven else None, refusal=unclear)
    return _weighed(who, said.code, reply, context.authenticator)


def _weighed(who: Author, code: str, reply: Reply, app: Authenticator | None) -> Admission:
    if not who.needs_code:
        return Admission(person=who.person)
    lack = code_fault(reply, code, app)
    if lack is not None:
        return Admission(refusal=Refusal(gate=Gate.WEIGHT, reason=SAID[lack]))
    step = app.unused_step(code, reply.date) if app and reply.date else None
    return Admission(person=who.person, step=step)


def _untimely(reply: Reply) -> Refusal | None:
    if reply.date is None:
        return Refusal(gate=Gate.NOW, reason="its Date cannot be read")
    if abs(reply.arrived_at - reply.date) > _FRESH:
        return Refusal(gate=Gate.NOW, reason="it was written more than a day before it arrived")
    return None
