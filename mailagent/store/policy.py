"""The part of a transaction that knows what people said of the policy, and the embedded policy."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from mailagent.core.audit import Entry
from mailagent.core.capability import Outcome, Payload
from mailagent.core.case import ENDS, Case, State
from mailagent.core.draft import DraftState
from mailagent.core.job import Job, Stage
from mailagent.core.modes import AGENT, ONLY_SHOWN, Mode, Ruled
from mailagent.core.modes import Scope as About
from mailagent.core.payloads.policy import NarrowPolicy, WidenPolicy
from mailagent.core.policy import Judgement, amounts
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.routine import Covered
from mailagent.core.standing import covering, scope_of
from mailagent.core.widening import Decided
from mailagent.ports import Transaction
from mailagent.store.cases import case_of
from mailagent.store.chain import Chain
from mailagent.store.scope import Scope, embedded
from mailagent.store.tables import (
    brief_items,
    cases,
    covered,
    drafts,
    incidents,
    jobs,
    outbox,
    proposals,
    ruled,
)


class Policies(Chain):
    """One company's."""

    async def rulings(self, task: str = "") -> list[Ruled]:
        """All that holds, of one task or of all."""
        found = self.rows(ruled, ruled.c.ended_at.is_(None))
        found = found.where(ruled.c.task == task) if task else found
        return [_row(row) for row in await self.all(found.order_by(ruled.c.id))]

    async def add_ruling(self, row: Ruled, key: str) -> int:
        """Once for each key; its number."""
        return await _add(self, row, key)

    async def only_shown(self, scope: About) -> list[Case]:
        """Cases that wait because what was proposed of them had no power."""
        waits = (cases.c.state == State.NEEDS_OWNER, cases.c.task == scope.task)
        found = await self.all(self.rows(cases, *waits).order_by(cases.c.id))
        return [case for case in map(case_of, found) if await self._has_no_power(case, scope)]

    async def is_widening_open(self) -> bool:
        """Whether something wider is proposed, and not decided."""
        open_ = (cases.c.task == "policy", cases.c.state.not_in(ENDS))
        return await self.one(self.rows(cases, *open_).limit(1)) is not None

    async def _has_no_power(self, case: Case, scope: About) -> bool:
        mine = (proposals.c.case == case.id, proposals.c.version == case.version)
        row = await self.one(self.rows(proposals, *mine))
        if row is None or ONLY_SHOWN not in Judgement.model_validate(row.judgement).hits:
            return False
        return scope.covers(scope_of(Proposal.model_validate(row.body)))

    async def end_ruling(self, number: int, why: str) -> bool:
        """It holds no more; False: it did not any more. The log says so where it says who gave it:
        opened again in the store it stays ended.
        """
        mine, ended = ruled.c.id == number, {"ended_at": self._clock.now(), "ended_why": why}
        result = await self.run(self.change(ruled, mine, ruled.c.ended_at.is_(None)).values(ended))
        row = await self.one(self.rows(ruled, mine))
        if not result.rowcount or row is None:
            return False
        details = {"row": f"S-{number}", "why": why}
        case = _row(row).case
        await self.audit(Entry(actor=AGENT, what="policy.ended", case=case, details=details))
        return True

    async def cover(self, one: Covered) -> None:
        """It goes ahead without a word, once it was shown for long enough."""
        values = {**one.model_dump(), "since": self._clock.now(), "waits": True}
        await self.run(self.add_or_change(covered, ["case"], **values))

    async def covered(self, case: int) -> Covered | None:
        """Under which row this case goes, or went, ahead."""
        row = await self.one(self.rows(covered, covered.c.case == case))
        return _covered(row) if row else None

    async def is_covered(self, case: int) -> bool:
        """Whether it goes ahead without a word."""
        mine = (covered.c.case == case, covered.c.waits.is_(True))
        return await self.one(self.rows(covered, *mine)) is not None

    async def uncover(self, case: int) -> None:
        """It went ahead, or waits for a word after all."""
        await self.run(self.change(covered, covered.c.case == case).values(waits=False))

    async def covered_since(self, number: int, moment: datetime) -> int:
        """How many cases this row covered since then, and how many still wait to go ahead."""
        lately = (covered.c.since >= moment) | covered.c.waits.is_(True)
        mine = (covered.c.ruled == number, lately)
        return await self.count(self.rows(covered, *mine))

    async def covered_until(self, now: datetime) -> list[Covered]:
        """What was shown for long enough, and is still open to its person."""
        waiting = await self.all(self.rows(covered, covered.c.waits.is_(True)))
        return [
            _covered(row)
            for row in waiting
            if await self._was_shown(_covered(row), now - timedelta(hours=row.hold_hours))
        ]

    async def _was_shown(self, one: Covered, before: datetime) -> bool:
        """Its draft is open, and the mail that shows it left so long ago: what was only written
        down, or came back, nobody saw.
        """
        version = (drafts.c.case == one.case, drafts.c.version == one.version)
        mine = (*version, drafts.c.person == one.person, drafts.c.state == DraftState.OPEN)
        for draft in await self.all(self.rows(drafts, *mine)):
            lines = await self.all(self.rows(brief_items, brief_items.c.draft == draft.id))
            named = [f"draft/{draft.id}", *(f"brief/{line.brief}" for line in lines)]
            sent = (outbox.c.state == "sent", outbox.c.sent_at <= before)
            if await self.one(self.rows(outbox, outbox.c.about.in_(named), *sent).limit(1)):
                return True
        return False

    async def has_words_to_hear(self) -> bool:
        """Whether a mail that came in may still be somebody's word."""
        row = self.rows(jobs, jobs.c.stage.in_((Stage.DECIDE, Stage.LISTEN, Stage.SORT)))
        return await self.one(row.limit(1)) is not None

    async def decided_lately(self, most: int) -> list[Decided]:
        """What people decided, the latest first."""
        used = self.rows(drafts, drafts.c.state == DraftState.USED, drafts.c.case > 0)
        found = await self.all(used.order_by(drafts.c.id.desc()).limit(most))
        wrong = {row.case for row in await self.all(self.rows(incidents))}
        once: dict[int, Decided] = {}
        for row in reversed(found):
            made = await self._as_decided(row)
            if made is None:  # an undo, or nothing that was done
                wrong.add(row.case)
            else:
                once[row.case] = made
        by_itself = {row.case for row in await self.all(self.rows(covered))}
        decided = [
            one.model_copy(update={"unchanged": one.unchanged and one.case not in wrong})
            for one in once.values()
            if one.case not in by_itself or not one.unchanged
        ]
        return sorted(decided, key=lambda one: one.case, reverse=True)

    async def _as_decided(self, used: Row[Any]) -> Decided | None:
        mine = (proposals.c.case == used.case, proposals.c.version == used.version)
        kept = await self.one(self.rows(proposals, *mine))
        case = await self.one(self.rows(cases, cases.c.id == used.case))
        if kept is None or case is None:
            return None
        proposal, judgement = (
            Proposal.model_validate(kept.body),
            Judgement.model_validate(kept.judgement),
        )
        if proposal.purpose is not Purpose.DO or proposal.task == "policy":
            return None
        as_shown = used.version == 1 and not used.left_out and not used.choice
        return Decided(
            case=used.case,
            scope=scope_of(proposal),
            person=used.person,
            vendor=proposal.reading.text("seller_name"),
            signed_by=judgement.around.signed_by,
            capabilities=frozenset(a.payload.capability for a in proposal.all_actions),
            money=next(iter(amounts(proposal)), None),
            unchanged=as_shown and case.state == State.DONE,
        )


class EmbeddedPolicy:
    """Widens and narrows; its rows are written in the transaction of the outcome."""

    async def perform(self, tx: Transaction, case: int, action: Payload, key: str) -> Outcome:
        """Writes the row, or ends it."""
        match action:
            case WidenPolicy():
                row = await _granted(tx, case, action)
                await _ask_again(tx, action)
                return Outcome(reference=str(await _add(embedded(tx), row, key)))
            case NarrowPolicy():
                await tx.end_ruling(int(action.row), "taken back")
                return Outcome(reference=action.row)
            case _:
                raise TypeError(f"the policy does not know {action.capability}")

    async def find(self, tx: Transaction, action: Payload, key: str) -> Outcome | None:
        """Looks an earlier attempt up by its key."""
        scope = embedded(tx)
        if isinstance(action, NarrowPolicy):
            ended = (ruled.c.id == int(action.row), ruled.c.ended_at.is_not(None))
            row = await scope.one(scope.rows(ruled, *ended))
        else:
            row = await scope.one(scope.rows(ruled, ruled.c.key == key))
        return Outcome(reference=str(row.id)) if row else None


async def _ask_again(tx: Transaction, wider: WidenPolicy) -> None:
    """What could only be looked at before is proposed anew, with power."""
    if wider.before is not Mode.SUGGEST:
        return
    for case in await tx.only_shown(wider.scope):
        await tx.supersede_drafts(case.id)
        job = Job(stage=Stage.PROPOSE, subject=case.id, version=case.version + 1)
        await tx.advance(case, State.READ, Entry(actor="agent", what="case.again"), job)


async def _granted(tx: Transaction, case: int, wider: WidenPolicy) -> Ruled:
    """Whose word it was is in the draft that was answered, nowhere else."""
    known = await tx.case(case)
    decided = await tx.used_draft(case, known.version)
    if decided is None:
        raise LookupError(f"nobody approved case {known.ref}")
    given = {"person": decided.person, "since": decided.issued_at}
    return Ruled.model_validate(
        {**covering(wider), **given, "case": case, "version": known.version}
    )


async def _add(scope: Scope, row: Ruled, key: str) -> int:
    body = row.model_dump(mode="json", exclude={"number", "key"})
    values = {"key": key, "task": row.scope.task, "body": body, "ended_why": ""}
    await scope.run(scope.add_or_keep(ruled, **values))
    found = await scope.one(scope.rows(ruled, ruled.c.key == key))
    if found is None:
        raise LookupError(f"no row {key}")
    return int(found.id)


def _row(row: Row[Any]) -> Ruled:
    return Ruled.model_validate({**row.body, "number": row.id, "key": row.key})


def _covered(row: Row[Any]) -> Covered:
    return Covered.model_validate({name: getattr(row, name) for name in Covered.model_fields})
