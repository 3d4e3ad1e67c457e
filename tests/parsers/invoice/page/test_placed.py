"""What is read of a picture is no surer than its letters."""

import pytest

from mailagent.core.reading import Box, Evidence, Field, Source
from parsers.invoice.page.placed import placed
from parsers.text.ocr import Read
from parsers.text.scan import Seen
from parsers.text.words import Word

_BOX = Box(x0=10, top=10, x1=50, bottom=20)


def _seen(sure: float, source: Source = Source.OCR) -> Seen:
    word = Word("17", 1, 10, 10, 50, 20)
    return Seen([word], source, (Read(word, Box(x0=110, top=10, x1=150, bottom=20), sure),))


def _field(value: str = "17", source: Source = Source.OCR) -> Field:
    evidence = Evidence(quote="17", page=1, box=_BOX)
    return Field(value=value, confidence=0.98, source=source, evidence=evidence)


@pytest.mark.parametrize(("sure", "least", "most"), [(1.0, 0.98, 0.98), (0.6, 0.7, 0.8)])
def test_a_letter_that_is_hard_to_read_makes_its_value_doubtful(
    sure: float, least: float, most: float
) -> None:
    read = placed({"invoice_number": _field()}, _seen(sure))["invoice_number"]
    assert least <= read.confidence <= most
    assert read.evidence is not None
    assert read.evidence.box is not None
    assert read.evidence.box.x0 == 110  # where it lies in the file, not among level rows


def test_sums_that_prove_each_other_and_digits_that_add_up_stay_sure() -> None:
    fields = {"total": _field(), "iban": _field("DE89370400440532013000"), "due_date": _field()}
    read = placed(fields, _seen(0.6), adds_up=True)
    assert read["total"].confidence == 0.98
    assert read["iban"].confidence == 0.98
    assert read["due_date"].confidence < 0.9
    assert placed(fields, _seen(0.6))["total"].confidence < 0.9


def test_what_is_made_of_a_doubtful_value_is_as_doubtful() -> None:
    due = Field(value="2025-05-01", confidence=0.95, source=Source.DERIVED, rule="+ 30 days")
    read = placed({"issue_date": _field(), "due_date": due}, _seen(0.6))
    assert read["due_date"].confidence == read["issue_date"].confidence


def test_letters_of_a_text_are_not_doubted() -> None:
    read = placed({"invoice_number": _field(source=Source.TEXT)}, _seen(0.6, Source.TEXT), before=2)
    assert read["invoice_number"].confidence == 0.98
    assert read["invoice_number"].evidence is not None
    assert read["invoice_number"].evidence.page == 3
