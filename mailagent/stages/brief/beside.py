"""What a brief says beside the decisions."""

from datetime import datetime, timedelta
from typing import NamedTuple

from mailagent.core.brief import Seen
from mailagent.core.handover import missed
from mailagent.core.people import Person
from mailagent.core.renewals import not_come
from mailagent.core.routine import Counts
from mailagent.core.said import Said, say
from mailagent.ports import Transaction
from mailagent.stages.brief.gathered import Gathered, asked_before

# Longer than any retry takes to show itself: what stands still since then is trouble.
_STILL = timedelta(hours=2)
_MOST_LATE = 5  # drafts without a number that a brief names: the others are counted


class Beside(NamedTuple):
    """How everything stands, and what should be known."""

    seen: Seen
    standing: Counts
    paused: tuple[str, ...]
    missed: tuple[Said, ...]
    late: tuple[Said, ...]


async def beside(tx: Transaction, person: Person, gathered: Gathered, now: datetime) -> Beside:
    """As it is now."""
    return Beside(
        seen=await _seen(tx, person, gathered),
        standing=await tx.standing(now - _STILL),
        paused=tuple(await tx.pauses()),
        missed=await _missing(tx, person, now),
        late=await _late(tx, person, gathered),
    )


async def _late(tx: Transaction, person: Person, gathered: Gathered) -> tuple[Said, ...]:
    """Drafts that nobody answered, and that have no number here."""
    found = gathered.only_told
    said = [await asked_before(tx, draft, person) for draft in found[:_MOST_LATE]]
    if (more := len(found) - _MOST_LATE) > 0:
        said.append(say("brief.late_more", n=more))
    return tuple(said)


async def _missing(tx: Transaction, person: Person, now: datetime) -> tuple[Said, ...]:
    """Answers, and bills, that should have come."""
    today = now.astimezone(person.zone).date()
    not_there = not_come(await tx.series_missed(today), today)
    return (*missed(await tx.unheard(), now), *not_there)


async def _seen(tx: Transaction, person: Person, gathered: Gathered) -> Seen:
    """Since the brief before this one."""
    before = await tx.last_brief(person.id)
    here = [one.case.id for one in gathered.waiting]
    return await tx.seen(before.seen_to if before else 0, here)
