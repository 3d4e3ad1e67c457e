"""Bills that nobody transfers money for: their vendor takes it."""

import pytest

from mailagent.demo.bill_xml import cii_xml
from mailagent.demo.bills import Bill
from parsers.invoice.codes import collected_by
from parsers.kinds import read_document


@pytest.mark.parametrize(
    ("codes", "how"),
    [
        (["59"], "direct_debit"),
        (["49", "59"], "direct_debit"),
        (["MP19"], "direct_debit"),
        (["48"], "card"),
        (["MP08"], "card"),
        (["58"], ""),
        (["30"], ""),
        (["MP05"], ""),
        (["59", "58"], ""),  # either way
        (["1"], ""),  # not defined
        ([], ""),
    ],
)
def test_by_the_codes_of_its_means(codes: list[str], how: str) -> None:
    assert collected_by(codes) == how


@pytest.mark.parametrize(("code", "how"), [(b"59", "direct_debit"), (b"48", "card"), (b"58", "")])
def test_an_electronic_invoice_says_it(code: bytes, how: str) -> None:
    xml = cii_xml(Bill())
    assert xml.count(b"TypeCode>58<") == 1
    reading = read_document(xml.replace(b"TypeCode>58<", b"TypeCode>" + code + b"<"))
    assert reading.text("collected") == how
    assert reading.text("iban")
