"""Payment runs: approved bills that are due become one file, which its owner gives to the bank."""

from datetime import UTC, datetime, time

from mailagent.core import revision
from mailagent.core.capability import ReleasePayments
from mailagent.core.money import Money
from mailagent.core.payments import Form, Payer, Payment, PaymentRun
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal, Purpose
from mailagent.core.question import AskVendor, KnownVendor, Question
from mailagent.core.reading import Check, Kind, Reading, tested
from mailagent.core.said import say
from mailagent.core.spelling import spell_day, spell_money
from mailagent.core.task import Task, Work

_TITLE = {"en": ("payment", "payments", "on"), "de": ("Zahlung", "Zahlungen", "am")}
_US_ROUTING = "ABA "


def asks(reading: Reading, _company: Company) -> tuple[Question, ...]:
    """Where each vendor was paid last."""
    return tuple(AskVendor(vendor=payment.vendor) for payment in listed(reading))


def propose(work: Work) -> Proposal:
    """One heavy action: the file. Nothing moves before somebody signs for it at the bank."""
    day = work.reading.date("pay_on") or work.today
    known = [payment.on(day) for payment in listed(work.reading)]
    wanted = [payment for payment in known if not _left_out(payment, work.reading)]
    form = Form(work.reading.text("form"))
    usable = tuple(payment for payment in wanted if _is_usable(payment, form))
    if not usable or not work.reading.text("pay_from"):
        return _ask(work, "run.no_account" if usable else "run.nothing")
    run = _run(work, form, usable)
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title=_title(work, run),
        reading=work.reading,
        checks=_checks(work, wanted, form),
        actions=(Action(number=1, payload=ReleasePayments(run=run, folder=_folder(run))),),
        notes=tuple(
            say("run.not_in_it", case=payment.case, vendor=payment.vendor)
            for payment in wanted
            if payment not in usable
        ),
    )


def listed(reading: Reading) -> tuple[Payment, ...]:
    """The bills that the routine found, as it wrote them down."""
    field = reading.fields.get("payments")
    rows = field.value if field is not None and not isinstance(field.value, str) else ()
    return tuple(Payment.model_validate(row) for row in rows)


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
    count = len(run.payments)
    return f"{count} {one if count == 1 else many}, {sums}, {on} {day}"


def _checks(work: Work, wanted: list[Payment], form: Form) -> tuple[Check, ...]:
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


def _cases(payments: list[Payment]) -> str:
    return ", ".join(payment.case for payment in payments)


def _ask(work: Work, why: str) -> Proposal:
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        purpose=Purpose.ASK,
        title=work.case.title or work.subject,
        reading=work.reading,
        question=say(why),
    )


TASK = Task(
    name="payments",
    kinds=frozenset({Kind.PAYMENTS}),
    may=frozenset({"payments.release"}),
    asks=asks,
    propose=propose,
    edits={"pay_on": revision.day, "without": revision.words},
)
