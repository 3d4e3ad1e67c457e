"""Learn: what was corrected in an approved case; an undo of the case takes it back."""

from typing import NamedTuple

from mailagent.core.audit import Entry
from mailagent.core.capability import StoreFile
from mailagent.core.case import Case
from mailagent.core.errors import Unreadable
from mailagent.core.filing import folder_key
from mailagent.core.job import Job
from mailagent.core.lesson import Lesson, PagePlace, Taught, forgotten, keys_of
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.reading import Reading
from mailagent.core.revision import Edit, Revision, revised
from mailagent.ports import KeptMessage, Office, Stale, Transaction


class _Corrected(NamedTuple):
    """A case with all that was changed in it before it was approved."""

    case: Case
    kept: KeptMessage
    read: Reading
    revisions: list[Revision]
    edits: dict[str, tuple[Edit, Revision]]
    filed: StoreFile | None

    @property
    def approved(self) -> Reading:
        return revised(self.read, self.revisions)


async def learn(office: Office, job: Job) -> None:
    """Learns from the version that the job names, or forgets what it taught."""
    async with office.store.begin(office.company.id) as tx:
        case = await tx.case(job.subject)
        proposal, _, _ = await tx.proposal(case.id, job.version)
        undone = proposal.purpose is Purpose.UNDO or await _is_taken_back(tx, case, job.version)
        corrected = None if undone else await _corrected(tx, case, proposal)
    places = await _places(office, corrected) if corrected else ()
    async with office.store.begin(office.company.id) as tx:
        if undone:
            await _forget(tx, case)
        elif corrected and not await tx.taught_by(case.id):
            await _keep(office, tx, corrected, places)
        office.probe("learn: before commit")
    office.probe("learn: committed")


async def _is_taken_back(tx: Transaction, case: Case, version: int) -> bool:
    """Its undo was faster than this job."""
    if case.version == version:
        return False
    return bool(await tx.effects(case.id, case.version))


async def _corrected(tx: Transaction, case: Case, made: Proposal) -> _Corrected:
    revisions = [one for one in await tx.revisions(case.id) if one.version <= made.version]
    if not any(revision.edits for revision in revisions):
        raise Stale(f"case {case.ref} teaches nothing")
    return _Corrected(
        case=case,
        kept=await tx.message(case.message),
        read=await tx.reading(case.id),
        revisions=revisions,
        edits={edit.field: (edit, one) for one in revisions for edit in one.edits},
        filed=next((a.payload for a in made.actions if isinstance(a.payload, StoreFile)), None),
    )


async def _places(office: Office, corrected: _Corrected) -> tuple[PagePlace, ...]:
    """What stands on the page; a page that cannot be opened again teaches nothing."""
    can, read = office.tasks[corrected.case.task].places, corrected.read
    wanted = {
        name: edit.value
        for name, (edit, _) in corrected.edits.items()
        if name in can and edit.value != read.text(name)
    }
    if not wanted:
        return ()
    approved = corrected.approved
    marks = (approved.text("seller_name"), approved.text("seller_vat"))
    document = corrected.case.document
    content = await office.blobs.get(document.sha256)
    try:
        return await office.reader.places(content, document, wanted, read, marks)
    except Unreadable:
        return ()


async def _keep(
    office: Office, tx: Transaction, corrected: _Corrected, places: tuple[PagePlace, ...]
) -> None:
    task = office.tasks[corrected.case.task]
    about = _of_party(corrected) if task.by_party else _of_vendor(office, corrected)
    if about is None:
        return
    found = [
        *(_lesson(office, corrected, about, place.field, place=place) for place in places),
        *(
            _lesson(office, corrected, about, name, value=edit.value)
            for name, (edit, _) in corrected.edits.items()
            if name in task.prefers
        ),
    ]
    kept = await tx.learn(found)
    if kept:
        said = {str(lesson.id): lesson.field for lesson in kept}
        details = {"vendor": kept[0].vendor, "lessons": said}
        entry = Entry(actor="agent", what="lesson.learned", case=corrected.case.id, details=details)
        await tx.audit(entry)


class _About(NamedTuple):
    """Whose papers a lesson is for, and by what it is found."""

    name: str
    keys: tuple[str, ...]


def _of_vendor(office: Office, corrected: _Corrected) -> _About:
    domain = office.company.foreign_domain(corrected.kept.sender)
    keys = (*keys_of(corrected.read, domain), *keys_of(corrected.approved, domain))
    return _About(corrected.approved.text("seller_name"), tuple(dict.fromkeys(keys)))


def _of_party(corrected: _Corrected) -> _About | None:
    """Of a paper that names nobody, or is private, nothing is learned."""
    file = corrected.filed
    key = folder_key(file.kind, file.party) if file and not file.sensitive else ""
    return _About(file.party, (key,)) if file and key else None


def _lesson(
    office: Office,
    corrected: _Corrected,
    about: _About,
    field: str,
    *,
    place: PagePlace | None = None,
    value: str = "",
) -> Lesson:
    _, revision = corrected.edits[field]
    return Lesson(
        vendor=about.name,
        keys=about.keys,
        field=field,
        place=place,
        value=value,
        taught=Taught(
            case=corrected.case.id,
            ref=corrected.case.ref,
            person=revision.person,
            words=revision.words[:300],
            document=corrected.kept.sha256,
            reply=revision.by,
            at=office.clock.now(),
        ),
    )


async def _forget(tx: Transaction, case: Case) -> None:
    gone = await tx.taught_by(case.id)
    if gone:
        await tx.forget(gone)
        entry = forgotten(gone, "agent", why="undone")
        await tx.audit(entry.model_copy(update={"case": case.id}))
