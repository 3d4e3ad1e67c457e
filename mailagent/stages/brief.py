"""Brief: what waits for one person becomes one numbered mail, in the morning or after a burst."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.brief import (
    MORNING,
    MOST_ITEMS,
    WEEKLY,
    Brief,
    BriefItem,
    BriefKind,
    Seen,
    are_few,
    brief_digest,
    day_began,
    is_ready,
    is_weekly,
    new_brief,
    title_of,
)
from mailagent.core.case import Case, State
from mailagent.core.digest import Digest, digest_title
from mailagent.core.draft import LIFETIME, Draft, DraftState, new_draft
from mailagent.core.handover import missed
from mailagent.core.job import Job, Stage
from mailagent.core.letter import BriefLetter, BriefLine, Envelope, Letter
from mailagent.core.people import Person
from mailagent.core.policy import Judgement, weighed_for
from mailagent.core.post import Thread, envelope
from mailagent.core.proposal import Proposal, Purpose, digest
from mailagent.core.renewals import not_come
from mailagent.core.routine import Counts
from mailagent.core.said import Said, say
from mailagent.core.spot import SpotCheck, numbered
from mailagent.core.token import Token
from mailagent.core.week import in_counts
from mailagent.ports import Office, Transaction, astray, digested
from mailagent.ports.late import late_drafts
from mailagent.ports.launch import note_offer
from mailagent.ports.prose import week_in_words

# Longer than any retry takes to show itself: what stands still since then is trouble.
_STILL = timedelta(hours=2)
_MOST_LATE = 5  # drafts that a brief names: the others are counted


class _Waiting(NamedTuple):
    """A case that one person has to decide."""

    case: Case
    proposal: Proposal
    judgement: Judgement
    overdue: bool
    days: int

    @property
    def ready(self) -> bool:
        return is_ready(self.proposal, self.judgement, overdue=self.overdue)


class Gathered(NamedTuple):
    """What a brief is made of."""

    waiting: tuple[_Waiting, ...]  # as they are numbered
    more: tuple[int, ...]  # cases that do not fit
    older: tuple[Brief, ...]  # whose place it takes

    @property
    def lines(self) -> tuple[BriefLine, ...]:
        """As they are shown."""
        return tuple(
            BriefLine(
                number=number,
                ready=one.ready,
                proposal=one.proposal,
                judgement=one.judgement,
                overdue=one.overdue,
                days=one.days,
            )
            for number, one in enumerate(self.waiting, 1)
        )


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


async def gather(office: Office, tx: Transaction, person: Person, *, morning: bool) -> Gathered:
    """What waits for this person; in the morning also what earlier briefs still ask."""
    older = tuple(await tx.open_briefs(person.id)) if morning else ()
    open_still = [i.draft.case for b in older for i in b.items if i.draft.state is DraftState.OPEN]
    numbers = dict.fromkeys([*open_still, *await tx.held_for_brief(person.id, morning=morning)])
    asleep = {snooze.case for snooze in await tx.snoozes()}
    paused = await tx.pauses()
    found: list[_Waiting] = []
    left = list(numbers)
    while left and len(found) < MOST_ITEMS:  # what does not fit is not looked at
        case = await tx.case(left.pop(0))
        if case.id in asleep or case.task in paused or "" in paused:
            continue
        one = await _waiting(office, tx, case, person)
        if one is None:
            await tx.release_for_brief(case.id, person.id)
        else:
            found.append(one)
    found.sort(key=lambda one: (not one.ready, not one.overdue, one.case.id))
    return Gathered(tuple(found), tuple(left), older)


async def _waiting(office: Office, tx: Transaction, case: Case, person: Person) -> _Waiting | None:
    """None: it was decided, or is not this person's to decide."""
    if case.state not in (State.PROPOSED, State.NEEDS_OWNER):
        return None
    proposal, _, judgement = await tx.proposal(case.id, case.version)
    tried = await tx.effects(case.id, case.version)
    named = office.approvers.get(case.task, ())
    names = (*named, *(await tx.delegates(case.id) if named else ()))
    spoken = await tx.approved_by(case.id, case.version)
    frozen = {draft.person for draft in await tx.frozen_drafts(case.id)}
    theirs = person.id in names or not names
    if tried or proposal.purpose is Purpose.UNDO or not theirs or person.id in spoken | frozen:
        return None
    if judgement.standing and not await tx.is_covered(case.id):  # it waits for a word after all
        judgement = judgement.model_copy(update={"standing": 0})
    judgement = weighed_for(judgement, proposal, person.limit)
    now = office.clock.now()
    kept = await tx.message(case.message)
    due = proposal.reading.date("due_date")
    today = now.astimezone(person.zone).date()
    days = max(0, (now - kept.received_at).days)
    return _Waiting(case, proposal, judgement, due is not None and due < today, days)


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
    seen = await _seen(tx, person, gathered)
    standing = await tx.standing(now - _STILL)
    paused = tuple(await tx.pauses())
    title = _title(gathered, week, person)
    told = await _told(office, tx, person, now, late=morning)
    told = told._replace(missed=(*told.missed, *strays))
    kind = BriefKind.MORNING if morning else BriefKind.BURST
    checks = week.checks if week else ()
    issued, token = await _issue(office, tx, person, gathered, checks, title, kind)
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
        return _letter(
            envelope(office.company, person, thread, head, now, about=about, token=token),
            gathered,
            seen,
            standing,
            paused,
            week,
            told,
        )

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
    return _letter(
        envelope(office.company, person, thread, head, now, about="brief/preview"),
        gathered,
        await _seen(tx, person, gathered),
        await tx.standing(now - _STILL),
        tuple(await tx.pauses()),
        week,
        await _told(office, tx, person, now, late=True),
    )


class _Told(NamedTuple):
    """What is said beside the decisions."""

    missed: tuple[Said, ...]
    late: tuple[Said, ...]


async def _told(
    office: Office, tx: Transaction, person: Person, now: datetime, *, late: bool
) -> _Told:
    """Drafts that nobody answered are named once a day, in the morning."""
    found = await late_drafts(office, tx, person) if late else []
    said = [await _late(tx, draft, person) for draft in found[:_MOST_LATE]]
    if (more := len(found) - _MOST_LATE) > 0:
        said.append(say("brief.late_more", n=more))
    return _Told(await _missing(tx, person, now), tuple(said))


async def _late(tx: Transaction, draft: Draft, person: Person) -> Said:
    """Its own mail stays good, also where somebody else is asked by now."""
    case, day = await tx.case(draft.case), draft.issued_at.date()
    delegates = {*(await tx.delegates(case.id))} - {person.id}
    also = ", ".join(one.name for one in await tx.people() if one.id in delegates)
    if also:
        return say("brief.late_also", title=case.title, ref=case.ref, day=day, who=also)
    return say("brief.late", title=case.title, ref=case.ref, day=day)


async def _missing(tx: Transaction, person: Person, now: datetime) -> tuple[Said, ...]:
    """Answers, and bills, that should have come."""
    today = now.astimezone(person.zone).date()
    not_there = not_come(await tx.series_missed(today), today)
    return (*missed(await tx.unheard(), now), *not_there)


def _letter(
    around: Envelope,
    gathered: Gathered,
    seen: Seen,
    standing: Counts,
    paused: tuple[str, ...],
    week: Digest | None,
    told: _Told,
) -> BriefLetter:
    return BriefLetter(
        envelope=around,
        lines=gathered.lines,
        seen=seen,
        more=len(gathered.more),
        unsorted=len(standing.unsorted),
        standing=standing.standing,
        paused=paused,
        digest=week,
        missed=told.missed,
        late=told.late,
        expires_at=around.at + LIFETIME,
    )


async def _seen(tx: Transaction, person: Person, gathered: Gathered) -> Seen:
    """Since the brief before this one."""
    before = await tx.last_brief(person.id)
    here = [one.case.id for one in gathered.waiting]
    return await tx.seen(before.seen_to if before else 0, here)


async def _issue(
    office: Office,
    tx: Transaction,
    person: Person,
    gathered: Gathered,
    checks: Sequence[SpotCheck],
    title: str,
    kind: BriefKind,
) -> tuple[Draft, Token]:
    """Tokens for all of it at once; what was asked before in older briefs is asked here."""
    now = office.clock.now()
    for older in gathered.older:
        if older.unanswered and not checks:
            continue  # what it shows again can still be told until the next one shows other things
        await tx.close_brief(older.draft.id, DraftState.SUPERSEDED)
    for case in {i.draft.case for b in gathered.older for i in b.items} & {*gathered.more}:
        await _put_back(tx, case, person)
    items = [
        BriefItem(number=n, draft=_draft(office, one, person), ready=one.ready)
        for n, one in enumerate(gathered.waiting, 1)
    ]
    made = brief_digest(office.company.id, items, checks)
    draft, token = new_brief(await tx.next_brief(), made, person, now, now + LIFETIME)
    issued = await tx.issue_brief(draft, title, kind, items)
    await tx.keep_spots(issued.draft.id, checks)
    return issued.draft, token


def _draft(office: Office, one: _Waiting, person: Person) -> Draft:
    """Its token is thrown away: no mail carries it, only the brief's."""
    made = digest(office.company.id, one.proposal)
    now, pays = office.clock.now(), one.proposal.pays
    draft, _ = new_draft(one.case, one.case.version, made, person, now, pays=pays)
    return draft


async def _put_back(tx: Transaction, case: int, person: Person) -> None:
    """What does not fit waits for the next brief; no token covers it any more."""
    for draft in await tx.open_drafts(case):
        if draft.person == person.id:
            await tx.expire_draft(draft.id)
    await tx.hold_for_brief(case, person.id)
