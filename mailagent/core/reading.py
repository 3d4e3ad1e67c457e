"""What a parser saw: values, each with its source and its evidence."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field as Bounded
from pydantic import model_validator

from mailagent.core.said import Said, say
from mailagent.core.value import Value


class Kind(StrEnum):
    """What a document is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"
    PURCHASE_ORDER = "purchase_order"
    ORDER_CONFIRMATION = "order_confirmation"
    QUOTE = "quote"
    STATEMENT = "statement"
    PAYMENT_REMINDER = "payment_reminder"
    DELIVERY_NOTE = "delivery_note"
    CONTRACT = "contract"
    MEETING_REQUEST = "meeting_request"
    MEETING_NOTES = "meeting_notes"
    FORM = "form"
    BILL_NOTICE = "bill_notice"  # says that there is a bill somewhere, and brings none
    NOTICE = "notice"  # a machine's, and somebody has to do something: a card expires, terms change
    REQUEST = "request"  # one of the common ones: core/triage.py has them
    CORRESPONDENCE = "correspondence"  # people write to people
    SHIPPING = "shipping"
    NOTIFICATION = "notification"
    REMITTANCE_ADVICE = "remittance_advice"
    CERTIFICATE = "certificate"
    INSURANCE_PAPER = "insurance_paper"
    TAX_PAPER = "tax_paper"
    SPECIFICATION = "specification"
    LETTER = "letter"
    # these are nobody's business: see config/sensitive.toml
    PAYSLIP = "payslip"
    HEALTH = "health"
    IDENTITY = "identity"
    PRIVILEGED = "privileged"
    NEWSLETTER = "newsletter"
    SPAM = "spam"
    CODE = "code"  # to sign in or up, a password to be set anew, an address to be confirmed
    AUTOMATIC = "automatic"
    PAYMENTS = "payments"  # a run of ours: bills that are to be paid
    OTHER = "other"
    UNREADABLE = "unreadable"


# The check that fails where a model said which of several kinds it is.
KIND_BY_MODEL = "kind_by_model"


class Source(StrEnum):
    """Where a value comes from, most trusted first."""

    OWNER = "owner"  # typed by the person who decides; their reply is the evidence
    XML = "xml"
    CALENDAR = "calendar"  # an iCalendar object
    TEXT = "text"
    OCR = "ocr"
    MEMORY = "memory"
    MODEL = "model"
    DERIVED = "derived"


class Box(Value):
    """A place on a page in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class Evidence(Value):
    """The words a value was read from, verbatim, and where they stand."""

    quote: str
    page: int | None = None  # from 1
    box: Box | None = None


class Field(Value):
    """One value: `read` (its quote is evidence) or `derived` (its rule says how); nothing else.

    The value is text in one spelling: ISO dates, decimal strings; lists as tuples.
    """

    value: str | tuple[str, ...] | tuple[dict[str, str], ...]
    confidence: float = Bounded(ge=0, le=1)
    source: Source
    evidence: Evidence | None = None
    rule: str = ""

    @model_validator(mode="after")
    def _is_read_or_derived(self) -> "Field":
        if self.source is Source.DERIVED and not self.rule:
            raise ValueError("a derived value names its rule")
        if self.source is not Source.DERIVED and self.evidence is None:
            raise ValueError("a read value has evidence")
        return self


class Check(Value):
    """A named test of what was read, with its outcome."""

    name: str
    ok: bool
    detail: str = ""  # in words of the document, or of a reader that has no phrases
    why: Said | None = None  # of one that failed; goes before the detail


def tested(name: str, *, ok: bool, **gaps: str | int | Decimal | date) -> Check:
    """The outcome of a test; what fills the phrase of the same name is kept where it failed."""
    return Check(name=name, ok=ok, why=None if ok else say(f"why.{name}", **gaps))


class Reading(Value):
    """All that one reader saw in one document."""

    kind: Kind
    confidence: float = Bounded(ge=0, le=1)
    fields: dict[str, Field] = {}
    checks: tuple[Check, ...] = ()
    pages: int = 0
    parts: int = 1  # documents in the file that this one stands in
    reason: str = ""  # why this kind, in words
    claims: tuple[Kind, ...] = ()  # the kinds that claim it alike, where it is of none
    remarks: tuple[Said, ...] = ()  # prose of a model, marked as such; decides nothing
    # the rule that says so: never quoted, pictured or sent on, seen by no model and no substitute
    sensitive: str = ""

    def text(self, name: str) -> str:
        """The value of a field as text; empty when it was not read."""
        field = self.fields.get(name)
        return field.value if field is not None and isinstance(field.value, str) else ""

    def without(self, name: str) -> "Reading":
        """The reading less a field that no longer holds."""
        fields = {n: field for n, field in self.fields.items() if n != name}
        return self.model_copy(update={"fields": fields})

    def date(self, name: str) -> date | None:
        """The value of a date field."""
        value = self.text(name)
        return date.fromisoformat(value) if value else None

    def amount(self, name: str) -> Decimal | None:
        """The value of an amount field."""
        value = self.text(name)
        return Decimal(value) if value else None


UNREADABLE = Reading(kind=Kind.UNREADABLE, confidence=1.0)
