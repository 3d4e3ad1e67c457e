"""Purchase orders: what was ordered, and whether a bill keeps to it."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from mailagent.core.capability import RecordBill
from mailagent.core.reading import Check, Reading, tested
from mailagent.core.value import Value
from mailagent.core.vendor import plain, vendor_keys

# Freight and roundings; more than this is asked about.
_TOLERANCE = Decimal("0.02")
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


class Ordered(Value):
    """An order with what was billed for it before."""

    order: PurchaseOrder
    net: Decimal = Decimal(0)
    total: Decimal = Decimal(0)


def order_key(number: str) -> str:
    """However it is spelled: `PO-77/81` is `po 7781`; empty for what is no number."""
    letters = re.sub(r"[\W_]", "", number).upper()
    return "" if letters in _NO_NUMBER else letters


def order_of(reading: Reading) -> PurchaseOrder:
    """An order as it was read."""
    lines = reading.fields.get("line_items")
    items = [item for item in lines.value if isinstance(item, dict)] if lines else []
    return PurchaseOrder(
        number=reading.text("invoice_number"),
        vendor=reading.text("seller_name"),
        vendor_vat=reading.text("seller_vat"),
        currency=reading.text("currency"),
        net=reading.amount("net"),
        total=reading.amount("total"),
        issued=reading.date("issue_date"),
        lines=tuple(
            OrderLine(
                description=item.get("description", ""),
                quantity=_number(item.get("quantity")),
                unit_price=_number(item.get("unit_price")),
            )
            for item in items
        ),
    )


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


# -- tests of a bill that names an order ----------------------------------------------------------


def keeps_to_its_order(bill: RecordBill, known: Ordered | None) -> Iterator[Check]:
    """It is known, of this vendor, and not billed for more than was ordered."""
    yield tested("order_known", ok=known is not None, number=bill.order)
    if known is None:
        return
    order = known.order
    if order.vendor:
        theirs = set(vendor_keys(order.vendor, order.vendor_vat))
        ok = bool(theirs & set(vendor_keys(bill.vendor, bill.vendor_vat)))
        yield tested("order_vendor", ok=ok, number=bill.order, vendor=order.vendor)
    if order.currency and order.currency != bill.currency:
        yield tested("order_amount", ok=False, **_sums(bill, known, Decimal(0), bill.total))
    elif sums := _compared(bill, known):
        ordered, now = sums
        ok = now <= ordered * (1 + _TOLERANCE)
        yield tested("order_amount", ok=ok, **_sums(bill, known, ordered, now))


def _compared(bill: RecordBill, known: Ordered) -> tuple[Decimal, Decimal] | None:
    """What was ordered, and what would be billed in all: net where both say it."""
    order = known.order
    if order.net is not None and bill.net is not None:
        return order.net, known.net + bill.net
    return (order.total, known.total + bill.total) if order.total is not None else None


def _sums(
    bill: RecordBill, known: Ordered, ordered: Decimal, now: Decimal
) -> dict[str, str | Decimal]:
    order = known.order
    told = ordered or order.net or order.total or Decimal(0)
    return {
        "number": bill.order,
        "ordered": f"{order.currency or bill.currency} {told}",
        "billed": now,
        "currency": bill.currency,
    }


def lines_keep_to_the_order(reading: Reading, order: PurchaseOrder) -> Iterator[Check]:
    """Prices and quantities of the lines that both have, told by their descriptions."""
    ordered = {plain(line.description): line for line in order.lines if line.description}
    found = reading.fields.get("line_items")
    billed = [item for item in found.value if isinstance(item, dict)] if found else []
    pairs = [(item, ordered.get(plain(item.get("description", "")))) for item in billed]
    both = [(item, line) for item, line in pairs if line is not None]
    if not both:
        return
    yield next(_over("order_prices", both, "unit_price"), tested("order_prices", ok=True))
    yield next(_over("order_quantities", both, "quantity"), tested("order_quantities", ok=True))


def _over(check: str, both: list[tuple[dict[str, str], OrderLine]], name: str) -> Iterator[Check]:
    for item, line in both:
        now, most = _number(item.get(name)), getattr(line, name)
        if name == "quantity" and line.delivered is not None:
            most = line.delivered
        if now is not None and most is not None and now > most * (1 + _TOLERANCE):
            yield tested(check, ok=False, line=line.description, now=now, most=most)
