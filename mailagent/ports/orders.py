"""Purchase orders of ours, as the store keeps them."""

from typing import Protocol

from mailagent.core.orders import Ordered
from mailagent.core.question import AskOrders, KnownOrders


class AllOrders(Protocol):
    """One company's."""

    async def known_orders(self, question: AskOrders) -> KnownOrders:
        """Those of these numbers that are kept, and what was billed for them."""

    async def all_orders(self) -> list[Ordered]:
        """Every order that is kept."""
