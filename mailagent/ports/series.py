"""Bills that come again, as the store keeps them."""

from datetime import date
from typing import Protocol

from mailagent.core.renewals import Series


class AllSeries(Protocol):
    """One company's."""

    async def series(self) -> list[Series]:
        """The latest bills of every vendor."""

    async def series_missed(self, today: date) -> list[Series]:
        """Those whose next bill should have come by now, and not long ago."""
