"""What a task needs to know from outside before it can propose, and the answers."""

from datetime import date
from decimal import Decimal
from typing import Literal

from mailagent.core.document import Document
from mailagent.core.filing import AskFiled, KnownFiled, sent_by
from mailagent.core.lesson import Lesson
from mailagent.core.purchase import Ordered
from mailagent.core.value import Value


class AskVendor(Value):
    """What do the books know of this vendor, and of this bill?"""

    asks: Literal["ledger.vendor"] = "ledger.vendor"
    vendor: str
    vat: str = ""
    number: str = ""
    total: Decimal | None = None  # with the sign that it would be booked with
    currency: str = ""
    issued: date | None = None
    corrects: tuple[str, ...] = ()  # numbers of bills that this one speaks of
    order: str = ""  # the number of an order of ours, as the bill names it
    document: str = ""  # its content's hash, and which part of it
    part: int = 1
    domain: str = ""  # that signed for the mail


class KnownVendor(Value):
    """What the books know; costs the same however long the history."""

    answers: Literal["ledger.vendor"] = "ledger.vendor"
    bills: int = 0
    since: date | None = None
    book_to: str = ""  # as the last bills were booked
    learned: tuple[Lesson, ...] = ()  # how its bills are to be booked, as their owner said
    accounts: tuple[str, ...] = ()  # bank accounts seen, latest first
    domains: tuple[str, ...] = ()  # that signed for its mails, latest first
    amounts: tuple[Decimal, ...] = ()  # of its last bills in this currency, latest first
    alike: tuple[str, ...] = ()  # other vendors that this name or domain could be taken for
    same_number: tuple[str, ...] = ()  # bills in the books: number and date
    same_amount: tuple[str, ...] = ()  # with another number, a few days from this one
    same_file: tuple[str, ...] = ()
    has_orders: bool = False  # whether orders are known at all
    order: Ordered | None = None  # the one that the bill names
    unknown: tuple[str, ...] = ()  # numbers that this one corrects and the books do not have


class AskCorrespondent(Value):
    """Did we ever write to this address?"""

    asks: Literal["mail.correspondent"] = "mail.correspondent"
    address: str


class KnownCorrespondent(Value):
    """How often we did."""

    answers: Literal["mail.correspondent"] = "mail.correspondent"
    mails: int = 0


Question = AskVendor | AskCorrespondent | AskFiled
Answer = KnownVendor | KnownCorrespondent | KnownFiled


def about(
    question: Question, document: Document, domain: str, ours: str, sender: str = ""
) -> Question:
    """The question with what a reading does not say: which file it is, and who signed for it.

    What our own people send on is signed by our own domain, which says nothing of a vendor.
    """
    if isinstance(question, AskFiled):
        party = question.party or sent_by(sender, ours)
        return question.model_copy(update={"document": document.sha256, "party": party})
    if not isinstance(question, AskVendor):
        return question
    domain = "" if domain == ours.lower() else domain
    told = {"document": document.sha256, "part": document.part, "domain": domain}
    return question.model_copy(update=told)
