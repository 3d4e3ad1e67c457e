"""What would have been proposed, beside what was done."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mailagent.core.shadow import Compared, Did, Foreseen, Way, compared, meant

BILL = Foreseen(
    case=1,
    task="bills",
    vendor="Nordlicht Hosting GmbH",
    number="2026-1187",
    issued=date(2026, 11, 28),
    total=Decimal("1234.56"),
    currency="EUR",
    account="DE89 3704 0044 0532 0130 00",
    book_to="6815",
)
OTHER = BILL.model_copy(update={"case": 2, "number": "2026-1188"})


def booked(**changes: Any) -> Did:
    given = {name: getattr(BILL, name) for name in ("number", "issued", "total", "currency")}
    return Did(**{"way": Way.BOOKS, "vendor": "NORDLICHT HOSTING", **given, **changes})


def paid(**changes: Any) -> Did:
    given = {"total": Decimal("1234.56"), "purpose": "Rechnung 2026-1187 Dank"}
    return Did(**{"way": Way.BANK, "vendor": "Nordlicht", **given, **changes})


MEANT: dict[str, tuple[Did, list[Foreseen], int | None]] = {
    "by vendor and number": (booked(), [OTHER, BILL], 1),
    "another vendor has that number": (booked(vendor="Telco"), [BILL], None),
    "a payment names the bill": (paid(), [OTHER, BILL], 1),
    "a payment names two": (paid(purpose="2026-1187 2026-1188"), [OTHER, BILL], None),
    "a payment of that sum to the account": (
        paid(purpose="thanks", account="DE89370400440532013000"),
        [BILL],
        1,
    ),
    "the same, of two bills": (
        paid(purpose="thanks", account="DE89370400440532013000"),
        [OTHER, BILL],
        None,
    ),
    "of that sum, to somebody else": (paid(purpose="thanks", vendor="Telco"), [BILL], None),
    "a number too short to tell": (
        paid(purpose="part 12 of 2026", total=Decimal(5)),
        [BILL.model_copy(update={"number": "12"})],
        None,
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_which_case_is_meant_or_none(name: str) -> None:
    did, open_, case = MEANT[name]
    found = meant(did, open_)
    assert (found.case if found else None) == case


@pytest.mark.parametrize(
    ("did", "differs"),
    [
        (booked(), ()),
        (booked(total=Decimal("1234.00")), ("total",)),
        (booked(total=Decimal("-1234.56")), ()),  # books write it with a minus
        (booked(issued=date(2026, 11, 27), book_to="6820"), ("issue_date", "book_to")),
        (booked(currency="USD"), ("total",)),
        (booked(currency=""), ()),  # what is not said is not compared
        (paid(account="GB29NWBK60161331926819"), ("account",)),
        (paid(total=Decimal("1209.87")), ("total",)),
        (Did(way=Way.INVITATION, answer="ACCEPTED"), ("answer",)),
    ],
)
def test_what_was_other_is_named(did: Did, differs: tuple[str, ...]) -> None:
    found = compared(did, BILL)
    assert (found.differs, found.outcome) == (differs, "other" if differs else "same")


def test_an_invitation_is_compared_with_the_best_answer() -> None:
    invited = Foreseen(case=3, task="meetings", uid="u", answers=("ACCEPTED", "DECLINED"))
    assert compared(Did(way=Way.INVITATION, answer="ACCEPTED"), invited).outcome == "same"
    assert compared(Did(way=Way.INVITATION, answer="DECLINED"), invited).outcome == "other"
    assert compared(Did(way=Way.COPY), invited) == Compared(way=Way.COPY, told=False)
