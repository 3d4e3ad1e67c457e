"""Purchase orders out of a CSV file: a row for each order, or for each of its lines."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from mailagent.core.errors import Unreadable
from mailagent.core.orders import OrderLine, PurchaseOrder, order_key
from mailagent.core.said import say
from parsers.text.rows import columns_in, rows_in
from parsers.values.days import xml_date
from parsers.values.decimals import xml_decimal

COLUMNS = ("number", "vendor", "vat", "currency", "date", "net", "total")
LINE_COLUMNS = ("description", "quantity", "unit_price", "delivered")
_HEADS = {"order": "number", "order_number": "number", "po": "number", "po_number": "number"}
_HEADS |= {"supplier": "vendor", "vendor_name": "vendor", "vat_id": "vat", "issued": "date"}
_HEADS |= {"price": "unit_price", "item": "description", "qty": "quantity"}
# As German programs head them.
_HEADS |= dict.fromkeys(("bestellnummer", "bestellnr", "bestell_nr", "bestellung"), "number")
_HEADS |= dict.fromkeys(("lieferant", "kreditor", "firma"), "vendor")
_HEADS |= dict.fromkeys(("ust_idnr", "ust_id", "ust_idnr."), "vat")
_HEADS |= {"währung": "currency", "geliefert": "delivered", "menge": "quantity"}
_HEADS |= dict.fromkeys(("datum", "bestelldatum"), "date") | {"anzahl": "quantity"}
_HEADS |= dict.fromkeys(("netto", "nettobetrag"), "net")
_HEADS |= dict.fromkeys(("brutto", "gesamt", "gesamtbetrag"), "total")
_HEADS |= dict.fromkeys(("beschreibung", "bezeichnung", "artikel"), "description")
_HEADS |= dict.fromkeys(("einzelpreis", "preis", "stückpreis"), "unit_price")
_NUMBERS = ("net", "total", "quantity", "unit_price", "delivered")
_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,15}),\d{1,2}")
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(20\d{2})")


def columns_of(text: str) -> frozenset[str]:
    """The columns of a table of orders that this text has, by our names; none: it is no such."""
    return columns_in(text, _HEADS, ("number",)) & {*COLUMNS, *LINE_COLUMNS}


def orders_in(text: str) -> tuple[PurchaseOrder, ...]:
    """The orders, in the order of their first rows. Raises Unreadable, naming the line."""
    orders: dict[str, PurchaseOrder] = {}
    rows = list(rows_in(text, _HEADS, ("number",), (*COLUMNS, *LINE_COLUMNS)))
    if any(_COMMA.fullmatch(row.get(name, "")) for _, row in rows for name in _NUMBERS):
        rows = [(number, _with_points(row)) for number, row in rows]
    for number, row in rows:
        order = _order(row, number)
        key = order_key(order.number) or order.number  # however each row spells it
        before = orders.get(key)
        if before is not None:
            order = before.model_copy(update={"lines": before.lines + order.lines})
        orders[key] = order
    if not orders:
        raise Unreadable("there is no order in it", why=say("table.no_order"))
    return tuple(map(_with_net, orders.values()))


def _with_points(row: dict[str, str]) -> dict[str, str]:
    """Of a table that writes 1.234,50: so it writes a thousand as 1.000."""
    numbers = {n: row[n].replace(".", "").replace(",", ".") for n in _NUMBERS if n in row}
    return {**row, **numbers}


def _order(row: dict[str, str], line: int) -> PurchaseOrder:
    if not row.get("number"):
        raise Unreadable(
            f"line {line}: the order has no number", why=say("table.no_number", line=line)
        )
    item = OrderLine(
        description=row.get("description", ""),
        quantity=_amount(row, "quantity", line),
        unit_price=_amount(row, "unit_price", line),
        delivered=_amount(row, "delivered", line),
    )
    return PurchaseOrder(
        number=row["number"],
        vendor=row.get("vendor", ""),
        vendor_vat=row.get("vat", ""),
        currency=row.get("currency", "").upper(),
        net=_amount(row, "net", line),
        total=_amount(row, "total", line),
        issued=_day(row, line),
        lines=(item,) if item != OrderLine() else (),
    )


def _amount(row: dict[str, str], name: str, line: int) -> Decimal | None:
    text = row.get(name, "")
    amount = xml_decimal(text)
    if text and amount is None:
        raise Unreadable(
            f"line {line}: {name} {text!r} is no number like 1234.50",
            why=say("table.no_amount", line=line, column=name, typed=text[:60]),
        )
    return amount


def _day(row: dict[str, str], line: int) -> date | None:
    text = row.get("date", "")
    dotted = _DOTS.fullmatch(text)
    day = xml_date(f"{dotted[3]}-{dotted[2]:0>2}-{dotted[1]:0>2}" if dotted else text)
    if text and day is None:
        raise Unreadable(
            f"line {line}: date {text!r} is no day like 2026-11-20",
            why=say("table.no_day", line=line, typed=text[:60]),
        )
    return day


def _with_net(order: PurchaseOrder) -> PurchaseOrder:
    """What its lines come to, where the order itself does not say it."""
    if order.net is not None or order.total is not None or not order.lines:
        return order
    parts: list[Any] = [(line.quantity, line.unit_price) for line in order.lines]
    if any(quantity is None or price is None for quantity, price in parts):
        return order
    net = sum((quantity * price for quantity, price in parts), Decimal(0))
    return order.model_copy(update={"net": net})
