"""Brief: what waits for one person becomes one numbered mail, in the morning or after a burst."""

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.brief import (
    MORNING,
    WEEKLY,
    BriefKind,
    are_few,
    day_began,
    is_weekly,
    title_of,
)
from mailagent.core.digest import Digest, digest_title
from mailagent.core.draft import LIFETIME
from mailagent.core.job import Job, Stage
from mailagent.core.letter import BriefLetter, Envelope, Letter
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope
from mailagent.core.said import Said
from mailagent.core.spot import numbered
from mailagent.core.week import in_counts
from mailagent.ports import Office, Transaction, astray, digested
from mailagent.ports.launch import note_offer
from mailagent.ports.prose import week_in_words
from mailagent.stages.brief.beside import Beside, beside
from mailagent.stages.brief.gathered import Gathered, gather
from mailagent.stages.brief.issued import issue


async def brief(office: Office, job: Job) -> None:
    """Sends one; what is few goes out as drafts, each by itself, where no morning asks for it."""
    strays = await astray(office) if job.version in (MORNING, WEEKLY) else ()
    prose = await _prose(office, job)
    async with office.store.begin(office.company.id) as tx:
        person = await tx.person(job.routine)
        if person is None:
            return
        morning = job.version in (MORNING, WEEKLY)
        weekly = job.version == WEEKLY or (morning and await _is_weekly(office, tx, person))
        gathered = await gather(office, tx, person, morning=morning)
        if morning or not await _goes_by_itself(office, tx, person, gathered):
            week = await _week(office, tx, person, gathered) if weekly else None
            if week and prose.get(in_counts(week)):
                week = week.model_copy(update={"prose": prose[in_counts(week)]})
            if week and week.is_blank and job.version != WEEKLY:  # nobody asked for it
                week = None
            await _send(office, tx, person, gathered, week, strays, morning=morning)
        await tx.strike_off(job)  # one that was sent is not sent again by whoever goes on
        office.probe("brief: before commit")
    office.probe("brief: committed")


async def _prose(office: Office, job: Job) -> dict[str, Said | None]:
    """What a model says of the week, by the counts that it saw; nothing is open while it thinks."""
    if not office.model_rules.digest or job.version not in (MORNING, WEEKLY):
        return {}
    async with office.store.begin(office.company.id) as tx:
        person = await tx.person(job.routine)
        if person is None or not (job.version == WEEKLY or await _is_weekly(office, tx, person)):
            return {}
        week = await digested(office, tx, person)
    told = await week_in_words(office, week, person.language)
    return {in_counts(week): told.prose}


async def _week(office: Office, tx: Transaction, person: Person, gathered: Gathered) -> Digest:
    """What is shown again is numbered on from the decisions."""
    week = await digested(office, tx, person)
    checks = numbered(week.checks, after=len(gathered.waiting))
    return week.model_copy(update={"checks": checks})


async def _is_weekly(office: Office, tx: Transaction, person: Person) -> bool:
    """Once a week the brief tells of the week, too."""
    last = await tx.last_brief(person.id, BriefKind.MORNING)
    before = last.draft.issued_at if last else None
    return is_weekly(person, office.brief, office.clock.now(), before)


async def _goes_by_itself(
    office: Office, tx: Transaction, person: Person, gathered: Gathered
) -> bool:
    """One, or so few that drafts of their own are the better mails."""
    now = office.clock.now()
    load = await tx.load(person.id, person.main_address, day_began(person, now))
    if not are_few(load, len(gathered.waiting), office.brief):
        return False
    for one in gathered.waiting:
        job = Job(stage=Stage.PROPOSE, subject=one.case.id, version=one.case.version)
        await tx.defer(job)
    return True


async def _send(
    office: Office,
    tx: Transaction,
    person: Person,
    gathered: Gathered,
    week: Digest | None,
    strays: tuple[Said, ...],
    *,
    morning: bool,
) -> None:
    now = office.clock.now()
    said = await beside(tx, person, gathered, now)
    said = said._replace(missed=(*said.missed, *strays))
    title = _title(gathered, week, person)
    kind = BriefKind.MORNING if morning else BriefKind.BURST
    checks = week.checks if week else ()
    issued, token = await issue(office, tx, person, gathered, checks, title, kind)
    details = {
        "brief": issued.ref,
        "person": person.id,
        "digest": issued.digest,
        "cases": [one.case.ref for one in gathered.waiting],
    }
    await tx.audit(Entry(actor="agent", what="brief.sent", details=details))
    await note_offer(tx, week)
    about = f"brief/{issued.id}"

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject=title, ref=issued.ref)
        around = envelope(office.company, person, thread, head, now, about=about, token=token)
        return _letter(around, gathered, week, said)

    await tx.post(about, None, write)


def _title(gathered: Gathered, week: Digest | None, person: Person) -> str:
    if week is not None:
        return digest_title(week, len(gathered.waiting), person)
    return title_of([one.proposal for one in gathered.waiting], person)


async def preview(
    office: Office, tx: Transaction, person: Person, *, weekly: bool = False
) -> BriefLetter:
    """The brief as it would go out now in the morning; nothing is issued or sent."""
    gathered = await gather(office, tx, person, morning=True)
    now = office.clock.now()
    week = await _week(office, tx, person, gathered) if weekly else None
    thread = Thread(subject=_title(gathered, week, person))
    head = await tx.head()
    if head is None:
        raise LookupError("nothing has happened yet")
    around = envelope(office.company, person, thread, head, now, about="brief/preview")
    return _letter(around, gathered, week, await beside(tx, person, gathered, now))


def _letter(around: Envelope, gathered: Gathered, week: Digest | None, said: Beside) -> BriefLetter:
    return BriefLetter(
        envelope=around,
        lines=gathered.lines,
        seen=said.seen,
        more=len(gathered.more),
        unsorted=len(said.standing.unsorted),
        standing=said.standing.standing,
        paused=said.paused,
        digest=week,
        missed=said.missed,
        late=said.late,
        expires_at=around.at + LIFETIME,
    )
