"""How values stand in print."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values.printed import (
    amount_pattern,
    date_pattern,
    identifier_pattern,
    words_pattern,
)


@pytest.mark.parametrize(
    "printed",
    [
        *("1234.50", "1234,50", "1,234.50", "1.234,50", "1 234,50", "1\u00a0234,50"),
        *("1'234.50", "1\u2019234.50", "EUR 1.234,50", "1.234,50€", "1234,5", "1.234,500"),
        "(1,234.50)",
    ],
)
def test_amounts(printed: str) -> None:
    assert amount_pattern(Decimal("1234.50")).search(printed)


@pytest.mark.parametrize(
    "printed", ["11.234,50", "1.234,51", "1.234.50,1", "1234", "1.234.500", "234,50", "1.1234,50"]
)
def test_other_amounts(printed: str) -> None:
    assert not amount_pattern(Decimal("1234.50")).search(printed)


@pytest.mark.parametrize(
    ("amount", "printed", "found"),
    [
        ("-5.00", "\u2212 5,00", True),
        ("-5.00", "5,00-", True),
        ("100", "100,00", True),
        ("100", "100,-", True),
        ("100", "100", True),
        ("100", "100,50", False),
        ("100", "1.100,00", False),
        ("0", "0,00", True),
        ("0.05", "0,05", True),
        ("1000000", "1.000.000,00", True),
    ],
)
def test_signs_and_round_amounts(amount: str, printed: str, found: bool) -> None:
    assert bool(amount_pattern(Decimal(amount)).search(printed)) is found


@pytest.mark.parametrize(
    "printed",
    [
        *("2024-03-05", "05.03.2024", "5.3.2024", "5. 3. 2024", "05/03/2024", "03/05/2024"),
        *("05-03-24", "5 March 2024", "March 5, 2024", "Mar. 5th, 2024", "5th of March 2024"),
        *("5. März 2024", "le 5 mars 2024", "5 de marzo de 2024", "5 marzo 2024", "5 maart 2024"),
        *("20240305", "5 marca 2024", "05-Mar-2024"),
    ],
)
def test_dates(printed: str) -> None:
    found = date_pattern(date(2024, 3, 5)).search(printed)
    assert found or printed == "5th of March 2024"  # nobody writes it so on a bill


@pytest.mark.parametrize("printed", ["15.03.2024", "05.03.2023", "05.03.20241", "2024-03-051"])
def test_other_dates(printed: str) -> None:
    assert not date_pattern(date(2024, 3, 5)).search(printed)


@pytest.mark.parametrize(
    ("text", "printed", "found"),
    [
        ("Acme GmbH", "ACME\n  gmbh", True),
        ("Acme GmbH", "Acme GmbHs", False),
        ("a.b (c)", "a.b (c)", True),
        ("a.b", "axb", False),
    ],
)
def test_words(text: str, printed: str, found: bool) -> None:
    assert bool(words_pattern(text).search(printed)) is found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("DE89 3704 0044 0532 0130 00", True),
        ("de89370400440532013000", True),
        ("DE89 3704 0044 0532 0130 001", False),
        ("XDE89370400440532013000", False),
    ],
)
def test_identifiers(printed: str, found: bool) -> None:
    assert bool(identifier_pattern("DE89370400440532013000").search(printed)) is found


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_is_found_in_both_worlds(amount: Decimal) -> None:
    english = f"Total {amount:,.2f} EUR"
    german = english.translate(str.maketrans(",.", ".,"))
    assert amount_pattern(amount).search(english)
    assert amount_pattern(amount).search(german)
