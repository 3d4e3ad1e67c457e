"""Purchase orders: what we ordered, of whom, and how each is called."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from mailagent.core.reading import Reading
from mailagent.core.said import Said, say
from mailagent.core.value import Value
from mailagent.core.vendor import plain

# What people write where a number is wanted and there is none.
_NO_NUMBER = frozenset({"", "NA", "NONE", "KEINE", "TBA", "TBD", "X", "0"})


class OrderLine(Value):
    """One thing that was ordered."""

    description: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    delivered: Decimal | None = None  # so far, where that is known


class PurchaseOrder(Value):
    """An order of ours to a vendor."""

    number: str
    vendor: str = ""
    vendor_vat: str = ""
    currency: str = ""
    net: Decimal | None = None
    total: Decimal | None = None
    issued: date | None = None
    lines: tuple[OrderLine, ...] = ()


class OrderRules(Value):
    """How far a bill may go beyond its order before it is asked about, as shares of it."""

    amount: Decimal = Decimal("0.02")  # freight and roundings
    price: Decimal = Decimal("0.02")
    quantity: Decimal = Decimal(0)


class Ordered(Value):
    """An order with what was billed for it before, and how far bills may go beyond it."""

    order: PurchaseOrder
    rules: OrderRules = OrderRules()
    net: Decimal = Decimal(0)
    total: Decimal = Decimal(0)


def order_key(number: str) -> str:
    """However it is spelled: `PO-77/81` is `po 7781`; empty for what is no number."""
    letters = re.sub(r"[\W_]", "", number).upper()
    return "" if letters in _NO_NUMBER else letters


def orders_of(reading: Reading, ours: str = "") -> tuple[PurchaseOrder, ...]:
    """The orders of a document: the one that it is, or all that its table lists.

    `ours`: the name of our company. The other one named in it is the vendor, however a page puts
    them.
    """
    listed = reading.fields.get("orders")
    if listed is not None:
        found = from_rows([row for row in listed.value if isinstance(row, dict)])
        return tuple(order for order in found if order_key(order.number))
    names = [reading.text("seller_name"), reading.text("buyer_name")]
    others = [name for name in names if name and plain(name) != plain(ours)]
    lines = reading.fields.get("line_items")
    order = PurchaseOrder(
        number=reading.text("invoice_number") or reading.text("po_number"),
        vendor=next(iter(others), ""),
        vendor_vat=reading.text("seller_vat") if others[:1] == names[:1] else "",
        currency=reading.text("currency"),
        net=reading.amount("net"),
        total=reading.amount("total"),
        issued=reading.date("issue_date"),
        lines=tuple(_line(i) for i in lines.value if isinstance(i, dict)) if lines else (),
    )
    return (order,) if order_key(order.number) else ()


def as_rows(orders: Sequence[PurchaseOrder]) -> tuple[dict[str, str], ...]:
    """A row for each line, and for each order without any: how a reading carries several."""
    return tuple(
        {name: value for name, value in {**_told(order), **_told(line)}.items() if value}
        for order in orders
        for line in order.lines or (OrderLine(),)
    )


def from_rows(rows: Iterable[Mapping[str, str]]) -> tuple[PurchaseOrder, ...]:
    """The other way round; what is said of an order once holds for all of its rows."""
    orders: dict[str, PurchaseOrder] = {}
    for row in rows:
        line = _line(row)
        lines = (line,) if line != OrderLine() else ()
        key = order_key(row["number"])  # however each row spells it
        before = orders.get(key)
        if before is not None:
            orders[key] = before.model_copy(update={"lines": (*before.lines, *lines)})
            continue
        orders[key] = PurchaseOrder(
            number=row["number"],
            vendor=row.get("vendor", ""),
            vendor_vat=row.get("vendor_vat", ""),
            currency=row.get("currency", ""),
            net=number(row.get("net")),
            total=number(row.get("total")),
            issued=date.fromisoformat(row["issued"]) if row.get("issued") else None,
            lines=lines,
        )
    return tuple(orders.values())


def _told(value: Value) -> dict[str, str]:
    given = value.model_dump(mode="json", exclude={"lines"}, exclude_none=True)
    return {name: str(text) for name, text in given.items()}


def _line(row: Mapping[str, str]) -> OrderLine:
    return OrderLine(
        description=row.get("description", ""),
        quantity=number(row.get("quantity")),
        unit_price=number(row.get("unit_price")),
        delivered=number(row.get("delivered")),
    )


def number(text: str | None) -> Decimal | None:
    """A finite number out of a decimal string."""
    try:
        found = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


# -- the list


def listed(known: Iterable[Ordered]) -> tuple[tuple[str, Said], ...]:
    """A line for each order, what is not billed yet first."""
    rows = sorted(known, key=lambda one: (is_billed(one), one.order.issued or date.min))
    return tuple((one.order.number, _said(one)) for one in rows)


def _said(one: Ordered) -> Said:
    order = one.order
    ordered = order.net if order.net is not None else order.total
    billed = one.net if order.net is not None else one.total
    key = "order.done" if is_billed(one) else "order.open"
    if ordered is None:
        key = "order.unpriced"
    return say(
        f"{key}{_delivery(order)}",
        vendor=order.vendor or "?",
        currency=order.currency,
        ordered=ordered or Decimal(0),
        billed=billed,
        **_delivered(order),
    )


def _delivery(order: PurchaseOrder) -> str:
    return "_delivered" if _delivered(order) else ""


def _delivered(order: PurchaseOrder) -> dict[str, Decimal]:
    """How much of it came, where every line says so."""
    parts = [(line.delivered, line.quantity) for line in order.lines]
    if not parts or any(came is None or wanted is None for came, wanted in parts):
        return {}
    came = sum((came for came, _ in parts if came is not None), Decimal(0))
    wanted = sum((wanted for _, wanted in parts if wanted is not None), Decimal(0))
    return {"came": came, "wanted": wanted}


def is_billed(one: Ordered) -> bool:
    """Whether nothing of it is to come; one without a sum stays open."""
    order = one.order
    if order.net is not None:
        return one.net >= order.net
    return order.total is not None and one.total >= order.total
