"""Numbers of bills that are one however they are spelled, and those that only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.bill_number import is_one_number, is_short, marks_of

ONE = [
    ("INV-0012", "INV-12"),
    ("INV-0012", "0012"),
    ("INV-12", "12"),
    ("INV-12", "inv 12"),
    ("INV-12", "Invoice #12"),
    ("INV-12", "INV–12"),  # noqa: RUF001 - a dash as it is printed
    ("INV-12", "INV12"),
    ("RE-2026-0012", "RE2026/12"),
    ("RE-2026-0012", "RE-2O26-OO12"),
    ("RE-2026-0112", "RE-2026-O1I2"),
    ("RE-2026-0112", "re-2026-0ll2"),
    ("2026-1187", "20261187"),
    ("2026-1187", "2026 1187"),
    ("2026-001", "2026001"),
    ("#1043", "1043"),
    ("Nr. 1043", "1043"),
    ("R-2026/7", "r 2026 7"),
    ("12/A", "12a"),
    ("１０４３", "1043"),  # noqa: RUF001 - wide digits
    ("ABC", "abc"),
    ("0", "000"),
]
TWO = [
    ("INV-12", "INV-120"),
    ("INV-12", "INV-13"),
    ("INV-12", "INV-112"),
    ("INV-12", "INV-21"),
    ("INV-1", "INV-10"),
    ("INV-100", "INV-1000"),
    ("A-12", "B-12"),
    ("12-A", "12-B"),
    ("12-A", "12"),
    ("2026-1", "2026-10"),
    ("2026-12", "2025-12"),
    ("1-12", "11-2"),
    ("2026/1-12", "2026/11-2"),
    ("2026-I", "2026-II"),
    ("RE-372D2370", "RE-0436C437"),
    ("ABC", "ABD"),
    ("", "12"),
    (":", ";"),
    ("甲", "乙"),
    ("ABC-0", "ABD-0"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_these_are_one(one: str, other: str) -> None:
    assert is_one_number(one, other)
    assert is_one_number(other, one)
    assert set(marks_of(one)) & set(marks_of(other))


@pytest.mark.parametrize(("one", "other"), TWO)
def test_these_are_two(one: str, other: str) -> None:
    assert not is_one_number(one, other)
    assert not is_one_number(other, one)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_other_digits_are_another_number(one: int, other: int) -> None:
    assert is_one_number(f"INV-{one}", f"INV-{other:012}") is (one == other)


@given(st.text(st.characters(codec="ascii"), min_size=1, max_size=20))
def test_a_number_is_itself_and_is_found_by_its_marks(number: str) -> None:
    assert is_one_number(number, number)
    assert set(marks_of(number)) & set(marks_of(f" {number.lower()} "))
    assert is_one_number(number, f" {number.lower()} ")


@pytest.mark.parametrize(
    ("number", "short"),
    [("12", True), ("0012", True), ("INV-12", True), ("12345", False), ("2026-12", False)],
)
def test_a_short_one_may_begin_anew(number: str, short: bool) -> None:
    assert is_short(number, 4) is short
