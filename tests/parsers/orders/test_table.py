"""Orders out of a table."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.errors import Unreadable
from mailagent.core.orders import OrderLine
from parsers.orders.table import orders_in


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_row_for_each_line(between: str) -> None:
    text = """\ufeffPO number,Vendor,Currency,Date,Description,Qty,Unit price,Delivered
PO-1,Acme GmbH,eur,2026-11-01,Chair,4,50.00,2

PO-1,Acme GmbH,eur,2026-11-01,Table,1,100,
PO-2,Kranz Bau,EUR,,,,,
""".replace(",", between)
    first, second = orders_in(text)
    assert (first.number, first.vendor, first.currency) == ("PO-1", "Acme GmbH", "EUR")
    assert (first.issued, first.net) == (date(2026, 11, 1), Decimal("300.00"))
    assert first.lines == (
        OrderLine(
            description="Chair",
            quantity=Decimal(4),
            unit_price=Decimal("50.00"),
            delivered=Decimal(2),
        ),
        OrderLine(description="Table", quantity=Decimal(1), unit_price=Decimal(100)),
    )
    assert (second.number, second.lines, second.net) == ("PO-2", (), None)


def test_a_row_for_each_order() -> None:
    (order,) = orders_in('number,vendor,vat,net,total\n"PO, 1",Acme,DE1,100,119\n')
    assert (order.number, order.vendor_vat) == ("PO, 1", "DE1")
    assert (order.net, order.total) == (Decimal(100), Decimal(119))


def test_a_table_as_german_programs_write_it() -> None:
    text = """Bestellnummer;Lieferant;Währung;Bestelldatum;Bezeichnung;Menge;Einzelpreis;Geliefert
B-7;Kranz Bau GmbH;EUR;5.11.2026;Rohre;1.000;1,25;500
"""
    (order,) = orders_in(text)
    assert (order.number, order.vendor) == ("B-7", "Kranz Bau GmbH")
    assert (order.issued, order.net) == (date(2026, 11, 5), Decimal("1250.00"))
    (line,) = order.lines
    assert line.quantity == Decimal(1000)
    assert (line.unit_price, line.delivered) == (Decimal("1.25"), Decimal(500))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no column `number`"),
        ("vendor,total\nAcme,1\n", "no column `number`"),
        ("number,total\n", "no order in it"),
        ("number,total\nPO-1,1.000,00\n", "total"),
        ("number;total;vendor\nPO-1;1,000,00;x\n", "line 2: total '1,000,00' is no number"),
        ("number,date\nPO-1,1/2/26\n", "line 2: date '1/2/26' is no day"),
        ("number,total\n,5\n", "line 2: the order has no number"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, why: str) -> None:
    if why == "total":  # a comma too many is another column, which nobody asked for
        assert orders_in(text)[0].total == Decimal("1.000")
        return
    with pytest.raises(Unreadable, match=why):
        orders_in(text)


@given(st.text())
def test_any_text_is_orders_or_refused(text: str) -> None:
    try:
        orders_in("number,total\n" + text)
    except Unreadable:
        return


def test_one_order_however_its_rows_spell_it() -> None:
    text = (
        "number,vendor,description,quantity,unit_price\nPO-1,Acme,Chair,1,5\nPO 1,Acme,Table,2,7\n"
    )
    (order,) = orders_in(text)
    assert [line.description for line in order.lines] == ["Chair", "Table"]
    assert order.net == Decimal(19)
