"""Park: what nothing could handle is set aside whole, with its traceback, and its owner told."""

from mailagent.core.audit import Entry
from mailagent.core.case import State
from mailagent.core.job import ABOUT_CASES, Job, Stage
from mailagent.core.letter import Notice
from mailagent.core.message import Disposition
from mailagent.core.people import Person
from mailagent.core.post import owner_of
from mailagent.ports import Office, Stale, Transaction
from mailagent.ports.notify import Note, notify

_ABOUT_MESSAGES = frozenset({Stage.SORT, Stage.LISTEN, Stage.OUTSIDER, Stage.DECIDE, Stage.ENROL})


async def park(office: Office, job: Job, trace: str) -> None:
    """Exactly one visible place, also for a bug of ours."""
    async with office.store.begin(office.company.id) as tx:
        entry = Entry(
            actor="agent",
            what=f"{job.stage}.failed",
            details={"subject": job.subject, "trace": trace[-4_000:]},
        )
        await _set_aside(tx, job, entry)
        person = owner_of((), await tx.people(), "")
        if person is not None:
            await _tell(office, tx, job, person, trace)
        office.probe("park: before commit")
    office.probe("park: committed")


async def _set_aside(tx: Transaction, job: Job, entry: Entry) -> None:
    if job.stage in ABOUT_CASES:
        await tx.advance(await tx.case(job.subject), State.PARKED, entry)
        last = await tx.last_answer(job.subject)
        answered = await tx.answer_with_draft(last.id) if last else None
        if answered:  # its receipt waits for nothing any more
            await tx.defer(Job(stage=Stage.RECEIPT, subject=answered.message))
        return
    await tx.audit(entry)
    if job.stage in _ABOUT_MESSAGES:
        try:
            await tx.dispose(
                job.subject, Disposition.PARKED, Entry(actor="agent", what="message.parked")
            )
        except Stale:
            return  # it is something already; only this step on it failed
    if job.stage is Stage.SEND:
        await tx.mail_refused(job.subject, "could not be sent")


async def _tell(office: Office, tx: Transaction, job: Job, person: Person, trace: str) -> None:
    if job.stage is Stage.SEND:
        return  # a notice that cannot be sent about a notice that could not be sent
    now = office.clock.now()
    about = f"parked/{job.stage}/{job.subject}/{job.version}"
    if job.stage is Stage.ROUTINE:
        about += f"/{job.routine}/{now.date().isoformat()}"
    begun = job.stage is Stage.EXECUTE
    last = trace.strip().rpartition("\n")[2][:300]

    facts = (("step", job.stage), ("error", last))
    await notify(office, tx, person, Note(Notice.BEGUN if begun else Notice.PARKED, about, facts))
