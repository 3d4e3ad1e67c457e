"""Purchase orders, and how much of each was billed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from mailagent.core.capability import Outcome, Payload, RecordBill
from mailagent.core.orders import Ordered, PurchaseOrder, order_key
from mailagent.core.payloads.orders import RecordOrders, TakeBackOrders
from mailagent.core.question import AskOrders, KnownOrders
from mailagent.ports import Transaction
from mailagent.store.scope import Scope, embedded
from mailagent.store.tables import order_changes, orders

_LONGEST = 300  # letters of a list of numbers


class Orders(Scope):
    """The orders that bills are held against."""

    async def save_orders(self, given: Sequence[PurchaseOrder]) -> int:
        """Keeps them; one that is known is replaced, what was billed for it stays. How many new."""
        return await keep_orders(self, given)

    async def known_orders(self, question: AskOrders) -> KnownOrders:
        """Those of these numbers that are kept, and what was billed for them."""
        wanted = [order_key(number) for number in question.numbers]
        found = await self.all(self.rows(orders, orders.c.number.in_(wanted)))
        return KnownOrders(orders=tuple(map(_ordered, found)))

    async def all_orders(self) -> list[Ordered]:
        """Every order that is kept."""
        return [_ordered(row) for row in await self.all(self.rows(orders))]


class EmbeddedOrders:
    """Keeps orders and forgets them: effect and outcome commit together."""

    async def perform(self, tx: Transaction, _case: int, action: Payload, key: str) -> Outcome:
        """Keeps them, or puts back what stood there before."""
        scope = embedded(tx)
        match action:
            case RecordOrders():
                numbers = [order.number for order in action.orders]
                await keep_orders(scope, action.orders)
            case TakeBackOrders():
                numbers = list(action.numbers)
                await _take_back(scope, action)
            case _:
                raise TypeError(f"orders do not know {action.capability}")
        await scope.run(scope.add(order_changes, key=key, numbers=numbers))
        return Outcome(reference=", ".join(numbers)[:_LONGEST])

    async def find(self, tx: Transaction, _action: Payload, key: str) -> Outcome | None:
        """Looks an earlier attempt up by its key."""
        scope = embedded(tx)
        row = await scope.one(scope.rows(order_changes, order_changes.c.key == key))
        return Outcome(reference=", ".join(row.numbers)[:_LONGEST]) if row else None


async def keep_orders(scope: Scope, given: Sequence[PurchaseOrder]) -> int:
    """Keeps them; what was billed for one that is known stays. How many are new."""
    new = 0
    for order in given:
        key = order_key(order.number)
        known = await scope.one(scope.rows(orders, orders.c.number == key))
        new += known is None
        values = {"number": key, "body": order.model_dump(mode="json")}
        billed = {"net": known.net if known else "0", "total": known.total if known else "0"}
        await scope.run(scope.add_or_change(orders, ["number"], **values, **billed))
    return new


async def _take_back(scope: Scope, action: TakeBackOrders) -> None:
    """An order that bills name by now is forgotten all the same: the next bill is asked about."""
    kept = {order_key(order.number) for order in action.before}
    gone = [key for key in map(order_key, action.numbers) if key not in kept]
    await scope.run(scope.drop(orders, orders.c.number.in_(gone)))
    await keep_orders(scope, action.before)


def _ordered(row: Row[Any]) -> Ordered:
    order = PurchaseOrder.model_validate(row.body)
    return Ordered(order=order, net=Decimal(row.net), total=Decimal(row.total))


async def ordered(scope: Scope, number: str) -> tuple[bool, Ordered | None]:
    """Whether there are any orders at all, and the one of this number."""
    if not order_key(number):
        return False, None
    row = await scope.one(scope.rows(orders, orders.c.number == order_key(number)))
    if row is None:
        return await scope.one(scope.rows(orders).limit(1)) is not None, None
    return True, _ordered(row)


async def bill_order(scope: Scope, bill: RecordBill, *, sign: int = 1) -> None:
    """A bill for it was recorded; -1: or voided."""
    _, known = await ordered(scope, bill.order)
    if known is None:
        return
    net = known.net + sign * (bill.net if bill.net is not None else bill.total)
    change = scope.change(orders, orders.c.number == order_key(bill.order))
    await scope.run(change.values(net=str(net), total=str(known.total + sign * bill.total)))
