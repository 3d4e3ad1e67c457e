"""The launch questions and their score; the next task, by what has arrived."""

from datetime import date, timedelta
from typing import Any

import pytest

from mailagent.core.figures import Count
from mailagent.core.launch import MOST, Advice, Launch, Next, best, next_task
from mailagent.core.modes import Mode

GOOD = Launch(
    repetitive="yes",
    structured="yes",
    damage="small",
    logged="yes",
    owner="Ann",
    baseline_minutes=6,
)


@pytest.mark.parametrize(
    ("changes", "score", "advice"),
    [
        ({}, 10, Advice.START),
        ({"structured": "partly", "damage": "some"}, 8, Advice.START),
        ({"repetitive": "partly", "structured": "partly"}, 7, Advice.START),
        ({"damage": "large"}, 8, Advice.WATCH),  # however good the rest is
        ({"repetitive": "partly", "structured": "no", "logged": "no"}, 5, Advice.WATCH),
        ({"repetitive": "no"}, 7, Advice.WAIT),
        ({"owner": ""}, 8, Advice.WAIT),
        (
            {"repetitive": "partly", "structured": "no", "damage": "large", "logged": "no"},
            3,
            Advice.WAIT,
        ),
    ],
)
def test_the_score_and_what_follows(changes: dict[str, Any], score: int, advice: Advice) -> None:
    launch = GOOD.model_copy(update=changes)
    assert (launch.score, launch.advice) == (score, advice)
    assert launch.mode is (Mode.APPROVE if advice is Advice.START else Mode.SHADOW)


def test_the_best_answers_make_the_most() -> None:
    assert sum(best(name) for name in GOOD.points) == MOST == GOOD.score


WEEK = date(2026, 11, 16)
OFF = {"contracts": ("contract",), "orders": ("purchase_order",)}


def count(name: str, n: int, ago: int = 0, task: str = "bills") -> Count:
    return Count(task, WEEK - timedelta(weeks=ago), name, n)


CALM = [count("decided", 5), count("decided", 5, 1)]
SEEN = [count("kind:contract", 3, 2, "other"), count("kind:contract", 3, 0, "filing")]


def test_after_two_calm_weeks_what_arrived_most_is_next() -> None:
    seen = [*CALM, *SEEN, count("kind:purchase_order", 5, 3, "other")]
    assert next_task(seen, WEEK, {"bills"}, OFF) == Next("contracts", 6)


NOT_NOW: dict[str, list[Count]] = {
    "an edit": [*CALM, *SEEN, count("corrected", 1, 1)],
    "an incident": [*CALM, *SEEN, count("incidents", 1)],
    "one week alone": [CALM[0], *SEEN],
    "hardly a decision": [CALM[0], count("decided", 2, 1), *SEEN],
    "too few papers": [*CALM, SEEN[0]],
    "papers of long ago": [*CALM, count("kind:contract", 9, 4, "other")],
    "an offer that is fresh": [*CALM, *SEEN, count("offered", 1, 3, "")],
    "an offer of this week": [*CALM, *SEEN, count("offered", 1, -1, "")],
}


@pytest.mark.parametrize("name", NOT_NOW)
def test_otherwise_nothing_is_offered(name: str) -> None:
    assert next_task(NOT_NOW[name], WEEK, {"bills"}, OFF) is None
