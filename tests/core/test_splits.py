"""A cost over several accounts: what is typed, what it makes, and that no cent is lost."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.bookkeeping import split_makes_it
from mailagent.core.books import by_accounts, postings, told_accounts, usual_accounts
from mailagent.core.decision import FieldType, Revise, Shown, ShownField, Unclear, understand
from mailagent.core.splits import accounts_in, parted, spelled
from mailagent.core.tax import TaxCode, TaxShare
from tests.core.channel import verbs
from tests.values import record_bill

SHOWN = Shown(
    ref="4F7Q",
    numbers=(1, 2, 3),
    fields={
        "total": ShownField(value="119.00", type=FieldType.AMOUNT),
        "iban": ShownField(value="DE89370400440532013000", type=FieldType.ACCOUNT),
    },
)
SPLIT = "6815 60 % / 6820 40 %"
SAID = {
    "book to 6815 60 %, 6820 40 %": SPLIT,
    "book to 6815 60%, rest 6820": SPLIT,
    "book to 6815 60 % and the rest to 6820 please": SPLIT,
    "book it to 6815 60 % / 6820": SPLIT,
    "6815 60 % / 6820": SPLIT,
    "6815 60 %\n6820 40 %": SPLIT,
    "approve, 6815 60 % / 6820 40 %": SPLIT,
    "book 60 % to 6815 and 40 % to 6820": SPLIT,
    "book to: 6815 60 % / 6820 40 %": SPLIT,
    "book to marketing 60 %, travel 40 %": "marketing 60 % / travel 40 %",
    "book to 6815 IT costs 60 %, 6820 travel 40 %": "6815 IT costs 60 % / 6820 travel 40 %",
    "book to 6815 33.33 %, 6816 33.33 %, 6817": "6815 33.33 % / 6816 33.33 % / 6817 33.34 %",
    "book to 6815 80.00, rest 6820": "6815 80.00 / 6820",
    "book to 6815 80 EUR, 6820 20 EUR": "6815 80.00 / 6820 20.00",
    "bitte auf 6815 60 % und den Rest auf 6820 buchen": SPLIT,
    "buchen auf 6815 60 %, Rest 6820": SPLIT,
    "Konto 6815 60 %, 6820 40 %": SPLIT,
    "book to 6815 100 %": "6815",
    "book to 6815": "6815",
    "book to R/D": "R/D",
}


@pytest.mark.parametrize(("own", "meant"), SAID.items())
def test_it_is_read_as_it_is_typed(own: str, meant: str) -> None:
    said = understand(own, None, SHOWN, verbs())
    assert isinstance(said, Revise), said
    assert said.edits == {"book_to": meant}


@pytest.mark.parametrize(
    "own",
    [
        "book to 6815 60 %, 6820 50 %",
        "book to 6815 60 %, 6820 30 %",
        "book to 6815 60 %",
        "book to: 6815 60 % / 6820 60 %",
        "book to 6815 100 %, rest 6820",
    ],
)
def test_shares_that_make_no_whole_are_asked_about(own: str) -> None:
    said = understand(own, None, SHOWN, verbs())
    assert isinstance(said, Unclear), said


SHARES = st.lists(st.integers(1, 50), min_size=1, max_size=6).filter(lambda each: sum(each) < 100)


@given(SHARES, st.decimals(-99999, 99999, places=2), st.booleans())
def test_percents_make_the_total_to_the_cent(
    percents: list[int], total: Decimal, mixed: bool
) -> None:
    named = [f"68{at:02} {percent} %" for at, percent in enumerate(percents)]
    rest = "6900" if mixed else f"6900 {100 - sum(percents)} %"
    shares = accounts_in(" / ".join([*named, rest]))
    assert sum(amount for _, amount in parted(total, shares)) == total
    assert accounts_in(spelled(shares)) == accounts_in(
        " / ".join([*named, f"6900 {100 - sum(percents)} %"])
    )
    off = [
        amount - total * p / 100
        for p, (_, amount) in zip(percents, parted(total, shares), strict=False)
    ]
    assert all(abs(each) <= Decimal("0.01") for each in off)
    assert all(amount * total >= 0 for _, amount in parted(total, shares))


@given(
    total=st.decimals(-9999, 9999, places=2),
    base=st.decimals(-999, 999, places=2),
    book_to=st.sampled_from([SPLIT, "6815 80.00 / 6820", "6815 10 % / 6816 1.00 / 6820", "a / b"]),
)
def test_the_books_balance_and_every_code_keeps_its_base(
    total: Decimal, base: Decimal, book_to: str
) -> None:
    codes = (
        TaxShare(code=TaxCode.STANDARD, rate=Decimal(19), base=base),
        TaxShare(code=TaxCode.ZERO, rate=Decimal(0), base=total - base),
    )
    bill = record_bill(total=total, net=total, tax=None, tax_shares=codes, book_to=book_to)
    made = postings(bill)
    assert sum(posting.amount for posting in made) == 0
    by_code: dict[str, Decimal] = {}
    for posting in made[:-1]:
        by_code[posting.tax] = by_code.get(posting.tax, Decimal(0)) + posting.amount
    assert by_code.get(str(codes[0]), 0) == base
    if (parts := by_accounts(bill)) and book_to != SPLIT:
        for account, amount in parts:
            there = [p.amount for p in made if p.account == f"Expenses:{account}"]
            assert base * (total - base) < 0 or sum(there) == amount


def test_the_last_of_many_takes_no_cents_of_the_others() -> None:
    ten = accounts_in(" / ".join(f"68{at:02} 10 %" for at in range(10)))
    assert {amount for _, amount in parted(Decimal("0.05"), ten)} == {Decimal(0), Decimal("0.01")}


def bill(**changes: Any) -> Any:
    return record_bill(
        **{"total": Decimal(119), "net": Decimal(100), "tax": Decimal(19), **changes}
    )


def test_amounts_that_the_cost_does_not_hold_are_a_failed_check() -> None:
    (fits,) = split_makes_it(bill(book_to="6815 80.00 / 6820"))
    (over,) = split_makes_it(bill(book_to="6815 180.00 / 6820"))
    (short,) = split_makes_it(bill(book_to="6815 80.00 / 6820 10.00"))
    assert (fits.ok, over.ok, short.ok) == (True, False, False)
    assert not list(split_makes_it(bill(book_to="6815")))
    assert not list(split_makes_it(bill(book_to="Smith / Jones")))
    assert postings(bill(book_to="6815 180.00 / 6820"))[0].account == "Expenses:Unbooked"


def test_what_is_usual_is_proposed_where_it_fits() -> None:
    assert usual_accounts(bill(), SPLIT) == SPLIT
    assert usual_accounts(bill(), "6815 180.00 / 6820") == ""
    assert usual_accounts(bill(), "6815") == "6815"


def test_people_see_the_amounts() -> None:
    assert told_accounts(bill(book_to=SPLIT)) == "6815 60 % = 60.00 / 6820 40 % = 40.00"
    assert told_accounts(bill(book_to="6815 80.00 / 6820")) == "6815 80.00 / 6820 = 20.00"
    assert told_accounts(bill(book_to="6815")) == "6815"
    back = bill(total=Decimal(-119), net=Decimal(-100), tax=Decimal(-19), book_to=SPLIT)
    assert [p.amount for p in postings(back)][:2] == [Decimal(-60), Decimal(-40)]


@pytest.mark.parametrize(
    ("currency", "parts"),
    [
        ("JPY", [Decimal(60001), Decimal(40000)]),
        ("EUR", [Decimal("60000.60"), Decimal("40000.40")]),
        ("KWD", [Decimal("60000.600"), Decimal("40000.400")]),
    ],
)
def test_a_split_has_no_parts_that_its_currency_has_no_coins_for(
    currency: str, parts: list[Decimal]
) -> None:
    made = bill(
        currency=currency, total=Decimal(100001), net=Decimal(100001), tax=None, book_to=SPLIT
    )
    assert [amount for _, amount in by_accounts(made)] == parts
    assert [p.amount for p in postings(made)[:-1]] == parts
    assert (".6" in told_accounts(made)) is (currency != "JPY")


def test_an_amount_of_a_currency_without_cents() -> None:
    said = understand("book to 6815 8000 JPY, rest 6820", None, SHOWN, verbs())
    assert isinstance(said, Revise)
    assert said.edits == {"book_to": "6815 8000.00 / 6820"}
    yen = bill(
        currency="JPY", total=Decimal(10001), net=None, tax=None, book_to="6815 8000.00 / 6820"
    )
    assert [amount for _, amount in by_accounts(yen)] == [8000, 2001]
