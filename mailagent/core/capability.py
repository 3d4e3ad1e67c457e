"""The catalogue of everything mailagent can do outside itself.

A capability is a typed payload, a weight and a reverse. Nothing that is not in here can be
proposed, shown, approved or executed.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from mailagent.core.bridge import BridgeBill, SendPack
from mailagent.core.enclosed import SendPaper
from mailagent.core.money import Currency
from mailagent.core.payloads import meetings, orders
from mailagent.core.payloads.policy import NarrowPolicy, WidenPolicy
from mailagent.core.payments import PaymentRun
from mailagent.core.tax import Taxed
from mailagent.core.value import Value
from mailagent.core.written import Written


class Weight(StrEnum):
    """Light: the word is enough. Heavy: it needs the code as well (GATES, G10)."""

    LIGHT = "light"
    HEAVY = "heavy"


class Outcome(Value):
    """What an executed action left behind: where to find it, and what a person is told."""

    reference: str
    detail: str = ""


class RecordBill(Taxed):
    """Write a vendor's bill into the ledger. Pays nothing."""

    capability: Literal["ledger.record_bill"] = "ledger.record_bill"
    vendor: str
    vendor_vat: str = ""
    number: str
    issued: date
    due: date | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    total: Decimal
    currency: Currency
    book_to: str = ""
    project: str = ""
    iban: str = ""  # or bank code and number, where the country has none
    corrects: tuple[str, ...] = ()  # numbers of bills that this one speaks of
    order: str = ""  # the number of an order of ours, as the bill names it
    sender_domain: str = ""  # that signed for the mail it came in
    document: str  # sha256 of what was read
    part: int = 1  # of several bills in that file
    discount: Decimal | None = None  # what may be taken off for paying early
    discount_until: date | None = None
    owed: Decimal | None = None  # what is left to pay, where that is not the total
    later: ClassVar[tuple[str, ...]] = ("owed",)

    @property
    def to_pay(self) -> Decimal:
        """A deposit, what is paid already and tax that is withheld are no part of it."""
        return self.total if self.owed is None else self.owed

    @property
    def pay_by(self) -> date | None:
        """Where there is something off for it: the last day of that. A credit note: at once."""
        if self.total < 0:
            return self.issued
        return self.discount_until or self.due


class VoidBill(Value):
    """Mark a recorded bill as void; the row stays, so that the books explain themselves."""

    capability: Literal["ledger.void_bill"] = "ledger.void_bill"
    bill: str
    vendor: str
    number: str


class StoreFile(Value):
    """Put a document into the file tree."""

    capability: Literal["files.store"] = "files.store"
    folder: str
    name: str
    content: str  # sha256
    kind: str = ""
    party: str = ""
    day: date | None = None  # the document's own
    number: str = ""  # of a paper that a vendor has to bring, and until when that holds
    valid_until: date | None = None
    tags: tuple[str, ...] = ()
    sensitive: bool = False  # never found, shown or sent again
    chosen: bool = False  # its owner typed the folder: the next of this party goes there too

    @model_serializer(mode="wrap")
    def _said(self, spelled: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What a paper does not say is not spelled: drafts from before these fields stay good."""
        unsaid = {name for name in ("number", "valid_until") if not getattr(self, name)}
        return {name: value for name, value in spelled(self).items() if name not in unsaid}


class RemoveFile(Value):
    """Take a filed document out again; the blob store keeps its content."""

    capability: Literal["files.remove"] = "files.remove"
    path: str
    content: str


class SetReminder(Value):
    """Mail a person on a day."""

    capability: Literal["reminders.set"] = "reminders.set"
    person: str
    day: date
    text: str
    undoes: bool = False  # it takes something back, which is the end of it

    @model_serializer(mode="wrap")
    def _said(self, spelled: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Any other has the digest that it had."""
        values = spelled(self)
        return {name: value for name, value in values.items() if name != "undoes" or value}


class CancelReminder(Value):
    """Take a reminder back."""

    capability: Literal["reminders.cancel"] = "reminders.cancel"
    reminder: str
    text: str
    person: str = ""  # whom it was for, and when: it can be set again
    day: date | None = None

    @model_serializer(mode="wrap")
    def _said(self, spelled: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Where nobody is to set it again it has the digest that it had."""
        unsaid = {name for name in ("person", "day") if not getattr(self, name)}
        return {name: value for name, value in spelled(self).items() if name not in unsaid}


class ReleasePayments(Value):
    """Hand over a payment file. Nothing is paid before somebody signs for it at the bank."""

    capability: Literal["payments.release"] = "payments.release"
    run: PaymentRun
    folder: str


class WithdrawPayments(Value):
    """Take the file back, and the bills are to be paid again. What the bank has, it has."""

    capability: Literal["payments.withdraw"] = "payments.withdraw"
    run: PaymentRun
    path: str


class SendMail(Written):
    """Write to somebody outside. Once it is sent nothing takes it back."""

    capability: Literal["mail.send"] = "mail.send"


Payload = Annotated[
    RecordBill
    | VoidBill
    | StoreFile
    | RemoveFile
    | SetReminder
    | CancelReminder
    | ReleasePayments
    | WithdrawPayments
    | SendMail
    | meetings.PutAppointment
    | meetings.DeleteAppointment
    | meetings.AnswerInvitation
    | meetings.CounterInvitation
    | meetings.Invite
    | meetings.CancelInvitation
    | meetings.OfferTimes
    | BridgeBill
    | SendPack
    | SendPaper
    | orders.RecordOrders
    | orders.TakeBackOrders
    | WidenPolicy
    | NarrowPolicy,
    Field(discriminator="capability"),
]


class Capability(NamedTuple):
    """One row of the catalogue."""

    payload: type[Value]
    weight: Weight
    reverse: Callable[..., Payload | None] | None  # (payload, outcome) -> the action that undoes it


def _void(bill: RecordBill, done: Outcome) -> Payload:
    return VoidBill(bill=done.reference, vendor=bill.vendor, number=bill.number)


def _remove(_file: StoreFile, done: Outcome) -> Payload:
    return RemoveFile(path=done.reference, content=_file.content)


def _cancel(reminder: SetReminder, done: Outcome) -> Payload | None:
    if reminder.undoes:
        return None
    return CancelReminder(reminder=done.reference, text=reminder.text)


def _set_again(gone: CancelReminder, done: Outcome) -> Payload | None:
    """What was cancelled because another took its place; one that was sent is past."""
    if gone.day is None or done.detail:
        return None
    return SetReminder(person=gone.person, day=gone.day, text=gone.text, undoes=True)


def _withdraw(payments: ReleasePayments, done: Outcome) -> Payload:
    return WithdrawPayments(run=payments.run, path=done.reference)


def _narrow(wider: WidenPolicy, done: Outcome) -> Payload:
    return NarrowPolicy(scope=wider.scope, mode=wider.before, row=done.reference)


CATALOGUE: dict[str, Capability] = {
    "ledger.record_bill": Capability(RecordBill, Weight.LIGHT, _void),
    "ledger.void_bill": Capability(VoidBill, Weight.LIGHT, None),
    "files.store": Capability(StoreFile, Weight.LIGHT, _remove),
    "files.remove": Capability(RemoveFile, Weight.LIGHT, None),
    "payments.release": Capability(ReleasePayments, Weight.HEAVY, _withdraw),
    "payments.withdraw": Capability(WithdrawPayments, Weight.LIGHT, None),
    "reminders.set": Capability(SetReminder, Weight.LIGHT, _cancel),
    "reminders.cancel": Capability(CancelReminder, Weight.LIGHT, _set_again),
    "mail.send": Capability(SendMail, Weight.LIGHT, None),
    "calendar.put": Capability(
        meetings.PutAppointment, Weight.LIGHT, lambda put, _done: meetings.delete(put)
    ),
    "calendar.delete": Capability(
        meetings.DeleteAppointment, Weight.LIGHT, lambda gone, _done: meetings.put_back(gone)
    ),
    "calendar.reply": Capability(
        meetings.AnswerInvitation, Weight.LIGHT, lambda said, _done: meetings.take_back_answer(said)
    ),
    "calendar.counter": Capability(meetings.CounterInvitation, Weight.LIGHT, None),
    "calendar.invite": Capability(
        meetings.Invite, Weight.LIGHT, lambda said, _done: meetings.call_off(said)
    ),
    "calendar.cancel": Capability(meetings.CancelInvitation, Weight.LIGHT, None),
    "calendar.offer": Capability(meetings.OfferTimes, Weight.LIGHT, None),
    "mail.bridge": Capability(BridgeBill, Weight.LIGHT, None),
    "mail.pack": Capability(SendPack, Weight.LIGHT, None),
    "mail.paper": Capability(SendPaper, Weight.LIGHT, None),
    "orders.record": Capability(
        orders.RecordOrders, Weight.LIGHT, lambda kept, _done: orders.take_back(kept)
    ),
    "orders.take_back": Capability(orders.TakeBackOrders, Weight.LIGHT, None),
    "policy.widen": Capability(WidenPolicy, Weight.HEAVY, _narrow),
    "policy.narrow": Capability(NarrowPolicy, Weight.LIGHT, None),
}


def weight_of(payload: Payload) -> Weight:
    """As the catalogue has it; the first mail to somebody outside is heavy."""
    if isinstance(payload, Written) and payload.first:
        return Weight.HEAVY
    return CATALOGUE[payload.capability].weight


def contents(payload: Payload) -> tuple[str, ...]:
    """The blobs an action speaks of: they are hashed again before it counts (GATES, G8)."""
    match payload:
        case RecordBill() | orders.RecordOrders():
            return (payload.document,)
        case StoreFile() | RemoveFile() | BridgeBill() | SendPack() | SendPaper():
            return (payload.content,)
        case _:
            return ()


def reverse(payload: Payload, done: Outcome) -> Payload | None:
    """The action that takes this one back, where there is one."""
    turn = CATALOGUE[payload.capability].reverse
    return turn(payload, done) if turn else None
