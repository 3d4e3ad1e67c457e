"""Drafts: each with a token that counts once, for one person and one version of a case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailagent.core.draft import Draft
from mailagent.core.routine import Undecided


class Drafts(Protocol):
    """A part of every transaction."""

    async def known_tokens(self, hashes: Sequence[str]) -> frozenset[str]: ...
    async def drafts_by_token(self, hashes: Sequence[str]) -> list[Draft]: ...
    async def open_drafts(self, case: int) -> list[Draft]: ...
    async def issue_draft(self, draft: Draft) -> Draft:
        """Supersedes the person's open drafts of this case; the new one with its id."""

    async def use_draft(self, draft: int, left_out: Sequence[int] = (), choice: str = "") -> None:
        """Uses the token up, and keeps what was left out or chosen; Stale when it was not open."""

    async def latest_version(self, case: int) -> int:
        """The highest number of a version of this case."""

    async def used_draft(self, case: int, version: int) -> Draft | None:
        """The draft whose answer decided this version."""

    async def last_answer(self, case: int) -> Draft | None:
        """The draft of this case that was answered last."""

    async def supersede_drafts(self, case: int) -> None: ...
    async def fail_draft(self, draft: int) -> int: ...
    async def freeze_draft(self, draft: int) -> None: ...
    async def frozen_drafts(self, case: int) -> list[Draft]: ...
    async def unfreeze_draft(self, draft: int) -> None:
        """Its token never counts again; Stale when it was not frozen."""

    async def keep_approval(self, draft: Draft) -> None: ...
    async def approved_by(self, case: int, version: int) -> frozenset[str]:
        """Whose word for this version is kept until a second person says the same."""

    async def drafts_with(self, ids: Sequence[int]) -> dict[int, Draft]: ...
    async def late_drafts(self, now: datetime) -> list[Draft]: ...
    async def undecided(self, before: datetime) -> list[Undecided]: ...
    async def expire_draft(self, draft: int) -> None: ...
