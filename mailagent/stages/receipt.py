"""Receipt: one mail for an answer to a brief, when all that it released has come to an end."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from mailagent.core.audit import AuditEntry
from mailagent.core.brief import Answered, Brief, BriefItem, BriefKind, brief_digest, new_brief
from mailagent.core.case import Case, State
from mailagent.core.draft import LIFETIME, Draft, new_draft
from mailagent.core.job import Job
from mailagent.core.letter import Ending, ItemEnd, ItemsLetter, Letter, Line, Settled
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope
from mailagent.core.proposal import Proposal, Purpose, digest
from mailagent.core.receipt import irreversible, line_of
from mailagent.core.token import Token
from mailagent.ports import KeptMessage, Office, Stale, Transaction

_SETTLING = frozenset({Ending.SETTLED_SO, Ending.SETTLED_AGAIN, Ending.SETTLED_SKIP})
# Carried out, or on their way there.
_RELEASED = frozenset({Ending.APPROVED, Ending.UNDONE}) | _SETTLING
_TAKEN_BACK = _RELEASED | {Ending.REJECTED}
_AT_WORK = frozenset({State.APPROVED, State.EXECUTING})
_TO_UNDO = frozenset({State.DONE, State.REJECTED, State.NEEDS_OWNER})
_STUCK = frozenset({Settled.FAILED, Settled.UNKNOWN})
# For longer than this nobody waits for a word; what ends later has a receipt of its own.
_PATIENCE = timedelta(minutes=5)


class _Back(NamedTuple):
    """What can be answered to the receipt, and the token that says so."""

    undone: tuple[int, ...]
    draft: Draft
    token: Token


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
    ended = [(a.number, cases[a.draft]) for a in answers if a.outcome in _TAKEN_BACK]
    back = await _way_back(office, tx, brief, person, ended)
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
    version = proposal.undoes if ending in _SETTLING else proposal.version
    done, _, _ = await tx.proposal(proposal.case, version)
    used = await tx.used_draft(proposal.case, version)
    effects = await tx.effects(proposal.case, version)
    actions = done.chosen(used.choice if used else "").actions
    return tuple(line_of(action, effects, used.left_out if used else ()) for action in actions)


async def _way_back(
    office: Office,
    tx: Transaction,
    brief: Brief,
    person: Person,
    ended: Iterable[tuple[int, Case]],
) -> _Back | None:
    """The receipt is a brief itself: what `undo 1` means, under a token of its own."""
    now = office.clock.now()
    items, undone = [], []
    for number, case in ended:
        undo = await _undo(tx, case)
        if undo is None:
            continue
        draft, _ = new_draft(case, undo.version, digest(office.company.id, undo), person, now)
        items.append(BriefItem(number=number, draft=draft, ready=False))
        if undo.actions or case.state is State.REJECTED:
            undone.append(number)
    if not items:
        return None
    made = brief_digest(office.company.id, items)
    draft, token = new_brief(brief.draft.version, made, person, now, now + LIFETIME)
    issued = await tx.issue_brief(draft, brief.title, BriefKind.RECEIPT, items)
    return _Back(tuple(undone), issued.draft, token)


async def _undo(tx: Transaction, case: Case) -> Proposal | None:
    """What was made to take it back, or to settle it, and is not used yet."""
    if case.state not in _TO_UNDO:
        return None
    proposal, _, _ = await tx.proposal(case.id, case.version)
    used = await tx.used_draft(case.id, case.version)
    return proposal if proposal.purpose is Purpose.UNDO and used is None else None
