"""What the store keeps of cases in shadow."""

from collections.abc import Sequence
from typing import Protocol

from mailagent.core.shadow import Compared, Foreseen


class Shadows(Protocol):
    """A part of every transaction."""

    async def foresee(self, one: Foreseen) -> None:
        """Kept until it is seen what its owner did."""

    async def foreseen(
        self, *, message_ids: Sequence[str] = (), uid: str = ""
    ) -> Sequence[Foreseen]:
        """What was not compared yet: of these mails, of this invitation, or all of it."""

    async def keep_compared(self, case: int, found: Compared) -> bool:
        """Once; False: it was compared before."""
