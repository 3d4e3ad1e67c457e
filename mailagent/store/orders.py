"""Purchase orders, and how much of each was billed."""

from collections.abc import Sequence
from decimal import Decimal

from mailagent.core.capability import RecordBill
from mailagent.core.purchase import Ordered, PurchaseOrder, order_key
from mailagent.store.scope import Scope
from mailagent.store.tables import orders


class Orders(Scope):
    """The store's side of `mailagent import orders`."""

    async def save_orders(self, given: Sequence[PurchaseOrder]) -> int:
        """Keeps them; one that is known is replaced, what was billed for it stays. How many new."""
        new = 0
        for order in given:
            key = order_key(order.number)
            known = await self.one(self.rows(orders, orders.c.number == key))
            new += known is None
            values = {"number": key, "body": order.model_dump(mode="json")}
            billed = {"net": known.net if known else "0", "total": known.total if known else "0"}
            await self.run(self.add_or_change(orders, ["number"], **values, **billed))
        return new


async def ordered(scope: Scope, number: str) -> tuple[bool, Ordered | None]:
    """Whether there are any orders at all, and the one of this number."""
    if not order_key(number):
        return False, None
    row = await scope.one(scope.rows(orders, orders.c.number == order_key(number)))
    if row is None:
        return await scope.one(scope.rows(orders).limit(1)) is not None, None
    order = PurchaseOrder.model_validate(row.body)
    return True, Ordered(order=order, net=Decimal(row.net), total=Decimal(row.total))


async def bill_order(scope: Scope, bill: RecordBill, *, sign: int = 1) -> None:
    """A bill for it was recorded; -1: or voided."""
    _, known = await ordered(scope, bill.order)
    if known is None:
        return
    net = known.net + sign * (bill.net if bill.net is not None else bill.total)
    change = scope.change(orders, orders.c.number == order_key(bill.order))
    await scope.run(change.values(net=str(net), total=str(known.total + sign * bill.total)))
