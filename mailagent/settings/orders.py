"""How far a bill may go beyond the order that it names."""

from decimal import Decimal

from pydantic import Field

from mailagent.core.orders import OrderRules
from mailagent.core.value import Value


class OrdersSettings(Value):
    """How far a bill may go beyond the order that it names, in percent of what was ordered."""

    amount_percent: Decimal = Field(
        description="of the sum of all bills for it: freight, roundings", ge=0, le=100, examples=[2]
    )
    price_percent: Decimal = Field(description="of the price of a line", ge=0, le=100, examples=[2])
    quantity_percent: Decimal = Field(
        description="of the quantity of a line, or of what was delivered",
        ge=0,
        le=100,
        examples=[0],
    )

    def rules(self) -> OrderRules:
        """As shares."""
        return OrderRules(
            amount=self.amount_percent / 100,
            price=self.price_percent / 100,
            quantity=self.quantity_percent / 100,
        )
