"""Spot checks, as the store keeps them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailagent.core.spot import Found, SpotCheck


class Spots(Protocol):
    """One company's."""

    async def ended_since(self, moment: datetime) -> Sequence[SpotCheck]:
        """Cases that were done, of the newest ones."""

    async def keep_spots(self, brief: int, checks: Sequence[SpotCheck]) -> None:
        """They can be answered under the token of this digest."""

    async def spots(self, brief: int) -> tuple[SpotCheck, ...]:
        """Those of a digest, as far as they are answered."""

    async def note_spot(self, brief: int, number: int, found: Found) -> None:
        """The last word counts."""
