"""What can be done about purchase orders of ours: bills are held against those that are kept."""

from typing import Literal

from mailagent.core.orders import PurchaseOrder, order_key
from mailagent.core.value import Value


class RecordOrders(Value):
    """Keep orders of ours; one that is known is replaced, and what was billed for it stays."""

    capability: Literal["orders.record"] = "orders.record"
    orders: tuple[PurchaseOrder, ...]
    before: tuple[PurchaseOrder, ...] = ()  # as they stood, of those that are known
    document: str  # sha256 of what was read


class TakeBackOrders(Value):
    """Forget orders again, or put back what stood there before."""

    capability: Literal["orders.take_back"] = "orders.take_back"
    numbers: tuple[str, ...]
    before: tuple[PurchaseOrder, ...] = ()


def take_back(done: RecordOrders) -> TakeBackOrders:
    """Those that were new go; those that were changed are what they were."""
    numbers = tuple(order.number for order in done.orders)
    return TakeBackOrders(numbers=numbers, before=done.before)


def replaced(
    orders: tuple[PurchaseOrder, ...], known: tuple[PurchaseOrder, ...]
) -> tuple[PurchaseOrder, ...]:
    """What stands now in the place of these."""
    numbers = {order_key(order.number) for order in orders}
    return tuple(order for order in known if order_key(order.number) in numbers)
