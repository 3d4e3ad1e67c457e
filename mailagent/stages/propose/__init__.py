"""Propose: the task says what it would do, the policy what that takes, and a draft goes out."""

from typing import NamedTuple

from mailagent.core.asking import worth_chasing
from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.case import Case, State
from mailagent.core.circumstances import address_in
from mailagent.core.document import Origin as From
from mailagent.core.draft import Draft, new_draft
from mailagent.core.errors import Unreadable
from mailagent.core.job import Job
from mailagent.core.letter import DraftLetter, Letter, Origin, Original
from mailagent.core.modes import Mode
from mailagent.core.people import Person
from mailagent.core.policy import Judgement, Verdict, weighed_for
from mailagent.core.post import Thread, envelope
from mailagent.core.proposal import Proposal, Purpose, digest
from mailagent.core.question import AskCalendars
from mailagent.core.reading import Reading
from mailagent.core.record import proposed
from mailagent.core.revision import revised
from mailagent.core.routine import Covered
from mailagent.core.standing import scope_of
from mailagent.core.token import Token
from mailagent.ports import (
    KeptMessage,
    Office,
    Stale,
    Transaction,
    begin_inquiry,
    suggested,
)
from mailagent.ports.standing import mode_for
from mailagent.ports.undecided import still_asked
from mailagent.stages.propose.asked import (
    asked_now,
    asked_of,
    judged_for,
    unasked,
)
from mailagent.stages.propose.made import hear_above, make


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
        await hear_above(office, tx, case, kept)
        reading = await _reading(tx, case)
        asked, approved_by = await asked_of(office, tx, case, address_in(kept.sender))
    await _look(office, case, reading)
    picture = await _picture(office, case, reading)
    original = await _original(office, case, reading)
    async with office.store.begin(office.company.id) as tx:
        case = await tx.case(job.subject)  # it may have moved on while the page was drawn
        if case.version == job.version and await still_asked(tx, case):
            asked = await unasked(office, tx, case, asked)
            proposal, _, judgement = await tx.proposal(case.id, case.version)
        elif case.state is State.READ and job.version == case.version + 1:
            proposal = await make(office, tx, case, kept, asked[0])
            judgement = await judged_for(office, tx, case, kept, proposal, asked[0])
            case = await _store(office, tx, case, proposal, judgement)
            await _chase(office, tx, case, proposal, asked[0])
            asked = await asked_now(office, tx, case, proposal, judgement, asked)
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
    for question in office.tasks[case.task].questions(reading, office.company):
        if isinstance(question, AskCalendars):
            await office.calendars.look(question)


async def _is_paused(tx: Transaction, case: Case, version: int) -> bool:
    """Another version is what somebody has just asked for: they get it."""
    if case.version and version > case.version:
        return False
    paused = await tx.pauses()
    return "" in paused or case.task in paused


async def _reading(tx: Transaction, case: Case) -> Reading:
    """As it is shown: with what its owner changed."""
    return revised(await tx.reading(case.id), await tx.revisions(case.id))


async def _store(
    office: Office, tx: Transaction, case: Case, proposal: Proposal, judgement: Judgement
) -> Case:
    made = digest(office.company.id, proposal)
    await tx.save_proposal(proposal, made, judgement)
    questions = office.tasks[case.task].questions(proposal.reading, office.company)
    asked = [question.asks for question in questions]
    details = proposed(proposal, judgement, made, office.versions, asked)
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


async def _chase(
    office: Office, tx: Transaction, case: Case, proposal: Proposal, person: Person
) -> None:
    """What its sender left out is asked for in a mail that waits for approval, like this draft."""
    silent = await mode_for(office, tx, scope_of(proposal)) is Mode.SHADOW
    if silent or not worth_chasing(proposal) or await tx.inquiries_about(case.id):
        return
    words = suggested(office, proposal, person)
    await begin_inquiry(office, tx, case, person, words, unbidden=True)


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
            judgement=weighed_for(ready.judgement, ready.proposal, ready.person.limit),
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
