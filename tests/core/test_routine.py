"""Slots of a routine: counted from midnight, each one once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.routine import Routine

START = datetime(2000, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=36_500)).map(lambda later: START + later)
EVERY = st.sampled_from([timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=24)])


def routine(every: timedelta) -> Routine:
    return Routine("r", every, lambda _view: [])


@given(now=MOMENTS, every=EVERY)
def test_the_next_slot_is_ahead_and_not_further_than_one_away(
    now: datetime, every: timedelta
) -> None:
    following = routine(every).following(now)
    assert timedelta(0) < following - now <= every


@given(now=MOMENTS, every=EVERY)
def test_all_moments_of_one_slot_agree_on_the_next(now: datetime, every: timedelta) -> None:
    one = routine(every)
    following = one.following(now)
    assert one.following(following - timedelta(microseconds=1)) == following
    assert one.following(following) == following + every


@pytest.mark.parametrize(
    ("every", "now", "following"),
    [
        (timedelta(minutes=5), "12:03:20", "12:05:00"),
        (timedelta(minutes=15), "12:15:00", "12:30:00"),
        (timedelta(hours=24), "00:00:01", "00:00:00"),
    ],
)
def test_slots_are_counted_from_midnight(every: timedelta, now: str, following: str) -> None:
    found = routine(every).following(datetime.fromisoformat(f"2026-11-20T{now}+00:00"))
    assert f"{found:%H:%M:%S}" == following
    assert found.tzinfo is UTC
