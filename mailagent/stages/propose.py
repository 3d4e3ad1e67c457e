"""Propose: the task says what it would do, the policy what that takes, and a draft goes out."""

from typing import NamedTuple

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.case import Case, State
from mailagent.core.document import Origin as From
from mailagent.core.draft import Draft, live_draft, new_draft
from mailagent.core.errors import OutsideItsTask, Unreadable
from mailagent.core.job import Job
from mailagent.core.letter import DraftLetter, Letter, Origin, Original
from mailagent.core.people import Person
from mailagent.core.policy import Judgement, Verdict, judge
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.core.proposal import Proposal, Purpose, digest
from mailagent.core.question import Answer
from mailagent.core.reading import Reading
from mailagent.core.task import Task, Work
from mailagent.core.token import Token
from mailagent.ports import KeptMessage, Office, Stale, Transaction


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
        kept = await tx.message(case.message)
        reading = await tx.reading(case.id)
        person, approved_by = await _next(office, tx, case, kept)
    if person is None:
        raise LookupError("nobody is enrolled who could be asked")
    picture = await _picture(office, case, reading)
    original = await _original(office, case)
    async with office.store.begin(office.company.id) as tx:
        case = await tx.case(job.subject)  # it may have moved on while the page was drawn
        if case.version == job.version and await _still_asked(office, tx, case, person):
            proposal, _, judgement = await tx.proposal(case.id, case.version)
        elif case.state is State.READ and job.version == case.version + 1:
            proposal = await _make(office, tx, case, kept, reading, person)
            judgement = judge(proposal, office.rules)
            case = await _store(office, tx, case, proposal, judgement)
        else:
            raise Stale(f"case {case.ref} is {case.state}, version {case.version}")
        made = digest(office.company.id, proposal)
        draft, token = new_draft(case, case.version, made, person, office.clock.now())
        draft = await tx.issue_draft(draft)
        around = (kept, person, original, picture, approved_by)
        ready = _Ready(draft, token, proposal, judgement, *around)
        await _post(office, tx, ready)
        office.probe("propose: before commit")
    office.probe("propose: committed")


async def _next(
    office: Office, tx: Transaction, case: Case, kept: KeptMessage
) -> tuple[Person | None, tuple[str, ...]]:
    """Who is asked, and the names of those whose word for this version is kept already."""
    first = await tx.approved_by(case.id, case.version)
    people = await tx.people()
    others = [person for person in people if person.id not in first]
    person = owner_of(_approvers(office, case), others, _address(kept.sender))
    return person, tuple(p.name for p in people if p.id in first)


async def _still_asked(office: Office, tx: Transaction, case: Case, person: Person) -> bool:
    """Proposed, not decided and nowhere to be answered: it may be sent anew, with a fresh token.

    While a draft of it counts this very job was done before, and nobody is to get a second one.
    A case that stands still half way needs its owner as well, but its version was decided.
    """
    if live_draft(await tx.open_drafts(case.id), person.id, office.clock.now()):
        return False
    if any(d.person == person.id for d in await tx.frozen_drafts(case.id)):
        return False  # until a code says so at the terminal
    if case.state is not State.NEEDS_OWNER:
        return case.state is State.PROPOSED
    proposal, _, _ = await tx.proposal(case.id, case.version)
    tried = await tx.effects(case.id, case.version)
    return proposal.purpose is not Purpose.UNDO and not tried


def _approvers(office: Office, case: Case) -> tuple[str, ...]:
    return office.approvers.get(case.task, ())


async def _make(
    office: Office,
    tx: Transaction,
    case: Case,
    kept: KeptMessage,
    reading: Reading,
    person: Person,
) -> Proposal:
    task = office.tasks[case.task]
    work = Work(
        company=office.company,
        person=person,
        case=case,
        version=case.version + 1,
        reading=reading,
        answers=await _answers(office, tx, task, reading),
        sender=kept.sender,
        subject=kept.subject,
        today=office.clock.now().astimezone(person.zone).date(),
    )
    proposal = task.propose(work)
    outside = {a.payload.capability for a in proposal.actions} - task.may
    if outside:
        raise OutsideItsTask(f"task {task.name} proposed {', '.join(sorted(outside))}")
    return proposal


async def _answers(
    office: Office, tx: Transaction, task: Task, reading: Reading
) -> tuple[Answer, ...]:
    return tuple([await office.ledger.vendor(tx, q) for q in task.asks(reading, office.company)])


async def _store(
    office: Office, tx: Transaction, case: Case, proposal: Proposal, judgement: Judgement
) -> Case:
    made = digest(office.company.id, proposal)
    await tx.save_proposal(proposal, made, judgement)
    details = {
        "digest": made,
        "verdict": judgement.verdict.name.lower(),
        "rules": judgement.hits,
        "failed": [check.name for check in proposal.failed_checks],
    }
    stop = judgement.verdict is Verdict.FORBID or proposal.purpose is Purpose.ASK
    return await tx.advance(
        case,
        State.NEEDS_OWNER if stop else State.PROPOSED,
        Entry(actor="agent", what="case.proposed", details=details),
        version=proposal.version,
        title=proposal.title,
    )


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
    """A page that cannot be drawn is no reason not to ask."""
    content = await office.blobs.get(case.document.sha256)
    try:
        return await office.reader.picture(content, case.document, reading)
    except Unreadable:
        return None


async def _original(office: Office, case: Case) -> Original | None:
    document = case.document
    if document.origin is From.BODY:
        return None
    return Original(
        name=document.name,
        media_type=document.media_type,
        content=await office.blobs.get(document.sha256),
    )


def _address(sender: str) -> str:
    return sender.rpartition("<")[2].rstrip("> ").lower()
