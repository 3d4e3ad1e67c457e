"""Meetings that get into a person's own calendar by an invitation: is it answered there?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mailagent.core.appointment import Kept, PartStat
from mailagent.core.audit import Entry
from mailagent.core.letter import Notice
from mailagent.core.post import Thread
from mailagent.ports.notify import Note, notify
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_AHEAD = timedelta(days=400)
_OFTEN = 2  # it is told once, and once more the day before


async def unanswered_copies(tx: Transaction, now: datetime) -> Sequence[Kept]:
    """Of meetings that are to come."""
    return tuple(one for one in await tx.appointments(now, now + _AHEAD) if _is_open(one))


def _is_open(kept: Kept) -> bool:
    copied = kept.appointment.copied
    return (
        copied is not None
        and kept.until is None
        and copied.answer is PartStat.NEEDS_ACTION
        and copied.reminded < _OFTEN
    )


async def tell_not_taken(office: Office, tx: Transaction, kept: Kept) -> None:
    """Whose calendar it is hears that it has no entry; that it was told is kept with it."""
    one = kept.appointment
    people = await tx.people()
    if one.copied is None or not people:
        return
    to = one.copied.to
    reader = next((person for person in people if person.address(to)), people[0])
    times = one.copied.reminded + 1
    told = one.model_copy(update={"copied": one.copied.model_copy(update={"reminded": times})})
    await tx.keep_appointment(kept.model_copy(update={"appointment": told}))
    details = {"uid": one.uid, "address": to}
    await tx.audit(Entry(actor="agent", what="meeting.not_taken", case=kept.case, details=details))
    about = f"copy/{one.uid}/{one.sequence}/{times}"
    when = f"{one.start.astimezone(reader.zone):%Y-%m-%d %H:%M}"
    facts = (("draft", one.title), ("when", when))
    thread, case = Thread(subject=one.title), kept.case or None
    await notify(office, tx, reader, Note(Notice.NOT_TAKEN, about, facts, thread=thread, case=case))
