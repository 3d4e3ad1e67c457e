"""Vendor bills: check them like a careful bookkeeper, propose the booking."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from mailagent.core import revision
from mailagent.core.capability import Payload, RecordBill, SetReminder, StoreFile
from mailagent.core.money import Money
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal, Purpose
from mailagent.core.question import Answer, AskVendor, KnownVendor, Question
from mailagent.core.reading import Check, Kind, Reading, tested
from mailagent.core.spelling import spell_day, spell_money
from mailagent.core.task import Task, Work
from mailagent.core.vendor import plain, slug
from parsers.invoice.rechecked import rechecked

# Without these there is nothing to put into the books.
_NEEDED = {
    "seller_name": "who sent it",
    "invoice_number": "its number",
    "issue_date": "its date",
    "total": "its total",
    "currency": "its currency",
}
_DUE = {"en": "due", "de": "fällig"}
_STOP = {"en": "STOP: bank account changed", "de": "STOPP: Bankverbindung geändert"}
# Who is paid, and where, is what frauds change.
_PAYEE = ("seller_name", "iban")
_ENDINGS = {"application/pdf": ".pdf", "application/xml": ".xml", "text/xml": ".xml"}

# A bill that claims to be older, or this far in the future, is more likely misread.
_OLD, _EARLY = timedelta(days=730), timedelta(days=31)


def asks(reading: Reading, _company: Company) -> tuple[Question, ...]:
    """What the books know of the vendor and of this number."""
    vendor = reading.text("seller_name")
    if not vendor:
        return ()
    return (
        AskVendor(
            vendor=vendor,
            vat=reading.text("seller_vat"),
            number=reading.text("invoice_number"),
        ),
    )


def propose(work: Work) -> Proposal:
    """Record it, file it, remind of it; or ask, when it cannot be booked as it was read."""
    missing = [words for name, words in _NEEDED.items() if not work.reading.text(name)]
    if missing:
        return _ask(work, f"I could not read {', '.join(missing)}.")
    known = next(iter(work.answers), KnownVendor())
    bill = _bill(work, known)
    if bill is None:
        return _ask(work, "Its date, its total or its currency makes no sense.")
    checks = rechecked(work.reading, work.edits) + _checks(work, bill, known)
    reading = work.reading.without("payable") if "total" in work.edits else work.reading
    stop = any(check.name == "bank_account" and not check.ok for check in checks)
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title=f"{_STOP[work.person.language]}, {bill.vendor}" if stop else _title(work, bill),
        reading=reading,
        checks=checks,
        actions=_numbered(bill, _filing(work, bill), *_reminding(work, bill)),
        notes=_notes(work, bill, known),
    )


def _ask(work: Work, what: str) -> Proposal:
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        purpose=Purpose.ASK,
        title=work.subject or work.case.document.name,
        reading=work.reading,
        checks=work.reading.checks,
        question=f"{what} Nothing can be booked from this document.",
    )


def _bill(work: Work, known: KnownVendor) -> RecordBill | None:
    """None: it was read, but it is no bill that the books could take."""
    reading = work.reading
    try:
        return RecordBill(
            vendor=reading.text("seller_name"),
            vendor_vat=reading.text("seller_vat"),
            number=reading.text("invoice_number"),
            issued=date.fromisoformat(reading.text("issue_date")),
            due=reading.date("due_date"),
            net=_signed(reading, "net"),
            tax=_signed(reading, "tax"),
            total=_signed(reading, "total") or Decimal(0),
            currency=reading.text("currency"),
            book_to=reading.text("book_to") or known.book_to,
            project=reading.text("project"),
            iban=reading.text("iban"),
            document=work.case.document.sha256,
        )
    except (ValueError, InvalidOperation):
        return None


def _signed(reading: Reading, name: str) -> Decimal | None:
    """A credit note takes off, also where its amounts are written with a minus."""
    amount = reading.amount(name)
    credits_ = reading.kind is Kind.CREDIT_NOTE
    return -abs(amount) if amount is not None and credits_ else amount


def _title(work: Work, bill: RecordBill) -> str:
    money = spell_money(Money(amount=bill.total, currency=bill.currency), work.person.locale)
    if bill.due is None:
        return f"{money} {bill.vendor}"
    day = spell_day(bill.due, work.today, work.person.locale)
    return f"{money} {bill.vendor}, {_DUE[work.person.language]} {day}"


def _filing(work: Work, bill: RecordBill) -> StoreFile:
    ending = _ENDINGS.get(work.case.document.media_type, "")
    vendor = slug(bill.vendor)
    return StoreFile(
        folder=f"bills/{bill.issued.year}/{vendor}",
        name=f"{bill.issued.isoformat()} {vendor} {slug(bill.number)}{ending}",
        content=bill.document,
    )


def _reminding(work: Work, bill: RecordBill) -> tuple[SetReminder, ...]:
    if bill.due is None or bill.due <= work.today or bill.total <= 0:
        return ()
    return (SetReminder(person=work.person.id, day=bill.due, text=_title(work, bill)),)


def _numbered(*payloads: Payload) -> tuple[Action, ...]:
    return tuple(Action(number=n, payload=payload) for n, payload in enumerate(payloads, 1))


def _checks(work: Work, bill: RecordBill, known: KnownVendor) -> tuple[Check, ...]:
    made = [*_against_the_books(bill, known), _plausible_dates(work, bill)]
    if (buyer := work.reading.text("buyer_name")) and work.company.name:
        made.append(_addressed_to_us(buyer, work.company))
    if changed := [name for name in _PAYEE if name in work.edits]:
        made.append(_payee_by_reply(changed, work.reading))
    return tuple(made)


def _against_the_books(bill: RecordBill, known: KnownVendor) -> tuple[Check, ...]:
    """What other bills say of this one; it may change while the bill waits."""
    compared = (_same_account(bill, known),) if known.accounts and bill.iban else ()
    return (_not_seen_before(bill, known), *compared)


def doubts(proposal: Proposal, answers: tuple[Answer, ...]) -> tuple[Check, ...]:
    """The same tests once more, at the moment of approval."""
    known = next(iter(answers), KnownVendor())
    bills = [a.payload for a in proposal.actions if isinstance(a.payload, RecordBill)]
    return tuple(check for bill in bills for check in _against_the_books(bill, known))


def _not_seen_before(bill: RecordBill, known: KnownVendor) -> Check:
    twins = ", ".join(known.same_number)
    return tested("duplicate", ok=not twins, number=bill.number, twins=twins)


def _plausible_dates(work: Work, bill: RecordBill) -> Check:
    ok = work.today - _OLD <= bill.issued <= work.today + _EARLY
    return tested("dates", ok=ok, issued=bill.issued)


def _same_account(bill: RecordBill, known: KnownVendor) -> Check:
    ok = bill.iban in known.accounts
    return tested("bank_account", ok=ok, before=known.accounts[0], now=bill.iban)


def _addressed_to_us(buyer: str, company: Company) -> Check:
    ours, theirs = plain(company.name), plain(buyer)
    ok = ours in theirs or theirs in ours
    return tested("buyer", ok=ok, buyer=buyer)


def _payee_by_reply(changed: list[str], reading: Reading) -> Check:
    """The word alone is not enough for these: the policy asks for the code."""
    said = ", ".join(reading.text(name) for name in changed)
    return tested("payee_as_read", ok=False, payee=said)


def _notes(work: Work, bill: RecordBill, known: KnownVendor) -> tuple[str, ...]:
    notes = []
    if not known.bills:
        notes.append("first bill from this vendor")
    if bill.due is None:
        notes.append("no due date on it, so no reminder")
    elif bill.due <= work.today and bill.total > 0:
        notes.append("already due, so no reminder")
    return tuple(notes)


TASK = Task(
    name="bills",
    kinds=frozenset({Kind.INVOICE, Kind.CREDIT_NOTE}),
    may=frozenset({"ledger.record_bill", "files.store", "reminders.set"}),
    asks=asks,
    propose=propose,
    doubts=doubts,
    edits={
        **dict.fromkeys(("total", "net", "tax"), revision.amount),
        **dict.fromkeys(("issue_date", "due_date"), revision.day),
        **dict.fromkeys(("invoice_number", "seller_name", "book_to", "project"), revision.words),
        "iban": revision.account,
        "currency": revision.currency,
    },
)
