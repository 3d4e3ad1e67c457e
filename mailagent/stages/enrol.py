"""Enrol: an address whose provider changed is measured anew, for a code of its person."""

from datetime import timedelta

from mailagent.core.audit import Entry
from mailagent.core.enrolment import code_in_subject, is_safe, measure, repinned
from mailagent.core.gates import Author, Gate, Refusal, claimed_author
from mailagent.core.job import Job
from mailagent.core.letter import Notice
from mailagent.core.message import Disposition
from mailagent.core.people import Person, Pin
from mailagent.core.reply import Reply, Signature
from mailagent.ports import (
    Evidence,
    KeptMessage,
    Office,
    Stale,
    Transaction,
    all_signatures,
    context_of,
    facts_of,
)
from mailagent.ports.notify import Note, notify

# After a wrong code nobody is listened to for so long: six digits are soon guessed.
_DEAF = timedelta(hours=1)


async def enrol(office: Office, job: Job) -> None:
    """Pins what this mail came with, if it carries the code; otherwise nothing changes."""
    async with office.store.begin(office.company.id) as tx:
        kept = await tx.message(job.subject)
    reply = await facts_of(office, kept)
    signatures = await all_signatures(office, kept, reply)
    async with office.store.begin(office.company.id) as tx:
        if await tx.is_decided(kept.id):
            raise Stale(f"message {kept.id} was looked at before")
        people = tuple(await tx.people())
        context = await context_of(office, tx, Evidence(reply, ()), people)
        author = claimed_author(reply, context)
        if isinstance(author, Refusal):
            await _note(tx, kept, author.gate, author.reason)
        else:
            await _measure(office, tx, kept, author, reply, signatures)
        entry = Entry(actor="agent", what="message.enrolment")
        await tx.dispose(kept.id, Disposition.REQUEST, entry)
        office.probe("enrol: before commit")
    office.probe("enrol: committed")


async def _measure(
    office: Office,
    tx: Transaction,
    kept: KeptMessage,
    author: Author,
    reply: Reply,
    signatures: tuple[Signature, ...],
) -> None:
    person, deaf = author.person, f"enroll/{author.person.id}"
    if await tx.is_muted(deaf):
        await _note(tx, kept, Gate.WEIGHT, "a wrong code came less than an hour ago")
        return
    code, app = code_in_subject(reply.subject), await tx.authenticator(person.id)
    step, why = repinned(author, reply, code, app)
    if step is None:
        await tx.mute(deaf, office.clock.now() + _DEAF)
        await _note(tx, kept, Gate.WEIGHT, why)
        await _tell(office, tx, kept, person, Notice.NOT_ENROLLED, why=why)
        return
    stripped, mailbox = await tx.stripped(), office.mailbox.name
    measured = measure(reply, signatures, office.marks)
    pin = next(pin for pin in measured if is_safe(pin, stripped, mailbox))
    await tx.use_code(person.id, step)
    await tx.note_decision(kept.id, None, {}, "enrolled")
    await _pin(tx, author, pin)
    what = " ".join(filter(None, (pin.method, pin.domain or pin.by)))
    await _tell(
        office, tx, kept, person, Notice.ENROLLED, address=author.address.address, proof=what
    )


async def _pin(tx: Transaction, author: Author, pin: Pin) -> None:
    person, address = author.person, author.address.address
    pinned = tuple(
        entry.model_copy(update={"pin": pin}) if entry.address == address else entry
        for entry in person.addresses
    )
    details = {"person": person.id, "address": address, "pin": pin.model_dump(mode="json")}
    entry = Entry(actor=person.id, what="person.enrolled", details=details)
    await tx.save_person(person.model_copy(update={"addresses": pinned}), entry)
    await tx.note_proof(address, "")


async def _note(tx: Transaction, kept: KeptMessage, gate: Gate, why: str) -> None:
    await tx.note_decision(kept.id, None, {gate: why}, "refused")
    details = {"content": kept.sha256, "why": why}
    await tx.audit(Entry(actor="unproven", what="person.not_enrolled", details=details))


async def _tell(
    office: Office,
    tx: Transaction,
    kept: KeptMessage,
    person: Person,
    notice: Notice,
    **facts: str,
) -> None:
    """To the address on file, whoever wrote."""
    await notify(office, tx, person, Note(notice, f"enrolment/{kept.id}", facts.items()))
