"""Propose: the task says what it would do, the policy what that takes, and a draft goes out."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.brief import day_began, is_held_back
from mailagent.core.case import Case, State
from mailagent.core.circumstances import around
from mailagent.core.decision import Shown, shown_fields
from mailagent.core.decision.above import heard_above
from mailagent.core.document import Origin as From
from mailagent.core.draft import Draft, live_draft, new_draft
from mailagent.core.errors import OutsideItsTask, Unreadable
from mailagent.core.inquiry import told
from mailagent.core.job import Job, Stage
from mailagent.core.letter import DraftLetter, Letter, Origin, Original
from mailagent.core.modes import Mode
from mailagent.core.people import Person
from mailagent.core.policy import Judgement, Verdict
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.core.proposal import Action, Proposal, Purpose, digest, stops, suspect
from mailagent.core.question import Answer, AskCalendars, about
from mailagent.core.reading import Reading
from mailagent.core.record import proposed
from mailagent.core.revision import Above, Edit, Heard, Revision, revised
from mailagent.core.routine import Covered
from mailagent.core.standing import scope_of
from mailagent.core.task import Task, Work
from mailagent.core.token import Token
from mailagent.ports import (
    KeptMessage,
    Office,
    Stale,
    Transaction,
    looked_before,
    may_see,
    stand_in,
    suspected,
)
from mailagent.ports.standing import judged, mode_for

# After the last of a burst its brief is made; each one that follows puts it off so far.
_SETTLES = timedelta(seconds=2)


class _Ready(NamedTuple):
    """All that a draft mail is made of."""

    draft: Draft
    token: Token
    proposal: Proposal
    judgement: Judgement
    kept: KeptMessage
    person: Person
    original: Original | None
    picture: bytes | None
    approved_by: tuple[str, ...]


async def propose(office: Office, job: Job) -> None:
    """Makes the version that the job asks for, or sends the current one once more."""
    async with office.store.begin(office.company.id) as tx:
        case = await tx.case(job.subject)
        if await _is_paused(tx, case, job.version):
            return  # the case stays as it is; `resume` asks for this once more
        kept = await tx.message(case.message)
        await _hear_above(office, tx, case, kept)
        reading = await _reading(tx, case)
        asked, approved_by = await _asked(office, tx, case, _address(kept.sender))
    await _look(office, case, reading)
    picture = await _picture(office, case, reading)
    original = await _original(office, case, reading)
    async with office.store.begin(office.company.id) as tx:
        case = await tx.case(job.subject)  # it may have moved on while the page was drawn
        if case.version == job.version and await _still_asked(tx, case):
            asked = await _unasked(office, tx, case, asked)
            proposal, _, judgement = await tx.proposal(case.id, case.version)
        elif case.state is State.READ and job.version == case.version + 1:
            proposal = await _make(office, tx, case, kept, asked[0])
            judgement = await _judged(office, tx, case, kept, proposal, asked[0])
            case = await _store(office, tx, case, proposal, judgement)
            asked = await _now(office, tx, case, proposal, judgement, asked)
        else:
            raise Stale(f"case {case.ref} is {case.state}, version {case.version}")
        for person in asked:
            draft, token = await _issue(office, tx, case, proposal, person)
            ready = _Ready(
                draft, token, proposal, judgement, kept, person, original, picture, approved_by
            )
            await _post(office, tx, ready)
        office.probe("propose: before commit")
    office.probe("propose: committed")


async def _look(office: Office, case: Case, reading: Reading) -> None:
    """Calendars on other machines are read while nobody waits for the store."""
    for question in office.tasks[case.task].asks(reading, office.company):
        if isinstance(question, AskCalendars):
            await office.calendars.look(question)


async def _is_paused(tx: Transaction, case: Case, version: int) -> bool:
    """Another version is what somebody has just asked for: they get it."""
    if case.version and version > case.version:
        return False
    paused = await tx.pauses()
    return "" in paused or case.task in paused


async def _now(
    office: Office,
    tx: Transaction,
    case: Case,
    proposal: Proposal,
    judgement: Judgement,
    asked: tuple[Person, ...],
) -> tuple[Person, ...]:
    """Who gets a draft by itself; for the others it waits for their brief."""
    if case.version > 1:  # what comes of an answer is never kept waiting
        return asked
    if await _in_silence(office, tx, case, proposal):
        return ()
    if judgement.standing or proposal.unasked:  # the morning shows it
        for person in asked:
            await tx.hold_for_brief(proposal.case, person.id, for_morning=True)
        return ()
    at_once, now = [], office.clock.now()
    for person in asked:
        began = day_began(person, now)
        load = await tx.load(person.id, person.main_address, began, proposal.case)
        if is_held_back(load, office.brief, stop=stops(proposal)):
            await tx.hold_for_brief(proposal.case, person.id)
        else:
            at_once.append(person)
    if len(at_once) < len(asked):
        job = Job(stage=Stage.ROUTINE, subject=0, routine="brief", not_before=now + _SETTLES)
        await tx.defer(job)
    return tuple(at_once)


async def _reading(tx: Transaction, case: Case) -> Reading:
    """As it is shown: with what its owner changed."""
    return revised(await tx.reading(case.id), await tx.revisions(case.id))


async def _asked(
    office: Office, tx: Transaction, case: Case, sender: str
) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Whom it was delegated to, otherwise its owner; and whose word for it is kept already."""
    spoken = await tx.approved_by(case.id, case.version)
    everybody = await tx.people()
    people = [person for person in everybody if person.id not in spoken]
    delegates = await tx.delegates(case.id)
    found = tuple(person for person in people if person.id in delegates)
    owner = owner_of(_approvers(office, case), people, sender)
    if not found and owner is None:
        raise LookupError("nobody is enrolled who could be asked")
    asked = found or ((owner,) if owner else ())
    asked = tuple([await _or_instead(office, tx, case, person, people) for person in asked])
    return asked, tuple(person.name for person in everybody if person.id in spoken)


async def _or_instead(
    office: Office, tx: Transaction, case: Case, person: Person, people: Sequence[Person]
) -> Person:
    """Who is away has somebody who decides; a change that they made comes back to them all the
    same, and nobody is asked twice.
    """
    away = next((one for one in await tx.absences() if one.person == person.id), None)
    other = next((p for p in people if away and p.id == away.substitute), None)
    theirs = any(
        made.person == person.id and made.version > case.version
        for made in await tx.revisions(case.id)
    )
    if away is None or other is None or theirs or not await may_see(tx, case.id, away):
        return person
    await stand_in(office, tx, case.id, away)
    return other


async def _judged(
    office: Office,
    tx: Transaction,
    case: Case,
    kept: KeptMessage,
    proposal: Proposal,
    asked: Person,
) -> Judgement:
    """A substitute decides within their own limit, and within that of whom they stand in for."""
    found = around(_address(kept.sender), kept.signed_by, asked, office.clock.now())
    owners = {one.person for one in await tx.absences() if one.substitute == asked.id}
    owners &= {*_approvers(office, case)} or owners
    limits = [asked.limit, *(one.limit for one in await tx.people() if one.id in owners)]
    return await judged(office, tx, proposal, found, asked, limits)


async def _unasked(
    office: Office, tx: Transaction, case: Case, asked: tuple[Person, ...]
) -> tuple[Person, ...]:
    """Those without a draft that counts: nobody is to get a second one."""
    drafts, now = await tx.open_drafts(case.id), office.clock.now()
    frozen = {draft.person for draft in await tx.frozen_drafts(case.id)}
    missing = tuple(
        person
        for person in asked
        if person.id not in frozen and not live_draft(drafts, person.id, now)
    )
    if not missing:
        raise Stale(f"case {case.ref} is asked already")
    return missing


async def _still_asked(tx: Transaction, case: Case) -> bool:
    """Proposed and not decided: it may be sent anew, with a fresh token.

    A case that stands still half way needs its owner as well, but its version was decided.
    """
    if case.state is not State.NEEDS_OWNER:
        return case.state is State.PROPOSED
    proposal, _, _ = await tx.proposal(case.id, case.version)
    tried = await tx.effects(case.id, case.version)
    return proposal.purpose is not Purpose.UNDO and not tried


def _approvers(office: Office, case: Case) -> tuple[str, ...]:
    return office.approvers.get(case.task, ())


async def _hear_above(office: Office, tx: Transaction, case: Case, kept: KeptMessage) -> None:
    """What its sender typed above the document makes the first version, once."""
    said = await tx.above(case.message) if case.state is State.READ and not case.version else None
    if said is None or await tx.revisions(case.id):
        return
    writer = await tx.person(said.person)
    if writer is None:
        return
    heard, edits = await _edits(office, tx, case, kept, said, writer)
    revision = Revision(
        case=case.id,
        version=1,
        person=writer.id,
        words=said.words,
        by=kept.sha256,
        edits=edits,
        above=heard,
    )
    await tx.save_revision(revision)
    changed = {edit.field: {"before": edit.before, "after": edit.value} for edit in edits}
    details = {"heard": heard, "unproved": said.unproved, "edits": changed}
    await tx.audit(Entry(actor=writer.id, what="case.above", case=case.id, details=details))


async def _edits(
    office: Office, tx: Transaction, case: Case, kept: KeptMessage, said: Above, writer: Person
) -> tuple[Heard, tuple[Edit, ...]]:
    """Read against the version that there would be without these words."""
    if said.unproved:
        return Heard.UNPROVED, ()
    task = office.tasks[case.task]
    proposal = task.propose(await _work(office, tx, case, kept, writer))
    names = (*(person.name for person in await tx.people()), office.company.assistant_name)
    shown = Shown(
        ref=case.ref,
        names=names,
        fields=shown_fields(task.shown(proposal), office.verbs),
        now=said.at,
        locale=writer.locale,
        timezone=writer.timezone,
    )
    heard, wanted = heard_above(said.words, said.html, shown, office.verbs)
    edits, faults = task.fitting(proposal, wanted)
    return (Heard.NOT_UNDERSTOOD, ()) if faults else (heard, edits)


async def _make(
    office: Office, tx: Transaction, case: Case, kept: KeptMessage, person: Person
) -> Proposal:
    task = office.tasks[case.task]
    revisions = await tx.revisions(case.id)
    proposal = task.propose(await _work(office, tx, case, kept, person))
    outside = {a.payload.capability for a in proposal.all_actions} - task.may
    if outside:
        raise OutsideItsTask(f"task {task.name} proposed {', '.join(sorted(outside))}")
    names = {person.id: person.name for person in await tx.people()}
    asked = [told(inquiry) for inquiry in await tx.inquiries_about(case.id)]
    proposal = proposal.model_copy(update={"notes": (*proposal.notes, *filter(None, asked))})
    proposal = suspect(proposal, await suspected(office, tx, kept), person.language)
    return _as_changed(proposal, case, revisions, names)


async def _work(
    office: Office, tx: Transaction, case: Case, kept: KeptMessage, person: Person
) -> Work:
    task = office.tasks[case.task]
    revisions = await tx.revisions(case.id)
    reading = revised(await tx.reading(case.id), revisions)
    return Work(
        company=office.company,
        person=person,
        case=case,
        version=case.version + 1,
        reading=reading,
        edits=frozenset(edit.field for revision in revisions for edit in revision.edits),
        answers=await _answers(office, tx, task, case, kept, reading),
        sender=kept.sender,
        signed_by=kept.signed_by,
        subject=kept.subject,
        look=await looked_before(tx, kept.id),
        message_id=kept.message_id,
        today=office.clock.now().astimezone(person.zone).date(),
        filing=office.filing,
        remind_before=office.remind_before,
    )


def _as_changed(
    proposal: Proposal, case: Case, revisions: Sequence[Revision], names: Mapping[str, str]
) -> Proposal:
    """Without what was left out, its changes marked, under the subject that the case has."""
    gone = {name for revision in revisions for name in revision.left_out}
    kept = [action for action in proposal.actions if action.payload.capability not in gone]
    made_by = next((r for r in revisions if r.version == proposal.version), None)
    above = made_by.above if made_by else None
    return proposal.model_copy(
        update={
            "actions": _numbered(kept, 1),
            "alternatives": tuple(
                one.model_copy(update={"actions": _numbered(one.actions, len(kept) + 1)})
                for one in proposal.alternatives
            ),
            "changes": made_by.edits if made_by else (),
            "notes": (*(made_by.why if made_by else ()), *proposal.notes),
            **(
                {"you_wrote": made_by.words, "heard": above, "writer": names.get(made_by.person)}
                if made_by and above
                else {}
            ),
            "title": case.title if case.version else proposal.title,
        }
    )


def _numbered(actions: Sequence[Action], first: int) -> tuple[Action, ...]:
    return tuple(a.model_copy(update={"number": n}) for n, a in enumerate(actions, first))


async def _answers(
    office: Office, tx: Transaction, task: Task, case: Case, kept: KeptMessage, reading: Reading
) -> tuple[Answer, ...]:
    asked = task.asks(reading, office.company)
    signed, ours = kept.signed_by, office.company.domain
    questions = [about(question, case, signed, ours, kept.sender) for question in asked]
    return tuple([await office.answer(tx, question) for question in questions])


async def _store(
    office: Office, tx: Transaction, case: Case, proposal: Proposal, judgement: Judgement
) -> Case:
    made = digest(office.company.id, proposal)
    await tx.save_proposal(proposal, made, judgement)
    details = proposed(proposal, judgement, made, office.versions)
    if judgement.standing:
        await tx.cover(
            Covered(
                case=case.id,
                version=proposal.version,
                ruled=judgement.standing,
                person=judgement.around.person,
                hold_hours=judgement.hold_hours,
            )
        )
    stop = judgement.verdict is Verdict.FORBID or proposal.purpose is Purpose.ASK
    return await tx.advance(
        case,
        State.NEEDS_OWNER if stop else State.PROPOSED,
        Entry(actor="agent", what="case.proposed", details=details),
        version=proposal.version,
        title=proposal.title,
    )


async def _in_silence(office: Office, tx: Transaction, case: Case, proposal: Proposal) -> bool:
    """In shadow nobody is asked: what would have been done is in the audit log."""
    if await mode_for(office, tx, scope_of(proposal)) is not Mode.SHADOW:
        return False
    needs = case.state is State.NEEDS_OWNER
    entry = Entry(actor="agent", what="case.shadowed", details={"version": proposal.version})
    shelve = Job(stage=Stage.SHELVE, subject=case.message)
    await tx.advance(case, State.IGNORED if needs else State.REJECTED, entry, shelve)
    return True


async def _issue(
    office: Office, tx: Transaction, case: Case, proposal: Proposal, person: Person
) -> tuple[Draft, Token]:
    made = digest(office.company.id, proposal)
    now, pays = office.clock.now(), proposal.pays
    draft, token = new_draft(case, case.version, made, person, now, pays=pays)
    return await tx.issue_draft(draft), token


async def _post(office: Office, tx: Transaction, ready: _Ready) -> None:
    draft = ready.draft
    about = f"draft/{draft.id}"
    kept = ready.kept
    thread = Thread(
        subject=ready.proposal.title,
        ref=draft.ref,
        message_id=kept.message_id,
        references=kept.references,
    )

    def write(head: AuditEntry) -> Letter:
        return DraftLetter(
            envelope=envelope(
                office.company,
                ready.person,
                thread,
                head,
                draft.issued_at,
                about=about,
                token=ready.token,
            ),
            proposal=ready.proposal,
            judgement=ready.judgement,
            expires_at=draft.expires_at,
            origin=Origin(sender=kept.sender, received_at=kept.received_at),
            original=ready.original,
            picture=ready.picture,
            approved_by=ready.approved_by,
        )

    await tx.post(about, draft.case, write)


async def _picture(office: Office, case: Case, reading: Reading) -> bytes | None:
    """A page that cannot be drawn is no reason not to ask; what is sensitive is never drawn."""
    if reading.sensitive:
        return None
    content = await office.blobs.get(case.document.sha256)
    try:
        return await office.reader.picture(content, case.document, reading)
    except Unreadable:
        return None


async def _original(office: Office, case: Case, reading: Reading) -> Original | None:
    document = case.document
    if document.origin is From.BODY or reading.sensitive:
        return None
    return Original(
        name=document.name,
        media_type=document.media_type,
        content=await office.blobs.get(document.sha256),
    )


def _address(sender: str) -> str:
    return sender.rpartition("<")[2].rstrip("> ").lower()
