"""The weekly digest: one week beside the four before it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from mailagent.core.digest import (
    DoneTask,
    Told,
    digest_of,
    digest_title,
    first_week,
    last_week,
)
from mailagent.core.figures import Count
from mailagent.core.spot import SpotCheck, drawn, numbered
from tests.values import person

MONDAY = date(2026, 11, 16)


def count(name: str, n: int, weeks_ago: int = 0, task: str = "bills") -> Count:
    return Count(task, MONDAY - timedelta(weeks=weeks_ago), name, n)


def test_the_week_is_beside_the_four_before_and_no_more() -> None:
    counts = [count("done", 10 + ago, ago) for ago in range(7)]
    digest = digest_of(counts, MONDAY, Told(), {"bills": 6})
    assert digest.now["done"] == 10
    assert [week["done"] for week in digest.weeks] == [14, 13, 12, 11, 10]
    assert digest.before["done"] == 50
    assert digest.minutes_saved == 60


def test_what_is_done_is_told_by_task_with_its_money() -> None:
    counts = [count("done", 2), count("done:EUR", 119_500), count("done", 1, task="contracts")]
    digest = digest_of(counts, MONDAY, Told(), {})
    assert digest.done == (
        DoneTask(task="bills", n=2, money={"EUR": Decimal("119.5")}),
        DoneTask(task="contracts", n=1),
    )
    assert digest.minutes_saved == 0  # nobody measured what it took before


def test_what_was_caught_is_told_by_its_test() -> None:
    counts = [count("failed:duplicate", 2), count("caught:EUR", 5_000), count("failed:x", 9, 1)]
    digest = digest_of(counts, MONDAY, Told(), {})
    assert (digest.caught, digest.caught_money) == ({"duplicate": 2}, {"EUR": Decimal(5)})


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 11, 23), MONDAY),
        (date(2026, 11, 29), MONDAY),
        (date(2026, 11, 22), date(2026, 11, 9)),
    ],
)
def test_it_is_of_the_last_whole_week(today: date, monday: date) -> None:
    assert last_week(today) == monday
    assert first_week(today) == monday - timedelta(weeks=4)


def test_the_same_three_are_to_be_looked_at_all_week_and_others_the_next() -> None:
    ended = [SpotCheck(case=n, version=1, task="", ref=f"R{n}", title="") for n in range(40)]
    one = drawn(ended, MONDAY)
    assert len({check.ref for check in one}) == 3
    assert [check.number for check in numbered(one, after=6)] == [7, 8, 9]
    assert one == drawn(ended[::-1], MONDAY)
    assert one != drawn(ended, MONDAY + timedelta(weeks=1))


def test_the_subject_says_whether_there_is_something_to_decide() -> None:
    digest = digest_of([count("done", 4)], MONDAY, Told(), {})
    assert digest_title(digest, 0, person()) == "Your week: 4 done, nothing to decide"
    assert digest_title(digest, 3, person()) == "Your week: 4 done, 3 to decide"
