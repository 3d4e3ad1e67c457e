"""The part of a transaction that knows what a model said, and what it cost."""

from datetime import date
from decimal import Decimal
from typing import Any, Protocol


class Advised(Protocol):
    """A part of a transaction."""

    async def advice(self, key: str) -> dict[str, Any] | None:
        """An answer that was given before."""

    async def keep_advice(self, key: str, said: dict[str, Any]) -> None: ...
    async def spend_on_advice(self, day: date, cost: Decimal) -> None: ...
    async def spent_on_advice(self, day: date) -> Decimal: ...
