"""An amount is a Decimal together with its currency, or it is no amount."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Self

from pydantic import StringConstraints

from mailagent.core.value import Value

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

# ISO 4217: currencies whose smallest unit is no hundredth.
_WHOLE = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"}
    | {"PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_THOUSANDTHS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


def coin(currency: str) -> Decimal:
    """The smallest amount that is paid: a cent, a yen, a fils."""
    if currency in _WHOLE:
        return Decimal(1)
    return Decimal("0.001") if currency in _THOUSANDTHS else Decimal("0.01")


def in_coins(amount: Decimal, currency: str) -> str:
    """1234.56, or 1235 yen; never rounded: what has more decimals keeps them."""
    rounded = amount.quantize(coin(currency))
    return f"{rounded if rounded == amount else amount:f}"


class Money(Value):
    """1,234.56 EUR."""

    amount: Decimal
    currency: Currency

    def __add__(self, other: Self) -> "Money":
        self._same_currency(other)
        return Money(amount=self.amount + other.amount, currency=self.currency)

    def __gt__(self, other: Self) -> bool:
        self._same_currency(other)
        return self.amount > other.amount

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,.2f}"

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not compare")


def exceeds(amounts: Iterable[Money], limit: Money) -> bool:
    """Whether they pass the limit together; what is in another currency counts as over."""
    money = list(amounts)
    if any(amount.currency != limit.currency for amount in money):
        return True
    return sum(amount.amount for amount in money) > limit.amount
