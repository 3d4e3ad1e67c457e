"""The table of rules: the strictest wins, every hit is recorded, what nothing says is asked."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.capability import ReleasePayments
from mailagent.core.circumstances import Circumstances
from mailagent.core.money import Money
from mailagent.core.policy import (
    Condition,
    Judged,
    Judgement,
    Rule,
    Verdict,
    amounts,
    judge,
    tried,
)
from mailagent.core.proposal import Proposal
from mailagent.core.reading import Check
from mailagent.core.said import say
from tests.values import (
    field,
    payment_run,
    proposal,
    reading,
    record_bill,
    set_reminder,
    store_file,
)

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
    strictest = max(*verdicts, Verdict.ASK)  # a table alone lets nothing go by itself
    assert judged.verdict == strictest
    assert judged.hits == tuple(r.name for r in rules)
    assert judged.why == tuple(r.why for r in rules if r.verdict == strictest)


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
    with pytest.raises(ValueError, match="mood"):
        rule(mood="x")


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


# -- what surrounds it ------------------------------------------------------------------------

AROUND = Circumstances(
    sender="bills@acme.test", signed_by="mail.acme.test", person="ann", weekday="saturday"
)


@pytest.mark.parametrize(
    ("when", "hits"),
    [
        ({"kind": "invoice"}, True),
        ({"kind": "contract"}, False),
        ({"vendor": "acme gmbh"}, True),
        ({"vendor": "Acme"}, True),  # the form of a company is no part of its name
        ({"vendor": "Acme Nord GmbH"}, False),
        ({"person": "ann"}, True),
        ({"person": "ben"}, False),
        ({"weekday": ["saturday", "sunday"]}, True),
        ({"weekday": ["monday"]}, False),
        ({"sender": "bills@acme.test"}, True),
        ({"sender": "Bills@ACME.test"}, True),
        ({"sender": "@acme.test"}, True),
        ({"sender": "@me.test"}, False),
        ({"sender": "@evil.test"}, False),
        ({"new": True}, False),
        ({"new": False}, True),
        ({"confidence_under": 1.0}, False),
        ({"person": "ann", "weekday": ["monday"]}, False),  # all of it has to hold
    ],
)
def test_conditions_look_at_what_surrounds_it(when: dict[str, Any], hits: bool) -> None:
    judged = judge(bill(), [rule(**when)], found=AROUND)
    assert (judged.verdict is Verdict.CODE) == hits
    assert judged.around == AROUND


def test_one_unsure_value_is_enough_for_low_confidence() -> None:
    unsure = field("119.00").model_copy(update={"confidence": 0.6})
    read = reading().model_copy(update={"fields": {**reading().fields, "total": unsure}})
    assert judge(bill(reading=read), [rule(confidence_under=0.7)]).verdict is Verdict.CODE
    assert judge(bill(reading=read), [rule(confidence_under=0.6)]).verdict is Verdict.ASK


def test_a_first_bill_is_somebody_new() -> None:
    first = bill(notes=(say("bill.first"),))
    assert judge(first, [rule(new=True)]).verdict is Verdict.CODE


@given(verdict=st.sampled_from(list(Verdict)), heavy=st.booleans())
def test_no_rule_makes_what_is_heavy_light(verdict: Verdict, heavy: bool) -> None:
    made = proposal(ReleasePayments(run=payment_run(), folder="payments/2026")) if heavy else bill()
    judged = judge(made, [rule(verdict=verdict.name, amount_over=limit("1"))])
    assert judged.verdict >= Verdict.CODE or not heavy


def test_another_table_is_tried_on_the_past_in_the_circumstances_of_then() -> None:
    old = [rule("strict", person="ann")]
    past = [
        Judged("4F7Q", bill(total=total), judge(bill(total=total), old, found=AROUND))
        for total in ("50.00", "500.00")
    ]
    assert tried(past, old, {}).differ == ()
    new = [rule("big", "two people", amount_over=limit("100"))]
    trial = tried(past, new, {"ann": limit("100")})
    assert trial.judged == 2
    assert trial.moves == {
        (Verdict.CODE, Verdict.ASK): 1,
        (Verdict.CODE, Verdict.TWO_PEOPLE): 1,
    }
    assert trial.differ[1].rules == ("big", "limit-of-the-person")


FAILING = AROUND.model_copy(update={"failing": {"files.store": 2}})
UNSURE = bill(reading=reading().model_copy(update={"confidence": 0.7}))
# Of each condition, what hits this bill in these circumstances, and what does not.
EACH: dict[str, tuple[Any, Any]] = {
    "task": ("bills", "contracts"),
    "capability": ("files.store", "reminders.set"),
    "check_failed": ("bank_account", "duplicate"),
    "amount_over": (limit("118.99"), limit("119.00")),
    "kind": ("invoice", "contract"),
    "vendor": ("ACME", "Acme Nord"),
    "new": (False, True),
    "confidence_under": (0.71, 0.7),
    "sender": ("@acme.test", "@evil.test"),
    "person": ("ann", "ben"),
    "weekday": (["saturday"], ["monday"]),
    "failing": (2, 3),
}


def test_no_condition_is_missing_in_the_table_above() -> None:
    assert set(EACH) == set(Condition.model_fields)


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.STANDING])
def test_each_condition_changes_what_a_table_would_have_said(name: str, verdict: Verdict) -> None:
    said, hits, misses = verdict.name.lower().replace("_", " "), *EACH[name]
    before = judge(UNSURE, [], found=FAILING)
    covered = judge(UNSURE, [], found=FAILING, covered=True).model_copy(update={"standing": 3})
    past = [Judged("4F7Q", UNSURE, before), Judged("7KD2", UNSURE, covered)]
    other = rule("other", "ask", task="bills")
    trial = tried(past, [rule("r", said, **{name: hits}), other], {})
    moves = {(one.case, one.before, one.after) for one in trial.differ}
    assert moves == {
        *([("4F7Q", Verdict.ASK, verdict)] if verdict > Verdict.ASK else []),
        ("7KD2", Verdict.STANDING, verdict),
    }
    assert all(one.rules == ("r", "other") for one in trial.differ)  # every hit is told
    assert tried(past, [rule("r", said, **{name: misses})], {}).differ == ()


def test_a_limit_is_that_of_the_person_who_was_asked() -> None:
    past = [Judged("4F7Q", bill(), judge(bill(), [], found=AROUND))]
    assert tried(past, [], {"ben": limit("1"), "ann": None}).differ == ()
    assert tried(past, [], {"ann": limit("119")}).differ == ()
    assert tried(past, [], {"ann": limit("118")}).differ[0].rules == ("limit-of-the-person",)
