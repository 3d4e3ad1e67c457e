"""What people said of the policy by mail, as the store keeps it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailagent.core.case import Case
from mailagent.core.modes import Ruled, Scope
from mailagent.core.routine import Covered
from mailagent.core.widening import Decided


class Policies(Protocol):
    """A part of a transaction."""

    async def rulings(self, task: str = "") -> list[Ruled]:
        """All that holds, of one task or of all."""

    async def add_ruling(self, row: Ruled, key: str) -> int:
        """Once for each key; its number."""

    async def end_ruling(self, number: int, why: str) -> bool:
        """It holds no more; False: it did not any more."""

    async def only_shown(self, scope: Scope) -> Sequence[Case]:
        """Cases that wait because what was proposed of them had no power."""

    async def is_widening_open(self) -> bool:
        """Whether something wider is proposed, and not decided."""

    async def cover(self, one: Covered) -> None:
        """It goes ahead without a word, once it was shown for long enough."""

    async def covered(self, case: int) -> Covered | None:
        """Under which row this case goes, or went, ahead."""

    async def is_covered(self, case: int) -> bool:
        """Whether it goes ahead without a word."""

    async def has_words_to_hear(self) -> bool:
        """Whether a mail that came in may still be somebody's word."""

    async def uncover(self, case: int) -> None:
        """It went ahead, or waits for a word after all."""

    async def covered_since(self, number: int, moment: datetime) -> int:
        """How many cases this row covered since then."""

    async def covered_until(self, now: datetime) -> list[Covered]:
        """What was shown for long enough, and is still open to its person."""

    async def decided_lately(self, most: int) -> Sequence[Decided]:
        """What people decided, the latest first."""
