"""The chain: whatever is done to it afterwards is found."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.audit import GENESIS, AuditEntry, Entry, first_break, link
from tests.values import NOW

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, width=32),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def chain_of(length: int, details: dict[str, Any] | None = None) -> list[AuditEntry]:
    links: list[AuditEntry] = []
    for number in range(length):
        head = (links[-1].seq, links[-1].hash) if links else (0, GENESIS)
        entry = Entry(actor="agent", what=f"step.{number}", case=number, details=details or {})
        links.append(link("corp", head, entry, NOW + timedelta(seconds=number)))
    return links


@given(details=st.dictionaries(st.text(), JSON, max_size=4))
def test_a_chain_holds_also_after_it_was_written_down_and_read_again(
    details: dict[str, Any],
) -> None:
    chain = chain_of(3, details)
    again = [AuditEntry.model_validate_json(e.model_dump_json()) for e in chain]
    assert first_break(again) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company", "rival"),
        ("seq", 7),
        ("at", NOW + timedelta(microseconds=1)),
        ("actor", "ann"),
        ("what", "case.done"),
        ("case", 99),
        ("details", {"amount": "1.00"}),
        ("previous", "f" * 64),
        ("hash", "f" * 64),
    ],
)
def test_a_change_of_any_field_is_found(field: str, value: object) -> None:
    assert field in AuditEntry.model_fields
    chain = chain_of(4)
    chain[1] = chain[1].model_copy(update={field: value})
    assert first_break(chain)


def test_every_field_of_an_entry_is_in_the_table_above() -> None:
    tried = {
        *("company", "seq", "at", "actor", "what", "case", "details", "previous", "hash"),
    }
    assert set(AuditEntry.model_fields) == tried


@given(gone=st.integers(0, 4))
def test_an_entry_taken_out_is_found(gone: int) -> None:
    chain = chain_of(6)
    del chain[gone]
    assert first_break(chain)


@given(order=st.permutations(range(5)))
def test_another_order_is_found(order: list[int]) -> None:
    chain = chain_of(5)
    broken = first_break([chain[place] for place in order])
    assert (broken is None) == (order == sorted(order))


def test_an_entry_made_anew_breaks_at_the_next_one() -> None:
    chain = chain_of(4)
    forged = Entry(actor="agent", what="case.done", case=1)
    chain[1] = link("corp", (1, chain[0].hash), forged, chain[1].at)
    assert first_break(chain) == "entry 3 does not follow entry 2"


def test_a_tail_cut_off_is_found_by_whoever_knows_the_next_link() -> None:
    chain = chain_of(5)
    assert first_break(chain[:3]) is None
    assert first_break(chain[4:], (chain[2].seq, chain[2].hash)) == "entry 4 is missing"


def test_a_chain_can_be_walked_in_steps() -> None:
    chain = chain_of(5)
    assert first_break(chain[2:], (chain[1].seq, chain[1].hash)) is None


def test_the_anchor_names_number_and_hash() -> None:
    entry = chain_of(2)[1]
    assert entry.anchor == f"2:{entry.hash[:16]}"
