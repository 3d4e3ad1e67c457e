"""What corrections taught, as the store keeps it."""

from collections.abc import Sequence
from typing import Protocol

from mailagent.core.lesson import Lesson


class Lessons(Protocol):
    """One company's lessons."""

    async def learn(self, found: Sequence[Lesson]) -> list[Lesson]:
        """Keeps them; each with its number."""

    async def lessons_of(self, keys: Sequence[str]) -> list[Lesson]:
        """What was learned about a vendor, the newest first."""

    async def lessons(self) -> list[Lesson]: ...
    async def taught_by(self, case: int) -> list[Lesson]: ...
    async def forget(self, gone: Sequence[Lesson]) -> None: ...
