"""What was seen of a task when it was looked at last."""

from collections.abc import Mapping
from typing import Protocol

from mailagent.core.thresholds import Mark


class Watching(Protocol):
    """A part of every transaction."""

    async def failing(self) -> Mapping[str, int]:
        """By capability, how many of the last calls in a row failed; of those where one did."""

    async def count_call(self, capability: str, *, worked: bool) -> None:
        """One more that failed, also where it is tried again; one that worked begins anew."""

    async def marks(self) -> Mapping[str, Mark]:
        """By task."""

    async def keep_mark(self, task: str, mark: Mark) -> None:
        """Takes the place of the one before."""
