"""Who is away, and what somebody else may decide because of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from mailagent.core.away import Away, StoodIn
from mailagent.core.case import State
from mailagent.core.draft import DraftState
from mailagent.store.scope import Scope
from mailagent.store.tables import absences, audit, cases, delegations, drafts, for_brief, stood_in

_WORDS = ("case.approve", "case.rejected")
_UNDECIDED = (State.PROPOSED, State.NEEDS_OWNER)
_MOST = 1_000  # cases that one absence hands over at once


class Absences(Scope):
    """One company's."""

    async def absences(self) -> list[Away]:
        """Everybody who is away."""
        found = self.rows(absences).order_by(absences.c.person)
        return [Away.model_validate(_without_company(row)) for row in await self.all(found)]

    async def save_absence(self, away: Away) -> None:
        """It begins, or ends on another day than it was said."""
        await self.run(self.add_or_change(absences, ["person"], **away.model_dump()))

    async def end_absence(self, person: str) -> None:
        """They are back."""
        await self.run(self.drop(absences, absences.c.person == person))

    async def waiting_for(self, person: str) -> list[int]:
        """Cases that this person is asked about, by mail or with the next brief."""
        asked = select(drafts.c.case).where(
            drafts.c.company == self.company,
            drafts.c.person == person,
            drafts.c.state == DraftState.OPEN,
        )
        held = select(for_brief.c.case).where(
            for_brief.c.company == self.company, for_brief.c.person == person
        )
        theirs = cases.c.id.in_(asked) | cases.c.id.in_(held)
        found = self.rows(cases, cases.c.state.in_(_UNDECIDED), theirs).order_by(cases.c.id)
        return [row.id for row in await self.all(found.limit(_MOST))]

    async def stand_in(self, one: StoodIn) -> None:
        """One more person may decide this case, until its owner is back."""
        by = {"case": one.case, "person": one.substitute, "by": one.person}
        await self.run(self.add_or_keep(delegations, **by))
        await self.run(self.add_or_keep(stood_in, **one.model_dump()))

    async def stood_in(self, person: str) -> Sequence[StoodIn]:
        """What others could decide for this person."""
        found = self.rows(stood_in, stood_in.c.person == person).order_by(stood_in.c.case)
        return [StoodIn.model_validate(_without_company(row)) for row in await self.all(found)]

    async def stands_in_no_more(self, one: StoodIn) -> None:
        """Its owner is back: what is not decided is theirs again."""
        await self.run(self.drop(delegations, *_this(one)))
        mine = (for_brief.c.case == one.case, for_brief.c.person == one.substitute)
        await self.run(self.drop(for_brief, *mine))

    async def never_stood_in(self, one: StoodIn) -> None:
        """Somebody else stands in before anything was decided."""
        this = (stood_in.c.case == one.case, stood_in.c.person == one.person)
        await self.run(self.drop(stood_in, *this))

    async def last_word(self, case: int, since: datetime) -> tuple[str, str] | None:
        """The last approval or rejection of a case, and whose it is."""
        words = self.rows(
            audit, audit.c.case == case, audit.c.at >= since, audit.c.what.in_(_WORDS)
        )
        row = await self.one(words.order_by(audit.c.seq.desc()).limit(1))
        return (row.what, row.actor) if row else None

    async def handed_back(self, person: str) -> None:
        """They were told."""
        await self.run(self.drop(stood_in, stood_in.c.person == person))


def _this(one: StoodIn) -> tuple[ColumnElement[bool], ...]:
    return (
        delegations.c.case == one.case,
        delegations.c.person == one.substitute,
        delegations.c.by == one.person,
    )


def _without_company(row: Row[Any]) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name != "company"}
