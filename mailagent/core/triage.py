"""What a mail seems to be, and what follows: one value, and pure rules over it.

A `Look` is made where the mail is opened (parsers/triage/), from its structure, its header and its
words. Here it is weighed against what is known of the sender. What could be worth anything is
never set aside: where the signs disagree, the owner is asked.
"""

from enum import StrEnum

from pydantic import Field as Bounded

from mailagent.core.document import Origin
from mailagent.core.reading import Kind, Reading
from mailagent.core.value import Value

# What may lie in Ops/Aside without anybody's having seen it.
BULK = frozenset(
    {Kind.NEWSLETTER, Kind.SPAM, Kind.NOTIFICATION, Kind.SHIPPING, Kind.AUTOMATIC}
)
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


class Tone(StrEnum):
    """How it is said. Shown, and decides nothing."""

    PLAIN = "plain"
    THANKFUL = "thankful"
    COMPLAINT = "complaint"


class Look(Value):
    """What one mail seems to be, by itself."""

    kind: Kind = Kind.OTHER
    confidence: float = Bounded(0.0, ge=0, le=1)
    reason: str = ""  # in words
    topic: Topic | None = None  # of a request
    addressee: str = ""  # whom it greets or names, as written
    language: str = ""
    urgent: bool = False
    tone: Tone = Tone.PLAIN
    bulk: str = ""  # the sign of a list or of a mass mailing
    rivals: tuple[Kind, ...] = ()  # what else it could be

    @property
    def is_sure(self) -> bool:
        """Whether anybody needs to be asked what it is; a model is asked first, where there is one."""
        return self.confidence >= SURE


class Lesson(Value):
    """What a person said of a sender's mails. It cites the mail that taught it."""

    sender: str
    kind: Kind
    person: str
    message: int  # the mail of theirs that was corrected
    by: str = ""  # the content of the correction itself


class History(Value):
    """What is known of a sender before this mail."""

    kinds: dict[str, int] = {}  # how many mails of which kind
    lesson: Lesson | None = None
    written_to: bool = False  # we wrote to this address

    @property
    def always_aside(self) -> bool:
        """Every mail so far was of the kind that nobody looks at."""
        bulk = {kind.value for kind in BULK}
        return sum(self.kinds.values()) >= _USUAL and set(self.kinds) <= bulk


NEW = History()


def weighed(look: Look, history: History = NEW) -> Look:
    """The look in the light of what is known of its sender; a person's word goes first."""
    lesson = history.lesson
    if lesson is not None and look.kind not in (Kind.CODE, Kind.AUTOMATIC):
        return _as_taught(look, lesson)
    if look.kind is Kind.SPAM and history.written_to:
        doubt = f"{look.reason}, but we have written to this sender"
        return look.model_copy(update={"confidence": 0.5, "reason": doubt})
    if look.kind in BULK and not look.is_sure and history.always_aside:
        usual = f"{look.reason}; all mails of this sender were such"
        return look.model_copy(update={"confidence": 0.8, "reason": usual})
    return look


def _as_taught(look: Look, lesson: Lesson) -> Look:
    told = f"{lesson.person} said so of mails of {lesson.sender}"
    if lesson.kind in BULK and look.kind not in BULK and look.kind is not Kind.OTHER and look.is_sure:
        # A bill from the sender of a newsletter is a bill all the same.
        return look
    if lesson.kind not in BULK and lesson.kind is not Kind.OTHER:
        return look.model_copy(update={"kind": lesson.kind, "confidence": 0.95, "reason": told})
    if lesson.kind is Kind.OTHER:  # "not a newsletter": it is looked at, whatever it is
        kind = Kind.OTHER if look.kind in BULK else look.kind
        return look.model_copy(update={"kind": kind, "confidence": 0.95, "reason": told})
    return look.model_copy(update={"kind": lesson.kind, "confidence": 0.95, "reason": told})


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
    if look.is_sure or reading.kind in _WORTHLESS:
        said = {"kind": look.kind, "confidence": look.confidence, "reason": look.reason}
        return reading.model_copy(update=said)
    return reading


def mail_kind(look: Look, readings: list[Reading]) -> Kind:
    """What the whole mail is: the first of its documents that is something, else its words."""
    known = (r.kind for r in readings if r.kind not in (Kind.OTHER, Kind.UNREADABLE))
    return next(known, readings[0].kind if readings else look.kind)
