"""How our mails hang together: subjects, threads, Message-IDs."""

from collections.abc import Sequence
from datetime import datetime

from mailagent.core.audit import AuditEntry
from mailagent.core.letter import Envelope
from mailagent.core.people import Company, Person
from mailagent.core.token import Token
from mailagent.core.value import Value, sha256


class Thread(Value):
    """What a mail of ours hangs on: the mail that started the case."""

    subject: str
    ref: str = ""
    message_id: str = ""  # with angle brackets, as it came
    references: tuple[str, ...] = ()


def address_with(company: Company, token: Token) -> str:
    """ops+token@..., or the plain address where plus-addressing does not work."""
    if not company.plus_tags:
        return company.ops_address
    local, _, domain = company.ops_address.rpartition("@")
    return f"{local}+{token}@{domain}"


def envelope(  # noqa: PLR0913 - a letter's head names all of them
    company: Company,
    person: Person,
    thread: Thread,
    head: AuditEntry,
    at: datetime,
    *,
    about: str,
    token: Token | None = None,
    answers: Token | None = None,
) -> Envelope:
    """The envelope of one logical mail: the same `about`, the same Message-ID.

    `token` makes it a draft of its own; `answers` lets a reply to it count for a draft that was
    sent before.
    """
    name = str(token) if token else sha256(f"{company.id}/{about}".encode())[:40]
    routed = token or answers
    return Envelope(
        company=company,
        person=person,
        at=at,
        ref=thread.ref,
        subject=thread.subject,
        message_id=f"ops.{name}@{company.domain}",
        reply_to=address_with(company, routed) if routed and company.plus_tags else "",
        in_reply_to=thread.message_id,
        references=_references(thread),
        anchor=head.anchor,
        audit_hash=f"{head.seq}:{head.hash}",
    )


def _references(thread: Thread) -> tuple[str, ...]:
    known = [r for r in thread.references if r != thread.message_id]
    return (*known, thread.message_id) if thread.message_id else tuple(known)


def owner_of(approvers: Sequence[str], people: Sequence[Person], sender: str) -> Person | None:
    """Who is asked: the approver who sent it in, otherwise the first one there is."""
    ours = [p for name in approvers for p in people if p.id == name] or (
        list(people) if not approvers else []
    )
    return next((p for p in ours if p.address(sender)), ours[0] if ours else None)
