"""What was counted of the audit log, as the stages see it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from mailagent.core.digest import Past
from mailagent.core.figures import Count


class Counting(Protocol):
    """The running count; a part of every transaction."""

    async def count_on(self, at_most: int = 2_000) -> int:
        """Counts the next entries of the chain; how many there were."""

    async def figures(self, since: date | None = None) -> Sequence[Count]:
        """What was counted, by task and week."""

    async def incidents_since(self, moment: datetime) -> Sequence[Past]:
        """What people said was wrong."""


# What is counted at most while somebody waits; a routine counts on all day.
_STEPS = 20


async def counted(tx: Counting) -> bool:
    """Counts what is new in the log; False: there is more of it than that."""
    for _ in range(_STEPS):
        if not await tx.count_on():
            return True
    return False
