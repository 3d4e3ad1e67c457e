"""What the weekly digest is made of, gathered from the store."""

from datetime import UTC, datetime, time

from mailagent.core.digest import AHEAD, Digest, Told, digest_of, first_week, last_week
from mailagent.core.people import Person
from mailagent.ports.figures import counted
from mailagent.ports.launch import offer
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction


async def digested(office: Office, tx: Transaction, person: Person) -> Digest:
    """The last whole week, where this person lives."""
    now = office.clock.now()
    today = now.astimezone(person.zone).date()
    await counted(tx)
    week = last_week(today)
    since = datetime.combine(week, time(), UTC)
    named = office.approvers
    ended = [
        one for one in await tx.ended_since(since) if person.id in named.get(one.task, (person.id,))
    ]
    lessons = [one for one in await tx.lessons() if one.taught.at >= since]
    counts = await tx.figures(first_week(today))
    told = Told(
        due=await tx.payable(today + AHEAD),
        wrong=await tx.incidents_since(since),
        ended=ended,
        lessons=[
            f"{one.vendor}: {one.field.replace('_', ' ')} {one.value}".strip() for one in lessons
        ],
        offer=await offer(office, tx, counts, week),
    )
    return digest_of(counts, week, told, office.baselines)
