"""Receipt: one mail for an answer to a brief, when all that it released has come to an end."""

from datetime import datetime, timedelta

from mailagent.core.audit import AuditEntry
from mailagent.core.brief import Answered, Brief
from mailagent.core.case import Case, State
from mailagent.core.job import Job
from mailagent.core.letter import DECIDING, Ending, ItemEnd, ItemsLetter, Letter, Line, Settled
from mailagent.core.post import Thread, envelope
from mailagent.core.proposal import Proposal
from mailagent.core.receipt import irreversible
from mailagent.ports import KeptMessage, Office, Stale, Transaction
from mailagent.ports.undoing import carried_out, way_back

_SETTLING = frozenset({Ending.SETTLED_SO, Ending.SETTLED_AGAIN, Ending.SETTLED_SKIP})
# Carried out, or on their way there.
_RELEASED = DECIDING - {Ending.REJECTED}
_AT_WORK = frozenset({State.APPROVED, State.EXECUTING})
_STUCK = frozenset({Settled.FAILED, Settled.UNKNOWN})
# For longer than this nobody waits for a word; what ends later has a receipt of its own.
_PATIENCE = timedelta(minutes=5)


async def receipt(office: Office, job: Job) -> None:
    """Waits until the last of them has ended: each that ends asks for this once more."""
    async with office.store.begin(office.company.id) as tx:
        about = f"receipt/items/{job.subject}"
        if await tx.was_posted(about):
            raise Stale("it was told already")
        answers = await tx.answers_in(job.subject)
        cases = await _cases(tx, answers)
        kept = await tx.message(job.subject)
        last = max(a.at for a in answers if a.at) + _PATIENCE
        decided = [a for a in answers if a.draft]
        if office.clock.now() < last and any(_runs(a, cases[a.draft]) for a in decided):
            await tx.defer(job.model_copy(update={"not_before": last}))
            return
        await _write(office, tx, kept, answers, cases)
        office.probe("receipt: before commit")
    office.probe("receipt: committed")


async def _cases(tx: Transaction, answers: list[Answered]) -> dict[int, Case]:
    """By the draft that was decided."""
    drafts = await tx.drafts_with([answered.draft for answered in answers if answered.draft])
    return {number: await tx.case(draft.case) for number, draft in drafts.items()}


def _runs(answered: Answered, case: Case) -> bool:
    return answered.outcome in _RELEASED and case.state in _AT_WORK


async def _write(
    office: Office,
    tx: Transaction,
    kept: KeptMessage,
    answers: list[Answered],
    cases: dict[int, Case],
) -> None:
    brief = await tx.brief(answers[0].brief)
    person = await tx.person(brief.draft.person)
    if person is None:
        return  # removed since; the audit log has it all
    ends = tuple(
        [
            await _end(tx, answered, cases[answered.draft])
            if answered.draft
            else _checked(brief, answered)
            for answered in answers
        ]
    )
    ended = [(a.number, cases[a.draft]) for a in answers if a.outcome in DECIDING]
    back = await way_back(office, tx, brief.draft.version, brief.title, person, ended)
    about = f"receipt/items/{kept.id}"
    thread = Thread(
        subject=brief.title,
        ref=brief.draft.ref,
        message_id=kept.message_id,
        references=kept.references,
    )
    now, token = office.clock.now(), back.token if back else None

    def write(head: AuditEntry) -> Letter:
        return ItemsLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about, token=token),
            items=ends,
            undo=back.undone if back else (),
            undo_until=back.draft.expires_at if back and back.undone else None,
            settle=any(line.settled in _STUCK for end in ends for line in end.lines),
        )

    await tx.post(about, None, write)


def _checked(brief: Brief, answered: Answered) -> ItemEnd:
    """What was done before and shown again; asked what was wrong where that was not said."""
    spot = next(one for one in brief.checks if one.number == answered.number)
    ending = Ending(answered.outcome)
    unsaid = ending is Ending.WRONG and not answered.detail
    return ItemEnd(
        number=answered.number,
        title=f"{spot.ref}  {spot.title}",
        ending=Ending.WRONG_HOW if unsaid else ending,
        detail=answered.detail,
    )


async def _end(tx: Transaction, answered: Answered, case: Case) -> ItemEnd:
    draft = (await tx.drafts_with([answered.draft]))[answered.draft]
    proposal, _, _ = await tx.proposal(case.id, draft.version)
    ending = Ending(answered.outcome)
    if ending in _RELEASED and case.state is State.PARKED:
        ending = Ending.PARKED
    if _runs(answered, case):
        ending = Ending.RUNNING
    until = datetime.fromisoformat(answered.detail) if ending is Ending.LATER else None
    undone = ending is Ending.UNDONE
    return ItemEnd(
        number=answered.number,
        title=proposal.title,
        ending=ending,
        detail="" if until else answered.detail,
        until=until,
        lines=await _lines(tx, proposal, ending) if ending in _RELEASED else (),
        kept=irreversible(await tx.effects(case.id, proposal.undoes)) if undone else (),
    )


async def _lines(tx: Transaction, proposal: Proposal, ending: Ending) -> tuple[Line, ...]:
    """What was carried out; a word that settles an effect is about the version before."""
    settles = ending in _SETTLING
    return await carried_out(tx, proposal.case, proposal.undoes if settles else proposal.version)
