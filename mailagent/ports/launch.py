"""The next task to switch on, where the last weeks speak for it."""

from collections.abc import Sequence
from datetime import date

from mailagent.core.audit import Entry
from mailagent.core.digest import Digest
from mailagent.core.figures import Count
from mailagent.core.launch import next_task
from mailagent.core.said import Said, say
from mailagent.core.tasklist import switched
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction


async def offer(
    office: Office, tx: Transaction, counts: Sequence[Count], week: date
) -> Said | None:
    """One proposal at most: none beside one to let something go by itself."""
    if await tx.is_widening_open():
        return None
    on, off = switched(office.cards)
    found = next_task(counts, week, on, off)
    return say("offer.next_task", task=found.task, n=found.seen) if found else None


async def note_offer(tx: Transaction, digest: Digest | None) -> None:
    """It went out: the same is not offered again for weeks."""
    if digest is not None and digest.offer is not None:
        details = {"task": digest.offer.gaps.get("task", "")}
        await tx.audit(Entry(actor="agent", what="task.offered", details=details))
