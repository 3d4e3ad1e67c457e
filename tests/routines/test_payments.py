"""When the payment run is proposed."""

from datetime import datetime
from decimal import Decimal

import pytest

from mailagent.core.books import Booked
from mailagent.core.payments import PaymentRules
from mailagent.core.routine import ProposePayments, View
from mailagent.routines.payments import ROUTINE
from tests.values import NOW, person, record_bill

BILL = Booked(number=1, case="4F7Q", bill=record_bill(), recorded_at=NOW)


CREDIT = Booked(
    number=2,
    case="7KD2",
    bill=record_bill(total=Decimal(-119), net=None, tax=None),
    recorded_at=NOW,
)


def duties(now: str, *, on: bool = True, bills: tuple[Booked, ...] = (BILL,)) -> list[object]:
    """Thursdays at seven, where Ann lives."""
    ann = person(timezone="America/New_York")
    moment = datetime.fromisoformat(f"{now}+00:00")
    rules = PaymentRules(on=on, weekday=3)
    return [*ROUTINE.due(View(now=moment, people=(ann,), payable=bills, payments=rules))]


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-26T11:59", False),
        ("2026-11-26T12:00", True),
        ("2026-11-27T03:00", True),  # Thursday evening in New York
        ("2026-11-27T12:00", False),
        ("2026-11-25T23:00", False),
    ],
)
def test_on_its_weekday_in_the_morning_of_the_first_person(now: str, due: bool) -> None:
    found = duties(now)
    assert bool(found) is due
    if due:
        (duty,) = found
        assert isinstance(duty, ProposePayments)
        assert duty.day.isoformat() == "2026-11-26"


def test_nothing_is_proposed_that_is_switched_off_or_empty() -> None:
    assert duties("2026-11-26T12:00", on=False) == []
    assert duties("2026-11-26T12:00", bills=()) == []


def test_credit_notes_alone_are_no_reason_to_pay() -> None:
    assert duties("2026-11-26T12:00", bills=(CREDIT,)) == []
    assert duties("2026-11-26T12:00", bills=(CREDIT, BILL))
