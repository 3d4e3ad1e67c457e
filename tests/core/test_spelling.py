"""Amounts and days as a person writes them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.money import Money
from mailagent.core.spelling import spell_day, spell_money

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("amount", "locale", "written"),
    [
        ("1234.5", "en_GB", "EUR 1,234.50"),
        ("1234.5", "de_DE", "EUR 1.234,50"),
        ("1234.5", "de_CH", "EUR 1\N{RIGHT SINGLE QUOTATION MARK}234.50"),
        ("-119", "en_GB", "EUR -119.00"),
        ("0", "en_GB", "EUR 0.00"),
        ("0.125", "en_GB", "EUR 0.125"),  # never rounded: it is what will be booked
        ("1000000.00", "en_US", "EUR 1,000,000.00"),
    ],
)
def test_amounts(amount: str, locale: str, written: str) -> None:
    assert spell_money(Money(amount=Decimal(amount), currency="EUR"), locale) == written


@given(
    amount=st.decimals(min_value=-(10**12), max_value=10**12, places=4),
)
def test_what_is_written_is_the_amount_itself(amount: Decimal) -> None:
    written = spell_money(Money(amount=amount, currency="EUR"), "en_GB")
    assert Decimal(written.removeprefix("EUR ").replace(",", "")) == amount


@pytest.mark.parametrize(
    ("day", "locale", "written"),
    [
        (date(2026, 12, 2), "en_GB", "2 Dec"),
        (date(2026, 12, 2), "de_DE", "2. Dez"),
        (date(2027, 1, 2), "en_GB", "2 Jan 2027"),
        (date(2025, 12, 2), "de_DE", "2. Dez. 2025"),
        (date(2026, 12, 2), "fr_FR", "2 déc"),
    ],
)
def test_days(day: date, locale: str, written: str) -> None:
    assert spell_day(day, TODAY, locale) == written
