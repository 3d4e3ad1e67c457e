"""Whether a bill keeps to the order that it names."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from mailagent.core.capability import RecordBill
from mailagent.core.orders import Ordered, OrderLine, number
from mailagent.core.reading import Check, Reading, tested
from mailagent.core.vendor import is_named, plain, vendor_keys


def keeps_to_its_order(bill: RecordBill, known: Ordered | None) -> Iterator[Check]:
    """It is known, of this vendor, and not billed for more than was ordered."""
    yield tested("order_known", ok=known is not None, number=bill.order)
    if known is None:
        return
    order = known.order
    if order.vendor:
        theirs = set(vendor_keys(order.vendor, order.vendor_vat))
        by_key = bool(theirs & set(vendor_keys(bill.vendor, bill.vendor_vat)))
        ok = by_key or is_named(order.vendor, bill.vendor)
        yield tested("order_vendor", ok=ok, number=bill.order, vendor=order.vendor)
    if order.currency and order.currency != bill.currency:
        yield tested("order_amount", ok=False, **_sums(bill, known, Decimal(0), bill.total))
    elif sums := _compared(bill, known):
        ordered, now = sums
        ok = now <= ordered * (1 + known.rules.amount)
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


def lines_keep_to_the_order(reading: Reading, known: Ordered) -> Iterator[Check]:
    """Prices and quantities of the lines that both have, told by their descriptions."""
    ordered = _together(known.order.lines)
    found = reading.fields.get("line_items")
    billed = [item for item in found.value if isinstance(item, dict)] if found else []
    pairs = [(item, ordered.get(plain(item.get("description", "")))) for item in billed]
    both = [(item, line) for item, line in pairs if line is not None]
    if not both:
        return
    currency = reading.text("currency")
    over = _over("order_prices", both, "unit_price", known.rules.price, currency)
    yield next(over, tested("order_prices", ok=True))
    over = _over("order_quantities", _added(both), "quantity", known.rules.quantity)
    yield next(over, tested("order_quantities", ok=True))


def _together(lines: Iterable[OrderLine]) -> dict[str, OrderLine]:
    """The lines by what they are for: of two for one thing the amounts count together."""
    found: dict[str, OrderLine] = {}
    for line in lines:
        key = plain(line.description)
        before = found.get(key)
        if line.description:
            found[key] = line if before is None else _both(before, line)
    return found


def _both(one: OrderLine, other: OrderLine) -> OrderLine:
    prices = [price for price in (one.unit_price, other.unit_price) if price is not None]
    return one.model_copy(
        update={
            "quantity": _sum(one.quantity, other.quantity),
            "delivered": _sum(one.delivered, other.delivered),
            "unit_price": max(prices, default=None),
        }
    )


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one + other if one is not None and other is not None else None


def _added(both: list[tuple[dict[str, str], OrderLine]]) -> list[tuple[dict[str, str], OrderLine]]:
    """What is billed of one thing in several lines, in one."""
    found: dict[str, tuple[dict[str, str], OrderLine]] = {}
    for item, line in both:
        key = plain(line.description)
        before = number(found[key][0].get("quantity")) if key in found else None
        quantity = number(item.get("quantity"))
        made = _sum(before, quantity) if key in found else quantity
        found[key] = ({**item, "quantity": f"{made:f}" if made is not None else ""}, line)
    return list(found.values())


def _over(
    check: str,
    both: list[tuple[dict[str, str], OrderLine]],
    name: str,
    beyond: Decimal,
    currency: str = "",
) -> Iterator[Check]:
    for item, line in both:
        now, most = number(item.get(name)), getattr(line, name)
        if name == "quantity" and line.delivered is not None:
            most = line.delivered
        if now is not None and most is not None and now > most * (1 + beyond):
            gaps = {"line": line.description, "currency": currency}
            yield tested(check, ok=False, now=now, most=most, **gaps)
