"""Payments out of the exports of banks."""

from decimal import Decimal

import pytest

from mailagent.core.errors import Unreadable
from parsers.past.bank import payments_in

GERMAN = """Umsatzanzeige;;
Buchungstag;Beguenstigter/Zahlungspflichtiger;Verwendungszweck;Kontonummer/IBAN;Betrag;Waehrung
28.11.2026;Nordlicht Hosting;RE 2026-1187;DE89 3704 0044 0532 0130 00;-1.234,56;EUR
29.11.2026;Kunde AG;Danke;DE02120300000000202051;500,00;EUR
"""
ENGLISH = """Date,Description,Money Out,Money In
2026-11-28,"TELCO 7731",310.00,
2026-11-29,"Refund",,12.00
"""


def test_what_left_is_read_and_what_came_is_not() -> None:
    (one,) = payments_in(GERMAN)
    assert (one.amount, one.currency, one.payee) == (Decimal("1234.56"), "EUR", "Nordlicht Hosting")
    assert (one.account, one.purpose) == ("DE89370400440532013000", "RE 2026-1187")
    (two,) = payments_in(ENGLISH)
    assert (two.amount, two.purpose, two.day.isoformat()) == (
        Decimal(310),
        "TELCO 7731",
        "2026-11-28",
    )


def test_columns_can_be_named_and_days_have_to_tell() -> None:
    table = "Wann,Wieviel\n03/04/2026,-5.00\n"
    named = {"date": "Wann", "amount": "Wieviel"}
    with pytest.raises(Unreadable, match="two ways"):
        payments_in(table, named)
    assert payments_in(table, named, month_first=False)[0].day.isoformat() == "2026-04-03"
    with pytest.raises(Unreadable, match="no payment"):
        payments_in("Date,Amount\n2026-11-28,5.00\n")
