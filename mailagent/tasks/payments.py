"""Payment runs: approved bills that are due become one file, which its owner gives to the bank."""

from datetime import UTC, datetime, time
from decimal import Decimal

from mailagent.core import revision
from mailagent.core.capability import ReleasePayments
from mailagent.core.money import Money
from mailagent.core.payments import Form, Payer, Payment, PaymentRun
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal, Purpose
from mailagent.core.question import AskVendor, KnownVendor, Question
from mailagent.core.reading import Check, Kind, Reading, tested
from mailagent.core.said import Said, say
from mailagent.core.setoff import Listed, SetOff, set_off
from mailagent.core.spelling import spell_day, spell_money
from mailagent.core.task import Task, Work

_TITLE = {"en": ("payment", "payments", "on"), "de": ("Zahlung", "Zahlungen", "am")}
_NOTHING = {
    "en": "Nothing to pay, credit notes take it up:",
    "de": "Nichts zu zahlen, Gutschriften decken es:",
}
_US_ROUTING = "ABA "


def asks(reading: Reading, _company: Company) -> tuple[Question, ...]:
    """Where each vendor was paid last."""
    return tuple(AskVendor(vendor=payment.vendor) for payment in listed(reading))


def propose(work: Work) -> Proposal:
    """One heavy action: the file. Nothing moves before somebody signs for it at the bank."""
    day = work.reading.date("pay_on") or work.today
    known = [row.on(day) for row in listed(work.reading)]
    wanted = [row for row in known if not _left_out(row, work.reading)]
    form = Form(work.reading.text("form"))
    bills = [row for row in wanted if row.amount > 0]
    usable = [bill for bill in bills if _is_usable(bill, form)]
    outside = tuple(_outside(bill) for bill in bills if bill not in usable)
    if not usable or not work.reading.text("pay_from"):
        return _ask(work, say("run.no_account" if usable else "run.nothing"), *outside)
    settled = set_off(usable, [row for row in wanted if row.amount < 0])
    if not settled.payments:
        return _ask(work, *_of_credits(settled), *outside)
    run = _run(work, form, settled.payments)
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title=_title(work, run),
        reading=work.reading,
        checks=_checks(work, bills, form),
        actions=(Action(number=1, payload=ReleasePayments(run=run, folder=_folder(run))),),
        notes=(*outside, *_of_credits(settled)),
    )


def _outside(bill: Listed) -> Said:
    return say(
        "run.not_in_it",
        case=bill.case,
        vendor=bill.vendor,
        number=bill.reference,
        amount=bill.amount,
        currency=bill.currency,
    )


def _of_credits(settled: SetOff) -> tuple[Said, ...]:
    """What is not used, and why."""
    return (*map(_held, settled.held), *map(_unused, settled.unused))


def _held(payment: Payment) -> Said:
    credits_ = [part for part in payment.parts if part.amount < 0]
    back = -sum((part.amount for part in credits_), Decimal(0))
    return say(
        "run.held",
        vendor=payment.vendor,
        due=payment.amount + back,
        back=back,
        currency=payment.currency,
        numbers=", ".join(part.reference for part in credits_),
        cases=", ".join(part.case for part in credits_),
    )


def _unused(credit: Listed) -> Said:
    key = "run.kept" if credit.kept_for else "run.unused"
    said = {"vendor": credit.vendor, "number": credit.reference, "case": credit.case}
    said |= {"bill": credit.kept_for} if credit.kept_for else {}
    return say(key, back=-credit.amount, currency=credit.currency, **said)


def listed(reading: Reading) -> tuple[Listed, ...]:
    """The bills and credit notes that the routine found, as it wrote them down."""
    field = reading.fields.get("payments")
    rows = field.value if field is not None and not isinstance(field.value, str) else ()
    return tuple(Listed.model_validate(row) for row in rows)


def _left_out(payment: Payment, reading: Reading) -> bool:
    return payment.case in reading.text("without").upper().replace(",", " ").split()


def _is_usable(payment: Payment, form: Form) -> bool:
    """An account that this form of file can carry."""
    is_us = payment.account.startswith(_US_ROUTING)
    match form:
        case Form.PAIN:
            return payment.account[:2].isalpha() and not is_us
        case Form.NACHA:
            return is_us and payment.currency == "USD"
        case Form.CSV:
            return bool(payment.account)


def _run(work: Work, form: Form, payments: tuple[Payment, ...]) -> PaymentRun:
    said = work.reading.text
    return PaymentRun(
        name=f"mailagent-{work.case.ref}-{work.version}",
        form=form,
        payer=Payer(
            name=work.company.name,
            account=said("pay_from"),
            bank=said("pay_from_bank"),
            id=said("payer_id"),
        ),
        day=work.reading.date("pay_on") or work.today,
        made_at=datetime.combine(work.today, time(), UTC),
        payments=payments,
    )


def _folder(run: PaymentRun) -> str:
    return f"payments/{run.day.year}"


def _title(work: Work, run: PaymentRun) -> str:
    one, many, on = _TITLE[work.person.language]
    sums = " + ".join(
        spell_money(Money(amount=amount, currency=currency), work.person.locale)
        for currency, amount in run.totals().items()
    )
    day = spell_day(run.day, work.today, work.person.locale)
    count = len(run.transfers)
    if not count:
        vendors = ", ".join(dict.fromkeys(payment.vendor for payment in run.payments))
        return f"{_NOTHING[work.person.language]} {vendors}"
    return f"{count} {one if count == 1 else many}, {sums}, {on} {day}"


def _checks(work: Work, wanted: list[Listed], form: Form) -> tuple[Check, ...]:
    known = dict(zip((p.case for p in listed(work.reading)), work.answers, strict=False))
    changed = [p for p in wanted if _has_moved(p, known.get(p.case))]
    odd = [p for p in wanted if not _is_usable(p, form)]
    pay_on = work.reading.date("pay_on") or work.today
    late = [p for p in wanted if p.due is not None and p.due < pay_on]
    return (
        tested("paid_there_before", ok=not changed, cases=_cases(changed)),
        tested("payable", ok=not odd, cases=_cases(odd)),
        tested("pay_day", ok=pay_on >= work.today and not late, cases=_cases(late)),
    )


def _has_moved(payment: Payment, known: object) -> bool:
    """A bill that came later shows another account of this vendor."""
    accounts = known.accounts if isinstance(known, KnownVendor) else ()
    return bool(accounts) and payment.account != accounts[0]


def _cases(payments: list[Listed]) -> str:
    return ", ".join(payment.case for payment in payments)


def _ask(work: Work, why: Said, *notes: Said) -> Proposal:
    _, many, on = _TITLE[work.person.language]
    pay_on = work.reading.date("pay_on") or work.today
    day = spell_day(pay_on, work.today, work.person.locale)
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        purpose=Purpose.ASK,
        title=f"{many[0].upper()}{many[1:]} {on} {day}",
        reading=work.reading,
        question=why,
        notes=notes,
    )


TASK = Task(
    name="payments",
    kinds=frozenset({Kind.PAYMENTS}),
    may=frozenset({"payments.release"}),
    asks=asks,
    propose=propose,
    edits={"pay_on": revision.day, "without": revision.words},
)
