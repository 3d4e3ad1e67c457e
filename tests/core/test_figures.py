"""Figures: a fold over the audit log, right by hand and the same however it is cut."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.figures import Count, Noted, recount, summed

START = datetime(2026, 11, 16, 8, tzinfo=UTC)  # a Monday
WEEK = date(2026, 11, 16)


def noted(
    what: str, case: int | None = 1, hours: float = 0, actor: str = "agent", **d: Any
) -> Noted:
    return Noted(START + timedelta(hours=hours), what, actor, case, d)


def of_a_bill(case: int, *, changed: tuple[str, ...] = (), end: str = "approve") -> list[Noted]:
    """The way of one bill through the log."""
    proposed: dict[str, Any] = {
        "task": "bills",
        "to": "proposed",
        "values": 10,
        "money": ["119.50 EUR"],
    }
    way = [
        noted("case.received", case),
        noted("case.read", case, task="bills", to="read"),
        noted("case.proposed", case, 0.1, **proposed),
        noted("mail.sent", case, 0.1, kind="draft"),
    ]
    if changed:
        way += [
            noted("case.revised", case, 1, "ann", changed=list(changed)),
            noted("case.proposed", case, 1, **proposed),
        ]
    way.append(noted("decision.approve", case, 2, "ann", typed=2))
    if end == "reject":
        return [*way, noted("case.rejected", case, 2, "ann")]
    return [
        *way,
        noted("case.approve", case, 2, "ann"),
        noted("effect.intended", case, 2),
        noted("effect.done", case, 2),
        noted("case.done", case, 2, to="done"),
        noted("mail.sent", case, 2, kind="receipt"),
    ]


def sums_of(entries: list[Noted], task: str = "bills") -> Any:
    return summed(Count(t, w, n, k) for (t, w, n), k in recount(entries).items() if t == task)


def test_two_bills_one_of_them_corrected() -> None:
    sums = sums_of([*of_a_bill(1), *of_a_bill(2, changed=("due_date",))])
    assert (sums["received"], sums["done"], sums["approved"], sums["corrected"]) == (2, 2, 2, 1)
    assert (sums.completion, sums.approval, sums.correction) == (1, 1, 0.5)
    assert sums.untouched == 0.95
    assert sums.turnaround == timedelta(hours=2)
    assert sums.mails_per_decision == 2
    assert sums["words"] == 4
    assert sums.money() == {"EUR": Decimal(239)}


def test_what_was_rejected_with_a_failed_check_was_caught() -> None:
    way = of_a_bill(1, end="reject")
    way[2] = way[2]._replace(details={**way[2].details, "failed": ["duplicate"]})
    sums = sums_of(way)
    assert (sums["caught"], sums["failed:duplicate"], sums["rejected"]) == (1, 1, 1)
    assert sums.money("caught") == {"EUR": Decimal("119.5")}
    assert sums.approval == 0


def test_an_undo_is_done_no_second_time() -> None:
    undo = [noted("case.undo", 1, 3, "ann"), noted("case.done", 1, 3, to="done")]
    sums = sums_of([*of_a_bill(1), *undo])
    assert (sums["done"], sums["undone"]) == (1, 1)


def test_a_case_is_escalated_once_however_often_it_stops() -> None:
    stops = [
        noted("case.received"),
        noted("case.read", task="bills", to="read"),
        noted("case.proposed", task="bills", to="needs_owner"),
        noted("case.stuck"),
    ]
    assert sums_of(stops)["escalated"] == 1


def test_what_strangers_write_costs_nobody_a_word() -> None:
    assert sums_of([noted("decision.refused", None, actor="unproven", typed=900)], "")["words"] == 0


def test_weeks_are_apart_and_begin_on_monday() -> None:
    later = [one._replace(at=one.at + timedelta(days=7)) for one in of_a_bill(2)]
    weeks = {week for _, week, _ in recount([*of_a_bill(1), *later])}
    assert weeks == {WEEK, WEEK + timedelta(days=7)}


def test_nothing_counted_is_no_rate() -> None:
    sums = summed([])
    assert (sums.completion, sums.turnaround, sums.untouched) == (None, None, None)


@given(order=st.permutations(range(6)), seed=st.sampled_from(["approve", "reject"]))
def test_cases_do_not_touch_each_other(order: list[int], seed: str) -> None:
    """However the entries of several cases lie between each other, the sums are the same."""
    ways = [of_a_bill(case, end=seed if case % 2 else "approve") for case in range(1, 4)]
    in_turn = recount([one for way in ways for one in way])
    mixed, left = list[Noted](), [list(way) for way in ways]
    while any(left):
        for place in order:
            if left[place % 3]:
                mixed.append(left[place % 3].pop(0))
    assert recount(mixed) == in_turn
