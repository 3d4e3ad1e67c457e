"""Drawn cells say which row a number is in, where the words alone do not."""

from decimal import Decimal

import pytest

from parsers.invoice.page import second
from parsers.kinds import read_document
from parsers.text.ruled import ruled_tables
from tests.documents import Bill, bill_pdf
from tests.papers.ruled import ruled


@pytest.mark.parametrize("seed", range(4))
def test_lines_in_drawn_cells_are_read_whole(seed: int) -> None:
    bill = ruled(seed)
    field = read_document(bill.content).fields["line_items"]
    assert field.confidence >= 0.9
    lines = [line for line in field.value if isinstance(line, dict)]
    read = tuple((Decimal(line["quantity"]), Decimal(line["unit_price"])) for line in lines)
    assert read == bill.lines
    assert field.evidence is not None
    assert field.evidence.box is not None


def test_nobody_is_asked_about_lines_that_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "ruled_tables", lambda *_: pytest.fail("it was asked"))
    assert read_document(bill_pdf(Bill())).fields["line_items"].confidence >= 0.9


def test_a_file_that_the_second_reader_does_not_understand_is_none_of_its_tables() -> None:
    assert ruled_tables(b"%PDF-1.4 and nothing more", [1]) == []
    assert ruled_tables(ruled(1).content[:900], [1]) == []


def test_a_page_of_far_too_many_letters_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    bill = ruled(1).content
    monkeypatch.setattr(second, "ruled_tables", lambda *_: pytest.fail("it was asked"))
    monkeypatch.setattr(second, "_LETTERS", 100)
    assert read_document(bill).text("total")
