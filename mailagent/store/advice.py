"""What a model said and what it cost, so that nothing is asked twice and no budget is exceeded."""

from datetime import date
from decimal import Decimal
from typing import Any

from mailagent.store.chain import Chain
from mailagent.store.tables import advice, spending

_MILLION = 1_000_000


class Advised(Chain):
    """One company's advice."""

    async def advice(self, key: str) -> dict[str, Any] | None:
        """An answer that was given before."""
        row = await self.one(self.rows(advice, advice.c.question == key))
        return dict(row.said) if row else None

    async def keep_advice(self, key: str, said: dict[str, Any]) -> None:
        """So that it is not asked again."""
        at = self._clock.now()
        await self.run(self.add_or_change(advice, ["question"], question=key, said=said, at=at))

    async def spend_on_advice(self, day: date, cost: Decimal) -> None:
        """Adds to what a day has cost."""
        row = await self.one(self.rows(spending, spending.c.day == day.isoformat()))
        await self.run(
            self.add_or_change(
                spending,
                ["day"],
                day=day.isoformat(),
                millionths=(row.millionths if row else 0) + int(cost * _MILLION),
                asked=(row.asked if row else 0) + 1,
            )
        )

    async def spent_on_advice(self, day: date) -> Decimal:
        """What a day has cost so far."""
        row = await self.one(self.rows(spending, spending.c.day == day.isoformat()))
        return Decimal(row.millionths if row else 0) / _MILLION
