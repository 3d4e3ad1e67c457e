"""What the clock finds to do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailagent.core.case import State
from mailagent.core.draft import new_draft
from mailagent.core.routine import (
    Counts,
    Expire,
    ProposePack,
    Remind,
    Reminder,
    Report,
    TellDoubts,
    TellSignIn,
    View,
)
from mailagent.core.said import say
from mailagent.core.sign_in import SignIn
from mailagent.routines import ROUTINES, expiry, packs, proofs, reconciliation, reminders, sign_in
from tests.values import NOW, case, person

NOTHING = Counts(by={})


def view(**changes: Any) -> View:
    return View(**{"now": NOW, "people": (person(),), "counts": NOTHING, **changes})


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("UTC", "2026-12-02T06:59", False),
        ("UTC", "2026-12-02T07:00", True),
        ("UTC", "2026-12-03T00:01", True),  # the day went by: better late than never
        ("UTC", "2026-12-01T23:59", False),
        ("Pacific/Auckland", "2026-12-01T17:59", False),
        ("Pacific/Auckland", "2026-12-01T18:00", True),
        ("America/Los_Angeles", "2026-12-02T14:59", False),
        ("America/Los_Angeles", "2026-12-02T15:00", True),
    ],
)
def test_a_reminder_comes_in_the_persons_own_morning(zone: str, now: str, due: bool) -> None:
    reminder = Reminder(id=1, person="ann", case=1, day="2026-12-02", text="t")
    ann = person(timezone=zone)
    seen = view(now=datetime.fromisoformat(f"{now}+00:00"), people=(ann,), reminders=(reminder,))
    assert reminders.due(seen) == ([Remind(reminders=(reminder,), person=ann)] if due else [])


def test_all_of_a_day_is_one_reminder_for_each_person() -> None:
    days = ("2026-01-01", "2026-01-02", "2999-01-01")
    mine = [Reminder(id=n, person="ann", case=n, day=d, text="t") for n, d in enumerate(days, 1)]
    bens = mine[0].model_copy(update={"person": "ben", "id": 9})
    people = (person(), person("ben"))
    found = reminders.due(view(people=people, reminders=(*mine, bens)))
    assert found == [
        Remind(reminders=tuple(mine[:2]), person=people[0]),
        Remind(reminders=(bens,), person=people[1]),
    ]


def test_nobody_is_reminded_who_is_not_there_any_more() -> None:
    gone = Reminder(id=1, person="gone", case=1, day="2026-01-01", text="t")
    assert reminders.due(view(reminders=(gone,))) == []


def test_every_draft_past_its_time_expires() -> None:
    draft, _ = new_draft(case(State.PROPOSED), 1, "ab" * 32, person(), NOW)
    assert expiry.due(view(expired=(draft, draft))) == [Expire(draft=draft)] * 2


def test_a_count_that_comes_out_is_reported_without_trouble() -> None:
    assert reconciliation.due(view()) == [Report(counts=NOTHING, trouble=())]


def test_what_stands_still_is_named() -> None:
    refs = tuple(f"R{n}" for n in range(12))
    (report,) = reconciliation.due(view(counts=Counts(by={}, unsorted=(1, 2), standing=refs)))
    assert isinstance(report, Report)
    assert report.trouble == (
        say("trouble.unsorted", n=2),
        say("trouble.standing", cases="R0, R1, R2, R3, R4, R5, R6, R7, R8, R9"),
    )


def test_each_routine_is_known_by_its_name() -> None:
    names = {
        "brief",
        "reminders",
        "expiry",
        "snoozes",
        "inquiries",
        "payments",
        "proofs",
        "sign_in",
    }
    others = {
        "reconciliation",
        "undecided",
        "calendar",
        "holds",
        "copies",
        "handovers",
        "packs",
        "papers",
        "agendas",
        "figures",
        "away",
        "standing",
        "thresholds",
        "widening",
        "shadow",
    }
    assert set(ROUTINES) == names | others
    assert all(name == routine.name for name, routine in ROUTINES.items())
    assert min(r.every for r in ROUTINES.values()) >= timedelta(minutes=1)


def test_what_speaks_against_a_proof_is_told_once_a_week() -> None:
    assert proofs.due(view()) == []
    assert proofs.due(view(doubts=(say("doubt.lost"),))) == [
        TellDoubts(doubts=(say("doubt.lost"),))
    ]
    assert proofs.ROUTINE.every == timedelta(days=7)


def test_a_sign_in_is_told_of_while_a_mail_still_goes_out() -> None:
    given = SignIn(provider="google", ends_at=NOW + timedelta(days=7), testing=True)
    told = [sign_in.due(view(sign_in=given, now=NOW + timedelta(days=day))) for day in range(8)]
    assert [bool(each) for each in told] == [False] * 5 + [True] * 3
    assert told[5] == [TellSignIn(given=given)]
    assert sign_in.due(view()) == []
    assert sign_in.ROUTINE.every == timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "hour", "bookkeeper", "month"),
    [
        (1, 8, "books@taxes.test", "2026-11"),
        (3, 8, "books@taxes.test", "2026-11"),
        (1, 6, "books@taxes.test", ""),
        (9, 8, "books@taxes.test", ""),
        (1, 8, "", ""),
    ],
)
def test_the_month_pack_is_due_in_the_first_days(
    day: int, hour: int, bookkeeper: str, month: str
) -> None:
    now = datetime(2026, 12, day, hour, tzinfo=UTC)
    duties = packs.due(view(now=now, bookkeeper=bookkeeper))
    assert [str(duty.month) for duty in duties if isinstance(duty, ProposePack)] == (
        [month] if month else []
    )
