"""Routine: what is due by the clock, done in one go."""

from datetime import date, timedelta

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Letter, Notice, NoticeLetter, ReminderLetter
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.core.proposal import Purpose
from mailagent.core.routine import Duty, Expire, Remind, Report, View, Wake
from mailagent.ports import Office, Transaction

# Longer than any retry takes to show itself: what stands still since then is stuck.
_STILL = timedelta(hours=2)
# As far ahead of UTC as any time zone gets.
_EASTMOST = timedelta(hours=14)


async def routine(office: Office, job: Job) -> None:
    """Shows the routine its company, and does what it says is due."""
    async with office.store.begin(office.company.id) as tx:
        view = await _view(office, tx)
        for duty in office.routines[job.routine].due(view):
            await _do(office, tx, duty)
        office.probe(f"routine: {job.routine} before commit")
    office.probe(f"routine: {job.routine} committed")


async def _view(office: Office, tx: Transaction) -> View:
    now = office.clock.now()
    return View(
        now=now,
        people=tuple(await tx.people()),
        reminders=tuple(await tx.due_reminders((now + _EASTMOST).date().isoformat())),
        expired=tuple(await tx.late_drafts(now)),
        woken=tuple(await tx.snoozes(until=now)),
        counts=await tx.reconcile(now - _STILL),
    )


async def _do(office: Office, tx: Transaction, duty: Duty) -> None:
    match duty:
        case Remind():
            await _remind(office, tx, duty)
        case Expire():
            await _expire(tx, duty)
        case Wake():
            await _wake(tx, duty)
        case Report():
            await _report(office, tx, duty)


async def _remind(office: Office, tx: Transaction, duty: Remind) -> None:
    reminder, person = duty.reminder, duty.person
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
            day=date.fromisoformat(reminder.day),
            text=reminder.text,
        )

    details = {"reminder": reminder.id, "person": person.id}
    await tx.audit(Entry(actor="agent", what="reminder.due", case=case.id, details=details))
    await tx.post(about, case.id, write)
    await tx.reminder_sent(reminder.id)


async def _expire(tx: Transaction, duty: Expire) -> None:
    draft = duty.draft
    await tx.expire_draft(draft.id)
    details = {"draft": draft.id, "person": draft.person, "version": draft.version}
    await tx.audit(Entry(actor="agent", what="draft.expired", case=draft.case, details=details))
    proposal, _, _ = await tx.proposal(draft.case, draft.version)
    asleep = any(snooze.case == draft.case for snooze in await tx.snoozes())
    if proposal.purpose is not Purpose.UNDO and not asleep:  # an unwanted undo needs no new one
        await tx.defer(Job(stage=Stage.PROPOSE, subject=draft.case, version=draft.version))


async def _wake(tx: Transaction, duty: Wake) -> None:
    """The draft that was put off counts no more; the same version is sent with a fresh token."""
    case = await tx.case(duty.snooze.case)
    await tx.wake(case.id)
    for draft in await tx.open_drafts(case.id):
        await tx.expire_draft(draft.id)
    details = {"person": duty.snooze.person, "until": duty.snooze.until.isoformat()}
    await tx.audit(Entry(actor="agent", what="case.woken", case=case.id, details=details))
    await tx.defer(Job(stage=Stage.PROPOSE, subject=case.id, version=case.version))


async def _report(office: Office, tx: Transaction, duty: Report) -> None:
    details = duty.counts.model_dump(mode="json")
    await tx.audit(Entry(actor="agent", what="reconciled", details=details))
    person = owner_of((), await tx.people(), "")
    if not duty.trouble or person is None:
        return
    now = office.clock.now()
    about = f"reconciliation/{now.date().isoformat()}"

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="Something stands still")
        return NoticeLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about),
            notice=Notice.TROUBLE,
            what=f"The daily count does not come out: {duty.trouble}.",
            then="Run `mailagent doctor` and `mailagent queue`.",
        )

    await tx.post(about, None, write)
