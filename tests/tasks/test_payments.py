"""Payment runs: what is in the file, what is not, and what is doubtful of it."""

from decimal import Decimal
from typing import Any

import pytest

from mailagent.core.capability import ReleasePayments
from mailagent.core.payments import Form
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.question import KnownVendor
from mailagent.core.reading import Field, Kind, Reading, Source
from mailagent.core.task import Work
from mailagent.tasks.payments import TASK, asks
from tests.values import COMPANY, NOW, case, person

IBAN, OTHER, US = "DE02120300000000202051", "GB33BUKB20201555555555", "ABA 011000015 98765"


def derived(value: Any) -> Field:
    return Field(value=value, confidence=1.0, source=Source.DERIVED, rule="settings")


def row(name: str, account: str = IBAN, **changes: str) -> dict[str, str]:
    given = {
        "bill": str(len(name)),
        "case": name,
        "vendor": f"Vendor {name}",
        "account": account,
        "amount": "100.00",
        "currency": "EUR",
        "reference": f"R-{name}",
        "due": "2026-12-01",
    }
    return given | changes


def proposed(*rows: dict[str, str], latest: str = IBAN, **said: str) -> Proposal:
    fields = {"pay_on": "2026-11-26", "form": "pain.001", "pay_from": OTHER, **said}
    reading = Reading(
        kind=Kind.PAYMENTS,
        confidence=1.0,
        fields={
            **{name: derived(value) for name, value in fields.items() if value},
            "payments": derived(rows),
        },
    )
    work = Work(
        company=COMPANY,
        person=person(),
        case=case(task="payments", title="payments"),
        version=1,
        reading=reading,
        answers=tuple(KnownVendor(bills=1, accounts=(latest,)) for _ in rows),
        today=NOW.date(),
    )
    assert len(asks(reading, COMPANY)) == len(rows)
    return TASK.propose(work)


def run_of(proposal: Proposal) -> ReleasePayments:
    (action,) = proposal.actions
    assert isinstance(action.payload, ReleasePayments)
    return action.payload


def test_what_is_off_for_paying_early_counts_until_its_day() -> None:
    early = row("A", amount="98.00", off="2.00", off_until="2026-11-27")
    (paid,) = run_of(proposed(early)).run.payments
    assert (paid.amount, paid.off) == (Decimal("98.00"), Decimal("2.00"))
    (late,) = run_of(proposed(early, pay_on="2026-11-28")).run.payments
    assert (late.amount, late.off, late.off_until) == (Decimal("100.00"), Decimal(0), None)


def test_one_heavy_action_with_all_that_is_due() -> None:
    proposal = proposed(row("4F7Q"), row("7KD2", amount="0.50"))
    assert proposal.heavy
    assert proposal.title == "2 payments, EUR 100.50, on 26 Nov"
    assert [p.case for p in run_of(proposal).run.payments] == ["4F7Q", "7KD2"]
    assert not proposal.failed_checks


def test_currencies_are_not_added_up() -> None:
    proposal = proposed(row("4F7Q"), row("7KD2", currency="GBP"))
    assert proposal.title == "2 payments, EUR 100.00 + GBP 100.00, on 26 Nov"


def test_what_its_owner_leaves_out_by_name_is_not_in_it() -> None:
    proposal = proposed(row("4F7Q"), row("7KD2"), row("9ABC"), without="7kd2, 9ABC")
    assert [p.case for p in run_of(proposal).run.payments] == ["4F7Q"]


@pytest.mark.parametrize(
    ("form", "paid"),
    [(Form.PAIN, ["IBAN"]), (Form.NACHA, ["USUS"]), (Form.CSV, ["IBAN", "USUS"])],
)
def test_an_account_that_the_file_cannot_carry_is_said(form: Form, paid: list[str]) -> None:
    proposal = proposed(row("IBAN"), row("USUS", US, currency="USD"), row("NONE", ""), form=form)
    assert [p.case for p in run_of(proposal).run.payments] == paid
    assert [check.name for check in proposal.failed_checks if check.name == "payable"]
    assert len(proposal.notes) == 3 - len(paid)


def test_a_later_bill_with_another_account_is_doubtful() -> None:
    (failed,) = proposed(row("4F7Q"), latest=OTHER).failed_checks
    assert failed.name == "paid_there_before"
    assert failed.why is not None
    assert failed.why.gaps == {"cases": "4F7Q"}


@pytest.mark.parametrize("day", ["2026-12-02", "2026-11-01"])
def test_a_day_that_is_too_late_or_past_is_doubtful(day: str) -> None:
    assert [c.name for c in proposed(row("4F7Q"), pay_on=day).failed_checks] == ["pay_day"]


@pytest.mark.parametrize(
    ("rows", "said"), [([], {}), ([row("4F7Q", "")], {}), ([row("4F7Q")], {"pay_from": ""})]
)
def test_without_accounts_it_is_asked_about(
    rows: list[dict[str, str]], said: dict[str, str]
) -> None:
    proposal = proposed(*rows, **said)
    assert proposal.purpose is Purpose.ASK
    assert not proposal.actions
    assert proposal.question
