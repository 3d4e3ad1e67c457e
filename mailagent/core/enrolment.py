"""Enrolment: what really arrived with a person's mail decides how they are known from then on."""

import secrets
from datetime import timedelta

from mailagent.core.gates.proof import unproven
from mailagent.core.people import Pin, Proof
from mailagent.core.reply import Reply, ServerVerdict, Signature

# Long enough to walk to the phone and back.
PATIENCE = timedelta(minutes=30)
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Shown on the terminal, mailed in by the person; 48 bits, used once."""
    return "ENROLL-" + "".join(secrets.choice(_LETTERS) for _ in range(10))


def measure(reply: Reply, signatures: tuple[Signature, ...]) -> Pin:
    """The strongest proof that survived the way here."""
    domain = reply.sender.rpartition("@")[2]
    possible = [*_signed(domain, signatures), *_vouched(reply.sender, reply.server)]
    held = [pin for pin in possible if not unproven(pin, reply, signatures)]
    return held[0] if held else Pin(method=Proof.CODE)


def _signed(domain: str, signatures: tuple[Signature, ...]) -> list[Pin]:
    """Only the address's own domain says that the mail is the person's."""
    return [Pin(method=Proof.DKIM, domain=s.domain) for s in signatures if s.domain == domain]


def _vouched(sender: str, server: ServerVerdict | None) -> list[Pin]:
    if server is None:
        return []
    pin = Pin(
        method=Proof.SERVER,
        authserv_id=server.authserv_id,
        domain=sender.rpartition("@")[2],
        login=sender,
    )
    return [pin]
