"""Money: exact, and never across currencies."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.money import Money, in_coins

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def euro(amount: Decimal | str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


@given(a=AMOUNTS, b=AMOUNTS)
def test_sums_and_comparisons_are_those_of_the_amounts(a: Decimal, b: Decimal) -> None:
    assert (euro(a) + euro(b)).amount == a + b
    assert (euro(a) > euro(b)) == (a > b)


def test_ten_times_ten_cents_is_exactly_a_euro() -> None:
    total = euro("0")
    for _ in range(10):
        total += euro("0.10")
    assert total == euro("1.00")


def test_currencies_never_meet() -> None:
    dollar = Money(amount=Decimal(1), currency="USD")
    with pytest.raises(ValueError, match="EUR and USD"):
        euro("1") + dollar
    with pytest.raises(ValueError, match="EUR and USD"):
        _ = euro("1") > dollar


@pytest.mark.parametrize("currency", ["", "eur", "€", "EURO", "EU", "EUR\n"])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(ValueError, match="currency"):
        Money(amount=Decimal(1), currency=currency)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_no_amount(amount: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        euro(amount)


def test_it_reads_as_people_write_it() -> None:
    assert str(euro("1234.5")) == "EUR 1,234.50"


@pytest.mark.parametrize(
    ("amount", "currency", "told"),
    [
        ("1234.5", "EUR", "1234.50"),
        ("1234", "JPY", "1234"),
        ("1234.00", "JPY", "1234"),
        ("1234.5", "JPY", "1234.5"),  # it is not the agent who rounds
        ("1.2345", "EUR", "1.2345"),
        ("1.2", "KWD", "1.200"),
        ("-5", "USD", "-5.00"),
    ],
)
def test_an_amount_in_the_coins_of_its_currency(amount: str, currency: str, told: str) -> None:
    assert in_coins(Decimal(amount), currency) == told
