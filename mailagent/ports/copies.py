"""Meetings that get into a person's own calendar by an invitation: is it answered there?"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from mailagent.core.appointment import Kept, PartStat
from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope
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
    await tx.post(about, kept.case or None, _letter(office, reader, kept, about))


def _letter(
    office: Office, reader: Person, kept: Kept, about: str
) -> Callable[[AuditEntry], Letter]:
    one, now = kept.appointment, office.clock.now()
    facts = (
        ("draft", one.title),
        ("when", f"{one.start.astimezone(reader.zone):%Y-%m-%d %H:%M}"),
    )

    def write(head: AuditEntry) -> Letter:
        return NoticeLetter(
            envelope=envelope(
                office.company, reader, Thread(subject=one.title), head, now, about=about
            ),
            notice=Notice.NOT_TAKEN,
            facts=facts,
        )

    return write
