"""A quotation of our own mail: what stands in it as it was sent changes nothing."""

from typing import Any

import pytest

from mailagent.core.decision import Execute, FieldType, Revise, Shown, ShownField, understand
from mailagent.core.reply import Aside
from tests.desk import VERBS

SENT = """STOP: this stranger looks like another vendor.

Somebody may be posing as a vendor of yours. Call them on a number you had before.

vendor  Nordlicht Hosting GmbH
number  RE-1
total   EUR 119.00

-- audit 1
"""
FIELDS = {
    "seller_name": ShownField(value="Nordlicht Hosting GmbH", type=FieldType.NAME),
    "invoice_number": ShownField(value="RE-1", type=FieldType.NUMBER),
    "total": ShownField(value="119.00", type=FieldType.AMOUNT),
}


def answered(quoted: str) -> Any:
    lines = "\n".join(f"> {line}" for line in quoted.splitlines())
    shown = Shown(ref="4F7Q", text=SENT, fields=FIELDS)
    return understand("approve", None, shown, VERBS, Aside(quoted=lines))


def test_a_sentence_that_names_a_field_is_no_value() -> None:
    assert isinstance(answered(SENT), Execute)


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [("Nordlicht Hosting GmbH", "Kranz Bau", "seller_name"), ("119.00", "118.00", "total")],
)
def test_a_value_that_was_changed_below_it_is_seen(was: str, becomes: str, field: str) -> None:
    said = answered(SENT.replace(was, becomes))
    assert isinstance(said, Revise)
    assert list(said.edits) == [field]
