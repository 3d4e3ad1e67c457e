"""The audit chain of a company, and the jobs that its changes make."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from mailagent.core.audit import GENESIS, AuditEntry, Entry, link_of
from mailagent.core.job import LANES, Job
from mailagent.core.sealing import seal
from mailagent.store.scope import Scope
from mailagent.store.tables import audit, audit_words, companies, jobs


class Chain(Scope):
    """Entries and jobs, both part of the transaction that they belong to."""

    _newest: AuditEntry | None = None  # of this transaction: nobody else writes meanwhile

    async def audit(self, entry: Entry) -> AuditEntry:
        """Adds a link; the head moves with it. Personal words go beside the chain."""
        (made,) = await self._audit_all([entry])
        return made

    async def _audit_all(self, entries: Sequence[Entry]) -> list[AuditEntry]:
        """Adds links, one after the other, in one go."""
        made: list[AuditEntry] = []
        beside: list[dict[str, Any]] = []
        seq, head = await self.chain_head()
        for entry in entries:
            salt = secrets.token_hex(16)
            content = entry.model_dump(mode="json")
            content["details"], words = seal(content["details"], salt)
            made.append(link_of(self.company, (seq, head), content, self._clock.now()))
            seq, head = made[-1].seq, made[-1].hash
            beside += [{"seq": seq, "salt": salt, "words": words}] if words else []
        await self.add_all(audit_words, beside)
        await self.add_all(audit, [dict(each) for each in made])
        if made:
            await self.run(self.add_or_change(companies, [], head_seq=seq, head_hash=head))
            self._newest = made[-1]
        return made

    async def sealed_words(self, first: int, last: int) -> dict[int, tuple[str, dict[str, Any]]]:
        """Salt and words of these entries, where they are still there."""
        between = audit_words.c.seq.between(first, last)
        found = await self.all(self.rows(audit_words, between))
        return {row.seq: (row.salt, row.words) for row in found}

    async def links(self, after: int, at_most: int = 5_000) -> Sequence[dict[str, Any]]:
        """Links of the chain as they are exported, the first one after `after`."""
        found = self.rows(audit, audit.c.seq > after).order_by(audit.c.seq).limit(at_most)
        return [{**row._asdict(), "at": row.at.isoformat()} for row in await self.all(found)]

    async def head(self) -> AuditEntry | None:
        """The newest link."""
        if self._newest is not None:
            return self._newest
        seq, _ = await self.chain_head()
        row = await self.one(self.rows(audit, audit.c.seq == seq))
        return AuditEntry.model_validate(row._asdict()) if row else None

    async def chain_head(self) -> tuple[int, str]:
        """Number and hash of the newest link, as noted beside the chain."""
        if self._newest is not None:
            return self._newest.seq, self._newest.hash
        row = await self.one(self.rows(companies))
        return (row.head_seq, row.head_hash) if row else (0, GENESIS)

    async def defer(self, *wanted: Job) -> None:
        """Makes jobs; one that is there already is asked for once more."""
        await self._defer([(job, job.subject) for job in wanted])

    async def _defer(self, wanted: Iterable[tuple[Job, int]]) -> None:
        rows = [
            {
                "company": self.company,
                **dict(job),
                "subject": subject,
                "lane": LANES[job.stage],
                "not_before": job.not_before or self._clock.now(),
                "attempts": 0,
                "asked": 1,
                "error": "",
            }
            for job, subject in wanted
        ]
        if rows:
            statement = self._insert(jobs)
            await self.run(
                statement.on_conflict_do_update(
                    index_elements=["company", "stage", "subject", "version", "routine"],
                    set_={"asked": jobs.c.asked + 1, "not_before": statement.excluded.not_before},
                ),
                rows,
            )
            self.deferred = True

    async def strike_off(self, job: Job) -> None:
        """It is over with this commit, unless it was asked for again since it began."""
        mine = [jobs.c.stage == job.stage, jobs.c.subject == job.subject]
        mine += [jobs.c.version == job.version, jobs.c.routine == job.routine]
        await self.run(self.drop(jobs, *mine, jobs.c.not_before == job.not_before))
