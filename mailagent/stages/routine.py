"""Routine: what is due by the clock, done in one go."""

from collections.abc import Awaitable, Callable

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.job import Job
from mailagent.core.letter import Letter, Notice, NoticeLetter, ReminderLetter
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.core.routine import Reminder
from mailagent.ports import Office, Transaction
from mailagent.routines import expiry, reconciliation, reminders


async def routine(office: Office, job: Job) -> None:
    """Looks up the routine by its name."""
    async with office.store.begin(office.company.id) as tx:
        await _BY_NAME[job.routine](office, tx)


async def _reminders(office: Office, tx: Transaction) -> None:
    now = office.clock.now()
    # A day ahead of UTC is as far as any time zone gets.
    waiting = await tx.due_reminders((now.date()).isoformat())
    for reminder, person in reminders.due(waiting, await tx.people(), now):
        await _remind(office, tx, reminder, person)


async def _remind(office: Office, tx: Transaction, reminder: Reminder, person: Person) -> None:
    about = f"reminder/{reminder.id}"
    case = await tx.case(reminder.case)
    kept = await tx.message(case.message)

    def write(head: AuditEntry) -> Letter:
        thread = Thread(
            subject=reminder.text,
            ref=case.ref,
            message_id=kept.message_id,
            references=kept.references,
        )
        return ReminderLetter(
            envelope=envelope(
                office.company, person, thread, head, office.clock.now(), about=about
            ),
            day=reminder.day,
            text=reminder.text,
        )

    await tx.audit(
        Entry(
            actor="agent",
            what="reminder.due",
            case=case.id,
            details={"reminder": reminder.id, "person": person.id},
        )
    )
    await tx.post(about, case.id, write)
    await tx.reminder_sent(reminder.id)


async def _expiry(office: Office, tx: Transaction) -> None:
    late = await tx.expire_drafts(office.clock.now())
    purposes = [(await tx.proposal(d.case, d.version))[0].purpose for d in late]
    for draft in late:
        details = {"draft": draft.id, "person": draft.person, "version": draft.version}
        await tx.audit(Entry(actor="agent", what="draft.expired", case=draft.case, details=details))
    await tx.defer(*expiry.due(list(zip(late, purposes, strict=True))))


async def _reconciliation(office: Office, tx: Transaction) -> None:
    now = office.clock.now()
    counts = await tx.reconcile(now - reconciliation.STILL)
    await tx.audit(Entry(actor="agent", what="reconciled", details=counts.model_dump(mode="json")))
    wrong = reconciliation.trouble(counts)
    person = owner_of((), await tx.people(), "")
    if not wrong or person is None:
        return
    about = f"reconciliation/{now.date().isoformat()}"

    def write(head: AuditEntry) -> Letter:
        return NoticeLetter(
            envelope=envelope(
                office.company,
                person,
                Thread(subject="Something stands still"),
                head,
                now,
                about=about,
            ),
            notice=Notice.TROUBLE,
            what=f"The daily count does not come out: {wrong}.",
            then="Run `mailagent doctor` and `mailagent queue`.",
        )

    await tx.post(about, None, write)


_BY_NAME: dict[str, Callable[[Office, Transaction], Awaitable[None]]] = {
    reminders.ROUTINE.name: _reminders,
    expiry.ROUTINE.name: _expiry,
    reconciliation.ROUTINE.name: _reconciliation,
}
