"""When drafts become a brief, what its digest binds, and what `rest` may mean."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.brief import (
    Brief,
    BriefItem,
    BriefKind,
    BriefRules,
    Desk,
    Load,
    Seen,
    are_few,
    brief_digest,
    by_items,
    day_began,
    is_crowded,
    is_held_back,
    is_morning,
    is_ready,
    is_weekly,
    new_brief,
    title_of,
)
from mailagent.core.case import State
from mailagent.core.decision import Execute, Items, Verb
from mailagent.core.draft import new_draft
from mailagent.core.money import Money, exceeds
from mailagent.core.policy import Judgement, Verdict
from mailagent.core.proposal import Action, Alternative, Proposal, Purpose
from mailagent.core.reading import Check
from mailagent.core.token import digest_letters
from tests.values import NOW, case, person, proposal, record_bill

RULES = BriefRules()
ASK = Judgement(verdict=Verdict.ASK)


# -- a mail of its own, or the brief


@pytest.mark.parametrize(
    ("load", "held"),
    [
        (Load(), False),
        (Load(undecided=4), False),
        (Load(undecided=5), True),
        (Load(undecided=2, waiting=2, coming=1), True),
        (Load(coming=400), True),
        (Load(mails=7), False),
        (Load(mails=8), True),
    ],
)
def test_more_than_a_handful_waits(load: Load, held: bool) -> None:
    assert is_held_back(load, RULES, stop=False) is held


@pytest.mark.parametrize(("stops", "held"), [(0, False), (7, False), (8, True)])
def test_a_stop_waits_for_nothing_but_other_stops(stops: int, held: bool) -> None:
    load = Load(undecided=99, coming=99, mails=99, stops=stops)
    assert is_held_back(load, RULES, stop=True) is held


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_what_is_few_fits_the_handful_and_the_day(undecided: int, mails: int, new: int) -> None:
    load = Load(undecided=undecided, mails=mails)
    if are_few(load, new, RULES) and new > 1:
        assert undecided + new <= RULES.handful
        assert mails + new <= RULES.mails_a_day


# -- when it comes


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("UTC", "2026-11-23T07:29", False),  # a Monday
        ("UTC", "2026-11-23T07:30", True),
        ("UTC", "2026-11-23T12:29", True),  # the agent was away: better late
        ("UTC", "2026-11-23T12:31", False),  # but not in the afternoon
        ("UTC", "2026-11-21T08:00", False),  # Saturday
        ("UTC", "2026-11-22T08:00", False),
        ("Pacific/Auckland", "2026-11-22T18:31", True),  # Monday there
        ("America/Los_Angeles", "2026-11-23T07:31", False),
        ("America/Los_Angeles", "2026-11-23T15:31", True),
    ],
)
def test_it_comes_on_working_mornings_by_the_persons_own_clock(
    zone: str, now: str, due: bool
) -> None:
    desk = Desk(person=person(timezone=zone), load=Load())
    moment = datetime.fromisoformat(f"{now}+00:00")
    assert is_morning(desk, RULES, moment) is due
    seen = desk.model_copy(update={"last_morning": moment - timedelta(minutes=1)})
    assert not is_morning(seen, RULES, moment)
    yesterday = desk.model_copy(update={"last_morning": moment - timedelta(days=1)})
    assert is_morning(yesterday, RULES, moment) is due


@pytest.mark.parametrize(
    ("load", "last", "crowded"),
    [
        (Load(soon=1), None, True),
        (Load(waiting=9), None, False),  # all of it can wait for the morning
        (Load(soon=1, coming=1), None, False),
        (Load(soon=1, mails=6), None, True),
        (Load(soon=1, mails=7), None, False),  # one is left for what cannot wait
        (Load(soon=1), timedelta(minutes=119), False),
        (Load(soon=1), timedelta(minutes=120), True),
    ],
)
def test_between_mornings_it_comes_when_nothing_more_is_coming(
    load: Load, last: timedelta | None, crowded: bool
) -> None:
    desk = Desk(person=person(), load=load, last_brief=NOW - last if last else None)
    assert is_crowded(desk, RULES, NOW) is crowded


@pytest.mark.parametrize(
    ("unanswered", "hours", "crowded"),
    [(1, 2, True), (2, 2, False), (2, 4, True), (3, 7, False), (3, 8, True), (9, 16, True)],
)
def test_who_answers_no_brief_gets_them_ever_less_often(
    unanswered: int, hours: int, crowded: bool
) -> None:
    last = NOW - timedelta(hours=hours)
    desk = Desk(person=person(), load=Load(soon=1), last_brief=last, unanswered=unanswered)
    assert is_crowded(desk, RULES, NOW) is crowded


@pytest.mark.parametrize(
    ("clock", "crowded"), [("00:10", False), ("07:29", False), ("07:30", True)]
)
def test_what_the_night_brings_waits_for_the_morning(clock: str, crowded: bool) -> None:
    desk = Desk(person=person(), load=Load(soon=1))
    assert is_crowded(desk, RULES, datetime.fromisoformat(f"2026-11-20T{clock}+00:00")) is crowded


def test_a_day_begins_at_the_persons_midnight() -> None:
    assert day_began(person(timezone="Europe/Berlin"), NOW).isoformat() == (
        "2026-11-19T23:00:00+00:00"
    )


# -- what `rest` may mean


def _bill(**changes: Any) -> Proposal:
    return proposal(record_bill(), **changes)


def test_a_calm_bill_is_ready() -> None:
    assert is_ready(_bill(), ASK, overdue=False)


@pytest.mark.parametrize(
    ("changes", "verdict", "overdue"),
    [
        ({"checks": (Check(name="dates", ok=False),)}, Verdict.ASK, False),
        ({"purpose": Purpose.ASK}, Verdict.ASK, False),
        ({"purpose": Purpose.UNDO}, Verdict.ASK, False),
        ({"alternatives": (Alternative(label="a", actions=()),)}, Verdict.ASK, False),
        ({}, Verdict.CODE, False),
        ({}, Verdict.TWO_PEOPLE, False),
        ({}, Verdict.FORBID, False),
        ({}, Verdict.ASK, True),
    ],
)
def test_what_has_to_be_looked_at_is_not(
    changes: dict[str, Any], verdict: Verdict, overdue: bool
) -> None:
    assert not is_ready(_bill(**changes), Judgement(verdict=verdict), overdue=overdue)


def test_what_a_rule_wants_looked_at_is_not() -> None:
    hit = Judgement(verdict=Verdict.ASK, hits=("low-confidence",))
    assert not is_ready(_bill(), hit, overdue=False)


# -- what is bound


def _item(number: int, **changes: Any) -> BriefItem:
    ready = changes.pop("ready", True)
    draft, _ = new_draft(case(State.PROPOSED, id=number), 1, f"{number:02}" * 32, person(), NOW)
    changed = draft.model_copy(update={"id": number, **changes})
    return BriefItem(number=number, draft=changed, ready=ready)


def test_the_digest_binds_every_line_and_what_rest_means() -> None:
    lines = [_item(1), _item(2)]
    changed = [
        lines[:1],
        [*lines, _item(3)],
        [_item(1, ready=False), _item(2)],
        [_item(1, version=2), _item(2)],
        [_item(1, case=9), _item(2)],
        [_item(1, digest="ff" * 32), _item(2)],
        [lines[0].model_copy(update={"number": 2}), lines[1].model_copy(update={"number": 1})],
    ]
    digests = {brief_digest("corp", one) for one in (lines, *changed)}
    assert len(digests | {brief_digest("rival", lines)}) == len(changed) + 2
    # and not what may change while it is out
    used = [_item(1, state="used"), _item(2, failures=3)]
    assert brief_digest("corp", used) == brief_digest("corp", lines)


def test_its_token_carries_the_digest() -> None:
    made = brief_digest("corp", [_item(1)])
    draft, token = new_brief(31, made, person(), NOW, NOW + timedelta(days=7))
    assert draft.ref == "B-31"
    assert draft.is_brief
    assert token.digest == digest_letters(made)
    assert draft.token_hash == token.hash


# -- the receipt


def _receipt(*numbers: int) -> Brief:
    draft, _ = new_brief(1, "ab" * 32, person(), NOW, NOW)
    items = tuple(_item(number) for number in numbers)
    return Brief(draft=draft, title="t", kind=BriefKind.RECEIPT, items=items)


def test_undo_to_a_receipt_means_each_that_is_not_left_out() -> None:
    said = Execute(verb=Verb.UNDO, left_out=(2,), code="123456")
    meant = by_items(said, _receipt(1, 2, 5))
    assert isinstance(meant, Items)
    assert list(meant.items) == ["1", "5"]
    assert meant.code == "123456"
    assert all(one == Execute(verb=Verb.UNDO) for one in meant.items.values())


def test_to_a_brief_nothing_is_said_without_a_number() -> None:
    brief = _receipt(1).model_copy(update={"kind": BriefKind.MORNING})
    said = Execute(verb=Verb.APPROVE)
    assert by_items(said, brief) == said


# -- sums


def test_the_title_says_how_many_and_how_much() -> None:
    dollars = proposal(record_bill(currency="USD", total=Decimal(5)))
    ann, eva = person(), person(language="de", locale="de_DE")
    assert title_of([], ann) == "Nothing to decide"
    assert title_of([_bill()], ann) == "1 decision, EUR 119.00"
    assert title_of([_bill(), _bill(), dollars], ann) == "3 decisions, EUR 238.00 + USD 5.00"
    assert title_of([_bill(), _bill()], eva) == "2 Entscheidungen, EUR 238,00"


def test_of_alternatives_none_is_certain() -> None:
    either = Alternative(label="a", actions=(Action(number=1, payload=record_bill()),))
    assert title_of([proposal(alternatives=(either, either))], person()) == "1 decision"


def test_what_is_in_another_currency_counts_as_over() -> None:
    limit = Money(amount=Decimal(100), currency="EUR")
    assert not exceeds([limit], limit)
    assert exceeds([limit, Money(amount=Decimal("0.01"), currency="EUR")], limit)
    assert exceeds([Money(amount=Decimal(1), currency="USD")], limit)


@given(st.lists(st.integers(0, 50), min_size=8, max_size=8), st.integers(-3, 3))
def test_a_count_comes_out_only_when_its_parts_make_the_whole(parts: list[int], off: int) -> None:
    names = ("here", "waiting", "done", "aside", "answers", "parked", "codes", "working")
    counted = dict(zip(names, parts, strict=True))
    seen = Seen.model_validate({"all": sum(parts) + off, **counted})
    assert seen.comes_out is (off == 0)


@pytest.mark.parametrize(
    ("holidays", "urgent", "due"), [((), False, True), ((20,), False, False), ((20,), True, True)]
)
def test_a_holiday_has_a_brief_only_where_something_is_urgent(
    holidays: tuple[int, ...], urgent: bool, due: bool
) -> None:
    friday = datetime(2026, 11, 20, 8, tzinfo=UTC)
    desk = Desk(person=person(), load=Load(), heartbeat=True, urgent=urgent)
    off = {date(2026, 11, day) for day in holidays}
    assert is_morning(desk, RULES, friday, off) is due


def test_the_weekly_digest_comes_a_day_later_where_its_day_is_a_holiday() -> None:
    monday = datetime(2026, 11, 23, 8, tzinfo=UTC)
    friday, tuesday = monday - timedelta(days=3), monday + timedelta(days=1)
    assert is_weekly(person(), RULES, monday, friday)
    assert is_weekly(person(), RULES, tuesday, friday)  # Monday had no brief
    assert not is_weekly(person(), RULES, tuesday, monday)
    assert not is_weekly(person(), RULES, tuesday, None)
