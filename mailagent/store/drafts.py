"""Drafts and what was decided about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row

from mailagent.core.draft import Draft, DraftState
from mailagent.ports import Stale
from mailagent.store.chain import Chain
from mailagent.store.tables import approvals, cases, decisions, drafts, for_brief

# A database takes so many parameters in one statement; a sweep may ask for any number.
_AT_ONCE = 500


class Drafts(Chain):
    """One company's drafts."""

    async def known_tokens(self, hashes: Sequence[str]) -> frozenset[str]:
        """Which of these tokens are ours, in whatever state."""
        known: set[str] = set()
        for start in range(0, len(hashes), _AT_ONCE):
            found = await self.drafts_by_token(hashes[start : start + _AT_ONCE])
            known.update(draft.token_hash for draft in found)
        return frozenset(known)

    async def drafts_by_token(self, hashes: Sequence[str]) -> list[Draft]:
        """The drafts behind these tokens."""
        found: list[Draft] = []
        for start in range(0, len(hashes), _AT_ONCE):
            some = list(hashes[start : start + _AT_ONCE])
            found += await self._drafts(drafts.c.token_hash.in_(some))
        return found

    async def drafts_with(self, ids: Sequence[int]) -> dict[int, Draft]:
        """Drafts by their ids."""
        return {draft.id: draft for draft in await self._drafts(drafts.c.id.in_(ids))}

    async def open_drafts(self, case: int) -> list[Draft]:
        """The drafts of a case that can be answered."""
        return await self._drafts(drafts.c.case == case, drafts.c.state == DraftState.OPEN)

    async def issue_draft(self, draft: Draft) -> Draft:
        """A new draft; what that person had of this case before is superseded."""
        await self._close(
            DraftState.SUPERSEDED, drafts.c.case == draft.case, drafts.c.person == draft.person
        )
        mine = (for_brief.c.case == draft.case, for_brief.c.person == draft.person)
        await self.run(self.drop(for_brief, *mine))
        return await self._add_draft(draft)

    async def _add_draft(self, draft: Draft) -> Draft:
        result = await self.run(self.add(drafts, **draft.model_dump(exclude={"id"})))
        (number,) = result.inserted_primary_key or (0,)
        return draft.model_copy(update={"id": number})

    async def use_draft(self, draft: int, left_out: Sequence[int] = (), choice: str = "") -> None:
        """Uses a token up, once; what the answer left out or chose is kept with it."""
        said = {"left_out": list(left_out), "choice": choice}
        if await self._close(DraftState.USED, drafts.c.id == draft, **said) != 1:
            raise Stale(f"draft {draft} is not open any more")

    async def used_draft(self, case: int, version: int) -> Draft | None:
        """The draft whose answer decided this version."""
        found = await self._drafts(
            drafts.c.case == case, drafts.c.version == version, drafts.c.state == DraftState.USED
        )
        return found[-1] if found else None

    async def last_answer(self, case: int) -> Draft | None:
        """The draft that was answered last."""
        found = await self._drafts(drafts.c.case == case, drafts.c.state == DraftState.USED)
        return found[-1] if found else None

    async def supersede_drafts(self, case: int) -> None:
        """No open draft of this case counts any more."""
        await self._close(DraftState.SUPERSEDED, drafts.c.case == case)
        await self.run(self.drop(for_brief, for_brief.c.case == case))

    async def fail_draft(self, draft: int) -> int:
        """Counts a reply that carried its token and failed; how many there were by now."""
        counted = self.change(drafts, drafts.c.id == draft).values(failures=drafts.c.failures + 1)
        await self.run(counted)
        row = await self.one(self.rows(drafts, drafts.c.id == draft))
        return row.failures if row else 0

    async def freeze_draft(self, draft: int) -> None:
        """It cannot be answered until a code says so at the terminal."""
        await self._close(DraftState.FROZEN, drafts.c.id == draft)

    async def frozen_drafts(self, case: int) -> list[Draft]:
        """The drafts of a case that are frozen."""
        return await self._drafts(drafts.c.case == case, drafts.c.state == DraftState.FROZEN)

    async def frozen_as(self, ref: str) -> list[Draft]:
        """What is frozen under the name that people see: of a case, or a brief."""
        return await self._drafts(drafts.c.ref == ref, drafts.c.state == DraftState.FROZEN)

    async def unfreeze_draft(self, draft: int) -> None:
        """Its token is known to somebody else: it never counts again, a new one may."""
        thawed = self.change(drafts, drafts.c.id == draft, drafts.c.state == DraftState.FROZEN)
        result = await self.run(thawed.values(state=DraftState.SUPERSEDED))
        if result.rowcount != 1:
            raise Stale(f"draft {draft} is not frozen")

    async def keep_approval(self, draft: Draft) -> None:
        """A first word, until a second person says the same."""
        await self.run(
            self.add_or_keep(
                approvals,
                case=draft.case,
                version=draft.version,
                person=draft.person,
                draft=draft.id,
                at=self._clock.now(),
            )
        )

    async def approved_by(self, case: int, version: int) -> frozenset[str]:
        """Whose word for this very version is kept."""
        kept = self.rows(approvals, approvals.c.case == case, approvals.c.version == version)
        return frozenset(row.person for row in await self.all(kept))

    async def late_drafts(self, now: datetime) -> list[Draft]:
        """Open drafts that have run out."""
        return await self._drafts(drafts.c.state == DraftState.OPEN, drafts.c.expires_at <= now)

    async def expire_draft(self, draft: int) -> None:
        """It cannot be answered any more."""
        await self._close(DraftState.EXPIRED, drafts.c.id == draft)

    async def is_decided(self, message: int) -> bool:
        """Whether it is known already what became of an answer."""
        return await self.one(self.rows(decisions, decisions.c.message == message)) is not None

    async def note_decision(
        self, message: int, draft: int | None, verdicts: dict[str, str], outcome: str
    ) -> None:
        """Keeps the verdict of every gate with the message."""
        await self.run(
            self.add(
                decisions,
                message=message,
                draft=draft,
                verdicts=verdicts,
                outcome=outcome,
                at=self._clock.now(),
            )
        )

    async def answered_document(self, message: int) -> str:
        """The content of the case that a message answered; empty: it answered none."""
        decided = await self.one(self.rows(decisions, decisions.c.message == message))
        draft = decided and await self.one(self.rows(drafts, drafts.c.id == decided.draft))
        case = draft and await self.one(self.rows(cases, cases.c.id == draft.case))
        return str(case.document["sha256"]) if case else ""

    async def _drafts(self, *where: ColumnElement[bool]) -> list[Draft]:
        found = await self.all(self.rows(drafts, *where).order_by(drafts.c.id))
        return [_draft(row) for row in found]

    async def _close(self, to: DraftState, *where: ColumnElement[bool], **said: Any) -> int:
        result = await self.run(
            self.change(drafts, drafts.c.state == DraftState.OPEN, *where).values(state=to, **said)
        )
        return result.rowcount


def _draft(row: Row[tuple[object, ...]]) -> Draft:
    return Draft.model_validate({name: getattr(row, name) for name in Draft.model_fields})
