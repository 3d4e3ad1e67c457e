"""A day that somebody is to be reminded of has come."""

from datetime import date

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.letter import Letter, ReminderLetter
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope
from mailagent.core.routine import Remind
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_TITLES = {"en": "{n} reminders", "de": "{n} Erinnerungen"}


async def remind(office: Office, tx: Transaction, duty: Remind) -> None:
    """By mail, once; a copy goes to whoever decides meanwhile."""
    for one in duty.reminders:
        details = {"reminder": one.id, "person": duty.person.id}
        entry = Entry(actor="agent", what="reminder.due", case=one.case, details=details)
        await tx.audit(entry)
        await tx.reminder_sent(one.id)
    await _post(office, tx, duty, duty.person)
    away = next((one for one in await tx.absences() if one.person == duty.person.id), None)
    other = await tx.person(away.substitute) if away else None
    theirs = [one for one in duty.reminders if not (await tx.reading(one.case)).sensitive]
    if other and theirs:
        await _post(office, tx, duty.model_copy(update={"reminders": tuple(theirs)}), other)


async def _post(office: Office, tx: Transaction, duty: Remind, person: Person) -> None:
    first, now = duty.reminders[0], office.clock.now()
    copied = person.id != duty.person.id
    about = f"reminder/{first.id}" + (f"/{person.id}" if copied else "")
    thread = await _thread(tx, duty, person)
    texts = [f"{one.text} [ops {(await tx.case(one.case)).ref}]" for one in duty.reminders[1:]]

    def write(head: AuditEntry) -> Letter:
        return ReminderLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about),
            day=date.fromisoformat(first.day),
            text=first.text,
            others=tuple(texts),
            instead_of=duty.person.name if copied else "",
        )

    await tx.post(about, first.case if len(duty.reminders) == 1 else None, write)


async def _thread(tx: Transaction, duty: Remind, person: Person) -> Thread:
    """Of one thing its own; several hang on nothing."""
    if len(duty.reminders) > 1:
        return Thread(subject=_TITLES[person.language].format(n=len(duty.reminders)))
    (one,) = duty.reminders
    case = await tx.case(one.case)
    kept = await tx.message(case.message)
    return Thread(
        subject=one.text,
        ref=case.ref,
        message_id=kept.message_id,
        references=kept.references,
    )
