"""Bills that somebody writes about."""

from typing import Protocol

from mailagent.core.owed import AskBill, KnownBill


class OwedBills(Protocol):
    """One company's."""

    async def known_bill(self, question: AskBill) -> KnownBill:
        """How it stands with it: in the books, in work, or unknown."""
