"""Which of our marks come back, and by what an answer is known from then on: measured by mails."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from mailagent.core.enrolment import measure
from mailagent.core.gates.which import references_in
from mailagent.core.letter import Envelope
from mailagent.core.marks import Marks
from mailagent.core.people import Company, Person, Pin, Proof
from mailagent.core.reply import Reply, Signature
from mailagent.core.value import Value

MEASURED = "mailbox.survival"  # the entry that says what was chosen, and why
BY = {  # as people read it
    Proof.DKIM: "the signature of their domain",
    Proof.SERVER: "the mark of your mail server",
    Proof.CODE: "codes of an authenticator app",
}
Signed = Literal["holds", "broken", "none"]
_NO_SUBJECT = (
    "the Subject loses its [ops ....], without which no answer counts (gate G6): let whoever runs"
    " the server leave the Subject of mail to and from ops@ as it is"
)
_ANCHOR = "0:0000000000000000"  # no draft: nothing hangs on it in the audit log


class Probe(Value):
    """A mail of ours that is only measured, and what it bears to be known again by."""

    code: str
    ref: str
    at_tag: bool  # it went to ops+code@, not to the bare address

    @property
    def name(self) -> str:
        """Its Message-ID before the @, as a draft's holds its token."""
        return f"ops.{self.code.lower()}"

    @property
    def subject(self) -> str:
        """As a draft's: the reference stands at its end."""
        return f"mailagent: {self.code} [ops {self.ref}]"

    def address(self, company: Company) -> str:
        """Where it goes, or where an answer to it should."""
        local, _, domain = company.ops_address.rpartition("@")
        return f"{local}+{self.code.lower()}@{domain}" if self.at_tag else company.ops_address


class Survived(Value):
    """What of a probe was still there when it, or the answer to it, arrived."""

    message_id: bool
    plus_tag: bool
    subject: bool
    signature: Signed
    pins: tuple[Pin, ...] = ()  # what the sender could be known by, the strongest first


class Choice(Value):
    """By what answers find their draft, and people are known; and why."""

    plus_tags: bool
    routes: tuple[str, ...]  # empty: no answer finds its draft
    proof: Proof | None  # None: the owner did not answer
    reasons: tuple[str, ...]


def proof_envelope(probe: Probe, company: Company, person: Person, at: datetime) -> Envelope:
    """The envelope of the mail that the owner is asked to answer: marked like a draft's."""
    return Envelope(
        company=company,
        person=person,
        at=at,
        ref=probe.ref,
        subject=f"mailagent: {probe.code}",
        message_id=f"{probe.name}@{company.domain}",
        reply_to=probe.address(company),
        anchor=_ANCHOR,
        audit_hash=_ANCHOR,
    )


def survived(
    probe: Probe,
    company: Company,
    reply: Reply,
    signatures: tuple[Signature, ...],
    marks: tuple[Marks, ...],
) -> Survived:
    """Of a probe that came home, or of an answer to it: an answer names it in its header."""
    named = f"{probe.name}@{company.domain}".lower()
    header = " ".join((f"<{reply.message_id}>", *reply.routing)).lower()
    pins = measure(reply, signatures, marks)
    return Survived(
        message_id=f"<{named}>" in header,
        plus_tag=f"+{probe.code.lower()}@" in header,
        subject=references_in(reply.subject) == {probe.ref.upper()},
        signature=_signed(reply, pins),
        pins=pins,
    )


def _signed(reply: Reply, pins: Sequence[Pin]) -> Signed:
    if any(pin.method is Proof.DKIM for pin in pins):
        return "holds"
    domain = reply.sender.rpartition("@")[2]
    return "broken" if any(claim.domain == domain for claim in reply.claims) else "none"


def choose(
    bare: Survived | None, tagged: Survived | None, answer: Survived | None, safe: Sequence[Pin]
) -> Choice:
    """What is relied on: what the owner's answer brought, else what came home by itself.

    `safe`: the proofs in the answer that cannot be forged from outside. The strongest is first.
    """
    came_home = tagged is not None and tagged.plus_tag
    tag = answer.plus_tag if answer is not None else came_home
    # On the way home a Message-ID stands by itself; only in an answer both ways are seen.
    seen = answer or bare
    name = seen is not None and seen.message_id
    subject = all(found.subject for found in (bare, tagged, answer) if found) and bool(seen)
    kept = (("plus-tag", tag), ("Message-ID", name))
    routes = tuple(route for route, comes in kept if comes) if subject else ()
    proof = (safe[0].method if safe else Proof.CODE) if answer else None
    reasons = (
        *_why_tag(tagged, answer, works=tag),
        *_why_name(seen, answered=answer is not None),
        *_why_subject(subject=subject),
        *_why_proof(answer, proof),
    )
    return Choice(plus_tags=tag, routes=routes, proof=proof, reasons=reasons)


def _why_tag(tagged: Survived | None, answer: Survived | None, *, works: bool) -> tuple[str, ...]:
    if works:
        return ("mail to ops+tag@ arrives with its tag: drafts have buttons",)
    if answer is not None:
        return ("the answer came without the tag: drafts are answered to ops@, without buttons",)
    if tagged is None:
        return ("mail to ops+tag@ does not arrive: drafts are answered to ops@, without buttons",)
    return ("the tag is taken off on its way: drafts are answered to ops@, without buttons",)


def _why_name(seen: Survived | None, *, answered: bool) -> tuple[str, ...]:
    if seen is None:
        return ("no mail of ours came home: whether a Message-ID is kept is not known",)
    whose = "the answer names" if answered else "our mail came home with"
    return (f"{whose} {'the' if seen.message_id else 'another'} Message-ID",)


def _why_subject(*, subject: bool) -> tuple[str, ...]:
    return ("the Subject keeps its [ops ....]" if subject else _NO_SUBJECT,)


def _why_proof(answer: Survived | None, proof: Proof | None) -> tuple[str, ...]:
    if answer is None:
        return ("the owner did not answer: by what they are known is measured by `enroll`",)
    if proof is Proof.DKIM:
        return ("the answer's DKIM signature holds: the strongest proof",)
    broken = {
        "broken": "the answer's DKIM signature is broken on its way",
        "none": "the answer carries no DKIM signature of its domain",
        "holds": "",
    }[answer.signature]
    if proof is Proof.SERVER:
        return (f"{broken}; the receiving server vouches for it, and cannot be imitated",)
    return (f"{broken}, and no server vouches for it safely: each decision needs a code",)
