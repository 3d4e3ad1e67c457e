"""Outsider: somebody whom we asked has answered. What they write is shown, and decides nothing."""

import re

from mailagent.core.audit import Entry
from mailagent.core.cover import Cover
from mailagent.core.document import Document, Origin
from mailagent.core.errors import Unreadable
from mailagent.core.inquiry import ANSWERABLE, HUMAN, Inquiry, InquiryState
from mailagent.core.job import ENCLOSED, Job, Stage
from mailagent.core.letter import Notice, Original
from mailagent.core.meeting import Slot
from mailagent.core.message import Disposition, Message
from mailagent.core.reading import Reading
from mailagent.core.reply import Reply
from mailagent.core.value import sha256
from mailagent.ports import KeptMessage, Office, Stale, Transaction, come_back, facts_of, tell

_HUMAN = re.compile(rf"\b{HUMAN}\b", re.IGNORECASE)
_LONGEST = 1000  # characters of an answer that are shown
_MOST_SENT_ON = 10 * 1024 * 1024  # bytes


async def outsider(office: Office, job: Job) -> None:
    """The case goes on with the answer; a document that came along becomes a case as well."""
    async with office.store.begin(office.company.id) as tx:
        kept = await tx.message(job.subject)
    if kept.disposition is not Disposition.ARRIVED:
        raise Stale(f"message {kept.id} is {kept.disposition}")
    reply = await facts_of(office, kept)
    own = reply.own.strip() or (reply.own_html or "").strip()
    for_human = bool(_HUMAN.search(own))
    async with office.store.begin(office.company.id) as tx:
        asked = await tx.inquiry_of(_answered(reply))
    times = await _times(office, asked, reply, own) if asked and not for_human else None
    raw = await office.blobs.get(kept.sha256)
    async with office.store.begin(office.company.id) as tx:
        inquiry = await tx.inquiry_of(_answered(reply))
        if inquiry is None or inquiry.state not in ANSWERABLE:
            await tx.defer(Job(stage=Stage.SORT, subject=kept.id))
            return
        await _describe(tx, kept, reply)
        if for_human:
            await _send_on(office, tx, _became(inquiry, InquiryState.HUMAN, reply, ""), raw)
        else:
            # What cannot be told apart from the quotation is shown with it.
            said = _became(inquiry, InquiryState.ANSWERED, reply, own or reply.quoted.strip())
            await come_back(office, tx, said.model_copy(update={"reading": times}))
        enclosed = Job(stage=Stage.SORT, subject=kept.id, version=ENCLOSED)
        details = {"inquiry": inquiry.case, "human": for_human}
        entry = Entry(actor="agent", what="message.answer", case=inquiry.about, details=details)
        jobs = (enclosed,) if reply.encloses and not for_human else ()
        await tx.dispose(kept.id, Disposition.DOCUMENTS, entry, *jobs)
        office.probe("outsider: before commit")
    office.probe("outsider: committed")


async def _times(office: Office, inquiry: Inquiry, reply: Reply, own: str) -> Reading | None:
    """What an answer to times that were offered says of them; a child reads it."""
    async with office.store.begin(office.company.id) as tx:
        held = await tx.held_for(inquiry.case)
        person = await tx.person(inquiry.person)
    if inquiry.case != inquiry.about or person is None:
        return None
    ordered = sorted((one.appointment for one in held), key=lambda one: one.start)
    content = own.encode()
    document = Document(
        name="answer",
        media_type="text/plain",
        sha256=sha256(content),
        size=len(content),
        origin=Origin.BODY,
    )
    cover = Cover(
        sender=reply.sender,
        address=reply.sender,
        subject=reply.subject,
        date=reply.date,
        text=own,
        home=person.timezone,
        ours=(office.company.ops_address,),
        slots=tuple(Slot(start=one.start, end=one.end) for one in ordered),
    )
    try:
        return await office.reader.read(content, document, cover=cover)
    except Unreadable:
        return None


def _answered(reply: Reply) -> tuple[str, ...]:
    fields = dict(reply.fields)
    return (*fields.get("in-reply-to", "").split(), *fields.get("references", "").split()[-20:])


def _became(inquiry: Inquiry, state: InquiryState, reply: Reply, words: str) -> Inquiry:
    said = {"state": state, "answered_by": reply.sender, "answer": words[:_LONGEST], "until": None}
    return inquiry.model_copy(update=said)


async def _describe(tx: Transaction, kept: KeptMessage, reply: Reply) -> None:
    name = f"<{reply.message_id}>" if reply.message_id else ""
    said = Message(subject=reply.subject, sender=reply.sender, message_id=name)
    await tx.describe(kept.id, said)


async def _send_on(office: Office, tx: Transaction, inquiry: Inquiry, raw: bytes) -> None:
    """The word *human* in it: its owner gets the mail as it came, and no rule reads it."""
    await tx.save_inquiry(inquiry)
    fits = len(raw) <= _MOST_SENT_ON
    mail = Original(name="message.eml", media_type="message/rfc822", content=raw) if fits else None
    await tell(office, tx, inquiry, Notice.HUMAN, mail)
