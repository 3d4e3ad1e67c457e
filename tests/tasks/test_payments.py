"""Payment runs: what is in the file, what is not, and what is doubtful of it."""

from decimal import Decimal
from typing import Any

import pytest

from mailagent.core.capability import ReleasePayments
from mailagent.core.payments import Form
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.question import KnownVendor
from mailagent.core.reading import Field, Kind, Reading, Source
from mailagent.core.said import Said
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


# -- credit notes --------------------------------------------------------------------------------


def credit(name: str, amount: str, **changes: str) -> dict[str, str]:
    """Of the vendor of the bill R-A."""
    given = {"vendor": "Vendor A", "amount": f"-{amount}", "account": "", "bill": "9"}
    return row(name, **{**given, **changes})


def keys(*said: Said | str) -> list[str]:
    return [one.key for one in said if isinstance(one, Said)]


def made(proposal: Proposal) -> list[tuple[str, list[str], Decimal]]:
    """Whom a transfer goes to, what it is for, and how much it is."""
    payments = run_of(proposal).run.payments
    return [(p.vendor, [part.reference for part in p.parts], p.amount) for p in payments]


def test_a_credit_note_is_taken_off_what_its_vendor_is_paid() -> None:
    proposal = proposed(row("A", amount="1200.00"), row("BB"), credit("CN", "200.00"))
    assert made(proposal) == [
        ("Vendor A", ["R-A", "R-CN"], Decimal("1000.00")),
        ("Vendor BB", ["R-BB"], Decimal("100.00")),
    ]
    assert proposal.title == "2 payments, EUR 1,100.00, on 26 Nov"
    assert not proposal.notes
    assert not proposal.failed_checks


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"vendor": "Vendor B"}, []),  # somebody else's: nobody here is told of it
        ({"currency": "GBP"}, ["run.unused"]),
        ({"account": OTHER}, ["run.unused"]),
        ({"kept_for": "R-7"}, ["run.kept"]),
    ],
)
def test_a_credit_note_of_something_else_is_not_taken_off(
    changes: dict[str, str], said: list[str]
) -> None:
    proposal = proposed(row("A"), credit("CN", "20.00", **changes))
    assert made(proposal) == [("Vendor A", ["R-A"], Decimal("100.00"))]
    assert keys(*proposal.notes) == said


@pytest.mark.parametrize(
    "changes",
    [{"vendor": "VENDOR A GmbH"}, {"account": IBAN}, {"vendor": "A Shop", "vat": "DE123456788"}],
)
def test_its_vendor_is_known_however_it_is_written(changes: dict[str, str]) -> None:
    proposal = proposed(row("A", vat="DE 123456788"), credit("CN", "20.00", **changes))
    assert made(proposal) == [("Vendor A", ["R-A", "R-CN"], Decimal("80.00"))]


def test_two_tax_numbers_are_two_vendors() -> None:
    proposal = proposed(row("A", vat="DE123456788"), credit("CN", "20.00", vat="DE811907980"))
    assert made(proposal) == [("Vendor A", ["R-A"], Decimal("100.00"))]


def test_a_credit_note_larger_than_what_is_due_stays_open_with_it() -> None:
    proposal = proposed(row("A"), row("BB"), credit("CN", "100.01"))
    assert made(proposal) == [("Vendor BB", ["R-BB"], Decimal("100.00"))]
    (note,) = proposal.notes
    assert isinstance(note, Said)
    assert note.key == "run.held"
    assert (note.gaps["due"], note.gaps["back"], note.gaps["cases"]) == ("100.00", "100.01", "CN")


def test_several_bills_together_take_it_up() -> None:
    second = row("A2", vendor="Vendor A", amount="50.00", due="2026-11-28")
    proposal = proposed(row("A"), second, credit("CN", "120.00"), credit("C2", "10.00", bill="8"))
    assert made(proposal) == [("Vendor A", ["R-A", "R-A2", "R-CN", "R-C2"], Decimal("20.00"))]
    (paid,) = run_of(proposal).run.payments
    assert paid.due is not None
    assert paid.due.isoformat() == "2026-11-28"


def test_two_accounts_of_a_vendor_are_two_payments() -> None:
    other = row("A2", OTHER, vendor="Vendor A")
    proposal = proposed(row("A"), other, credit("CN", "20.00", account=OTHER))
    assert made(proposal) == [
        ("Vendor A", ["R-A"], Decimal("100.00")),
        ("Vendor A", ["R-A2", "R-CN"], Decimal("80.00")),
    ]


@pytest.mark.parametrize(("left", "paid"), [("CN", "100.00"), ("cn", "100.00"), ("", "80.00")])
def test_a_credit_note_is_left_out_by_its_case(left: str, paid: str) -> None:
    proposal = proposed(row("A"), credit("CN", "20.00"), without=left)
    assert [p.amount for p in run_of(proposal).run.payments] == [Decimal(paid)]


def test_a_bill_that_is_cancelled_whole_is_settled_and_not_paid() -> None:
    proposal = proposed(row("A"), row("BB"), credit("CN", "100.00"))
    run = run_of(proposal).run
    assert [part.reference for part in run.parts] == ["R-A", "R-CN", "R-BB"]
    assert [p.vendor for p in run.transfers] == ["Vendor BB"]
    assert proposal.title == "1 payment, EUR 100.00, on 26 Nov"
    alone = proposed(row("A"), credit("CN", "100.00"))
    assert run_of(alone).run.transfers == ()
    assert alone.title == "Nothing to pay, credit notes take it up: Vendor A"


def test_where_all_of_it_is_held_it_is_told_and_nothing_is_proposed() -> None:
    proposal = proposed(row("A"), credit("CN", "500.00"))
    assert proposal.purpose is Purpose.ASK
    assert keys(proposal.question) == ["run.held"]


def test_what_is_off_for_paying_early_is_off_before_the_credit_note() -> None:
    early = row("A", amount="98.00", off="2.00", off_until="2026-11-27")
    for day, amount in (("2026-11-26", "78.00"), ("2026-11-28", "80.00")):
        (paid,) = run_of(proposed(early, credit("CN", "20.00"), pay_on=day)).run.payments
        assert paid.amount == Decimal(amount)
        assert paid.parts[0].amount == Decimal(amount) + 20


def test_one_bill_alone_is_spelled_as_in_drafts_from_before() -> None:
    (paid,) = run_of(proposed(row("A"))).run.payments
    assert "others" not in paid.model_dump()


def test_where_no_bill_fits_the_file_each_is_told() -> None:
    proposal = proposed(row("A"), row("BB", amount="7.00"), form=Form.NACHA)
    assert proposal.purpose is Purpose.ASK
    assert proposal.title == "Payments on 26 Nov"
    assert keys(proposal.question) == ["run.nothing"]
    told = [note.gaps for note in proposal.notes if isinstance(note, Said)]
    assert [(each["case"], each["amount"]) for each in told] == [("A", "100.00"), ("BB", "7.00")]
