"""Read: a case's document becomes a reading, in a limited child."""

from mailagent.core.audit import Entry
from mailagent.core.case import State
from mailagent.core.document import Document
from mailagent.core.errors import Unreadable
from mailagent.core.job import Job, Stage
from mailagent.core.reading import UNREADABLE, Reading
from mailagent.ports import Office, Stale


async def read(office: Office, job: Job) -> None:
    """Reads, and hands the case to the task for its kind."""
    async with office.store.begin(office.company.id) as tx:
        case = await tx.case(job.subject)
    if case.state is not State.RECEIVED:
        raise Stale(f"case {case.ref} is {case.state}")
    content = await office.blobs.get(case.document.sha256)
    reading = await _read(office, content, case.document)
    task = _task_for(office, reading)
    async with office.store.begin(office.company.id) as tx:
        await tx.save_reading(case.id, reading)
        details = {
            "kind": reading.kind,
            "confidence": reading.confidence,
            "fields": {name: field.source for name, field in reading.fields.items()},
            "task": task,
        }
        await tx.advance(
            case,
            State.READ,
            Entry(actor="agent", what="case.read", details=details),
            Job(stage=Stage.PROPOSE, subject=case.id, version=case.version + 1),
            task=task,
        )
        office.probe("read: before commit")
    office.probe("read: committed")


async def _read(office: Office, content: bytes, document: Document) -> Reading:
    """A document that kills its reader is unreadable: its owner is asked, nothing else stops."""
    try:
        return await office.reader.read(content, document)
    except Unreadable as error:
        return UNREADABLE.model_copy(update={"reason": error.what})


def _task_for(office: Office, reading: Reading) -> str:
    takers = [t.name for t in office.tasks.values() if reading.kind in t.kinds]
    specific = [name for name in takers if name != "other"]
    return specific[0] if len(specific) == 1 else "other"
