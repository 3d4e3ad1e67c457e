"""Rates of taxes by country and day."""

from datetime import date
from decimal import Decimal

import pytest

from parsers.values.tax_rates import highest_rate, rate_is_known


@pytest.mark.parametrize(
    ("rate", "country", "day", "known"),
    [
        ("19", "DE", "2026-01-05", True),
        ("7.00", "DE", "2026-01-05", True),
        ("16", "DE", "2020-08-01", True),
        ("19", "DE", "2020-08-01", True),  # delivered in June
        ("16", "DE", "2021-12-01", True),  # delivered in December
        ("16", "DE", "2022-03-01", False),
        ("16", "DE", "2019-03-01", False),
        ("0", "DE", "2026-01-05", True),
        ("0", "??", "2026-01-05", True),
        ("22", "DE", "2026-01-05", False),
        ("25.5", "FI", "2025-01-01", True),
        ("24", "EL", "2025-01-01", True),
        ("20", "XI", "2025-01-01", True),
        ("8.1", "CH", "2024-02-01", True),
        ("7.7", "CH", "2024-02-01", True),
        ("7.7", "CH", "2025-02-01", False),
        ("8.875", "US", "2025-01-01", True),
        ("19", "US", "2025-01-01", False),
        ("13", "CA", "2025-01-01", True),
        ("17", "BR", "2025-01-01", None),
        ("21", "ES", "2011-01-01", None),
    ],
)
def test_a_rate(rate: str, country: str, day: str, known: bool | None) -> None:
    assert rate_is_known(Decimal(rate), country, date.fromisoformat(day)) is known


def test_the_highest_rate() -> None:
    assert highest_rate("DE", date(2026, 1, 1)) == 19
    assert highest_rate("HU", date(2026, 1, 1)) == 27
    assert highest_rate("BR", date(2026, 1, 1)) is None
