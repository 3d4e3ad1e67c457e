"""Standing approvals at work: which row covers a case, what goes ahead, and what ends a row."""

from collections.abc import Sequence
from datetime import datetime

from mailagent.core.audit import Entry
from mailagent.core.brief import Answered, day_began
from mailagent.core.capability import RecordBill
from mailagent.core.case import Case, State
from mailagent.core.circumstances import Circumstances, address_in, around
from mailagent.core.draft import Draft, live_draft
from mailagent.core.inquiry import InquiryState
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Ending, Notice
from mailagent.core.meetings.slots import taken
from mailagent.core.modes import ONLY_SHOWN, Mode, Ruled, Scope, mode_of
from mailagent.core.money import Money, exceeds
from mailagent.core.people import Person
from mailagent.core.policy import Judgement, Verdict, amounts, judge
from mailagent.core.post import Thread
from mailagent.core.proposal import Proposal, digest
from mailagent.core.routine import Covered
from mailagent.core.standing import (
    bills_in,
    has_twin,
    hindrance,
    is_in_force,
    is_what_was_approved,
    scope_of,
)
from mailagent.core.value import canonical
from mailagent.ports.afresh import contents_now, new_doubt
from mailagent.ports.notify import Note, notify
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction

_PLAINLY = "accepted"  # one of them, without an if and a but


async def mode_for(office: Office, tx: Transaction, scope: Scope) -> Mode:
    """How far the agent goes with this kind of work now."""
    ceiling = office.modes.get(scope.task, Mode.APPROVE)
    return mode_of(scope, ceiling, await tx.rulings(scope.task))


async def judged(
    office: Office,
    tx: Transaction,
    proposal: Proposal,
    found: Circumstances,
    person: Person,
    limits: Sequence[Money | None],
) -> Judgement:
    """By the table, by the mode of its task, and by what a person approved beforehand.

    Of several limits that have to be kept the strictest counts.
    """
    mode = await mode_for(office, tx, scope_of(proposal))
    if mode is Mode.SUGGEST:
        plain = _strictest(office, proposal, found, limits)
        said = {"verdict": Verdict.FORBID, "hits": (*plain.hits, ONLY_SHOWN)}
        return plain.model_copy(update={**said, "why": ("mode_suggest",)})
    began = day_began(person, office.clock.now())
    row = (
        await _covering(office, tx, proposal, found, person, began)
        if mode.rank > Mode.SUGGEST.rank
        else None
    )
    made = _strictest(office, proposal, found, limits, covered=row is not None)
    if row is None or made.verdict is not Verdict.STANDING:
        return made
    return made.model_copy(update={"standing": row.number, "hold_hours": row.hold_hours})


def _strictest(
    office: Office,
    proposal: Proposal,
    found: Circumstances,
    limits: Sequence[Money | None],
    *,
    covered: bool = False,
) -> Judgement:
    made = [judge(proposal, office.rules, limit, found, covered=covered) for limit in limits]
    return max(made, key=lambda one: one.verdict)


async def _covering(
    office: Office,
    tx: Transaction,
    proposal: Proposal,
    found: Circumstances,
    person: Person,
    since: datetime | None,
) -> Ruled | None:
    """The first row that covers it. `since`: what it covered from then on counts; none: nothing."""
    slot = await _slot(tx, proposal)
    for row in await tx.rulings(proposal.task):
        used = await tx.covered_since(row.number, since) if since else 0
        why = hindrance(row, proposal, found, person, used, slot)
        if not why and await _is_given(office, tx, row):
            return row
    return None


async def _slot(tx: Transaction, proposal: Proposal) -> str:
    """The answer that enters a time which its owner offered, and whoever was asked takes."""
    if not proposal.alternatives:
        return ""
    inquiry = await tx.inquiry(proposal.case)
    if inquiry is None or inquiry.state is not InquiryState.ANSWERED:
        return ""
    if inquiry.reading is None or inquiry.reading.text("verdict") != _PLAINLY:
        return ""
    return taken(proposal, await tx.held_for(proposal.case), inquiry.answered_by)


async def _is_given(office: Office, tx: Transaction, row: Ruled) -> bool:
    """It was approved by a reply, as it stands here, and by the person that it names; the log says
    that this very row came of it, and that it never ended.

    What is merely written into the store, wider than what was shown, copied or opened again covers
    nothing.
    """
    if row.case is None or not is_in_force(row, await tx.entries_of(row.case)):
        return False
    approved, _, _ = await tx.proposal(row.case, row.version)
    decided = await tx.used_draft(row.case, row.version)
    by_them = decided is not None and decided.person == row.person
    bound = decided is not None and decided.digest == digest(office.company.id, approved)
    return bool(by_them and bound and is_what_was_approved(row, approved))


async def ready_to_go(office: Office, tx: Transaction) -> list[Covered]:
    """What was shown for long enough to somebody whose word against it would have been heard."""
    heard = office.ear.heard_until
    if heard is None or await tx.has_words_to_hear():
        return []
    return await tx.covered_until(heard)


async def go_ahead(office: Office, tx: Transaction, due: Sequence[Covered]) -> None:
    """What was shown for long enough is released; whatever speaks against it makes it wait."""
    paused, asleep = await tx.pauses(), {snooze.case for snooze in await tx.snoozes()}
    released: dict[int, int] = {}  # by brief, the message that stands for this going ahead
    spent: dict[str, list[Money]] = {}  # by person: each has limits of their own
    booked: list[RecordBill] = []  # what goes ahead with it is not in the books yet
    for one in due:
        case = await tx.case(one.case)
        if case.task in paused or "" in paused or case.id in asleep:
            continue
        proposal, _, _ = await tx.proposal(case.id, one.version)
        person = await tx.person(one.person)
        draft = _draft(await tx.open_drafts(case.id), one, office.clock.now())
        why = await _objection(office, tx, case, one, proposal, person, draft)
        money = [*spent.get(one.person, ()), *amounts(proposal)]
        if not why and person and person.limit and money and exceeds(money, person.limit):
            why = "limit"
        if not why and has_twin(bills_in(proposal), booked):
            why = "duplicate"
        await tx.uncover(case.id)
        if why or draft is None:
            details = {"row": f"S-{one.ruled}", "why": why}
            await tx.audit(
                Entry(actor="agent", what="case.not_covered", case=case.id, details=details)
            )
            continue
        spent[one.person], booked = money, [*booked, *bills_in(proposal)]
        slot = await _slot(tx, proposal)
        await _release(office, tx, case, one, draft, released, slot)


def _draft(drafts: Sequence[Draft], one: Covered, now: datetime) -> Draft | None:
    live = live_draft(drafts, one.person, now)
    return live if live and live.version == one.version else None


async def _objection(
    office: Office,
    tx: Transaction,
    case: Case,
    one: Covered,
    proposal: Proposal,
    person: Person | None,
    draft: Draft | None,
) -> str:
    """Everything is looked at once more, as it is now; empty: nothing speaks against it."""
    if case.state is not State.PROPOSED or case.version != one.version or draft is None:
        return "moved"
    named = office.approvers.get(case.task, ())
    away = {absent.person for absent in await tx.absences()}  # nobody there who could say no
    if person is None or person.id in away or (named and person.id not in named):
        return "person"
    if draft.digest != digest(office.company.id, proposal, await contents_now(office, proposal)):
        return "altered"
    kept = await tx.message(case.message)
    now, failing = office.clock.now(), await tx.failing()
    found = around(address_in(kept.sender), kept.signed_by, person, now, failing)
    why = await _against_the_rules(office, tx, one, proposal, person, found)
    if why:
        return why
    doubt = await new_doubt(office, tx, case, proposal, await _slot(tx, proposal))
    return doubt.name if doubt else ""


async def _against_the_rules(
    office: Office,
    tx: Transaction,
    one: Covered,
    proposal: Proposal,
    person: Person,
    found: Circumstances,
) -> str:
    """Its mode, its row and the table, as they are by now."""
    if (await mode_for(office, tx, scope_of(proposal))).rank < Mode.APPROVE.rank:
        return "mode"
    row = await _covering(office, tx, proposal, found, person, None)
    if row is None or row.number != one.ruled:
        return "row"
    made = judge(proposal, office.rules, person.limit, found, covered=True)
    return "rules" if made.verdict > Verdict.STANDING else ""


async def _release(
    office: Office,
    tx: Transaction,
    case: Case,
    one: Covered,
    draft: Draft,
    released: dict[int, int],
    slot: str,
) -> None:
    """As a word would: the token is used up, the case moves, and the row is named."""
    row = next(row for row in await tx.rulings(case.task) if row.number == one.ruled)
    given = await tx.case(row.case) if row.case else None
    brief = await tx.brief_with(draft.id)
    item = brief.by_draft(draft.id) if brief else None
    await tx.use_draft(draft.id, choice=slot)
    await tx.supersede_drafts(case.id)
    details = {
        "row": row.name,
        "given_by": row.person,
        "given_in": given.ref if given else "",
        "digest": draft.digest,
        "shown_at": draft.issued_at.isoformat(),
        **({"choice": slot} if slot else {}),
    }
    job = Job(stage=Stage.EXECUTE, subject=case.id, version=one.version)
    entry = Entry(actor="agent", what="case.standing", details=details)
    await tx.advance(case, State.APPROVED, entry, job)
    if brief is None or item is None:
        return
    message = released.get(brief.draft.id) or await _together(office, tx, brief.draft)
    released[brief.draft.id] = message
    await tx.note_answer(
        Answered(
            message=message,
            brief=brief.draft.id,
            number=item.number,
            draft=draft.id,
            outcome=Ending.APPROVED,
            detail=row.name,
        )
    )


async def _together(office: Office, tx: Transaction, brief: Draft) -> int:
    """What goes ahead of one brief at one time has one receipt."""
    now = office.clock.now()
    content = canonical({"standing": brief.ref, "at": now.isoformat()})
    (name,) = await office.blobs.put_many([content])
    slot = int(now.timestamp())
    message = await tx.begin(
        f"standing/{brief.ref}", slot, name, f"Standing approvals of {brief.ref}"
    )
    if message is None:
        raise LookupError("it went ahead already")
    return message


async def narrow(
    office: Office, tx: Transaction, scope: Scope, mode: Mode, actor: str, *, why: str, key: str
) -> tuple[Ruled, ...]:
    """Needs no code. Standing approvals of the same work end with it; those that did."""
    now = office.clock.now()
    row = Ruled(scope=scope, mode=mode, person=actor, since=now, why=why)
    await tx.add_ruling(row, f"narrow/{key}")
    rows = [r for r in await tx.rulings(scope.task) if r.mode is Mode.STANDING]
    gone = tuple(r for r in rows if scope.covers(r.scope) or r.scope.covers(scope))
    for one in gone:
        await tx.end_ruling(one.number, why)
    details = {"scope": str(scope), "mode": mode, "why": why, "ended": [r.name for r in gone]}
    await tx.audit(Entry(actor=actor, what="policy.narrowed", details=details))
    return gone


async def overridden(office: Office, tx: Transaction, case: int, what: str) -> None:
    """Who changes, refuses, takes back or finds fault with what a row covered ends that row."""
    one = await tx.covered(case)
    if one is None or not await tx.end_ruling(one.ruled, what):
        return
    await tx.uncover(case)
    name = f"S-{one.ruled}"
    details = {"row": name, "why": what}
    await tx.audit(Entry(actor="agent", what="policy.narrowed", case=case, details=details))
    person, known = await tx.person(one.person), await tx.case(case)
    facts = (("row", name), ("draft", known.title))
    thread, about = Thread(subject=known.title, ref=known.ref), f"narrowed/{one.ruled}"
    await notify(office, tx, person, Note(Notice.NARROWED, about, facts, thread=thread, case=case))
