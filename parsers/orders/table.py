"""Purchase orders out of a CSV file: a row for each order, or for each of its lines."""

from datetime import date
from decimal import Decimal
from typing import Any

from mailagent.core.errors import Unreadable
from mailagent.core.orders import OrderLine, PurchaseOrder, order_key
from parsers.text.rows import columns_in, rows_in
from parsers.values.days import xml_date
from parsers.values.decimals import xml_decimal

COLUMNS = ("number", "vendor", "vat", "currency", "date", "net", "total")
LINE_COLUMNS = ("description", "quantity", "unit_price", "delivered")
_HEADS = {"order": "number", "order_number": "number", "po": "number", "po_number": "number"}
_HEADS |= {"supplier": "vendor", "vendor_name": "vendor", "vat_id": "vat", "issued": "date"}
_HEADS |= {"price": "unit_price", "item": "description", "qty": "quantity"}


def columns_of(text: str) -> frozenset[str]:
    """The columns of a table of orders that this text has, by our names; none: it is no such."""
    return columns_in(text, _HEADS, ("number",)) & {*COLUMNS, *LINE_COLUMNS}


def orders_in(text: str) -> tuple[PurchaseOrder, ...]:
    """The orders, in the order of their first rows. Raises Unreadable, naming the line."""
    orders: dict[str, PurchaseOrder] = {}
    for number, row in rows_in(text, _HEADS, ("number",), (*COLUMNS, *LINE_COLUMNS)):
        order = _order(row, number)
        key = order_key(order.number) or order.number  # however each row spells it
        before = orders.get(key)
        if before is not None:
            order = before.model_copy(update={"lines": before.lines + order.lines})
        orders[key] = order
    if not orders:
        raise Unreadable("there is no order in it")
    return tuple(map(_with_net, orders.values()))


def _order(row: dict[str, str], line: int) -> PurchaseOrder:
    if not row.get("number"):
        raise Unreadable(f"line {line}: the order has no number")
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
        raise Unreadable(f"line {line}: {name} {text!r} is no number like 1234.50")
    return amount


def _day(row: dict[str, str], line: int) -> date | None:
    text = row.get("date", "")
    day = xml_date(text)
    if text and day is None:
        raise Unreadable(f"line {line}: date {text!r} is no day like 2026-11-20")
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
