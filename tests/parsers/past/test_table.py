"""Bills as other books export them."""

from datetime import date
from decimal import Decimal

import pytest

from mailagent.core.errors import Unreadable
from parsers.past.table import past_bills

QUICKBOOKS = """Acme Ltd,,,,,
Transaction List by Vendor,,,,,
January - March 2026,,,,,
,,,,,
Date,Transaction Type,Num,Vendor,Memo/Description,Account,Amount
01/31/2026,Bill,R-77,Nord Hosting Inc.,hosting,Accounts Payable,"-1,234.56"
02/03/2026,Bill Payment,100,Nord Hosting Inc.,,Checking,"1,234.56"
Total for Nord Hosting Inc.,,,,,,$0.00
"""
XERO = """*ContactName,EmailAddress,*InvoiceNumber,*InvoiceDate,*DueDate,Total,Currency,AccountCode
Papier & Co,office@papier.example,2026-11,03/11/2026,17/11/2026,89.90,GBP,461
Papier & Co,office@papier.example,2026-12,28/11/2026,12/12/2026,91.00,GBP,461
"""
GERMAN = "Lieferant;Belegnr;Belegdatum;Betrag\nNord GmbH;7;03.04.2026;1.234,50 EUR\n"


def test_quickbooks() -> None:
    (bill,) = past_bills(QUICKBOOKS)
    assert (bill.vendor, bill.number) == ("Nord Hosting Inc.", "R-77")
    assert (bill.issued, bill.total) == (date(2026, 1, 31), Decimal("1234.56"))


def test_xero() -> None:
    first, second = past_bills(XERO)
    assert (first.vendor, first.issued) == ("Papier & Co", date(2026, 11, 3))
    assert (second.total, second.currency, second.book_to) == (Decimal("91.00"), "GBP", "461")
    assert first.domain == "papier.example"


def test_any_with_a_mapping() -> None:
    columns = {"vendor": "Lieferant", "number": "Belegnr", "date": "Belegdatum", "total": "Betrag"}
    (bill,) = past_bills(GERMAN, columns, month_first=False)
    assert (bill.issued, bill.total) == (date(2026, 4, 3), Decimal("1234.50"))
    with pytest.raises(Unreadable, match="two ways"):
        past_bills(GERMAN, columns)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no column"),
        ("a,b\n1,2\n", "no column `vendor`"),
        ("vendor,date,total\nx,2026-02-30,1\n", "line 2: '2026-02-30' is no day"),
        ("vendor,date,total\nx,2026-02-03,abc\n", "line 2: 'abc' is no amount"),
        ("vendor,date,total\n", "no bill"),
    ],
)
def test_what_is_wrong_is_named(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        past_bills(text)
