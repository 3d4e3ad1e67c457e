"""What was handed to an accounting tool by mail, as the store keeps it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailagent.core.handover import Handed


class Handovers(Protocol):
    """One company's."""

    async def save_handed(self, handed: Handed) -> None:
        """A new one, or how it stands now."""

    async def handed(self, message_ids: Sequence[str]) -> list[Handed]:
        """Those that these mails of ours were."""

    async def handed_open(self) -> list[Handed]:
        """The latest whose fate nobody told."""

    async def unheard(self, until: datetime | None = None) -> list[Handed]:
        """Whose time is over by then; without a day, those that were silent."""
