"""Read: a case's document becomes a reading, in a limited child."""

from collections.abc import Sequence

from mailagent.core.audit import Entry
from mailagent.core.case import Case, State
from mailagent.core.cover import BARE, Cover
from mailagent.core.document import Document, Origin
from mailagent.core.errors import Unreadable
from mailagent.core.job import Job, Stage
from mailagent.core.lesson import keys_of
from mailagent.core.modes import Mode, Scope
from mailagent.core.people import Person
from mailagent.core.reading import UNREADABLE, Kind, Reading
from mailagent.core.triage import Look, settled
from mailagent.ports import KeptMessage, Office, Stale, Transaction, cover_for, looked_before
from mailagent.ports.answering import with_its_writer
from mailagent.ports.disputed import less_disputed
from mailagent.ports.doubted import less_doubted
from mailagent.ports.guests import note_guest
from mailagent.ports.prose import summed_up
from mailagent.ports.shadow import compare_answer
from mailagent.ports.standing import mode_for
from mailagent.ports.withdrawn import take_back_older

# Each becomes a case and a mail to its owner, as with the documents of one mail.
_MOST_PARTS = 20


async def read(office: Office, job: Job) -> None:
    """Reads, and hands the case to the task for its kind."""
    async with office.store.begin(office.company.id) as tx:
        case = await tx.case(job.subject)
        if case.state is not State.RECEIVED:
            raise Stale(f"case {case.ref} is {case.state}")
        people = await tx.people()
        kept = await tx.message(case.message)
        look = await looked_before(tx, kept.id)
    content = await office.blobs.get(case.document.sha256)
    cover = await _cover(office, case, kept, people)
    reading = await _read(office, content, case.document, cover)
    reading = await _remembered(office, case, kept, content, reading)
    if not reading.sensitive:
        reading = settled(reading, look, case.document.origin)
        reading = await _advised(office, case, content, reading, look, cover)
    async with office.store.begin(office.company.id) as tx:
        if case.document.origin is Origin.BODY:
            reading = await with_its_writer(tx, case, reading)
        task = await _task_for(office, tx, case.document, reading)
        await tx.save_reading(case.id, reading)
        await _open_further(tx, case, reading)
        if await _is_only_noted(office, tx, case, kept, reading):
            entry = Entry(actor="agent", what="case.noted")
            shelve = Job(stage=Stage.SHELVE, subject=case.message)
            await tx.advance(case, State.IGNORED, entry, shelve)
            return
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


async def _is_only_noted(
    office: Office, tx: Transaction, case: Case, kept: KeptMessage, reading: Reading
) -> bool:
    """An answer of others, and what takes back what still waits: nobody is asked anything."""
    return (
        await note_guest(office, tx, case, kept, reading)
        or await take_back_older(office, tx, case, kept, reading)
        or await compare_answer(tx, kept, reading)
    )


async def _advised(
    office: Office, case: Case, content: bytes, reading: Reading, look: Look, cover: Cover
) -> Reading:
    """With what a model says to doubts, where there is one."""
    reading = await less_disputed(office, case, content, reading, look, cover)
    reading = await less_doubted(office, case, content, reading)
    return await summed_up(office, case, content, reading)


async def _cover(office: Office, case: Case, kept: KeptMessage, people: Sequence[Person]) -> Cover:
    """The mail around what says little without it: a body, a calendar object."""
    if case.document.origin is not Origin.BODY and case.document.media_type != "text/calendar":
        return BARE
    return await cover_for(office, kept, people)


async def _read(office: Office, content: bytes, document: Document, cover: Cover) -> Reading:
    """A document that kills its reader is unreadable: its owner is asked, nothing else stops."""
    try:
        reading = await office.reader.read(content, document, us=office.company.us, cover=cover)
    except Unreadable as error:
        return UNREADABLE.model_copy(update={"reason": error.what})
    if reading.parts > _MOST_PARTS:
        why = f"it holds {reading.parts} documents, and {_MOST_PARTS} are the most"
        return UNREADABLE.model_copy(update={"reason": why})
    return reading


async def _remembered(
    office: Office, case: Case, kept: KeptMessage, content: bytes, reading: Reading
) -> Reading:
    """With what earlier corrections taught about this vendor's pages."""
    async with office.store.begin(office.company.id) as tx:
        found = await tx.lessons_of(keys_of(reading, office.company.foreign_domain(kept.sender)))
    lessons = [lesson for lesson in found if lesson.place is not None]
    if not lessons:
        return reading
    try:
        return await office.reader.recall(content, case.document, reading, lessons)
    except Unreadable:  # it was read without them, and stands as it is
        return reading


async def _open_further(tx: Transaction, case: Case, reading: Reading) -> None:
    """A case for each further document in the same file; once, also where it is read again."""
    if reading.parts == 1 or case.document.part > 1:
        return
    known = await tx.documents(case.message)
    for part in range(2, reading.parts + 1):
        document = case.document.model_copy(update={"part": part})
        if document not in known:
            opened = await tx.open_case(case.message, document, "other", case.title)
            await tx.defer(Job(stage=Stage.READ, subject=opened.id))


async def _task_for(office: Office, tx: Transaction, document: Document, reading: Reading) -> str:
    if reading.kind is Kind.OTHER and document.origin is Origin.BODY:
        return "other"  # a mail that says nothing known is no paper to be filed
    takers = [t.name for t in office.tasks.values() if reading.kind in t.kinds]
    specific = [name for name in takers if name != "other"]
    if len(specific) != 1:
        return "other"
    mode = await mode_for(office, tx, Scope(task=specific[0], kind=reading.kind))
    return "other" if mode is Mode.OFF else specific[0]
