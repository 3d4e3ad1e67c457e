"""Vendor bills: check them like a careful bookkeeper, propose the booking."""

from email.utils import parseaddr

from mailagent.core import revision
from mailagent.core.asking import worth_asking
from mailagent.core.billed import bill_in, corrected_in, issued_in, number_in, stated
from mailagent.core.bookkeeping import (
    URGENT,
    addressed_to_us,
    against_the_books,
    not_posing_as_us,
    of_these_days,
    signed_as_before,
)
from mailagent.core.books import usual_accounts
from mailagent.core.bridge import BridgeBill
from mailagent.core.capability import Payload, RecordBill, SetReminder, StoreFile
from mailagent.core.filing import AskFiled, Paper, notes, place
from mailagent.core.lesson import PREFERENCES, as_preferred
from mailagent.core.money import Money
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal, Purpose
from mailagent.core.purchase import lines_keep_to_the_order
from mailagent.core.question import (
    Answer,
    AskCorrespondent,
    AskVendor,
    KnownCorrespondent,
    KnownVendor,
    Question,
)
from mailagent.core.reading import Check, Field, Kind, Reading, Source, tested
from mailagent.core.said import Said, say
from mailagent.core.spelling import spell_day, spell_money
from mailagent.core.summary import summary
from mailagent.core.task import Task, Work
from mailagent.core.tax import tax_code
from parsers.invoice.rechecked import rechecked

# Without these there is nothing to put into the books.
_NEEDED = ("seller_name", "invoice_number", "issue_date", "total", "currency")
_DUE = {"en": "due", "de": "fällig"}
_CREDIT = {"en": "Credit", "de": "Gutschrift"}
# A check that stops -> what its mail's subject says.
_STOPS = {
    "bank_account": {
        "en": "STOP: bank account changed",
        "de": "STOPP: Bankverbindung geändert",
    },
    "not_our_domain": {
        "en": "STOP: sender looks like your own domain",
        "de": "STOPP: Absender sieht aus wie Ihre eigene Domain",
    },
    "look_alike": {
        "en": "STOP: looks like another vendor",
        "de": "STOPP: sieht aus wie ein anderer Lieferant",
    },
}
# How sure it is that an amount without a currency is in ours.
_ASSUMED = 0.6
# Who is paid, and where, is what frauds change.
_PAYEE = ("seller_name", "iban")


def asks(reading: Reading, company: Company) -> tuple[Question, ...]:
    """What the books know of the vendor and of this number."""
    vendor, bridge = reading.text("seller_name"), company.bridge
    if not vendor:
        return ()
    return (
        *((AskCorrespondent(address=bridge.address),) if bridge.on else ()),
        AskVendor(
            vendor=vendor,
            vat=reading.text("seller_vat"),
            number=number_in(reading),
            total=stated(reading, "total"),
            currency=reading.text("currency"),
            issued=issued_in(reading),
            corrects=corrected_in(reading),
            order=reading.text("po_number"),
        ),
        AskFiled(kind=reading.kind),  # the folder of a vendor is a lesson
    )


def propose(work: Work) -> Proposal:
    """Record it, file it, remind of it; or ask, when it cannot be booked as it was read."""
    known = _known(work.answers)
    reading = as_preferred(_with_currency(work.reading, work.company), known.learned)
    reading = reading.without("payable") if "total" in work.edits else reading
    work = work.model_copy(update={"reading": reading})
    missing = [name for name in _NEEDED if not work.reading.text(name)]
    if missing:
        return _ask(work, say("bill.unread", missing=",".join(missing)))
    bill = _bill(work, known)
    if bill is None:
        return _ask(work, say("bill.senseless"))
    checks = _urgent_first(rechecked(work.reading, work.edits) + _checks(work, bill, known))
    made = Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title="",
        reading=work.reading,
        checks=checks,
    )
    questions = worth_asking(made, work.company.name)
    stop = next((c.name for c in checks if not c.ok and c.name in _STOPS), "")
    urgent = f"{_STOPS[stop][work.person.language]}, {bill.vendor}" if stop else ""
    return made.model_copy(
        update={
            "title": urgent or _title(work, bill),
            "actions": _numbered(
                bill, _filing(work, bill), *_reminding(work, bill), *_handing_over(work, bill)
            ),
            "notes": (
                *_notes(work, bill, known),
                *(say("bill.ask", question=each.key, **each.gaps) for each in questions),
            ),
        }
    )


def _known(answers: tuple[Answer, ...]) -> KnownVendor:
    return next((one for one in answers if isinstance(one, KnownVendor)), KnownVendor())


def _urgent_first(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """What could be a fraud before what may be an error, failed before passed."""
    return tuple(sorted(checks, key=lambda c: (c.ok, c.name not in URGENT)))


def _ask(work: Work, what: Said) -> Proposal:
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        purpose=Purpose.ASK,
        title=work.subject or work.case.document.name,
        reading=work.reading,
        checks=work.reading.checks,
        question=what,
    )


def _with_currency(reading: Reading, company: Company) -> Reading:
    """What amounts without a currency are taken to be in, as the settings say."""
    if reading.text("currency") or not reading.text("total"):
        return reading
    ours = Field(
        value=company.currency, confidence=_ASSUMED, source=Source.DERIVED, rule="home_currency"
    )
    return reading.model_copy(update={"fields": {**reading.fields, "currency": ours}})


def _bill(work: Work, known: KnownVendor) -> RecordBill | None:
    """None: it was read, but it is no bill that the books could take."""
    bill = bill_in(work.reading)
    return bill and bill.model_copy(
        update={
            "book_to": bill.book_to or usual_accounts(bill, known.book_to),
            "sender_domain": "" if _is_from_us(work) else work.signed_by,
            "document": work.case.document.sha256,
            "part": work.case.document.part,
        }
    )


def past_bill(reading: Reading, company: Company) -> RecordBill | None:
    """A bill of other books, as it would have been booked here."""
    return bill_in(_with_currency(reading, company))


def _is_from_us(work: Work) -> bool:
    """Sent on by one of our people: who signed for that says nothing of the vendor."""
    ours, theirs = work.company.domain.lower(), _domain(work)
    address = parseaddr(work.sender)[1]
    is_ours = theirs == ours or theirs.endswith(f".{ours}")
    return is_ours or work.person.address(address) is not None


def _domain(work: Work) -> str:
    return parseaddr(work.sender)[1].lower().rpartition("@")[2]


def _title(work: Work, bill: RecordBill) -> str:
    owed = Money(amount=abs(bill.total), currency=bill.currency)
    money = spell_money(owed, work.person.locale)
    if bill.total < 0:
        return f"{_CREDIT[work.person.language]} {money} {bill.vendor}"
    if bill.due is None:
        return f"{money} {bill.vendor}"
    day = spell_day(bill.due, work.today, work.person.locale)
    return f"{money} {bill.vendor}, {_DUE[work.person.language]} {day}"


def _filing(work: Work, bill: RecordBill) -> StoreFile:
    document = work.case.document
    paper = Paper(
        group="bills",
        kind=work.reading.kind,
        party=bill.vendor,
        day=bill.issued,
        title=bill.number,
        file_name=document.name,
        media_type=document.media_type,
        content=bill.document,
    )
    preferred = work.filed.model_copy(update={"folder": work.reading.text("folder")})
    return place(work.filing, paper, preferred, work.typed_folder)


def _reminding(work: Work, bill: RecordBill) -> tuple[SetReminder, ...]:
    days = [day for day in (bill.discount_until, bill.due) if day is not None and day > work.today]
    if not days or bill.to_pay <= 0:
        return ()
    return (SetReminder(person=work.person.id, day=min(days), text=_title(work, bill)),)


def _handing_over(work: Work, bill: RecordBill) -> tuple[BridgeBill, ...]:
    """To the accounting tool of the settings, under the name that it is filed by."""
    bridge, document = work.company.bridge, work.case.document
    if not bridge.on:
        return ()
    money = spell_money(Money(amount=bill.total, currency=bill.currency), work.person.locale)
    mail = BridgeBill(
        tool=bridge.tool.shown,
        to=bridge.address,
        subject=f"{bill.vendor} {bill.number}, {money} [{work.case.ref}]"[:200],
        text=summary(bill, work.case.ref, work.person.language),
        name=_filing(work, bill).name,
        media_type=document.media_type,
        content=document.sha256,
        first=not any(isinstance(a, KnownCorrespondent) and a.mails for a in work.answers),
    )
    return (mail,)


def _numbered(*payloads: Payload) -> tuple[Action, ...]:
    return tuple(Action(number=n, payload=payload) for n, payload in enumerate(payloads, 1))


def _checks(work: Work, bill: RecordBill, known: KnownVendor) -> tuple[Check, ...]:
    changed = [name for name in _PAYEE if name in work.edits]
    return (
        *against_the_books(bill, known),
        of_these_days(bill, work.today),
        *addressed_to_us(work.reading, work.company),
        *_sent_by(work, known),
        *(lines_keep_to_the_order(work.reading, known.order) if known.order else ()),
        *((_payee_by_reply(changed, work.reading),) if changed else ()),
    )


def _sent_by(work: Work, known: KnownVendor) -> tuple[Check, ...]:
    """Of a mail from outside: a forwarded one says nothing of its sender."""
    if _is_from_us(work):
        return ()
    domain = work.signed_by or _domain(work)
    unsigned = () if work.signed_by else signed_as_before(domain, known)
    return (*unsigned, *not_posing_as_us(domain, work.company))


def doubts(proposal: Proposal, answers: tuple[Answer, ...]) -> tuple[Check, ...]:
    """The same tests once more, at the moment of approval."""
    known = _known(answers)
    bills = [a.payload for a in proposal.actions if isinstance(a.payload, RecordBill)]
    return tuple(check for bill in bills for check in against_the_books(bill, known))


def _payee_by_reply(changed: list[str], reading: Reading) -> Check:
    """The word alone is not enough for these: the policy asks for the code."""
    said = ", ".join(reading.text(name) for name in changed)
    return tested("payee_as_read", ok=False, payee=said)


def _notes(work: Work, bill: RecordBill, known: KnownVendor) -> tuple[Said, ...]:
    said = []
    if not known.bills:
        said.append(say("bill.first"))
    if bill.total < 0:
        key = "bill.credit_of" if bill.corrects else "bill.credit"
        back, of = abs(bill.total), ", ".join(bill.corrects)
        said.append(say(key, back=back, of=of, currency=bill.currency))
    said += _left_to_pay(work.reading, bill)
    if known.accounts and not bill.iban and bill.to_pay > 0:
        said.append(say("bill.no_account", before=known.accounts[0]))
    if bill.discount is not None and bill.discount_until is not None:
        key = "bill.early" if bill.discount_until >= work.today else "bill.too_late"
        off, until = bill.discount, bill.discount_until
        said.append(say(key, off=off, until=until, currency=bill.currency))
    if bill.due is None and bill.discount is None and bill.to_pay > 0:
        said.append(say("bill.no_due"))
    elif bill.due is not None and bill.due <= work.today and bill.to_pay > 0:
        said.append(say("bill.past_due"))
    return (*said, *notes(work.filed, work.typed_folder))


def _left_to_pay(reading: Reading, bill: RecordBill) -> list[Said]:
    if collected := reading.text("collected"):
        return [say(f"bill.by_{collected}")] if bill.owed == 0 else []
    if bill.owed is not None:
        key = "bill.part_owed" if bill.owed else "bill.nothing_owed"
        return [say(key, owed=bill.owed, currency=bill.currency)]
    asked = stated(reading, "payable")
    if bill.total <= 0 or asked is None or asked == bill.total:
        return []
    return [say("bill.other_owed", owed=asked, total=bill.total, currency=bill.currency)]


TASK = Task(
    name="bills",
    kinds=frozenset({Kind.INVOICE, Kind.CREDIT_NOTE}),
    may=frozenset({"ledger.record_bill", "files.store", "reminders.set", "mail.bridge"}),
    asks=asks,
    propose=propose,
    doubts=doubts,
    edits={
        **dict.fromkeys(("total", "net", "tax"), revision.amount),
        **dict.fromkeys(("issue_date", "due_date"), revision.day),
        **dict.fromkeys(("invoice_number", "seller_name", "book_to", "project"), revision.words),
        "folder": revision.folder,
        "iban": revision.account,
        "tax_code": tax_code,
        **dict.fromkeys(("service_start", "service_end"), revision.day),
        "currency": revision.currency,
    },
    places=frozenset(
        {"total", "net", "tax", "issue_date", "due_date", "invoice_number", "seller_name", "iban"}
    ),
    prefers=frozenset(PREFERENCES),
)
