"""Inquire: whom to ask. The mail about which somebody wants to know is looked into once more."""

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.errors import Unreadable
from mailagent.core.inquiry import Inquiry, InquiryState
from mailagent.core.job import Job, Stage
from mailagent.core.message import Message
from mailagent.core.people import Person
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from mailagent.core.said import say
from mailagent.ports import KeptMessage, Office, Stale
from mailagent.ports.prose import drafted
from parsers.mail.forwarded import Original, original_sender


async def inquire(office: Office, job: Job) -> None:
    """The question, its recipient and its subject, as the reading of a case of its own."""
    async with office.store.begin(office.company.id) as tx:
        case = await tx.case(job.subject)
        inquiry = await tx.inquiry(case.id)
        kept = await tx.message(case.message)
        people = tuple(await tx.people())
    if case.state is not State.RECEIVED or inquiry is None:
        raise Stale(f"case {case.ref} is {case.state}")
    try:
        message = await office.reader.open(await office.blobs.get(kept.sha256))
    except Unreadable:
        message = Message(subject=kept.subject, sender=kept.sender)
    writer = _writer(office, message, people)
    if writer is None and inquiry.unbidden:
        await _drop(office, case, inquiry)
        return
    reading = _reading(inquiry, message, kept, writer)
    if wording := await drafted(office, "question", inquiry.words, case):
        remark = say("model.wording", text=wording)
        reading = reading.model_copy(update={"remarks": (remark,)})
    async with office.store.begin(office.company.id) as tx:
        await tx.save_reading(case.id, reading)
        details = {"about": inquiry.about, "recipient": reading.text("recipient")}
        entry = Entry(actor="agent", what="case.inquiry", details=details)
        following = Job(stage=Stage.PROPOSE, subject=case.id, version=case.version + 1)
        await tx.advance(case, State.READ, entry, following)
        office.probe("inquire: before commit")
    office.probe("inquire: committed")


async def _drop(office: Office, case: Case, inquiry: Inquiry) -> None:
    """Nobody told us to ask, and there is nobody to ask."""
    async with office.store.begin(office.company.id) as tx:
        given_up = inquiry.model_copy(update={"state": InquiryState.GIVEN_UP})
        await tx.save_inquiry(given_up)
        details = {"about": inquiry.about, "why": "nobody outside sent it"}
        entry = Entry(actor="agent", what="case.inquiry", details=details)
        await tx.advance(case, State.IGNORED, entry)


def _writer(office: Office, message: Message, people: tuple[Person, ...]) -> Original | None:
    """Who wrote it first: of the mail that was sent on, otherwise of this one. Never ourselves."""
    sender = message.sender_address
    ours = {office.company.ops_address.lower()}
    ours |= {entry.address for person in people for entry in person.addresses}
    sent_on = original_sender(message, ours) if not sender or sender in ours else None
    found = sent_on or (Original(sender, message.sender) if sender else None)
    return found if found and found.address.lower() not in ours else None


def _reading(
    inquiry: Inquiry, message: Message, kept: KeptMessage, writer: Original | None
) -> Reading:
    """A question to somebody who was not found stays without a recipient: its owner is asked."""
    attached = message.nested[0] if message.nested else None
    about = attached or message
    said = {
        "recipient": (writer.address if writer else "", Source.TEXT, writer and writer.quote),
        "subject": (" ".join(about.subject.split())[:150], Source.TEXT, about.subject),
        "question": (inquiry.words.strip(), Source.OWNER, inquiry.words),
        "in_reply_to": (about.message_id or kept.message_id, Source.TEXT, about.message_id),
    }
    return Reading(
        kind=Kind.OTHER,
        confidence=1,
        fields={
            name: Field(
                value=value, confidence=1, source=source, evidence=Evidence(quote=quote or value)
            )
            for name, (value, source, quote) in said.items()
            if value
        },
        reason="a question of one of our people",
    )
