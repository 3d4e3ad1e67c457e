"""A vendor's papers: which it is, whose, its number and until when, each as it stands there."""

import pytest

from mailagent.core.reading import Kind, Source
from parsers.kinds import read_document
from tests.parsers.paper.drawn import DRAWN, W9, Drawn
from tests.parsers.paper.unseen import UNSEEN

FIELDS = ("paper", "holder", "number", "valid_until")


@pytest.mark.parametrize(
    "drawn", [*DRAWN, *UNSEEN], ids=lambda d: f"{d.paper}-{d.holder.split()[0]}"
)
def test_what_a_paper_says_is_read(drawn: Drawn) -> None:
    reading = read_document(drawn.text.encode())
    assert {name: reading.text(name) for name in FIELDS} == {
        name: getattr(drawn, name) for name in FIELDS
    }
    squeezed = " ".join(drawn.text.split())
    for field in reading.fields.values():
        assert field.evidence is not None
        assert " ".join(field.evidence.quote.split()) in squeezed
    assert not reading.sensitive


def test_the_end_of_a_tax_year_is_a_rule() -> None:
    residence = next(drawn for drawn in DRAWN if drawn.paper == "tax_residence")
    field = read_document(residence.text.encode()).fields["valid_until"]
    assert (field.source, field.rule) == (Source.DERIVED, "end of 2026")


@pytest.mark.parametrize(
    "text",
    [
        "Invoice 4711\nOur certificate of insurance is on file.\nTotal EUR 100.00",
        "Certificate\nof achievement\nJane Roe has run a marathon in Leeds.",
        "Dear all,\nplease send us a certificate of insurance by Friday.\nThanks",
    ],
)
def test_what_only_speaks_of_one_is_none(text: str) -> None:
    assert "paper" not in read_document(text.encode()).fields


def test_a_private_number_is_not_read() -> None:
    text = W9.text.replace("93-4417205", "").replace("or\n", "123-45-6789\nor\n")
    reading = read_document(text.encode())
    assert reading.kind is Kind.TAX_PAPER
    assert not reading.text("number")
