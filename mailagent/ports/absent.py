"""How an absence begins and ends, however it was said: by mail, at the terminal, by the clock."""

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.away import Away, StoodIn
from mailagent.core.brief import MORNING
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction
from mailagent.ports.undecided import still_asked

_TITLES = {"en": "You decide for {who}", "de": "Sie entscheiden für {who}"}


async def leave(office: Office, tx: Transaction, away: Away, entry: Entry) -> int:
    """What waits for them may be decided by their substitute as well; how many cases that is."""
    for one in await tx.stood_in(away.person):
        if one.substitute != away.substitute and await _is_undecided(tx, one.case):
            await _withdraw(tx, one)
            await tx.never_stood_in(one)
    await tx.save_absence(away)
    await tx.audit(entry)
    waiting = await tx.waiting_for(away.person)
    return sum([await _instead(office, tx, case, away) for case in waiting])


async def _instead(office: Office, tx: Transaction, number: int, away: Away) -> bool:
    """The substitute is asked with their brief. What is sensitive is seen by nobody else."""
    if not await may_see(tx, number, away):
        return False
    await stand_in(office, tx, number, away)
    await tx.hold_for_brief(number, away.substitute)
    return True


async def may_see(tx: Transaction, number: int, away: Away) -> bool:
    """Whether the substitute can be asked in somebody's place: not the same human twice."""
    case = await tx.case(number)
    reading = await tx.reading(number)
    known = {*(await tx.delegates(number)), *(await tx.approved_by(number, case.version))}
    return not reading.sensitive and away.substitute not in known


async def stand_in(office: Office, tx: Transaction, number: int, away: Away) -> None:
    """They may decide it, until its owner is back."""
    now = office.clock.now()
    one = StoodIn(case=number, person=away.person, substitute=away.substitute, since=now)
    await tx.stand_in(one)
    details = {"person": away.substitute, "instead_of": away.person}
    await tx.audit(Entry(actor="agent", what="case.to_substitute", case=number, details=details))


async def tell_substitute(
    office: Office, tx: Transaction, person: Person, other: Person, away: Away
) -> None:
    """They hear of it before the first case comes."""
    about = f"stands_in/{person.id}/{away.since.isoformat()}"
    until = away.last_moment.astimezone(other.zone)

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject=_TITLES[other.language].format(who=person.name))
        return NoticeLetter(
            envelope=envelope(office.company, other, thread, head, away.since, about=about),
            notice=Notice.STANDS_IN,
            facts=(("instead_of", person.name), ("until", f"{until:%Y-%m-%d %H:%M}")),
        )

    await tx.post(about, None, write)


async def come_home(tx: Transaction, away: Away, entry: Entry, *, asked: bool = True) -> int:
    """What nobody decided is theirs again; how many cases that is. A handback tells of the rest."""
    await tx.end_absence(away.person)
    await tx.audit(entry)
    back = 0
    for one in await tx.stood_in(away.person):
        if await _is_undecided(tx, one.case):
            await _withdraw(tx, one)
            await tx.hold_for_brief(one.case, away.person, for_morning=True)
            back += 1
    jobs = [Job(stage=Stage.HANDBACK, subject=0, routine=away.person)]
    if asked:  # what waits comes at once, behind what was decided
        jobs.append(Job(stage=Stage.BRIEF, subject=0, version=MORNING, routine=away.person))
    await tx.defer(*jobs)
    return back


async def _is_undecided(tx: Transaction, case: int) -> bool:
    return await still_asked(tx, await tx.case(case))


async def _withdraw(tx: Transaction, one: StoodIn) -> None:
    """The substitute decides it no more; their tokens for it count no more."""
    await tx.stands_in_no_more(one)
    for draft in await tx.open_drafts(one.case):
        if draft.person == one.substitute:
            await tx.expire_draft(draft.id)
