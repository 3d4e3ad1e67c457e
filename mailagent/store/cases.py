"""Cases, what was read in them, and what was proposed."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Row

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.document import Document
from mailagent.core.job import Job, Stage
from mailagent.core.policy import Judged, Judgement
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.reading import Reading
from mailagent.core.revision import Above, Revision
from mailagent.core.token import new_ref
from mailagent.ports import Stale
from mailagent.store.chain import Chain
from mailagent.store.tables import above, cases, messages, proposals, readings, revisions

# Four letters name half a million cases; the name grows before it gets crowded.
_REF_TRIES = 8
_STEP = 500  # cases that are looked through at once


class Cases(Chain):
    """One company's cases."""

    async def open_case(self, message: int, document: Document, task: str, title: str) -> Case:
        """A new case, received."""
        ref = await self._free_ref()
        now = self._clock.now()
        result = await self.run(
            self.add(
                cases,
                ref=ref,
                message=message,
                document=document.model_dump(mode="json"),
                task=task,
                state=State.RECEIVED,
                version=0,
                title=title[:200],
                opened_at=now,
                changed_at=now,
            )
        )
        (number,) = result.inserted_primary_key or (0,)
        details = {
            "ref": ref,
            "message": message,
            "document": document.sha256,
            **await self._trigger(message),
        }
        await self.audit(Entry(actor="agent", what="case.received", case=number, details=details))
        return await self.case(number)

    async def _trigger(self, message: int) -> dict[str, str]:
        """The mail that brought it, and where that came in; of work of our own, what began it."""
        row = await self.one(self.rows(messages, messages.c.id == message))
        return {"mail": row.sha256, "mailbox": row.mailbox} if row else {}

    async def _free_ref(self) -> str:
        for attempt in range(_REF_TRIES * 4):
            ref = new_ref(4 + attempt // _REF_TRIES)
            if await self.case_by_ref(ref) is None:
                return ref
        raise AssertionError("random names of seven letters cannot all be taken")

    async def case(self, case: int) -> Case:
        """One case."""
        row = await self.one(self.rows(cases, cases.c.id == case))
        if row is None:
            raise LookupError(f"no case {case}")
        return case_of(row)

    async def case_by_ref(self, ref: str) -> Case | None:
        """The case that people call by this name."""
        row = await self.one(self.rows(cases, cases.c.ref == ref))
        return case_of(row) if row else None

    async def advance(
        self,
        case: Case,
        to: State,
        entry: Entry,
        *jobs: Job,
        version: int | None = None,
        title: str | None = None,
        task: str | None = None,
    ) -> Case:
        """The only write of a case's state: with its audit entry and the next jobs."""
        changes = {"version": version, "title": title and title[:200], "task": task}
        moved = case.move(to).model_copy(
            update={name: value for name, value in changes.items() if value is not None}
        )
        result = await self.run(
            self.change(
                cases,
                cases.c.id == case.id,
                cases.c.state == case.state,
                cases.c.version == case.version,
            ).values(
                state=moved.state,
                version=moved.version,
                title=moved.title,
                task=moved.task,
                changed_at=self._clock.now(),
            )
        )
        if result.rowcount != 1:
            raise Stale(f"case {case.ref} is not {case.state} any more")
        details = {"from": case.state, "to": to, "version": moved.version, **entry.details}
        await self.audit(entry.model_copy(update={"case": case.id, "details": details}))
        await self.defer(*jobs, Job(stage=Stage.SHELVE, subject=case.message))
        return moved

    async def save_reading(self, case: int, reading: Reading) -> None:
        """What was read, as it was read."""
        body = reading.model_dump(mode="json")
        await self.run(self.add_or_change(readings, ["case"], case=case, body=body))

    async def reading(self, case: int) -> Reading:
        """What was read in a case."""
        row = await self.one(self.rows(readings, readings.c.case == case))
        if row is None:
            raise LookupError(f"case {case} was not read")
        return Reading.model_validate(row.body)

    async def save_revision(self, revision: Revision) -> None:
        """What a person changed."""
        key = {"case": revision.case, "version": revision.version}
        body = revision.model_dump(mode="json")
        await self.run(self.add_or_change(revisions, [*key], **key, body=body))

    async def revisions(self, case: int) -> list[Revision]:
        """All that was changed in a case, in order."""
        found = self.rows(revisions, revisions.c.case == case).order_by(revisions.c.version)
        return [Revision.model_validate(row.body) for row in await self.all(found)]

    async def save_above(self, message: int, said: Above) -> None:
        """The words above what a message brought."""
        body = said.model_dump(mode="json")
        await self.run(self.add_or_change(above, ["message"], message=message, body=body))

    async def above(self, message: int) -> Above | None:
        """What stands above what a message brought."""
        row = await self.one(self.rows(above, above.c.message == message))
        return Above.model_validate(row.body) if row else None

    async def save_proposal(self, proposal: Proposal, digest: str, judgement: Judgement) -> None:
        """One version, for good."""
        await self.run(
            self.add(
                proposals,
                case=proposal.case,
                version=proposal.version,
                digest=digest,
                body=proposal.model_dump(mode="json"),
                judgement=judgement.model_dump(mode="json"),
                made_at=self._clock.now(),
            )
        )

    async def judged(self) -> AsyncIterator[Judged]:
        """Every version that was proposed, with what the rules said of it; in steps."""
        last = 0
        while True:
            some = self.rows(cases, cases.c.id > last).order_by(cases.c.id).limit(_STEP)
            refs = {row.id: row.ref for row in await self.all(some)}
            if not refs:
                return
            first, last = min(refs), max(refs)
            versions = self.rows(proposals, proposals.c.case.between(first, last))
            for row in await self.all(versions.order_by(proposals.c.case, proposals.c.version)):
                said = Judgement.model_validate(row.judgement)
                proposal = Proposal.model_validate(row.body)
                if proposal.purpose is not Purpose.UNDO:  # of these no rule was asked by itself
                    yield Judged(refs[row.case], proposal, said)

    async def latest_version(self, case: int) -> int:
        """The highest number of a version of this case."""
        found = self.rows(proposals, proposals.c.case == case)
        row = await self.one(found.order_by(proposals.c.version.desc()).limit(1))
        return int(row.version) if row else 0

    async def proposal(self, case: int, version: int) -> tuple[Proposal, str, Judgement]:
        """One version as it was stored."""
        row = await self.one(
            self.rows(proposals, proposals.c.case == case, proposals.c.version == version)
        )
        if row is None:
            raise LookupError(f"case {case} has no version {version}")
        return (
            Proposal.model_validate(row.body),
            row.digest,
            Judgement.model_validate(row.judgement),
        )


def case_of(row: Row[Any]) -> Case:
    """A case as its row has it."""
    fields = {name: getattr(row, name) for name in Case.model_fields}
    return Case.model_validate(fields)
