"""Who is away, as the store keeps it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailagent.core.away import Away, StoodIn


class Absences(Protocol):
    """One company's."""

    async def absences(self) -> list[Away]:
        """Everybody who is away."""

    async def save_absence(self, away: Away) -> None:
        """It begins, or ends on another day than it was said."""

    async def end_absence(self, person: str) -> None:
        """They are back."""

    async def waiting_for(self, person: str) -> list[int]:
        """Cases that this person is asked about, by mail or with the next brief."""

    async def stand_in(self, one: StoodIn) -> None:
        """One more person may decide this case, until its owner is back."""

    async def stood_in(self, person: str) -> Sequence[StoodIn]:
        """What others could decide for this person."""

    async def stands_in_no_more(self, one: StoodIn) -> None:
        """Its owner is back: what is not decided is theirs again."""

    async def never_stood_in(self, one: StoodIn) -> None:
        """Somebody else stands in before anything was decided."""

    async def last_word(self, case: int, since: datetime) -> tuple[str, str] | None:
        """The last approval or rejection of a case, and whose it is."""

    async def handed_back(self, person: str) -> None:
        """They were told."""
