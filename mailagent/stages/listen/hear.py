"""What one of our own people wrote, and whether it is really theirs."""

from typing import NamedTuple

from mailagent.core.decision.above import says_nothing
from mailagent.core.decision.requests import Request, Written, request
from mailagent.core.document import Document, Origin
from mailagent.core.errors import KeysUnavailable, Unreadable
from mailagent.core.gates import Admission, Author, Refusal, admit, author, sender
from mailagent.core.message import Message
from mailagent.core.people import Person
from mailagent.core.post import Thread
from mailagent.core.reading import Kind
from mailagent.core.reply import Reply
from mailagent.core.revision import Above
from mailagent.core.value import sha256
from mailagent.ports import KeptMessage, Office, context_of, cover_for, evidence, facts_of

_NOBODY = Admission()
_LONGEST = 2000  # characters that are kept of what stands above a document


class Heard(NamedTuple):
    """A mail with all that is known of it."""

    kept: KeptMessage
    reply: Reply
    said: Request | str | None  # a string says why it cannot be told
    admission: Admission
    above: Above | None = None  # it brings a document, and this stands above it

    def described(self) -> Message:
        """What people see of it in a list, and the name by which it is found again."""
        name = f"<{self.reply.message_id}>" if self.reply.message_id else ""
        return Message(subject=self.reply.subject, sender=self.reply.sender, message_id=name)

    def thread(self) -> Thread:
        """Our answer hangs on the request."""
        fields = dict(self.reply.fields)
        before = fields.get("references") or fields.get("in-reply-to") or ""
        return Thread(
            subject=self.reply.subject.strip(),
            message_id=f"<{self.reply.message_id}>" if self.reply.message_id else "",
            references=tuple(before.split())[-20:],
        )


async def hear(office: Office, kept: KeptMessage, people: tuple[Person, ...]) -> Heard:
    """Reads it; the proof is looked at only where something hangs on it. DNS may hold it."""
    reply = await facts_of(office, kept)
    said = await _said(office, kept, reply, people)
    above = _above(office, reply, people) if said is None else None
    if said is None and above is None:
        return Heard(kept, reply, None, _NOBODY)
    try:
        found = await evidence(office, kept, reply, people)
    except KeysUnavailable:  # it is held: people see whose mail waits
        async with office.store.begin(office.company.id) as tx:
            await tx.describe(kept.id, Heard(kept, reply, said, _NOBODY).described())
        raise
    largest = 0 if said else office.mail_bytes
    async with office.store.begin(office.company.id) as tx:
        context = await context_of(office, tx, found, people, largest=largest)
        if (who := sender(reply, context)) is not None:
            app = await tx.authenticator(who[0].id)
            context = context.model_copy(update={"authenticator": app})
    if said is None:
        return Heard(kept, reply, None, _NOBODY, above and _proved(above, author(reply, context)))
    return Heard(kept, reply, said, admit(reply, said, context))


async def _said(
    office: Office, kept: KeptMessage, reply: Reply, people: tuple[Person, ...]
) -> Request | str | None:
    """What is asked for, where this mail can ask for anything."""
    person = next((p for p in people if reply.sender and p.address(reply.sender)), None)
    if person is None or reply.automatic or not _to_us(office, reply):
        return None
    fields = dict(reply.fields)
    answers = fields.get("in-reply-to") or fields.get("references") or ""
    if await _is_apart(office, reply, answers):
        return None
    if not answers and reply.quoted.strip():
        return None  # sent on: what stands below is what it is about
    written = Written(
        subject="" if answers else reply.subject,
        own=reply.own,
        own_html=reply.own_html,
        names=(*(p.name for p in people), office.company.assistant_name),
    )
    said = request(written, office.verbs)
    if not isinstance(said, Request) or said.name != "find":
        return said
    if reply.encloses or await _asks_for_meeting(office, kept, people):
        return None  # "find the bill attached", "find us half an hour next week"
    return said


async def _is_apart(office: Office, reply: Reply, answers: str) -> bool:
    """An answer to what `doctor --proof` sent, or a talk with somebody else, with us in it."""
    async with office.store.begin(office.company.id) as tx:
        if await tx.awaited_code(" ".join((reply.subject, *reply.routing))):
            return True
    return bool(answers) and not await _is_ours(office, answers)


async def _asks_for_meeting(office: Office, kept: KeptMessage, people: tuple[Person, ...]) -> bool:
    """The reader of meetings knows it: then it is a document like that of any other mail."""
    cover = await cover_for(office, kept, people)
    body = cover.text.encode("utf-8", "replace")
    document = Document(
        name=cover.subject[:200] or "mail",
        media_type="text/plain",
        sha256=sha256(body),
        size=len(body),
        origin=Origin.BODY,
    )
    try:
        reading = await office.reader.read(body, document, us=office.company.us, cover=cover)
    except Unreadable:
        return False
    return reading.kind is Kind.MEETING_REQUEST


def _above(office: Office, reply: Reply, people: tuple[Person, ...]) -> Above | None:
    """Words of one of our people, where there is something below them."""
    person = next((p for p in people if reply.sender and p.address(reply.sender)), None)
    own = reply.own.strip() or (reply.own_html or "").strip()
    below = reply.encloses or reply.quoted.strip()
    if person is None or not own or not below or reply.automatic or not _to_us(office, reply):
        return None
    names = (*(p.name for p in people), office.company.assistant_name)
    if says_nothing(own, names, office.verbs):
        return None
    html = reply.own_html if reply.own.strip() else None
    return Above(person=person.id, words=own[:_LONGEST], html=html, at=reply.date)


def _proved(said: Above, who: Author | Refusal) -> Above:
    """Words that nobody proves are shown, and used for nothing."""
    if isinstance(who, Refusal):
        return said.model_copy(update={"unproved": f"{who.gate}: {who.reason}"})
    if who.needs_code:
        return said.model_copy(update={"unproved": "only a code proves this person"})
    return said


def _to_us(office: Office, reply: Reply) -> bool:
    """In To, not in Cc: that is talk with others."""
    return office.company.ops_address.lower() in dict(reply.fields).get("to", "").lower()


async def _is_ours(office: Office, answers: str) -> bool:
    async with office.store.begin(office.company.id) as tx:
        return any([await tx.is_ours(name) for name in answers.split()[-20:]])
