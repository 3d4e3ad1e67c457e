"""What a mail seems to be, and what follows: one value, and pure rules over it.

A `Look` is made where the mail is opened (parsers/triage/), from its structure, its header and its
words. Here it is weighed against what is known of the sender. What could be worth anything is
never set aside: where the signs disagree, the owner is asked.
"""

from enum import StrEnum

from pydantic import Field as Bounded

from mailagent.core.document import Origin
from mailagent.core.fraud import Signs
from mailagent.core.reading import Kind, Reading
from mailagent.core.said import Said, say
from mailagent.core.value import Value

# What may lie in Ops/Aside without anybody's having seen it.
BULK = frozenset({Kind.NEWSLETTER, Kind.SPAM, Kind.NOTIFICATION, Kind.SHIPPING, Kind.AUTOMATIC})
# From here on a kind is taken; below it the owner is asked what it is.
SURE = 0.7
# So many mails of a sender in a row were set aside: one more is no surprise.
_USUAL = 3


class Topic(StrEnum):
    """The requests that come again and again; each has replies in templates/replies/."""

    PAYMENT_QUERY = "payment_query"  # where is my payment
    TAX_FORM = "tax_form"  # a W-9, a certificate of residence
    CHANGE_OF_ADDRESS = "change_of_address"
    APPLICATION = "application"
    INVOICE_COPY = "invoice_copy"  # they want a bill of ours
    BANK_DETAILS = "bank_details"  # where they are to pay, or whether that is still right
    OPENING_HOURS = "opening_hours"
    CERTIFICATE = "certificate"  # of insurance, of a standard, of good standing


class Tone(StrEnum):
    """How it is said. Shown, and decides nothing."""

    PLAIN = "plain"
    THANKFUL = "thankful"
    COMPLAINT = "complaint"


class Look(Value):
    """What one mail seems to be, by itself."""

    kind: Kind = Kind.OTHER
    confidence: float = Bounded(0.0, ge=0, le=1)
    why: Said | None = None
    reason: str = ""  # the same in plain English, for the log and the command line
    topic: Topic | None = None  # of a request
    addressee: str = ""  # whom it greets or names, as written
    language: str = ""
    urgent: bool = False
    tone: Tone = Tone.PLAIN
    bulk: str = ""  # the sign of a list or of a mass mailing
    rivals: tuple[Kind, ...] = ()  # what else it could be

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to be asked what it is."""
        return self.confidence >= SURE


class Teaching(Value):
    """What a person said of mails of a sender that look so; it cites the mail about which."""

    sender: str
    seen: Kind  # what they look like by themselves
    kind: Kind  # what they are; `other`: whatever it is, it is to be looked at
    person: str
    message: int
    taught_by: str = ""  # the content of the mail that said so


class Sighting(Value):
    """What one mail seemed to be, with the sender that it counts for."""

    message: int
    address: str = ""  # who wrote it first, where one of our people sent it on
    name: str = ""
    kind: Kind
    look: Look
    signs: Signs = Signs()


class History(Value):
    """What is known of a sender before this mail."""

    kinds: dict[str, int] = {}  # of the latest mails, how many of which kind
    lessons: tuple[Teaching, ...] = ()
    written_to: bool = False  # we wrote to this address

    @property
    def always_aside(self) -> bool:
        """Every mail so far was of the kind that nobody looks at."""
        bulk = {kind.value for kind in BULK}
        return sum(self.kinds.values()) >= _USUAL and set(self.kinds) <= bulk


NEW = History()


def weighed(look: Look, history: History = NEW) -> Look:
    """The look in the light of what is known of its sender; a person's word goes first."""
    lesson = next((one for one in history.lessons if one.seen is look.kind), None)
    if lesson is not None and look.kind not in (Kind.CODE, Kind.AUTOMATIC):
        told = because("taught", f"{lesson.person}, {lesson.sender}")
        return look.model_copy(update={"kind": lesson.kind, "confidence": 0.95, **told})
    if look.kind is Kind.SPAM and history.written_to:
        return look.model_copy(update={"confidence": 0.5, **because("known", look.reason)})
    if look.kind in BULK and not look.is_sure and history.always_aside:
        return look.model_copy(update={"confidence": 0.8, **because("usual", look.reason)})
    return look


# Why something seems what it seems; the same for people is `looked.*` in templates/words/.
_REASONS = {
    "words": "it says {said}",
    "sign": "{said}",
    "invitation": "it carries an invitation",
    "filter": "the spam filter of the mail server marked it",
    "doubtful": "{said}, but it may be of value",
    "several": "its words say several things",
    "office": "an office sends a link, and it is not clear what for",
    "like": "it reads like such mails: {said}",
    "person": "somebody writes, and asks for none of the usual things",
    "empty": "it has no text",
    "taught": "so it was said before: {said}",
    "known": "{said}, but we have written to this sender",
    "usual": "{said}; all mails of this sender were such",
}


def because(key: str, said: str = "") -> dict[str, object]:
    """The reason for people and for the log; `said` is what gave it, as written."""
    return {"why": say(f"looked.{key}", said=said), "reason": _REASONS[key].format(said=said)}


def is_kept_for_its_owner(look: Look) -> bool:
    """A code or a link to confirm something: never answered, sent on or followed."""
    return look.kind is Kind.CODE and look.is_sure


def is_set_aside(look: Look) -> bool:
    """Nobody needs to look at it; it is counted in the brief."""
    return look.kind in BULK and look.is_sure


# What a reader of documents says of a body goes before what the words around it say.
_OF_BODIES = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE, Kind.RECEIPT})
_WORTHLESS = frozenset({Kind.OTHER, Kind.FORM, Kind.UNREADABLE})
# How sure a covering letter is of a paper that no reader knows.
_BY_ITS_LETTER = 0.6


def settled(reading: Reading, look: Look, origin: Origin) -> Reading:
    """The reading of a document with the kind that it has in its mail.

    A body is what the mail is. An attachment is what its reader says, and only where none knows
    it, what the words around it call it; that is doubtful, and says so.
    """
    if origin is Origin.BODY:
        return _of_body(reading, look)
    if reading.kind is Kind.OTHER and look.kind is Kind.CONTRACT and look.is_sure:
        why = f"no reader knows it, but of the mail: {look.reason}"
        said = {"kind": look.kind, "confidence": _BY_ITS_LETTER, "reason": why}
        return reading.model_copy(update=said)
    return reading


def _of_body(reading: Reading, look: Look) -> Reading:
    if look.kind is Kind.OTHER and not look.reason:
        return reading
    complete = all(reading.text(name) for name in ("invoice_number", "total"))
    if reading.kind in _OF_BODIES and complete and look.kind not in (Kind.BILL_NOTICE, Kind.NOTICE):
        return reading
    if reading.kind not in _WORTHLESS and reading.kind is look.kind:
        return reading
    if reading.kind is Kind.MEETING_REQUEST and look.kind not in BULK:
        return reading  # what it asks for and when was read: that says more than its tone
    if look.is_sure or reading.kind in _WORTHLESS:
        said = {"kind": look.kind, "confidence": look.confidence, "reason": look.reason}
        return reading.model_copy(update=said)
    return reading


def mail_kind(look: Look, readings: list[Reading]) -> Kind:
    """What the whole mail is: the first of its documents that is something, else its words."""
    known = (r.kind for r in readings if r.kind not in (Kind.OTHER, Kind.UNREADABLE))
    if look.kind is Kind.AUTOMATIC and look.is_sure:
        return next(known, look.kind)
    return next(known, readings[0].kind if readings else look.kind)


def seems(look: Look) -> tuple[Said, ...]:
    """What the mail seems to be, and what else is to be seen of it; none of that decides."""
    if look.why is None:
        return ()
    said = [say("look.seems" if look.is_sure else "look.unsure", this=look.kind), look.why]
    if look.addressee:
        said.append(say("look.for_whom", name=look.addressee))
    if look.urgent:
        said.append(say("look.urgent"))
    if look.tone is Tone.COMPLAINT:
        said.append(say("look.complaint"))
    return (*said, say("look.teach"))
