"""The digest: whatever would happen otherwise has another fingerprint."""

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from mailagent.core.capability import Payload
from mailagent.core.proposal import Action, Proposal, Purpose, digest
from mailagent.core.reading import Check
from mailagent.core.tax import TaxShare
from mailagent.core.value import Value, sha256
from tests.values import PAYLOADS, PDF, proposal, record_bill, store_file

FIELDS = [
    (payload, name)
    for payload in PAYLOADS
    for name in type(payload).model_fields
    if name not in ("capability", "tax_shares", "owed")
] + [
    (record_bill(tax_shares=(TaxShare(),)), "tax_shares"),
    (record_bill(owed=Decimal(5)), "owed"),
]


def other(value: Any) -> Any:  # noqa: C901, PLR0911 - one line a type
    match value:
        case None:
            return date(2027, 3, 1)
        case Decimal():
            return value + Decimal("0.01")
        case date():
            return value + timedelta(days=1)
        case Enum():
            return next(one for one in type(value) if one is not value)
        case (Value() as first, *_):
            return (*value, first)
        case "EUR":
            return "USD"
        case str():
            return value + "x"
        case bool():
            return not value
        case int() | tuple():
            return value + 1 if isinstance(value, int) else (*value, "x")
        case Value():
            name = next(iter(type(value).model_fields))
            return value.model_copy(update={name: other(getattr(value, name))})
    raise AssertionError(f"no other value than {value!r} is known here")


@pytest.mark.parametrize(
    ("payload", "name"), FIELDS, ids=[f"{p.capability}-{n}" for p, n in FIELDS]
)
def test_it_changes_with_every_field_of_every_payload(payload: Payload, name: str) -> None:
    changed = payload.model_copy(update={name: other(getattr(payload, name))})
    assert digest("corp", proposal(payload)) != digest("corp", proposal(changed))


@pytest.mark.parametrize("name", ["due", "net", "tax"])
def test_a_value_that_is_missing_is_another_than_one_that_is_there(name: str) -> None:
    without = record_bill(**{name: None})
    assert digest("corp", proposal(without)) != digest("corp", proposal(record_bill()))


@pytest.mark.parametrize(
    "changes",
    [{"case": 2}, {"version": 2}, {"purpose": Purpose.UNDO}, {"actions": ()}],
    ids=str,
)
def test_it_changes_with_what_it_is_a_proposal_of(changes: dict[str, Any]) -> None:
    base = proposal(record_bill())
    assert digest("corp", base) != digest("corp", base.model_copy(update=changes))


def test_it_changes_with_the_company() -> None:
    assert digest("corp", proposal(record_bill())) != digest("rival", proposal(record_bill()))


def test_it_changes_with_the_order_and_the_numbers_of_the_actions() -> None:
    one, two = record_bill(), store_file()
    assert digest("corp", proposal(one, two)) != digest("corp", proposal(two, one))
    renumbered = proposal().model_copy(update={"actions": (Action(number=2, payload=one),)})
    assert digest("corp", proposal(one)) != digest("corp", renumbered)


def test_it_changes_with_contents_that_changed_on_disk() -> None:
    shown = proposal(record_bill(), store_file())
    same = {sha256(PDF): sha256(PDF)}
    assert digest("corp", shown, same) == digest("corp", shown)
    assert digest("corp", shown, {sha256(PDF): sha256(b"other")}) != digest("corp", shown)
    assert digest("corp", shown, {sha256(PDF): "gone"}) != digest("corp", shown)


def test_it_does_not_change_with_what_is_only_said() -> None:
    base = proposal(record_bill())
    said = {"title": "other", "notes": ("n",), "checks": (Check(name="c", ok=False),)}
    assert digest("corp", base) == digest("corp", base.model_copy(update=said))


def test_it_survives_the_store() -> None:
    base = proposal(*PAYLOADS)
    again = Proposal.model_validate(base.model_dump(mode="json"))
    assert digest("corp", again) == digest("corp", base)
    assert again == base


def test_it_is_the_same_on_every_machine_and_for_ever() -> None:
    """Written down: a change of the spelling would void every draft that is out."""
    known = "b297481a03d7256ac9cd6b2b41fc483e7b57c84d07f3adef434557bec9e67bcb"
    assert digest("corp", proposal(store_file())) == known


def test_a_proposal_knows_its_contents_and_its_failed_checks() -> None:
    failed = Check(name="dates", ok=False)
    shown = proposal(record_bill(), store_file(), checks=(Check(name="a", ok=True), failed))
    assert shown.contents() == {sha256(PDF)}
    assert shown.failed_checks == (failed,)
    assert not shown.heavy
