"""When a task steps down by itself: for what is plain and unusual, and never twice for the same."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.thresholds import (
    Crossing,
    Mark,
    Measure,
    Thresholds,
    Watched,
    looked_at,
)

WEEK = date(2026, 11, 23)
RULES = Thresholds()


def ago(weeks: int, **counts: int) -> dict[date, dict[str, int]]:
    return {WEEK - timedelta(weeks=weeks): counts}


def crossing(*weeks: dict[date, dict[str, int]], **changes: Any) -> Crossing | None:
    together = {day: counts for one in weeks for day, counts in one.items()}
    one = Watched(task="bills", powerful=True, weeks=together)
    return looked_at(one.model_copy(update=changes), RULES, WEEK)[1]


CALM = {"received": 40, "proposed": 40, "decided": 40, "calls": 80}
USUAL = [ago(n, **CALM, escalated=4) for n in range(2, 6)]
BAD: dict[Measure, dict[str, int]] = {
    Measure.TOOL_ERRORS: {"calls": 20, "call_errors": 6},
    Measure.ESCALATION: {"received": 20, "escalated": 10},
    Measure.DOUBTFUL: {"proposed": 20, "doubtful": 10},
    Measure.OVERRIDDEN: {"decided": 20, "rejected": 4, "corrected": 6},
}


@pytest.mark.parametrize("measure", Measure)
def test_each_measure_at_its_limit_and_just_below(measure: Measure) -> None:
    found = crossing(*USUAL, ago(0, **BAD[measure]))
    assert found is not None
    assert found.measure is measure
    less = {name: n - (name not in ("calls", "received", "proposed", "decided")) for name, n in
            BAD[measure].items()}  # fmt: skip
    assert crossing(*USUAL, ago(0, **less)) is None


def test_this_week_and_the_last_one_count_together() -> None:
    half = {"received": 6, "escalated": 3}
    assert crossing(*USUAL, ago(0, **half), ago(1, **half)) is not None
    assert crossing(*USUAL, ago(0, **half)) is None  # six say nothing yet


def test_what_is_usual_is_no_spike() -> None:
    often = [ago(n, received=40, escalated=20) for n in range(2, 6)]
    assert crossing(*often, ago(0, received=20, escalated=12)) is None
    found = crossing(*often, ago(0, received=20, escalated=15))
    assert found is not None
    assert found.usual == 0.5


def test_a_company_that_has_just_begun_is_given_time() -> None:
    assert crossing(ago(0, received=20, escalated=14)) is None
    found = crossing(ago(0, received=20, escalated=15))
    assert found == Crossing(measure=Measure.ESCALATION, bad=15, of=20, usual=None)
    assert found.told().gaps["share"] == "75%"


def test_what_is_not_watched_never_counts() -> None:
    off = Thresholds(escalation=0)
    one = Watched(task="bills", powerful=True, weeks=ago(0, received=20, escalated=20))
    assert looked_at(one, off, WEEK)[1] is None


def test_what_it_did_without_power_is_not_held_against_it() -> None:
    bad = ago(0, received=20, escalated=20)
    mark, found = looked_at(Watched(task="b", powerful=False, weeks=bad), RULES, WEEK)
    assert found is None
    more = ago(0, received=25, escalated=25)
    back = Watched(task="b", powerful=True, weeks=more, mark=mark)
    mark, found = looked_at(back, RULES, WEEK)  # the first look after it has its power again
    assert found is None
    assert mark.weeks[WEEK] == {"received": 25, "escalated": 25}
    again = Watched(task="b", powerful=True, weeks=ago(0, received=34, escalated=34), mark=mark)
    assert looked_at(again, RULES, WEEK)[1] is None  # nine since then
    again = Watched(task="b", powerful=True, weeks=ago(0, received=35, escalated=35), mark=mark)
    assert looked_at(again, RULES, WEEK)[1] is not None


_HOURS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans(), st.integers(0, 1)),
    min_size=1,
    max_size=60,
)


@given(_HOURS)
def test_it_does_not_flap(hours: list[tuple[int, int, bool, int]]) -> None:
    """Whatever comes in, and however often somebody gives it power back: one step down each time,
    and not before enough new cases spoke for it.
    """
    weeks: dict[date, dict[str, int]] = {}
    mark, powerful, week, since = Mark(), True, WEEK, 0
    for good, bad, given_back, weeks_on in hours:
        week += timedelta(weeks=weeks_on)
        counts = weeks.setdefault(week, {"received": 0, "escalated": 0})
        counts["received"] += good + bad
        counts["escalated"] += bad
        since += good + bad
        if not powerful and given_back:
            powerful, since = True, 0  # a person's word, with the code
        one = Watched(task="b", powerful=powerful, weeks=dict(weeks), mark=mark)
        mark, found = looked_at(one, RULES, week)
        if found is not None:
            assert powerful
            assert since >= RULES.at_least
            assert looked_at(one.model_copy(update={"mark": mark}), RULES, week)[1] is None
            powerful = False


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 30))
def test_what_goes_on_as_it_always_did_never_steps_down(of: int, bad: int, weeks: int) -> None:
    bad = min(bad, of)
    always = {
        WEEK + timedelta(weeks=n): {"received": of, "escalated": bad} for n in range(-6, weeks)
    }
    mark = Mark()
    for n in range(weeks):
        seen = {day: c for day, c in always.items() if day <= WEEK + timedelta(weeks=n)}
        one = Watched(task="b", powerful=True, weeks=seen, mark=mark)
        mark, found = looked_at(one, RULES, WEEK + timedelta(weeks=n))
        assert found is None
