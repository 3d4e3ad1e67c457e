"""States and moves: the table is all there is."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.case import (
    ENDS,
    FOLDERS,
    MOVES,
    OPS_FOLDERS,
    WAITS,
    State,
    folder_of,
)
from mailagent.core.errors import IllegalMove
from tests.values import case

PAIRS = list(itertools.product(State, State))


@pytest.mark.parametrize(("here", "there"), PAIRS, ids=[f"{a}-{b}" for a, b in PAIRS])
def test_a_case_moves_as_the_table_says_and_no_other_way(here: State, there: State) -> None:
    before = case(here)
    if there in MOVES[here]:
        assert before.move(there) == case(there)
    else:
        with pytest.raises(IllegalMove, match=rf"4F7Q is {here} and cannot become {there}"):
            before.move(there)
    assert before.state is here


def test_every_state_has_its_moves_and_a_folder() -> None:
    assert set(MOVES) == set(State) == set(FOLDERS)
    assert set(FOLDERS.values()) <= set(OPS_FOLDERS)


def test_nothing_is_executed_that_was_not_approved() -> None:
    """Every way into `executing` leads through `approved`, or goes on with what was stopped."""
    assert {s for s in State if State.EXECUTING in MOVES[s]} == {State.APPROVED, State.NEEDS_OWNER}
    assert {s for s in State if State.APPROVED in MOVES[s]} == {
        *(State.PROPOSED, State.NEEDS_OWNER, State.DONE),
    }


@pytest.mark.parametrize("start", State)
def test_every_state_leads_to_an_end_and_back(start: State) -> None:
    seen, todo = {start}, [start]
    while todo:
        for there in MOVES[todo.pop()] - seen:
            seen.add(there)
            todo.append(there)
    assert seen & ENDS
    assert State.APPROVED in seen


def test_what_works_by_itself_can_always_be_parked() -> None:
    for state in set(State) - ENDS - {State.PARKED}:
        assert State.PARKED in MOVES[state]


def test_ends_and_waits_are_apart() -> None:
    assert not ENDS & WAITS


@given(states=st.lists(st.sampled_from(list(State)), min_size=1))
def test_the_least_finished_case_decides_the_folder(states: list[State]) -> None:
    order = {"Ops/Parked": 0, "Ops/Waiting": 1, "Ops/Done": 2, "Ops/Aside": 3}
    assert folder_of(states) == min((FOLDERS[s] for s in states), key=order.__getitem__)


def test_a_mail_without_cases_lies_aside() -> None:
    assert folder_of([]) == "Ops/Aside"
