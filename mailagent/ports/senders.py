"""What the store knows of senders: what their mails seemed to be, and what people said of it."""

from collections.abc import Sequence
from typing import Protocol

from mailagent.core.audit import Entry
from mailagent.core.fraud import Around
from mailagent.core.triage import History, Sighting, Teaching


class Senders(Protocol):
    """A part of a transaction."""

    async def keep_sighting(self, sighting: Sighting) -> None: ...
    async def sighting(self, message: int) -> Sighting | None:
        """What a mail seemed to be; None: nobody looked at it."""

    async def history(self, address: str) -> History:
        """What is known of a sender; costs the same however many mails there were."""

    async def around(self, sighting: Sighting, references: Sequence[str]) -> Around:
        """What is known of the name, the domain and the thread of a mail."""

    async def teach_sender(self, lesson: Teaching, entry: Entry) -> None: ...
    async def sender_teachings(self) -> list[Teaching]: ...
    async def forget_sender(self, address: str, entry: Entry) -> int:
        """Forgets all that was said of this sender; how many lessons that were."""
