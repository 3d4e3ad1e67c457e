"""Briefs: many drafts under one token, what was answered to them, and what waits for the next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, or_, select

from mailagent.core.brief import Answered, Brief, BriefItem, BriefKind, Load, Seen
from mailagent.core.case import State
from mailagent.core.draft import Draft, DraftState
from mailagent.core.letter import DECIDING
from mailagent.core.message import Disposition
from mailagent.core.reading import Kind
from mailagent.store.drafts import Drafts
from mailagent.store.spots import Spots
from mailagent.store.tables import (
    brief_answers,
    brief_items,
    briefs,
    cases,
    drafts,
    for_brief,
    messages,
    outbox,
    sightings,
)

# What comes of somebody else's mail or of the clock; answers to a reply do not count.
_UNASKED = ("draft", "brief", "notice", "reminder")
# More than any handful: what is counted to compare with one is counted no further.
_ENOUGH = 100
_UNDECIDED = (State.PROPOSED, State.NEEDS_OWNER)
_IN_WORK = (State.RECEIVED, State.READ)


class Briefs(Drafts, Spots):
    """One company's briefs."""

    async def next_brief(self) -> int:
        """The number of the next one: B-31."""
        highest = select(func.max(drafts.c.version)).where(
            drafts.c.company == self.company, drafts.c.case == 0
        )
        return int((await self.run(highest)).scalar() or 0) + 1

    async def issue_brief(
        self, draft: Draft, title: str, kind: BriefKind, items: Sequence[BriefItem]
    ) -> Brief:
        """A brief and the new drafts of its items, which supersede what was there for these."""
        made = await self._add_draft(draft)
        newest = select(func.max(messages.c.id)).where(messages.c.company == self.company)
        seen_to = (await self.run(newest)).scalar() or 0
        told = {"person": draft.person, "issued_at": draft.issued_at, "seen_to": seen_to}
        await self.run(self.add(briefs, draft=made.id, kind=kind, title=title, **told))
        issued = []
        for item in items:
            one = item.draft if item.draft.id else await self.issue_draft(item.draft)
            line = {"number": item.number, "draft": one.id, "ready": item.ready}
            await self.run(self.add(brief_items, brief=made.id, **line))
            issued.append(item.model_copy(update={"draft": one}))
        return Brief(draft=made, title=title, kind=kind, items=tuple(issued), seen_to=seen_to)

    async def brief(self, draft: int) -> Brief:
        """A brief with its items as they stand now."""
        row = await self.one(self.rows(briefs, briefs.c.draft == draft))
        if row is None:
            raise LookupError(f"draft {draft} is no brief")
        return await self._brief(row)

    async def _brief(self, row: Row[Any]) -> Brief:
        lines = await self.all(
            self.rows(brief_items, brief_items.c.brief == row.draft).order_by(brief_items.c.number)
        )
        found = await self.drafts_with([row.draft, *(line.draft for line in lines)])
        items = [BriefItem(number=i.number, draft=found[i.draft], ready=i.ready) for i in lines]
        shown = {"title": row.title, "kind": row.kind, "seen_to": row.seen_to}
        shown["checks"] = await self.spots(row.draft)
        return Brief(draft=found[row.draft], items=tuple(items), **shown)

    async def brief_with(self, draft: int) -> Brief | None:
        """The brief that the draft of a case came in; None: it went out by itself."""
        mine = (brief_items.c.draft == draft, brief_items.c.brief < draft)  # a later one: beside
        row = await self.one(self.rows(brief_items, *mine))
        return await self.brief(row.brief) if row else None

    async def last_brief(self, person: str, kind: BriefKind | None = None) -> Brief | None:
        """The newest one of a person; receipts are none."""
        kinds = (kind,) if kind else (BriefKind.MORNING, BriefKind.BURST)
        mine = self.rows(briefs, briefs.c.person == person, briefs.c.kind.in_(kinds))
        row = await self.one(mine.order_by(briefs.c.draft.desc()).limit(1))
        return await self._brief(row) if row else None

    async def open_briefs(self, person: str) -> list[Brief]:
        """Those of a person that can still be answered; receipts are none."""
        mine = select(briefs).join(
            drafts,
            (drafts.c.company == briefs.c.company) & (drafts.c.id == briefs.c.draft),
        )
        mine = mine.where(
            briefs.c.company == self.company,
            drafts.c.company == self.company,
            drafts.c.person == person,
            drafts.c.state == DraftState.OPEN,
            briefs.c.kind != BriefKind.RECEIPT,
        )
        found = await self.all(mine.order_by(briefs.c.draft))
        return [await self._brief(row) for row in found]

    async def close_brief(self, draft: int, to: DraftState) -> None:
        """Its token counts no more; its items stand for themselves."""
        await self._close(to, drafts.c.id == draft)

    async def note_answer(self, answered: Answered) -> None:
        """What came of one item; a later word on it in the same answer takes its place."""
        key = ["message", "number"]
        row = answered.model_dump() | {"at": self._clock.now()}
        await self.run(self.add_or_change(brief_answers, key, **row))

    async def answers_in(self, message: int) -> list[Answered]:
        """What came of each item of one answer."""
        found = self.rows(brief_answers, brief_answers.c.message == message)
        return [_answered(row) for row in await self.all(found.order_by(brief_answers.c.number))]

    async def answers_to(self, brief: int) -> list[Answered]:
        """All that was answered to a brief, in order."""
        found = self.rows(brief_answers, brief_answers.c.brief == brief)
        return [_answered(row) for row in await self.all(found.order_by(brief_answers.c.message))]

    async def answer_with_draft(self, draft: int) -> Answered | None:
        """The answer to a brief that decided this draft of a case; none: its own mail's did."""
        deciding = brief_answers.c.outcome.in_(DECIDING)
        found = self.rows(brief_answers, brief_answers.c.draft == draft, deciding)
        row = await self.one(found.order_by(brief_answers.c.message.desc()).limit(1))
        return _answered(row) if row else None

    # -- what waits for the next one

    async def hold_for_brief(self, case: int, person: str, *, for_morning: bool = False) -> None:
        """No mail of its own: it comes with this person's next brief, or with the next morning."""
        row = {"case": case, "person": person, "since": self._clock.now()}
        row["for_morning"] = for_morning
        await self.run(self.add_or_keep(for_brief, **row))

    async def held_for_brief(self, person: str, *, morning: bool) -> list[int]:
        """The cases that wait for this person's brief, oldest first."""
        found = self.rows(for_brief, for_brief.c.person == person)
        if not morning:
            found = found.where(for_brief.c.for_morning.is_(False))
        return [row.case for row in await self.all(found.order_by(for_brief.c.case))]

    async def release_for_brief(self, case: int, person: str) -> None:
        """There is nothing to decide in it any more."""
        mine = (for_brief.c.case == case, for_brief.c.person == person)
        await self.run(self.drop(for_brief, *mine))

    async def load(self, person: str, address: str, since: datetime, besides: int = 0) -> Load:
        """What lies before a person; `since` is when their day began, `besides` a case."""
        today = self.rows(outbox, outbox.c.recipient == address, outbox.c.queued_at >= since)
        today = today.where(outbox.c.kind.in_(_UNASKED))
        held = self.rows(for_brief, for_brief.c.person == person)
        return Load(
            undecided=await self._undecided(person, besides),
            waiting=await self.count(held),
            soon=await self.count(held.where(for_brief.c.for_morning.is_(False))),
            coming=await self.coming(besides),
            mails=await self.count(today.where(outbox.c.urgent.is_(False))),
            stops=await self.count(today.where(outbox.c.urgent.is_(True))),
        )

    async def coming(self, besides: int = 0) -> int:
        """Mails and documents that are still being looked at."""
        arrived = self.rows(messages, messages.c.disposition == Disposition.ARRIVED)
        begun = self.rows(cases, cases.c.state.in_(_IN_WORK), cases.c.id != besides)
        return await self.count(arrived.limit(_ENOUGH)) + await self.count(begun.limit(_ENOUGH))

    async def _undecided(self, person: str, besides: int) -> int:
        """Drafts, in mails of their own or in briefs, of versions that nobody has decided."""
        same = (cases.c.company == drafts.c.company) & (cases.c.id == drafts.c.case)
        waiting = (
            select(drafts.c.id)
            .join(cases, same)
            .where(
                drafts.c.company == self.company,
                cases.c.company == self.company,
                drafts.c.person == person,
                drafts.c.state == DraftState.OPEN,
                cases.c.state.in_(_UNDECIDED),
                cases.c.version == drafts.c.version,
                cases.c.id != besides,
            )
        )
        return await self.count(waiting.limit(_ENOUGH))

    # -- what was seen

    async def seen(self, after: int, here: Sequence[int]) -> Seen:
        """Mails kept after this one, and the cases of the brief: each is counted once.

        The sum is counted apart from its parts, so that it proves something.
        """
        new = (messages.c.id > after,)
        of_new = (cases.c.message > after,)
        kinds = await self._by(messages, "disposition", *new)
        shown = cases.c.id.in_(here)
        states = await self._by(cases, "state", *of_new, ~shown)
        documents = kinds.pop(Disposition.DOCUMENTS, 0)
        mails = await self.count(self.rows(messages, *new))
        everything = await self.count(self.rows(cases, or_(*of_new, shown)))
        aside = await self._by_kind(after, Disposition.AUTOMATIC)
        codes = (await self._by_kind(after, Disposition.PARKED)).get(Kind.CODE, 0)
        return Seen(
            all=mails - documents + everything,
            here=len(here),
            waiting=_sum(states, State.PROPOSED, State.NEEDS_OWNER),
            done=_sum(states, State.DONE, State.REJECTED),
            aside=_sum(states, State.IGNORED) + _sum(kinds, Disposition.AUTOMATIC),
            aside_as=aside,
            codes=codes,
            answers=_sum(kinds, Disposition.DECISION, Disposition.REQUEST),
            parked=_sum(states, State.PARKED) + _sum(kinds, Disposition.PARKED) - codes,
            working=_sum(states, *_IN_WORK, State.APPROVED, State.EXECUTING)
            + _sum(kinds, Disposition.ARRIVED),
        )

    async def _by_kind(self, after: int, disposition: Disposition) -> dict[str, int]:
        """What the messages after this one that became this seemed to be."""
        same = (sightings.c.company == messages.c.company) & (sightings.c.message == messages.c.id)
        counted = (
            select(sightings.c.kind, func.count().label("n"))
            .join(messages, same)
            .where(
                sightings.c.company == self.company,
                messages.c.company == self.company,
                messages.c.id > after,
                messages.c.disposition == disposition,
            )
            .group_by(sightings.c.kind)
        )
        return {row.kind: row.n for row in await self.all(counted)}

    async def _by(self, table: Table, column: str, *where: ColumnElement[bool]) -> dict[str, int]:
        """How many there are of each."""
        name = table.c[column]
        counted = select(name, func.count().label("n")).group_by(name)
        found = await self.all(counted.where(table.c.company == self.company, *where))
        return {row[0]: row.n for row in found}


def _sum(counts: dict[str, int], *names: str) -> int:
    return sum(counts.get(name, 0) for name in names)


def _answered(row: Row[Any]) -> Answered:
    return Answered.model_validate({name: getattr(row, name) for name in Answered.model_fields})
