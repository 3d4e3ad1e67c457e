"""When the substitute is asked as well."""

from datetime import UTC, datetime, timedelta

import pytest

from mailagent.core.draft import new_draft
from mailagent.core.people import Person
from mailagent.core.routine import AskSubstitute, Undecided, View
from mailagent.routines.undecided import ROUTINE
from tests.values import case, person

ANN, BEN = person(substitute="ben"), person("ben")
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def asked(since: datetime, now: datetime, *people: Person) -> list[str]:
    draft, _ = new_draft(case(), 1, "d" * 64, ANN, since)
    view = View(
        now=now, people=people or (ANN, BEN), undecided=(Undecided(draft=draft, since=since),)
    )
    return [duty.person.id for duty in ROUTINE.due(view) if isinstance(duty, AskSubstitute)]


@pytest.mark.parametrize(
    ("began", "hours", "found"),
    [
        (0, 71, []),
        (0, 72, ["ben"]),
        (3, 72, []),  # from Thursday to Sunday
        (3, 119, []),
        (3, 120, ["ben"]),  # to Tuesday: the weekend counts for nothing
    ],
)
def test_after_three_working_days(began: int, hours: int, found: list[str]) -> None:
    since = MONDAY + timedelta(days=began)
    assert asked(since, since + timedelta(hours=hours)) == found


def test_who_has_no_substitute_is_asked_alone() -> None:
    late = MONDAY + timedelta(days=30)
    assert asked(MONDAY, late, ANN) == []
    assert asked(MONDAY, late, person(), BEN) == []


def test_a_holiday_counts_for_nothing() -> None:
    draft, _ = new_draft(case(), 1, "d" * 64, ANN, MONDAY)
    waiting = (Undecided(draft=draft, since=MONDAY),)
    tuesday = (MONDAY + timedelta(days=1)).date()
    for hours, found in ((72, 0), (96, 1)):
        now = MONDAY + timedelta(hours=hours)
        seen = View(now=now, people=(ANN, BEN), undecided=waiting, holidays=frozenset({tuesday}))
        assert len(ROUTINE.due(seen)) == found
