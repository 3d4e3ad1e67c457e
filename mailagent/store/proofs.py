"""Whether what people were enrolled with still proves them."""

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.forgery import Stripped
from mailagent.core.people import Arriving
from mailagent.core.survival import MEASURED
from mailagent.store.chain import Chain
from mailagent.store.tables import audit, proofs, stripped_marks


class Proofs(Chain):
    """What came of forging a server's marks, and whether pinned proofs arrive."""

    async def note_stripped(self, outcome: Stripped, entry: Entry) -> None:
        """Takes the place of the last attempt."""
        key = ["mailbox", "marks", "by"]
        row = outcome.model_dump() | {"by": outcome.by.lower()}
        await self.run(self.add_or_change(stripped_marks, key, **row))
        await self.audit(entry)

    async def stripped(self) -> list[Stripped]:
        """What came of the latest attempts."""
        found = await self.all(self.rows(stripped_marks).order_by(stripped_marks.c.at))
        return [
            Stripped.model_validate({k: v for k, v in row._asdict().items() if k != "company"})
            for row in found
        ]

    async def measured(self) -> AuditEntry | None:
        """The last time that somebody measured by mails which of our marks come back."""
        newest = self.rows(audit, audit.c.what == MEASURED).order_by(audit.c.seq.desc()).limit(1)
        row = await self.one(newest)
        return AuditEntry.model_validate(row._asdict()) if row else None

    async def note_proof(self, address: str, missing: str) -> None:
        """Whether the proof of this address came with a mail; the misses in a row are counted."""
        now = self._clock.now()
        row = await self.one(self.rows(proofs, proofs.c.address == address))
        if missing:
            held_at, missed = (row.held_at, row.missed + 1) if row else (None, 1)
        else:
            held_at, missed = now, 0
        values = {"address": address, "held_at": held_at, "missed": missed, "why": missing}
        await self.run(self.add_or_change(proofs, ["address"], **values))

    async def proofs(self) -> list[Arriving]:
        """Of every address that decided something."""
        found = await self.all(self.rows(proofs).order_by(proofs.c.address))
        return [
            Arriving(address=r.address, held_at=r.held_at, missed=r.missed, why=r.why)
            for r in found
        ]
