"""What a routine says is due, done: in its transaction, and what takes its time after it."""

from mailagent.core.audit import Entry
from mailagent.core.brief import MORNING
from mailagent.core.handover import HandedState
from mailagent.core.inquiry import InquiryState
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Notice
from mailagent.core.proposal import Purpose
from mailagent.core.routine import (
    AskForPapers,
    AskSubstitute,
    CompareCalendars,
    CountFigures,
    DraftAround,
    Duty,
    Expire,
    GiveUp,
    GoAhead,
    NoteSilence,
    ProposePack,
    ProposePayments,
    ProposeWidening,
    PublishCalendar,
    ReleaseHold,
    Remind,
    Report,
    Return,
    SendBrief,
    TellDoubts,
    TellNotTaken,
    TellSignIn,
    Wake,
    Watch,
)
from mailagent.ports import Office, Transaction, became, come_back, come_home
from mailagent.ports.around import draft_around
from mailagent.ports.copies import tell_not_taken
from mailagent.ports.ending import tell_ending
from mailagent.ports.notify import Note, notify_owner
from mailagent.ports.release import release
from mailagent.ports.remind import remind
from mailagent.ports.shadow import compare_calendars
from mailagent.ports.standing import go_ahead
from mailagent.ports.thresholds import watch
from mailagent.ports.widening import propose_widening
from mailagent.stages.routine.begun import ask_for_papers, propose_pack, propose_payments


async def do(  # noqa: C901, PLR0912, PLR0915 - one line for each duty
    office: Office, tx: Transaction, duty: Duty
) -> None:
    match duty:
        case Remind():
            await remind(office, tx, duty)
        case Expire():
            await _expire(tx, duty)
        case Wake():
            await _wake(tx, duty)
        case GiveUp():
            silent = {"state": InquiryState.SILENT, "until": None}
            await come_back(office, tx, duty.inquiry.model_copy(update=silent))
        case AskSubstitute():
            await _ask_substitute(tx, duty)
        case TellNotTaken():
            await tell_not_taken(office, tx, duty.kept)
        case Return():
            back = Entry(actor="clock", what="person.back", details=duty.away.record())
            await come_home(tx, duty.away, back, asked=False)
        case NoteSilence():
            unheard = duty.handed.model_copy(update={"state": HandedState.SILENT})
            await became(office, tx, unheard)
        case Report():
            await _report(office, tx, duty)
        case TellDoubts():
            await _tell_doubts(office, tx, duty)
        case TellSignIn():
            await tell_ending(office, tx, duty.given)
        case ProposePayments():
            await propose_payments(office, tx, duty)
        case ProposeWidening():
            await propose_widening(office, tx, duty.week)
        case Watch():
            await watch(office, tx, duty)
        case GoAhead():
            await go_ahead(office, tx, duty.covered)
        case ReleaseHold() | PublishCalendar() | CountFigures() | CompareCalendars():
            pass  # after this, with no transaction open
        case AskForPapers():
            await ask_for_papers(office, tx, duty)
        case DraftAround():
            await draft_around(office, tx, duty.mail)
        case ProposePack():
            await propose_pack(office, tx, duty)
        case SendBrief():
            version = MORNING if duty.morning else 0
            wanted = Job(stage=Stage.BRIEF, subject=0, version=version, routine=duty.person.id)
            await tx.defer(wanted)


async def do_outside(office: Office, duty: Duty) -> None:
    """What another machine or the disk takes its time for."""
    match duty:
        case ReleaseHold():
            await release(office, duty.kept)
        case CountFigures():
            await _count(office)
        case CompareCalendars():
            await compare_calendars(office, duty.invitations)
        case PublishCalendar():
            async with office.store.begin(office.company.id) as tx:
                content = await office.calendars.written(tx)
            await office.calendars.publish(content)


async def _count(office: Office) -> None:
    """Step by step, each by itself: nobody waits for the whole of it."""
    counted = 1
    while counted:
        async with office.store.begin(office.company.id) as tx:
            counted = await tx.count_on()


async def _expire(tx: Transaction, duty: Expire) -> None:
    """Its token ends; the case comes back in the brief, with a fresh one."""
    draft = duty.draft
    await tx.expire_draft(draft.id)
    case = draft.case or None
    details = {"draft": draft.id, "person": draft.person, "version": draft.version}
    await tx.audit(Entry(actor="agent", what="draft.expired", case=case, details=details))
    if case is None:
        return  # each case in it has a draft of its own, which ends with it
    proposal, _, _ = await tx.proposal(draft.case, draft.version)
    if proposal.purpose is not Purpose.UNDO:  # an unwanted undo needs no new one
        await tx.hold_for_brief(draft.case, draft.person, for_morning=True)


async def _ask_substitute(tx: Transaction, duty: AskSubstitute) -> None:
    """Comes with their brief. What is sensitive is seen by nobody else; a second time is none."""
    case = await tx.case(duty.case)
    proposal, _, _ = await tx.proposal(case.id, case.version)
    if proposal.reading.sensitive or duty.person.id in await tx.delegates(case.id):
        return
    await tx.delegate(case.id, duty.person.id, duty.instead_of)
    await tx.hold_for_brief(case.id, duty.person.id, for_morning=True)
    details = {"person": duty.person.id, "instead_of": duty.instead_of, "version": case.version}
    await tx.audit(Entry(actor="agent", what="case.to_substitute", case=case.id, details=details))


async def _wake(tx: Transaction, duty: Wake) -> None:
    """The draft that was put off counts no more; the same version is sent with a fresh token."""
    case = await tx.case(duty.snooze.case)
    await tx.wake(case.id)
    for draft in await tx.open_drafts(case.id):
        await tx.expire_draft(draft.id)
    details = {"person": duty.snooze.person, "until": duty.snooze.until.isoformat()}
    await tx.audit(Entry(actor="agent", what="case.woken", case=case.id, details=details))
    await tx.defer(Job(stage=Stage.PROPOSE, subject=case.id, version=case.version))


async def _tell_doubts(office: Office, tx: Transaction, duty: TellDoubts) -> None:
    about = f"proofs/{office.clock.now().date().isoformat()}"
    facts = [("why", doubt) for doubt in duty.doubts]
    await notify_owner(office, tx, Note(Notice.DOUBTED, about, facts))


async def _report(office: Office, tx: Transaction, duty: Report) -> None:
    details = duty.counts.model_dump(mode="json")
    await tx.audit(Entry(actor="agent", what="reconciled", details=details))
    if duty.trouble:
        about = f"reconciliation/{office.clock.now().date().isoformat()}"
        facts = [("why", trouble) for trouble in duty.trouble]
        await notify_owner(office, tx, Note(Notice.STANDS_STILL, about, facts))
