"""Waiting: longer each time, never longer than the longest, for as long as it takes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.job import LANES, RETRIES, Stage
from mailagent.core.retry import PATIENT, Retry

S = timedelta(seconds=1)


def test_it_doubles_up_to_the_longest() -> None:
    waits = [PATIENT.wait(n) for n in range(1, 12)]
    expected = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert waits == [timedelta(seconds=s) for s in expected]


@given(attempt=st.integers(1, 10**9))
def test_it_waits_for_ever_without_a_limit(attempt: int) -> None:
    """An outage of a weekend is nearly a thousand attempts."""
    wait = PATIENT.wait(attempt)
    assert wait is not None
    assert S <= wait <= PATIENT.longest


@given(attempt=st.integers(1, 200), more=st.integers(1, 200))
def test_it_never_gets_shorter(attempt: int, more: int) -> None:
    earlier, later = PATIENT.wait(attempt), PATIENT.wait(attempt + more)
    assert earlier
    assert later
    assert earlier <= later


@pytest.mark.parametrize(("attempt", "gives_up"), [(1, False), (2, False), (3, True), (4, True)])
def test_it_gives_up_after_so_many_tries(attempt: int, gives_up: bool) -> None:
    assert (Retry(first=S, tries=3).wait(attempt) is None) == gives_up


def test_the_server_may_ask_for_longer_but_not_for_shorter() -> None:
    assert PATIENT.wait(3, timedelta(hours=2)) == timedelta(hours=2)
    assert PATIENT.wait(9, timedelta(seconds=3)) == timedelta(seconds=256)
    assert PATIENT.wait(1, timedelta(0)) == S


def test_every_stage_has_its_lane_and_its_patience() -> None:
    assert set(RETRIES) == set(LANES) == set(Stage)
    assert all(retry.tries is None for retry in RETRIES.values())


def test_the_owners_word_goes_before_everything() -> None:
    first = min(LANES.values())
    assert {s for s, lane in LANES.items() if lane == first} == {
        *(Stage.DECIDE, Stage.EXECUTE, Stage.RECEIPT)
    }
