"""The books in other forms: they balance, and nothing a vendor chose can break out of its place."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from beancount import loader
from beancount.core.data import Transaction
from hypothesis import given
from hypothesis import strategies as st

from connectors.ledger import beancount, hledger, table
from mailagent.core.books import Booked, Posting, expense, postings
from mailagent.core.tax import TaxCode, TaxShare
from tests.values import NOW, record_bill

NASTY = st.text(max_size=40)
AMOUNTS = st.decimals(-99999, 99999, places=2)


def booked(*, void: bool = False, **changes: Any) -> Booked:
    bill = record_bill(**changes)
    return Booked(number=1, case="4F7Q", bill=bill, recorded_at=NOW, void=void)


@given(total=AMOUNTS, net=st.none() | AMOUNTS, tax=st.none() | AMOUNTS)
def test_postings_balance_whatever_was_read(
    total: Decimal, net: Decimal | None, tax: Decimal | None
) -> None:
    made = postings(record_bill(total=total, net=net, tax=tax))
    assert sum(posting.amount for posting in made) == 0


@pytest.mark.parametrize(
    ("book_to", "account"),
    [
        ("6815 IT costs", "Expenses:6815-IT-costs"),
        ("büro & co", "Expenses:Buro-co"),
        ("", "Expenses:Unbooked"),
        ("::", "Expenses:Unbooked"),
    ],
)
def test_what_is_booked_to_is_an_account(book_to: str, account: str) -> None:
    assert expense(book_to) == account


def errors_of(text: str) -> list[str]:
    _, errors, _ = loader.load_string(text)
    return [error.message for error in errors]


def test_beancount_reads_what_is_written_for_it() -> None:
    bills = [
        booked(book_to="6815 IT costs", project="Smith"),
        booked(number="R-2", net=None, tax=None, issued=date(2025, 1, 2), due=None),
        booked(number="R-3", total=Decimal(-119), net=Decimal(-100), tax=Decimal(-19)),
        booked(number="R-4", void=True),
    ]
    entries, errors, _ = loader.load_string(beancount.write(bills))
    assert not errors
    assert [e.narration for e in entries if isinstance(e, Transaction)] == [
        "R-2",
        "R-2026-7",
        "R-3",
    ]


@given(vendor=NASTY, number=NASTY, project=NASTY, book_to=NASTY)
def test_no_name_breaks_beancount(vendor: str, number: str, project: str, book_to: str) -> None:
    text = beancount.write([booked(vendor=vendor, number=number, project=project, book_to=book_to)])
    assert not errors_of(text)


@given(vendor=NASTY, number=NASTY, project=NASTY)
def test_no_name_begins_another_line_of_a_journal(vendor: str, number: str, project: str) -> None:
    text = hledger.write([booked(vendor=vendor, number=number, project=project)])
    first, *rest = text.splitlines()
    assert first.startswith("2026-11-18 * ")
    assert first.count(";") == first.count("|") == 1
    assert all(line.startswith("    ") for line in rest if line)


SHARED: dict[str, Any] = {
    "net": Decimal(150),
    "tax": Decimal(19),
    "total": Decimal(169),
    "tax_code": "S, AE",
    "tax_reason": 'Reverse "charge"',
    "tax_shares": (
        TaxShare(code=TaxCode.STANDARD, rate=Decimal("19.00"), base=Decimal(100), tax=Decimal(19)),
        TaxShare(code=TaxCode.REVERSE, rate=Decimal(0), base=Decimal(50), tax=Decimal(0)),
    ),
    "service_start": date(2026, 10, 1),
    "service_end": date(2026, 10, 31),
}


def test_each_share_is_a_posting_with_its_tax_code() -> None:
    assert postings(record_bill(**SHARED)) == (
        Posting("Expenses:4980", Decimal(100), "S 19"),
        Posting("Expenses:4980", Decimal(50), "AE 0"),
        Posting("Assets:Input-Tax", Decimal(19)),
        Posting("Liabilities:Payable", Decimal(-169)),
    )
    # Shares that do not make the net are not booked as if they did.
    (cost, *_) = postings(record_bill(**SHARED | {"net": Decimal(140), "total": Decimal(159)}))
    assert cost == Posting("Expenses:4980", Decimal(140), "S, AE")


def test_tax_code_and_service_period_in_every_form() -> None:
    entries, errors, _ = loader.load_string(beancount.write([booked(**SHARED)]))
    assert not errors
    (made,) = [entry for entry in entries if isinstance(entry, Transaction)]
    assert made.meta["service-start"] == date(2026, 10, 1)
    assert made.meta["service-end"] == date(2026, 10, 31)
    assert made.meta["tax-reason"] == 'Reverse "charge"'
    assert [p.meta.get("tax") for p in made.postings if p.meta] == ["S 19", "AE 0", None, None]
    journal = hledger.write([booked(**SHARED)])
    assert "service-start:2026-10-01, service-end:2026-10-31" in journal
    assert "  ; tax:AE 0\n" in journal
    (row,) = csv.DictReader(io.StringIO(table.write([booked(**SHARED)])))
    assert row["tax_code"] == "S, AE"
    assert row["tax_shares"] == "S 19: 100 + 19; AE 0: 50 + 0"
    assert (row["service_start"], row["service_end"]) == ("2026-10-01", "2026-10-31")


def test_a_void_bill_is_in_the_table_only() -> None:
    bills = [booked(void=True)]
    assert beancount.write(bills).strip() == ""
    assert hledger.write(bills) == ""
    (row,) = csv.DictReader(io.StringIO(table.write(bills)))
    assert (row["void"], row["case"], row["total"]) == ("yes", "4F7Q", "119.00")


@pytest.mark.parametrize("name", ["=1+1", "+49", "-x", "@SUM(A1)", "\tx"])
def test_no_name_is_a_formula(name: str) -> None:
    (row,) = csv.DictReader(io.StringIO(table.write([booked(vendor=name)])))
    assert row["vendor"] == f"'{name}"
