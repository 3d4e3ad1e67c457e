"""What a task needs to know from outside before it can propose, and the answers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from mailagent.core.appointment import Busy, Kept
from mailagent.core.availability import Availability
from mailagent.core.case import Case
from mailagent.core.enclosed import AskOwnPapers, OwnPapers
from mailagent.core.filing import AskFiled, KnownFiled, sent_by
from mailagent.core.lesson import Lesson
from mailagent.core.orders import Ordered, OrderRules
from mailagent.core.owed import AskBill, KnownBill
from mailagent.core.reading import Reading
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
    tax_numbers: tuple[str, ...] = ()  # on its last bills
    domains: tuple[str, ...] = ()  # that signed for its mails, latest first
    amounts: tuple[Decimal, ...] = ()  # of its last bills in this currency, latest first
    alike: tuple[str, ...] = ()  # other vendors that this name or domain could be taken for
    same_number: tuple[str, ...] = ()  # bills in the books: number and date
    the_other_way: tuple[str, ...] = ()  # a credit note with number and amount of this bill
    same_amount: tuple[str, ...] = ()  # with another number, a few days from this one
    same_file: tuple[str, ...] = ()
    has_orders: bool = False  # whether orders are known at all
    order: Ordered | None = None  # the one that the bill names
    currencies: tuple[str, ...] = ()  # of all its bills
    left: Decimal | None = None  # of the bills that this one corrects, as far as they are here
    unknown: tuple[str, ...] = ()  # numbers that this one corrects and the books do not have

    def by_the_rules(self, rules: OrderRules) -> "KnownVendor":
        """Its order is one that bills are held against as the company wants it."""
        if self.order is None:
            return self
        return self.model_copy(update={"order": self.order.model_copy(update={"rules": rules})})


class AskOrders(Value):
    """Which of these orders are known already?"""

    asks: Literal["orders"] = "orders"
    numbers: tuple[str, ...]


class KnownOrders(Value):
    """Those that are, each with what was billed for it."""

    answers: Literal["orders"] = "orders"
    orders: tuple[Ordered, ...] = ()


class AskCorrespondent(Value):
    """Did we ever write to this address?"""

    asks: Literal["mail.correspondent"] = "mail.correspondent"
    address: str


class KnownCorrespondent(Value):
    """How often we did."""

    answers: Literal["mail.correspondent"] = "mail.correspondent"
    address: str = ""
    mails: int = 0


class AskCalendars(Value):
    """What is taken: as far as we plan ahead, and around these times?"""

    asks: Literal["calendar.busy"] = "calendar.busy"
    around: tuple[datetime, ...] = ()
    anew: bool = False  # what was read a moment ago does not do


class KnownCalendars(Value):
    """What is, as far as every calendar could be read."""

    answers: Literal["calendar.busy"] = "calendar.busy"
    busy: tuple[Busy, ...] = ()
    unread: tuple[str, ...] = ()  # calendars that could not be read, and why
    writes: str = ""  # the calendar that entries go into
    invites: str = ""  # an address that gets an invitation to each of them
    rules: Availability = Availability()
    now: datetime


class AskWhereEntered(Value):
    """Which calendar do entries go into? Nothing has to be read for that."""

    asks: Literal["calendar.writes"] = "calendar.writes"


class WhereEntered(Value):
    """The calendar, and by whose clock its days begin."""

    answers: Literal["calendar.writes"] = "calendar.writes"
    calendar: str
    zone: str


class AskMeeting(Value):
    """What do we know of this meeting: is it in a calendar, was it negotiated?"""

    asks: Literal["calendar.meeting"] = "calendar.meeting"
    uid: str = ""
    beside: str = ""  # another UID: the time that is held for one date of it
    case: int = 0


class KnownMeeting(Value):
    """What we wrote about it."""

    answers: Literal["calendar.meeting"] = "calendar.meeting"
    kept: Kept | None = None  # the entry of this UID
    brought_by: str = ""  # the address whose mail that entry came of
    vouched_by: str = ""  # the domain that signed that mail
    called_off: bool = False  # by another mail of the same sender, in a version at least as new
    held: tuple[Kept, ...] = ()  # the times held for this case
    answer: Reading | None = None  # what the other side wrote back, as it was read
    silent: bool = False  # they did not answer in time


Question = (
    AskVendor
    | AskBill
    | AskCorrespondent
    | AskFiled
    | AskCalendars
    | AskWhereEntered
    | AskMeeting
    | AskOrders
    | AskOwnPapers
)
Answer = (
    KnownVendor
    | KnownBill
    | KnownCorrespondent
    | KnownFiled
    | KnownCalendars
    | WhereEntered
    | KnownMeeting
    | KnownOrders
    | OwnPapers
)


def about(question: Question, case: Case, domain: str, ours: str, sender: str = "") -> Question:
    """The question with what a reading does not say: which file it is, and who signed for it.

    What our own people send on is signed by our own domain, which says nothing of a vendor.
    """
    document = case.document
    if isinstance(question, AskFiled):
        party = question.party or sent_by(sender, ours)
        return question.model_copy(update={"document": document.sha256, "party": party})
    if isinstance(question, AskMeeting):
        return question.model_copy(update={"case": case.id})
    if not isinstance(question, AskVendor):
        return question
    domain = "" if domain == ours.lower() else domain
    told = {"document": document.sha256, "part": document.part, "domain": domain}
    return question.model_copy(update=told)
