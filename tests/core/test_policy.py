"""The table of rules: the strictest wins, every hit is recorded, what nothing says is asked."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.money import Money
from mailagent.core.policy import Condition, Judgement, Rule, Verdict, amounts, judge
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Check
from tests.values import proposal, record_bill, set_reminder, store_file

FAILED = Check(name="bank_account", ok=False)
PASSED = Check(name="duplicate", ok=True)


def limit(amount: str, currency: str = "EUR") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def rule(name: str = "r", verdict: str = "code", why: str = "so", **when: Any) -> Rule:
    return Rule.model_validate({"name": name, "verdict": verdict, "why": why, "when": when})


def bill(total: str = "119.00", currency: str = "EUR", **changes: Any) -> Proposal:
    changes = {"checks": (FAILED, PASSED), **changes}
    return proposal(record_bill(total=Decimal(total), currency=currency), store_file(), **changes)


def test_what_no_rule_speaks_of_is_asked() -> None:
    assert judge(bill(), []) == Judgement(verdict=Verdict.ASK)
    assert judge(bill(), [rule(task="contracts")]) == Judgement(verdict=Verdict.ASK)


def test_verdicts_are_ordered_by_strictness() -> None:
    names = [v.name for v in sorted(Verdict, reverse=True)]
    assert names == ["FORBID", "TWO_PEOPLE", "CODE", "ASK", "STANDING"]


@given(verdicts=st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=6))
def test_the_strictest_wins_and_every_hit_is_recorded(verdicts: list[Verdict]) -> None:
    rules = [
        Rule(name=f"r{n}", verdict=v, why=f"w{n}", when=Condition(task="bills"))
        for n, v in enumerate(verdicts)
    ]
    judged = judge(bill(), rules)
    assert judged.verdict == max(verdicts)
    assert judged.hits == tuple(r.name for r in rules)
    assert judged.why == tuple(r.why for r in rules if r.verdict == max(verdicts))


@given(order=st.permutations(["standing", "ask", "code", "forbid"]))
def test_the_order_of_rules_changes_no_verdict(order: list[str]) -> None:
    rules = [rule(name=v, verdict=v, task="bills") for v in order]
    assert judge(bill(), rules).verdict is Verdict.FORBID


@pytest.mark.parametrize(
    ("when", "hits"),
    [
        ({"task": "bills"}, True),
        ({"task": "contracts"}, False),
        ({"capability": "files.store"}, True),
        ({"capability": "reminders.set"}, False),
        ({"check_failed": "bank_account"}, True),
        ({"check_failed": "duplicate"}, False),  # it passed
        ({"check_failed": "any"}, True),
        ({"amount_over": limit("118.99")}, True),
        ({"amount_over": limit("119.00")}, False),
        ({"amount_over": limit("1000000", "USD")}, True),  # cannot be compared: over
        ({"task": "bills", "check_failed": "any", "amount_over": limit("100")}, True),
        ({"task": "bills", "amount_over": limit("200")}, False),
        ({"task": "contracts", "check_failed": "any"}, False),
    ],
    ids=str,
)
def test_a_rule_hits_when_all_that_it_names_holds(when: dict[str, Any], hits: bool) -> None:
    assert judge(bill(), [rule(**when)]).hits == (("r",) if hits else ())


def test_any_failed_check_needs_one_that_failed() -> None:
    fine = bill(checks=(PASSED,))
    assert not judge(fine, [rule(check_failed="any")]).hits


def test_a_credit_is_as_large_as_it_is() -> None:
    assert judge(bill("-119.00"), [rule(amount_over=limit("100"))]).hits


def test_an_amount_over_says_nothing_where_no_money_is_spoken_of() -> None:
    only_reminds = proposal(set_reminder())
    assert amounts(only_reminds) == ()
    assert not judge(only_reminds, [rule(amount_over=limit("0"))]).hits


def test_a_rule_without_a_condition_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one condition"):
        rule()


def test_an_unknown_condition_is_refused() -> None:
    with pytest.raises(ValueError, match="sender"):
        rule(sender="x")


@pytest.mark.parametrize("verdict", [v.name.lower().replace("_", " ") for v in Verdict])
def test_a_verdict_is_written_as_people_say_it(verdict: str) -> None:
    assert rule(verdict=verdict, task="bills").verdict.name.lower() == verdict.replace(" ", "_")


def test_a_wrong_verdict_is_told_with_the_right_ones() -> None:
    with pytest.raises(ValueError, match=r"'maybe' is no verdict; one of: .*two people"):
        rule(verdict="maybe", task="bills")


def test_judging_changes_nothing() -> None:
    before = bill()
    copy = before.model_copy(deep=True)
    judge(before, [rule(check_failed="any")])
    assert before == copy
