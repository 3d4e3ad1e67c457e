"""Several bills in one file are several; a long one stays one."""

import pytest

from mailagent.core.reading import Kind
from parsers.invoice.page.several import bills_in
from parsers.kinds import read_document
from parsers.text.grid import text_words
from parsers.text.words import Word
from tests.parsers.invoice.page.drawing import pdf_of

_BILL = """
Acme Hosting Ltd                                     INVOICE
1 High Street, Leeds LS1 4HT
                                          Invoice number  {number}
Bill to                                   Invoice date    {day} March 2025
Northgate Hotels PLC

Servers                                              {net}
Subtotal                                             {net}
VAT 20%                                              {tax}
Total GBP                                            {total}
"""
_FIRST = _BILL.format(number="INV-17", day=3, net="100.00", tax="20.00", total="120.00")
_SECOND = _BILL.format(number="INV-18", day=4, net="200.00", tax="40.00", total="240.00")
_ANNEX = """
Invoice number  INV-17                     Page 2

Server   hours
alpha    744
beta     744
"""
_NUMBERED_ANNEX = """
Acme Hosting Ltd                             INVOICE

Invoice number  INV-99
Details of what was used, without a sum.
"""


def _pages(*texts: str) -> list[Word]:
    return [
        word._replace(page=number)
        for number, text in enumerate(texts, 1)
        for word in text_words(text)
    ]


@pytest.mark.parametrize(
    ("pages", "bills"),
    [
        ((_FIRST,), 1),
        ((_FIRST, _SECOND), 2),
        ((_FIRST, _ANNEX, _SECOND), 2),
        ((_FIRST, _ANNEX), 1),
        ((_FIRST, _FIRST), 1),
        ((_FIRST, _NUMBERED_ANNEX), 1),
        ((_ANNEX, _FIRST), 1),
    ],
)
def test_a_bill_begins_with_its_number(pages: tuple[str, ...], bills: int) -> None:
    words = _pages(*pages)
    found = bills_in(words)
    assert len(found) == bills
    assert [word for bill in found for word in bill] == words


def test_each_is_read_from_its_own_pages() -> None:
    content = pdf_of(_FIRST, _ANNEX, _SECOND)
    for part, (number, total, page) in enumerate(
        [("INV-17", "120.00", 1), ("INV-18", "240.00", 3)]
    ):
        reading = read_document(content, part=part + 1)
        assert (reading.kind, reading.parts) == (Kind.INVOICE, 2)
        assert reading.text("invoice_number") == number
        assert reading.text("total") == total
        evidence = reading.fields["total"].evidence
        assert evidence is not None
        assert evidence.page == page
