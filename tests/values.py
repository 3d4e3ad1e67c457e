"""Builders of the core's values: all that matters to a test is given, the rest is plain."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from mailagent.core.appointment import Appointment, Guest, Itip, Method, PartStat
from mailagent.core.bridge import BridgeBill, SendPack
from mailagent.core.capability import (
    CancelReminder,
    Payload,
    RecordBill,
    ReleasePayments,
    RemoveFile,
    SendMail,
    SetReminder,
    StoreFile,
    VoidBill,
    WithdrawPayments,
)
from mailagent.core.case import Case, State
from mailagent.core.document import Document
from mailagent.core.enclosed import SendPaper
from mailagent.core.meeting import Slot
from mailagent.core.modes import Mode, Scope
from mailagent.core.money import Money
from mailagent.core.orders import PurchaseOrder
from mailagent.core.payloads.meetings import (
    AnswerInvitation,
    CancelInvitation,
    CounterInvitation,
    DeleteAppointment,
    Invite,
    OfferTimes,
    PutAppointment,
)
from mailagent.core.payloads.orders import RecordOrders, TakeBackOrders
from mailagent.core.payloads.policy import NarrowPolicy, WidenPolicy
from mailagent.core.payments import Form, Payer, Payment, PaymentRun
from mailagent.core.people import Address, Company, Person, Pin, Proof
from mailagent.core.proposal import Action, Proposal
from mailagent.core.reading import Check, Evidence, Field, Kind, Reading, Source
from mailagent.core.value import sha256

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 a bill"
COMPANY = Company(
    id="corp", name="Corp Ltd", domain="corp.test", ops_address="ops@corp.test", country="GB"
)
OTHER_COMPANY = COMPANY.model_copy(update={"id": "rival", "name": "Rival Ltd"})


def person(name: str = "ann", **changes: Any) -> Person:
    """Known by what the receiving server says of the mail."""
    address = f"{name}@corp.test"
    pin = Pin(method=Proof.SERVER, domain="corp.test", authserv_id="mx.corp.test", login=address)
    given = {
        "id": name,
        "name": name.title(),
        "addresses": (Address(address=address, pin=pin),),
    }
    return Person(**{**given, **changes})


def field(value: str) -> Field:
    return Field(value=value, confidence=1.0, source=Source.XML, evidence=Evidence(quote=value))


BILL_FIELDS = {
    "seller_name": "Acme GmbH",
    "seller_vat": "DE123456788",
    "buyer_name": "Corp Ltd",
    "invoice_number": "R-2026-7",
    "issue_date": "2026-11-18",
    "due_date": "2026-12-02",
    "net": "100.00",
    "tax": "19.00",
    "total": "119.00",
    "currency": "EUR",
    "iban": "DE02120300000000202051",
}


def reading(
    kind: Kind = Kind.INVOICE, *, checks: tuple[Check, ...] = (), **changes: str
) -> Reading:
    """An invoice as it is read; an empty value is a field that was not found."""
    fields = {name: field(v) for name, v in {**BILL_FIELDS, **changes}.items() if v}
    return Reading(kind=kind, confidence=1.0, fields=fields, checks=checks, pages=1)


def document(content: bytes = PDF, **changes: Any) -> Document:
    given = {
        "name": "bill.pdf",
        "media_type": "application/pdf",
        "sha256": sha256(content),
        "size": len(content),
    }
    return Document(**{**given, **changes})


def case(state: State = State.RECEIVED, **changes: Any) -> Case:
    given = {
        "id": 1,
        "company": "corp",
        "ref": "4F7Q",
        "message": 1,
        "document": document(),
        "task": "bills",
        "state": state,
    }
    return Case(**{**given, **changes})


def record_bill(**changes: Any) -> RecordBill:
    given = {
        "vendor": "Acme GmbH",
        "vendor_vat": "DE123456788",
        "number": "R-2026-7",
        "issued": date(2026, 11, 18),
        "due": date(2026, 12, 2),
        "net": Decimal("100.00"),
        "tax": Decimal("19.00"),
        "total": Decimal("119.00"),
        "currency": "EUR",
        "book_to": "4980",
        "iban": "DE02120300000000202051",
        "document": sha256(PDF),
    }
    return RecordBill(**{**given, **changes})


def store_file(**changes: Any) -> StoreFile:
    given: dict[str, Any] = {
        "folder": "bills/2026/acme",
        "name": "bill.pdf",
        "content": sha256(PDF),
    }
    given |= {"kind": "invoice", "party": "Acme GmbH", "day": date(2026, 11, 18)}
    return StoreFile(**{**given, **changes})


def set_reminder(**changes: Any) -> SetReminder:
    given = {"person": "ann", "day": date(2026, 12, 2), "text": "EUR 119.00 Acme GmbH"}
    return SetReminder(**{**given, **changes})


def payment_run(**changes: Any) -> PaymentRun:
    one = Payment(
        bill=1,
        case="4F7Q",
        vendor="Acme GmbH",
        account="DE02120300000000202051",
        amount=Decimal("119.00"),
        currency="EUR",
        reference="R-2026-7",
        due=date(2026, 12, 2),
    )
    given = {
        "name": "mailagent-7KD2-1",
        "form": Form.PAIN,
        "payer": Payer(name="Corp Ltd", account="GB33BUKB20201555555555"),
        "day": date(2026, 11, 26),
        "made_at": NOW,
        "payments": (one,),
    }
    return PaymentRun(**{**given, **changes})


def appointment(**changes: Any) -> Appointment:
    start = datetime(2026, 12, 3, 14, tzinfo=UTC)
    given = {
        "uid": "one@corp.test",
        "start": start,
        "end": start + timedelta(minutes=30),
        "title": "Jour fixe",
        "organizer": Guest(address="jo@alvarez.test", name="J. Alvarez"),
        "guests": (Guest(address="ann@corp.test", name="Ann"),),
    }
    return Appointment(**{**given, **changes})


def itip(**changes: Any) -> Itip:
    ann = Guest(address="ann@corp.test", name="Ann", answer=PartStat.ACCEPTED)
    given = {"method": Method.REPLY, "appointment": appointment(), "attendee": ann}
    return Itip(**{**given, **changes})


_MAIL: dict[str, Any] = {"to": "jo@alvarez.test", "subject": "Jour fixe", "text": "Hello,\n"}
_BACK: dict[str, Any] = {"taken_back": "No.\n", "taken_back_subject": "Declined: Jour fixe"}

_ENCLOSED: dict[str, Any] = {
    "to": "corp@tool.test",
    "subject": "Acme GmbH R-2026-7 [4F7Q]",
    "text": "Vendor: Acme GmbH\n",
    "name": "bill.pdf",
    "media_type": "application/pdf",
    "content": sha256(PDF),
}
ORDER = PurchaseOrder(number="PO-7", vendor="Acme GmbH", currency="EUR", net=Decimal(1000))
PAYLOADS: tuple[Payload, ...] = (
    record_bill(discount=Decimal(2), discount_until=date(2026, 11, 25)),
    VoidBill(bill="1", vendor="Acme GmbH", number="R-2026-7"),
    store_file(),
    RemoveFile(path="bills/2026/acme/bill.pdf", content=sha256(PDF)),
    set_reminder(),
    CancelReminder(reminder="1", text="EUR 119.00 Acme GmbH"),
    ReleasePayments(run=payment_run(), folder="payments/2026"),
    WithdrawPayments(run=payment_run(), path="payments/2026/run.xml"),
    SendMail(to="billing@acme.test", subject="Re: Your bill", text="which PO?"),
    PutAppointment(
        calendar="own", appointment=appointment(sequence=1), until=NOW, before=appointment()
    ),
    DeleteAppointment(calendar="own", appointment=appointment(), until=NOW),
    AnswerInvitation(**_MAIL, **_BACK, itip=itip()),
    CounterInvitation(**_MAIL, itip=itip(method=Method.COUNTER)),
    Invite(**_MAIL, **_BACK, itip=itip(method=Method.REQUEST)),
    CancelInvitation(**_MAIL, itip=itip(method=Method.CANCEL)),
    OfferTimes(**_MAIL, slots=(Slot(start=NOW, end=NOW + timedelta(minutes=30)),)),
    BridgeBill(**_ENCLOSED, tool="Dext"),
    SendPack(**_ENCLOSED, month="2026-10"),
    SendPaper(**_ENCLOSED),
    RecordOrders(orders=(ORDER,), before=(ORDER,), document=sha256(PDF)),
    TakeBackOrders(numbers=("PO-7",), before=(ORDER,)),
    WidenPolicy(
        scope=Scope(task="bills"),
        mode=Mode.STANDING,
        before=Mode.APPROVE,
        vendor="Acme GmbH",
        most=Money(amount=Decimal("500.00"), currency="EUR"),
        a_day=5,
        hold_hours=4,
        capabilities=("files.store", "ledger.record_bill"),
    ),
    NarrowPolicy(scope=Scope(task="bills"), mode=Mode.APPROVE, row="1"),
)


def proposal(*payloads: Payload, **changes: Any) -> Proposal:
    given = {
        "case": 1,
        "version": 1,
        "task": "bills",
        "title": "EUR 119.00 Acme GmbH",
        "reading": reading(),
        "actions": tuple(Action(number=n, payload=p) for n, p in enumerate(payloads, 1)),
    }
    return Proposal(**{**given, **changes})
