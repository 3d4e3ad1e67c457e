"""Bills that come again, told by their days and by nothing else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.renewals import (
    KEPT,
    Came,
    Every,
    Series,
    listed,
    not_come,
    renewal,
    with_bill,
    without_bill,
)


def series(*days: str, total: str = "100.00", vendor: str = "Telco") -> Series:
    came = tuple(Came(day=date.fromisoformat(day), total=Decimal(total)) for day in days)
    return Series(vendor=vendor, currency="EUR", came=came)


MONTHLY = ("2026-08-31", "2026-09-30", "2026-10-31")


@pytest.mark.parametrize(
    ("days", "every", "following"),
    [
        (MONTHLY, Every.MONTH, "2026-11-30"),
        (("2026-10-01", "2026-10-08", "2026-10-15"), Every.WEEK, "2026-10-22"),
        (("2026-10-01", "2026-10-15", "2026-10-29"), Every.TWO_WEEKS, "2026-11-12"),
        (("2026-01-15", "2026-04-15", "2026-07-14"), Every.QUARTER, "2026-10-14"),
        (("2025-03-01", "2026-03-03"), Every.YEAR, "2027-03-03"),
        (("2026-01-31", "2026-07-31"), Every.HALF_YEAR, "2027-01-31"),
    ],
)
def test_what_is_regular_is_expected_again(
    days: tuple[str, ...], every: Every, following: str
) -> None:
    found = renewal(series(*days))
    assert found is not None
    assert (found.every, found.following.isoformat()) == (every, following)
    assert found.late_on > found.following


@pytest.mark.parametrize(
    "days",
    [
        (),
        ("2026-10-01",),
        ("2026-10-01", "2026-11-01"),
        ("2026-08-01", "2026-09-01", "2026-11-20"),
        ("2026-10-01", "2026-10-01", "2026-10-01"),
        ("2026-10-01", "2026-10-04", "2026-10-30"),
    ],
)
def test_what_is_not_is_not(days: tuple[str, ...]) -> None:
    assert renewal(series(*days)) is None


def test_a_credit_note_in_between_changes_nothing() -> None:
    one = Came(day=date(2026, 10, 10), total=Decimal("-20.00"))
    found = renewal(with_bill(series(*MONTHLY), one))
    assert found is not None
    assert found.following == date(2026, 11, 30)


def test_the_history_of_the_price_is_told() -> None:
    dearer = Came(day=date(2026, 11, 30), total=Decimal("112.00"))
    found = with_bill(series(*MONTHLY), dearer)
    (vendor, said), (below, rose) = listed([found, series("2026-10-01")])
    assert (vendor, said.key, said.gaps["total"]) == ("Telco", "renewal.month", "112.00")
    assert (below, rose.key) == ("", "renewal.rose")
    assert (rose.gaps["before"], rose.gaps["after"]) == ("100.00", "112.00")


def test_what_did_not_come_is_told_for_two_weeks() -> None:
    late = [series(*MONTHLY)]
    day = date(2026, 11, 30)
    assert not_come(late, day) == ()
    (said,) = not_come(late, day + timedelta(days=15))
    assert said.gaps["vendor"] == "Telco"
    assert not_come(late, day + timedelta(days=60)) == ()


days_ = st.dates(date(2020, 1, 1), date(2030, 1, 1))
bills = st.builds(Came, day=days_, total=st.decimals(1, 1000, places=2), number=st.just(""))


@pytest.mark.slow
@given(before=st.lists(bills, max_size=KEPT - 1), one=bills)
def test_voiding_takes_back_what_recording_added(before: list[Came], one: Came) -> None:
    came = tuple(sorted(before, key=lambda each: each.day))
    had = Series(vendor="V", currency="EUR", came=came)
    assert sorted(map(repr, without_bill(with_bill(had, one), one).came)) == sorted(map(repr, came))


@given(before=st.lists(bills, max_size=60))
def test_a_series_stays_as_short_as_ever(before: list[Came]) -> None:
    made = Series(vendor="V", currency="EUR", came=())
    for one in before:
        made = with_bill(made, one)
    assert len(made.came) <= KEPT
