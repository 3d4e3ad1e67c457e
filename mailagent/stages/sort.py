"""Sort: an arrived message becomes exactly one thing, and its documents become cases."""

from collections.abc import Sequence

from mailagent.core.audit import Entry
from mailagent.core.bounce import Undelivered, undelivered
from mailagent.core.document import Document, Origin
from mailagent.core.enrolment import code_in_subject
from mailagent.core.errors import KeysUnavailable, Unreadable
from mailagent.core.gates import MOST_KEYS
from mailagent.core.handover import OPEN, HandedState, meant_by, verdict_of
from mailagent.core.inquiry import ANSWERABLE, InquiryState
from mailagent.core.job import ENCLOSED, Job, Stage
from mailagent.core.letter import Notice
from mailagent.core.message import Disposition, Message
from mailagent.core.said import Said, say
from mailagent.core.triage import Look, is_kept_for_its_owner, is_set_aside
from mailagent.ports import (
    KeptMessage,
    Office,
    Stale,
    Transaction,
    became,
    come_back,
    contents_of,
    looked,
    unpacked,
)
from mailagent.ports.beside import asks_beside
from mailagent.ports.codes import tell_of_code
from mailagent.ports.contents import CALENDAR, Found, body_of
from mailagent.ports.notify import Note, notify_owner
from mailagent.ports.shadow import compare_copy

# Each becomes a case and a mail to its owner: who sends more than this sends a flood.
_MOST_DOCUMENTS = 20
_LONGEST_SAID = 400  # letters of what somebody says of a bill that was handed to them


async def sort(office: Office, job: Job) -> None:
    """Opens the mail in a child and decides what it is; of an answer, what it encloses."""
    async with office.store.begin(office.company.id) as tx:
        kept = await tx.message(job.subject)
    if job.version == ENCLOSED:
        await _open_enclosed(office, kept)
        return
    if kept.disposition is not Disposition.ARRIVED:
        raise Stale(f"message {kept.id} is {kept.disposition}")
    raw = await office.blobs.get(kept.sha256)
    try:
        message = await office.reader.open(raw)
    except Unreadable as error:
        await _park(office, kept, str(error), error.why)
        return
    found = contents_of(await _whole(office, message))
    if len(found) > _MOST_DOCUMENTS:
        log = f"it carries {len(found)} documents, and {_MOST_DOCUMENTS} are the most"
        many = say("failed.many_documents", n=len(found), most=_MOST_DOCUMENTS)
        await _park(office, kept, log, many)
        return
    found = await _with_words(office, message, found)
    await office.blobs.put_many(f.content for f in found)
    message = message.model_copy(update={"signed_by": await _signed_by(office, message, raw)})
    async with office.store.begin(office.company.id) as tx:
        await tx.describe(kept.id, message)
        await _dispose(office, tx, kept, message, [f.document for f in found])
        office.probe("sort: before commit")
    office.probe("sort: committed")


async def _signed_by(office: Office, message: Message, raw: bytes) -> str:
    """The domain that signed for the sender, as far as DNS answers: nothing waits for it here."""
    domain = message.sender_address.rpartition("@")[2]
    own = [claim for claim in message.claims if _is_own(claim.domain, domain)][:MOST_KEYS]
    if not own:
        return ""
    try:
        keys = {claim.key_name: await office.keys.record(claim.key_name) for claim in own}
        found = await office.reader.signatures(raw, {n: key for n, key in keys.items() if key})
    except (KeysUnavailable, Unreadable):
        return ""
    valid = (s.domain for s in found if s.valid and "from" in s.covered)
    return next((signed for signed in valid if _is_own(signed, domain)), "")


def _is_own(signed: str, domain: str) -> bool:
    """The sender's domain, or one above it."""
    return bool(signed) and (domain == signed or domain.endswith(f".{signed}"))


async def _whole(office: Office, message: Message) -> Message:
    """With what is in its archives, and without what is our own.

    A mail of ours that comes back inside another, as in a bounce, is nothing new to read.
    """
    async with office.store.begin(office.company.id) as tx:
        theirs = [m for m in message.nested if not await tx.is_ours(m.message_id)]
    theirs_alone = message.model_copy(update={"nested": tuple(theirs)})
    return await unpacked(office.reader, theirs_alone)


async def _open_enclosed(office: Office, kept: KeptMessage) -> None:
    """Whatever became of an answer: a document that came with it is not lost."""
    try:
        message = await office.reader.open(await office.blobs.get(kept.sha256))
    except Unreadable:
        return  # as an answer it was read, and decided upon
    if message.automatic:
        return  # a bounce carries our own mail back
    found = contents_of(await _whole(office, message))
    enclosed = [f for f in found if f.document.origin is Origin.ATTACHMENT][:_MOST_DOCUMENTS]
    await office.blobs.put_many(f.content for f in enclosed)
    async with office.store.begin(office.company.id) as tx:
        if await tx.case_states(kept.id):
            raise Stale(f"what message {kept.id} encloses are cases already")
        ours = await tx.answered_document(kept.id)  # many programs send the original back
        for document in (f.document for f in enclosed if f.document.sha256 != ours):
            case = await tx.open_case(kept.id, document, "other", document.name)
            await tx.defer(Job(stage=Stage.READ, subject=case.id))
        await tx.defer(Job(stage=Stage.SHELVE, subject=kept.id))


def _named(message: Message) -> str:
    """Where a code of ours may stand: what a server rewrites differs."""
    names = (message.message_id, message.in_reply_to, *message.references)
    return " ".join((message.subject, *names, *message.to, *message.cc))


async def _dispose(
    office: Office,
    tx: Transaction,
    kept: KeptMessage,
    message: Message,
    documents: list[Document],
) -> None:
    if await tx.meet_enrolment(_named(message), kept.id):
        entry = Entry(actor="agent", what="message.enrolment")
        await tx.dispose(kept.id, Disposition.REQUEST, entry)
        return
    if code_in_subject(message.subject):
        # It stays where it lies, for that is looked at, until it is measured.
        await tx.defer(Job(stage=Stage.ENROL, subject=kept.id))
        return
    if bounce := undelivered(message):
        await _note_bounce(office, tx, bounce)
    elif why := await _acknowledges(office, tx, message):
        entry = Entry(actor="agent", what="message.automatic", details={"why": why})
        await tx.dispose(kept.id, Disposition.AUTOMATIC, entry)
        return
    if await _needs_nobody(office, tx, kept, message, documents):
        return
    if await _is_answer(tx, message):
        await tx.defer(Job(stage=Stage.OUTSIDER, subject=kept.id))
        return
    if await _answers_in_copy(office, tx, message, documents):
        entry = Entry(actor="agent", what="message.answer", details={"why": "theirs, in copy"})
        await tx.dispose(kept.id, Disposition.AUTOMATIC, entry)
        return
    entry = Entry(actor="agent", what="message.documents")
    cases = [
        await tx.open_case(kept.id, document, "other", message.subject or document.name)
        for document in documents
    ]
    jobs = [Job(stage=Stage.READ, subject=case.id) for case in cases]
    await tx.dispose(kept.id, Disposition.DOCUMENTS, entry, *jobs, cases=cases)


async def _needs_nobody(
    office: Office,
    tx: Transaction,
    kept: KeptMessage,
    message: Message,
    documents: list[Document],
) -> bool:
    """Sets aside what nobody has to look at, and keeps apart what is for its owner alone."""
    look = await looked(tx, kept.id, message)
    if not message.automatic and await _is_answer(tx, message):
        return False  # whatever it looks like: somebody waits for it
    details = {"why": look.reason, "kind": look.kind, "confidence": look.confidence}
    if why := await _aside(office, tx, message, look, documents):
        details["why"] = why
        entry = Entry(actor="agent", what="message.automatic", details=details)
        await tx.dispose(kept.id, Disposition.AUTOMATIC, entry)
        return True
    if is_kept_for_its_owner(look) and not _attached(documents):
        entry = Entry(actor="agent", what="message.code", details=details)
        await tx.dispose(kept.id, Disposition.PARKED, entry)
        await tell_of_code(office, tx, message)
        return True
    return False


async def _answers_in_copy(
    office: Office, tx: Transaction, message: Message, documents: list[Document]
) -> bool:
    """One of our people answers what lies in shadow, and lets us see it: nothing is asked of us."""
    to_us = any(office.company.ops_address.lower() in one.lower() for one in message.to)
    enclosed = _attached(documents) or any(one.media_type == CALENDAR for one in documents)
    return not to_us and not enclosed and await compare_copy(tx, message)


async def _note_bounce(office: Office, tx: Transaction, bounce: Undelivered) -> None:
    for message_id in bounce.message_ids:
        await tx.mail_undelivered(message_id, bounce.why, delayed=bounce.delayed)
    if bounce.delayed:
        return
    await _not_asked(office, tx, bounce.message_ids)
    for lost in await tx.handed(bounce.message_ids):
        gone = {"state": HandedState.LOST, "said": bounce.why[:_LONGEST_SAID]}
        await became(office, tx, lost.model_copy(update=gone))


async def _acknowledges(office: Office, tx: Transaction, message: Message) -> str:
    """What they say to whom a bill was handed is kept, and needs nobody's look at the mail."""
    if not office.company.bridge.on or _is_from_ops(office, message):
        return ""
    names = (message.in_reply_to, *message.references)
    known = await tx.handed(names) or await tx.handed_open()
    one = meant_by(message, known, office.company.bridge)
    if one is None:
        return ""
    said = " ".join(message.text.split())[:_LONGEST_SAID] or message.subject
    verdict = verdict_of(message)
    if one.state in OPEN or verdict is HandedState.REJECTED:  # thanks again are nothing new
        await became(office, tx, one.model_copy(update={"state": verdict, "said": said}))
    return f"{one.tool} answers to [ops {one.ref}]: {verdict}"


def _is_from_ops(office: Office, message: Message) -> bool:
    return message.sender_address == office.company.ops_address.lower()


async def _is_answer(tx: Transaction, message: Message) -> bool:
    """Of somebody outside to a question of ours that is still open."""
    inquiry = await tx.inquiry_of((message.in_reply_to, *message.references))
    return inquiry is not None and inquiry.state in ANSWERABLE


async def _not_asked(office: Office, tx: Transaction, message_ids: Sequence[str]) -> None:
    """A question that did not arrive will not be answered."""
    inquiry = await tx.inquiry_of(message_ids)
    if inquiry is not None and inquiry.state is InquiryState.WAITING:
        lost = {"state": InquiryState.LOST, "until": None}
        await come_back(office, tx, inquiry.model_copy(update=lost))


async def _aside(
    office: Office, tx: Transaction, message: Message, look: Look, documents: list[Document]
) -> str:
    """Why nobody needs to look at this; empty when somebody does.

    Many vendors send bills from machines: what carries a document is never set aside.
    """
    if message.message_id and await tx.is_ours(message.message_id):
        return "our own mail came back"
    if message.automatic and _is_from_ops(office, message):
        return "our own mail was sent on to us"  # a rule that forwards makes it new, and a loop
    if _attached(documents) or await _is_ours(tx, message):
        return ""
    if not look.reason:  # nobody looked: the header has to do
        return message.automatic
    return look.reason if is_set_aside(look) else ""


def _attached(documents: list[Document]) -> bool:
    return any(document.origin is Origin.ATTACHMENT for document in documents)


async def _is_ours(tx: Transaction, message: Message) -> bool:
    """What one of our own people sends in, they want to be looked at."""
    sender = message.sender_address
    by_hand = not message.automatic
    return by_hand and any(person.address(sender) for person in await tx.people())


async def _with_words(office: Office, message: Message, found: list[Found]) -> list[Found]:
    """A paper, and words beside it that ask for a meeting: both are read."""
    media = {one.document.media_type for one in found}
    papers = all(one.document.origin is Origin.ATTACHMENT for one in found)
    if not papers or CALENDAR in media or message.nested or is_set_aside(message.look):
        return found
    words = body_of(message)
    asks = await asks_beside(office, message, words.document, words.content)
    return [*found, words] if asks else found


async def _park(office: Office, kept: KeptMessage, log: str, why: Said) -> None:
    async with office.store.begin(office.company.id) as tx:
        entry = Entry(actor="agent", what="message.parked", details={"why": log})
        await tx.dispose(kept.id, Disposition.PARKED, entry)
        arrived = kept.received_at.isoformat(" ", "minutes")
        facts = (("why", why), ("error", log), ("arrived", arrived))
        await notify_owner(office, tx, Note(Notice.UNOPENED, f"parked/message/{kept.id}", facts))
