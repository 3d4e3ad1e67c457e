"""Why something waits, who else decides it, and what people said went wrong."""

from datetime import datetime

from sqlalchemy import select

from mailagent.core.case import State
from mailagent.core.draft import Draft, DraftState
from mailagent.core.job import Job, Stage
from mailagent.core.routine import Pause, Snooze, Undecided
from mailagent.store.chain import Chain
from mailagent.store.tables import (
    cases,
    delegations,
    drafts,
    for_brief,
    incidents,
    pauses,
    snoozes,
)

# Where a case stands that nobody was asked about, because its task was paused.
_AT_ONCE = 200  # cases; the others are looked at when these are decided
_UNASKED = (State.READ, State.PROPOSED)


class Waits(Chain):
    """Rows with a deadline or a name; none of them is a state of a case."""

    async def snooze(self, snooze: Snooze) -> None:
        """It comes back then, and not before."""
        key = ["case", "person"]
        await self.run(self.add_or_change(snoozes, key, **snooze.model_dump()))

    async def snoozes(self, *, until: datetime | None = None) -> list[Snooze]:
        """Everything put off; with `until`, what is to come back by then."""
        where = () if until is None else (snoozes.c.until <= until,)
        found = await self.all(self.rows(snoozes, *where).order_by(snoozes.c.case))
        return [Snooze(case=row.case, person=row.person, until=row.until) for row in found]

    async def wake(self, case: int) -> None:
        """It is not put off any more."""
        await self.run(self.drop(snoozes, snoozes.c.case == case))

    async def undecided(self, before: datetime) -> list[Undecided]:
        """Open drafts of cases that stand proposed since then, and were not put off."""
        asleep = select(snoozes.c.case).where(snoozes.c.company == self.company)
        standing = self.rows(
            cases,
            cases.c.state == State.PROPOSED,
            cases.c.changed_at <= before,
            cases.c.id.not_in(asleep),
        )
        since = {row.id: row.changed_at for row in await self.all(standing.limit(_AT_ONCE))}
        asked = self.rows(drafts, drafts.c.state == DraftState.OPEN, drafts.c.case.in_(list(since)))
        fields = Draft.model_fields
        return [
            Undecided(
                draft=Draft.model_validate({name: getattr(row, name) for name in fields}),
                since=since[row.case],
            )
            for row in await self.all(asked)
        ]

    async def delegate(self, case: int, person: str, by: str) -> None:
        """One more person who may decide this case."""
        await self.run(self.add_or_keep(delegations, case=case, person=person, by=by))

    async def delegates(self, case: int) -> list[str]:
        """Who may decide a case beside its approvers."""
        found = self.rows(delegations, delegations.c.case == case)
        return [row.person for row in await self.all(found.order_by(delegations.c.person))]

    async def pause(self, task: str, person: str) -> None:
        """Nothing of this task is proposed; an empty name means every task."""
        row = {"task": task, "person": person, "since": self._clock.now()}
        await self.run(self.add_or_keep(pauses, **row))

    async def resume(self, task: str) -> int:
        """It is proposed again, also what waited; an empty name means every task."""
        await self.run(self.drop(pauses, *(() if not task else (pauses.c.task == task,))))
        waiting = [cases.c.state.in_(_UNASKED), *(() if not task else (cases.c.task == task,))]
        jobs = []
        for case in await self.all(self.rows(cases, *waiting).order_by(cases.c.id)):
            is_new = case.state == State.READ
            if is_new or not await self._is_asked(case.id):
                version = case.version + is_new
                jobs.append(Job(stage=Stage.PROPOSE, subject=case.id, version=version))
        await self.defer(*jobs)
        return len(jobs)

    async def _is_asked(self, case: int) -> bool:
        """Somebody can answer it, finds it in their next brief, or put it off until a day."""
        held = self.rows(for_brief, for_brief.c.case == case)
        live = self.rows(drafts, drafts.c.case == case, drafts.c.state == DraftState.OPEN)
        later = self.rows(snoozes, snoozes.c.case == case)
        return any([await self.one(found.limit(1)) for found in (held, live, later)])

    async def pauses(self) -> dict[str, Pause]:
        """What is paused; under an empty name: every task."""
        found = await self.all(self.rows(pauses).order_by(pauses.c.task))
        return {row.task: Pause(task=row.task, person=row.person, since=row.since) for row in found}

    async def note_incident(self, case: int, version: int, person: str, words: str) -> None:
        """Somebody says that it was wrong."""
        await self.run(
            self.add(
                incidents,
                case=case,
                version=version,
                person=person,
                words=words,
                at=self._clock.now(),
            )
        )
