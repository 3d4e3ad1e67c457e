"""Values as people see them."""

import pytest

from mailagent.core.reading import Field, Kind, Reading, Source
from mailagent.render.fields import shown_value
from mailagent.render.words import Words
from tests.render.letters import ANN, AT
from tests.render.test_checks_in_german import EN


@pytest.mark.parametrize(
    ("kind", "read", "shown"),
    [
        (Kind.INVOICE, "119.00", "EUR 119.00"),
        (Kind.CREDIT_NOTE, "119.00", "EUR -119.00"),
        (Kind.CREDIT_NOTE, "-119.00", "EUR -119.00"),
        (Kind.CREDIT_NOTE, "a third", "a third"),
    ],
)
def test_what_a_credit_note_takes_off_has_a_minus(kind: Kind, read: str, shown: str) -> None:
    total, currency = (
        Field(value=v, confidence=1, source=Source.DERIVED, rule="as said") for v in (read, "EUR")
    )
    reading = Reading(kind=kind, confidence=1, fields={"total": total, "currency": currency})
    assert shown_value("total", total, reading, Words(EN, ANN, AT)) == shown
