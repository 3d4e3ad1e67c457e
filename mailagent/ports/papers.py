"""The papers of vendors that are on file."""

from typing import Protocol

from mailagent.core.vendor_papers import PaperOnFile


class VendorPapers(Protocol):
    """One company's; a part of every transaction."""

    async def papers(self) -> list[PaperOnFile]:
        """Of every vendor, the first that was filed first."""
