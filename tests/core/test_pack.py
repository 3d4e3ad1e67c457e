"""Which month is meant."""

from datetime import date

import pytest

from mailagent.core.pack import Month, month_before, month_meant

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("", "2026-10"),
        ("october", "2026-10"),
        ("Oktober 2025", "2025-10"),
        ("november", "2026-11"),
        ("december", "2025-12"),
        ("2026-07", "2026-07"),
        ("7/2026", "2026-07"),
        ("last month", "2026-10"),
        ("octubre", "2026-10"),
        ("maart", "2026-03"),
    ],
)
def test_a_month(words: str, month: str) -> None:
    assert str(month_meant(words, TODAY, "en_GB")) == month


@pytest.mark.parametrize("words", ["smith", "2026-13", "everything"])
def test_no_month(words: str) -> None:
    assert month_meant(words, TODAY, "en_GB") is None


def test_its_days() -> None:
    assert Month(year=2028, month=2).last == date(2028, 2, 29)
    assert str(month_before(date(2027, 1, 31))) == "2026-12"
