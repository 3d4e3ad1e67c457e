"""Enrolment: what really arrived with a person's mail decides how they are known from then on."""

import re
import secrets
from collections.abc import Iterator, Sequence
from datetime import timedelta

from mailagent.core.authenticator import Authenticator
from mailagent.core.forgery import Stripped
from mailagent.core.gates.author import Author
from mailagent.core.gates.proof import unproven
from mailagent.core.marks import Marks, only
from mailagent.core.people import Arriving, Person, Pin, Proof
from mailagent.core.reply import Reply, Signature
from mailagent.core.said import Said, say

# Long enough to walk to the phone and back.
PATIENCE = timedelta(minutes=30)
_AGAIN = re.compile(r"enroll?\s+([0-9]{3})\s?([0-9]{3})", re.IGNORECASE)
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_code(word: str = "ENROLL") -> str:
    """Shown on the terminal, mailed in by the person; 48 bits, used once."""
    return f"{word}-" + "".join(secrets.choice(_LETTERS) for _ in range(10))


def code_in_subject(subject: str) -> str:
    """The six digits of a mail that asks to be measured anew; empty: it asks for nothing."""
    found = _AGAIN.fullmatch(subject.strip())
    return found[1] + found[2] if found else ""


def repinned(
    author: Author, reply: Reply, code: str, authenticator: Authenticator | None
) -> tuple[int | None, str]:
    """The step of the code for which an address may be measured anew, or why it may not be.

    Only who is enrolled already: the first time, somebody sits at the terminal.
    """
    if author.address.pin is None:
        return None, "this address was never enrolled"
    if authenticator is None:
        return None, "no authenticator is enrolled for this person"
    if reply.date is None or abs(reply.arrived_at - reply.date) > PATIENCE:
        return None, "the code did not arrive within 30 minutes of the Date"
    step = authenticator.unused_step(code, reply.date)
    return step, "" if step is not None else "the code is not the one of its Date, or was used"


def measure(
    reply: Reply, signatures: tuple[Signature, ...], marks: tuple[Marks, ...] = ()
) -> tuple[Pin, ...]:
    """The proofs that survived the way here, the strongest first; a code always remains."""
    domain = reply.sender.rpartition("@")[2]
    possible = [*_signed(domain, signatures), *_vouched(reply, marks)]
    held = [pin for pin in possible if not unproven(pin, reply, signatures, marks)]
    return (*held, Pin(method=Proof.CODE))


def _signed(domain: str, signatures: tuple[Signature, ...]) -> list[Pin]:
    """Only the address's own domain says that the mail is the person's."""
    return [Pin(method=Proof.DKIM, domain=s.domain) for s in signatures if s.domain == domain]


def _vouched(reply: Reply, marks: tuple[Marks, ...]) -> Iterator[Pin]:
    """Whatever form of marks it carries: by whom, and of whom they speak."""
    sender, domain = reply.sender, reply.sender.rpartition("@")[2]
    for form in marks:
        pin = Pin(method=Proof.SERVER, marks=form.name)
        if form.results and reply.server is not None:
            said = {"authserv_id": reply.server.authserv_id, "domain": domain, "login": sender}
            yield pin.model_copy(update=said)
        elif form.tenant and (tenant := only(reply, form.tenant)):
            yield pin.model_copy(update={"tenant": tenant})


def is_safe(pin: Pin, stripped: Sequence[Stripped], mailbox: str) -> bool:
    """Whether a proof cannot be forged: marks of a server only where it was tried in vain."""
    if pin.method is not Proof.SERVER:
        return True
    return any(outcome.held for outcome in stripped if outcome.is_of(pin, mailbox))


def doubts(
    people: Sequence[Person],
    arriving: Sequence[Arriving],
    stripped: Sequence[Stripped],
    mailbox: str,
) -> list[Said]:
    """What speaks against the pins: marks that can be forged, proofs that do not arrive."""
    pinned = {a.address: a.pin for person in people for a in person.addresses if a.pin}
    found = [
        say("doubt.forgeable", address=address, by=pin.by or "?")
        for address, pin in pinned.items()
        if not is_safe(pin, stripped, mailbox)
    ]
    found += [
        say("doubt.lost", n=seen.missed, address=seen.address, reason=seen.why)
        for seen in arriving
        if seen.address in pinned and seen.is_lost
    ]
    return found
