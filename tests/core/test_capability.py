"""The catalogue: everything in it is whole, and nothing is outside it."""

from typing import get_args

import pytest
from pydantic import TypeAdapter

from mailagent.core.capability import (
    CATALOGUE,
    Outcome,
    Payload,
    Weight,
    contents,
    reverse,
)
from mailagent.core.proposal import Action
from mailagent.core.value import sha256
from tests.values import PAYLOADS, PDF, record_bill, set_reminder, store_file

KINDS = get_args(get_args(Payload)[0])
DONE = Outcome(reference="17")


def test_every_payload_is_in_the_catalogue_under_its_own_name() -> None:
    named = {kind.model_fields["capability"].default: kind for kind in KINDS}
    assert {name: row.payload for name, row in CATALOGUE.items()} == named


def test_every_capability_is_tried_here() -> None:
    assert {p.capability for p in PAYLOADS} == set(CATALOGUE)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_every_capability_has_a_weight(name: str) -> None:
    assert CATALOGUE[name].weight in Weight


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda p: p.capability)
def test_a_payload_comes_back_from_the_store_as_what_it_was(payload: Payload) -> None:
    adapter: TypeAdapter[Payload] = TypeAdapter(Payload)
    assert adapter.validate_json(adapter.dump_json(payload)) == payload


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda p: p.capability)
def test_a_reverse_is_itself_in_the_catalogue_and_final(payload: Payload) -> None:
    back = reverse(payload, DONE)
    if back is None:
        return
    assert CATALOGUE[back.capability].payload is type(back)
    assert reverse(back, DONE) is None
    assert back.capability.partition(".")[0] == payload.capability.partition(".")[0]


def test_what_writes_can_be_taken_back() -> None:
    reversible = {name for name, row in CATALOGUE.items() if row.reverse}
    assert reversible == {
        "ledger.record_bill",
        "files.store",
        "reminders.cancel",
        "reminders.set",
        "payments.release",
        "policy.widen",
        "calendar.put",
        "calendar.delete",
        "calendar.reply",
        "calendar.invite",
        "orders.record",
    }


def test_a_reverse_names_what_was_really_done() -> None:
    void = reverse(record_bill(), DONE)
    remove = reverse(store_file(), Outcome(reference="bills/a (2).pdf"))
    cancel = reverse(set_reminder(text="Acme"), DONE)
    assert void
    assert remove
    assert cancel
    assert void.model_dump() == {
        "capability": "ledger.void_bill",
        "bill": "17",
        "vendor": "Acme GmbH",
        "number": "R-2026-7",
    }
    assert remove.model_dump(exclude={"capability"}) == {
        "path": "bills/a (2).pdf",
        "content": sha256(PDF),
    }
    assert cancel.model_dump(exclude={"capability"}) == {"reminder": "17", "text": "Acme"}


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda p: p.capability)
def test_contents_are_all_the_hashes_in_a_payload(payload: Payload) -> None:
    hashes = [v for v in payload.model_dump().values() if isinstance(v, str) and len(v) == 64]
    assert list(contents(payload)) == hashes


def test_an_unknown_capability_cannot_be_proposed() -> None:
    with pytest.raises(ValueError, match="capability"):
        Action.model_validate({"number": 1, "payload": {"capability": "bank.pay", "total": "1"}})
