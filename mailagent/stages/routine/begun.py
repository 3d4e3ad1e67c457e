"""Work that nobody sent in: payments, packs and questions that the clock begins."""

from datetime import date

from mailagent.core.books import Booked
from mailagent.core.post import owner_of
from mailagent.core.reading import Field, Kind, Reading, Source
from mailagent.core.routine import (
    AskForPapers,
    ProposePack,
    ProposePayments,
)
from mailagent.core.setoff import listed_on
from mailagent.ports import Office, Transaction, month_pack
from mailagent.ports.begin import begin_work, derived, made_document


async def propose_payments(office: Office, tx: Transaction, duty: ProposePayments) -> None:
    """What it is about is written down like any document."""
    reading = _run_reading(office, duty)
    content = reading.model_dump_json().encode()
    document = made_document(f"payments {duty.day.isoformat()}.json", "application/json", content)
    await begin_work(office, tx, "payments", duty.day.toordinal(), document, content, reading)


async def propose_pack(office: Office, tx: Transaction, duty: ProposePack) -> None:
    """The pack itself is the document."""
    month = duty.month
    content, bills = await month_pack(office, tx, month)
    said = {"month": str(month), "bills": str(bills)}
    fields = {name: derived(value, "the books") for name, value in said.items()}
    reading = Reading(kind=Kind.OTHER, confidence=1.0, fields=fields, reason="the month pack")
    document = made_document(f"books {month}.zip", "application/zip", content)
    slot = month.year * 12 + month.month
    await begin_work(office, tx, "packs", slot, document, content, reading)


async def ask_for_papers(office: Office, tx: Transaction, duty: AskForPapers) -> None:
    """A question like any other, in the language of whoever approves it."""
    chase, owner = duty.chase, owner_of((), await tx.people(), "")
    language = owner.language if owner else "en"
    subject = chase.subject(language)
    said = {"recipient": chase.address, "subject": subject, "question": chase.words(language)}
    fields = {name: derived(value, "settings") for name, value in said.items() if value}
    reading = Reading(kind=Kind.OTHER, confidence=1.0, fields=fields, reason=subject)
    content = chase.model_dump_json().encode()
    document = made_document(subject, "application/json", content)
    await begin_work(office, tx, "questions", duty.slot, document, content, reading)


def _run_reading(office: Office, duty: ProposePayments) -> Reading:
    """The bills that are due, and out of which account; all of it from the books and settings."""
    rules = office.payments
    said = {
        "pay_on": duty.day.isoformat(),
        "form": rules.form,
        "pay_from": rules.payer.account,
        "pay_from_bank": rules.payer.bank,
        "payer_id": rules.payer.id,
    }
    fields = {name: derived(value, "settings") for name, value in said.items() if value}
    fields["payments"] = Field(
        value=tuple(_as_row(booked, duty.day) for booked in duty.bills),
        confidence=1.0,
        source=Source.DERIVED,
        rule="due_and_approved",
    )
    return Reading(kind=Kind.PAYMENTS, confidence=1.0, fields=fields, reason="the payment run")


def _as_row(booked: Booked, day: date) -> dict[str, str]:
    row = listed_on(booked, day).model_dump(mode="json", exclude_defaults=True)
    return {name: str(value) for name, value in row.items()}
