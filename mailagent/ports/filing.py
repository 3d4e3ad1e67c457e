"""What is on file, as the stages and the file tree see it."""

from typing import Protocol

from mailagent.core.capability import StoreFile
from mailagent.core.case import Case
from mailagent.core.enclosed import AskOwnPapers, OwnPapers
from mailagent.core.filing import AskFiled, Found, KnownFiled
from mailagent.core.proposal import Proposal


class Filings(Protocol):
    """The register of filed documents; a part of every transaction."""

    async def known_filed(self, question: AskFiled) -> KnownFiled:
        """Where this content lies, and the folder its owner last chose for such papers."""

    async def find_filed(self, words: str, limit: int) -> Found:
        """The documents that hold all of these words, the best first. Never a sensitive one."""

    async def own_papers(self, question: AskOwnPapers) -> OwnPapers:
        """Papers of ours that may go out with an answer. Never a sensitive one."""

    async def approved(self, task: str) -> list[tuple[Case, Proposal]]:
        """What was approved and done of a task, and not taken back."""

    async def note_filed(
        self, case: int, file: StoreFile, key: str, path: str, words: str
    ) -> None: ...

    async def filed_by(self, key: str) -> str:
        """Where the effect of this key filed its document, or took it from; empty: it did not."""

    async def is_filed_for_others(self, path: str, case: int) -> bool: ...

    async def take_out(self, path: str, case: int, key: str) -> None: ...
