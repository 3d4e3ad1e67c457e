"""Briefs: many drafts in one mail, and what was answered to each of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailagent.core.brief import Answered, Brief, BriefItem, BriefKind, Load, Seen
from mailagent.core.draft import Draft, DraftState


class Briefs(Protocol):
    """A part of every transaction."""

    async def next_brief(self) -> int: ...
    async def issue_brief(
        self, draft: Draft, title: str, kind: BriefKind, items: Sequence[BriefItem]
    ) -> Brief:
        """Issues the new drafts of its items with it; what was there for these is superseded."""

    async def brief(self, draft: int) -> Brief:
        """A brief by its own draft, its items as they stand now."""

    async def brief_with(self, draft: int) -> Brief | None:
        """The brief that the draft of a case came in; None: it went out by itself."""

    async def last_brief(self, person: str, kind: BriefKind | None = None) -> Brief | None: ...
    async def open_briefs(self, person: str) -> list[Brief]: ...
    async def close_brief(self, draft: int, to: DraftState) -> None: ...
    async def note_answer(self, answered: Answered) -> None: ...
    async def answers_in(self, message: int) -> list[Answered]: ...
    async def answers_to(self, brief: int) -> list[Answered]: ...
    async def answer_with_draft(self, draft: int) -> Answered | None:
        """The answer to a brief that decided this draft of a case; none: its own mail's did."""

    async def hold_for_brief(self, case: int, person: str, *, for_morning: bool = False) -> None:
        """Its draft is no mail of its own: it comes with this person's next brief."""

    async def held_for_brief(self, person: str, *, morning: bool) -> list[int]: ...
    async def release_for_brief(self, case: int, person: str) -> None: ...
    async def load(self, person: str, address: str, since: datetime, besides: int = 0) -> Load:
        """What lies before a person whose day began then, a case left aside."""

    async def seen(self, after: int, here: Sequence[int]) -> Seen:
        """What became of the messages kept after this one, and of the cases of a brief."""
