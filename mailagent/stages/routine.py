"""Routine: what is due by the clock, done in one go."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mailagent.core.audit import AuditEntry, Entry
from mailagent.core.books import Booked
from mailagent.core.brief import MORNING, BriefKind, Desk, day_began, is_unanswered
from mailagent.core.enrolment import doubts
from mailagent.core.handover import HandedState
from mailagent.core.inquiry import InquiryState
from mailagent.core.job import Job, Stage
from mailagent.core.letter import Letter, Notice, NoticeLetter
from mailagent.core.people import Person
from mailagent.core.post import Thread, envelope, owner_of
from mailagent.core.proposal import Purpose
from mailagent.core.reading import Field, Kind, Reading, Source
from mailagent.core.routine import (
    AskForPapers,
    AskSubstitute,
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
    Sight,
    TellDoubts,
    TellNotTaken,
    TellSignIn,
    View,
    Wake,
    Watch,
)
from mailagent.ports import Office, Transaction, became, come_back, come_home, month_pack
from mailagent.ports.anew import calendars_of, read_anew
from mailagent.ports.around import draft_around, meetings_around
from mailagent.ports.begin import begin_work, derived, made_document
from mailagent.ports.copies import tell_not_taken, unanswered_copies
from mailagent.ports.ending import tell_ending
from mailagent.ports.late import late_drafts
from mailagent.ports.release import release
from mailagent.ports.remind import remind
from mailagent.ports.standing import go_ahead, ready_to_go
from mailagent.ports.thresholds import watch, watched
from mailagent.ports.widening import propose_widening

# Longer than any retry takes to show itself: what stands still since then is stuck.
_STILL = timedelta(hours=2)
# Nobody is asked instead of another before this.
_LONG = timedelta(hours=72)
# As far ahead of UTC as any time zone gets.
_EASTMOST = timedelta(hours=14)
_PAST_DAYS, _AHEAD_DAYS, _SATURDAY = 40, 14, 5
_LOOKED_AT = 50  # cases, for one that cannot wait until after a holiday
_DUE = ("due_date", "last_notice_day")


async def routine(office: Office, job: Job) -> None:
    """Shows the routine what it looks at, and does what it says is due."""
    wanted = office.routines[job.routine]
    if wanted.sees is Sight.COVERED:
        await _look_again(office)
    async with office.store.begin(office.company.id) as tx:
        view = await _view(office, tx, wanted.sees)
        duties = wanted.due(view)
        for duty in duties:
            await _do(office, tx, duty)
        office.probe(f"routine: {job.routine} before commit")
    office.probe(f"routine: {job.routine} committed")
    for duty in duties:
        await _do_outside(office, duty)


async def _look_again(office: Office) -> None:
    """What goes ahead by itself is looked at as it is now, also outside."""
    async with office.store.begin(office.company.id) as tx:
        cases = [one.case for one in await ready_to_go(office, tx)]
        asked = await calendars_of(office, tx, cases)
    await read_anew(office, asked)


async def _do_outside(office: Office, duty: Duty) -> None:
    """What another machine or the disk takes its time for."""
    match duty:
        case ReleaseHold():
            await release(office, duty.kept)
        case CountFigures():
            await _count(office)
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


async def _view(  # noqa: C901, PLR0912, PLR0915 - one line for each sight
    office: Office, tx: Transaction, sees: Sight | None
) -> View:
    now = office.clock.now()
    people = await tx.people()
    seen: dict[str, Any] = {}
    match sees:
        case Sight.REMINDERS:
            seen["reminders"] = await tx.due_reminders((now + _EASTMOST).date().isoformat())
        case Sight.EXPIRED:
            seen["expired"] = await tx.late_drafts(now)
        case Sight.WOKEN:
            seen["woken"] = await tx.snoozes(until=now)
        case Sight.UNANSWERED:
            seen["unanswered"] = await tx.unanswered(now)
        case Sight.UNHEARD:
            seen["unheard"] = await tx.unheard(now)
        case Sight.COUNTS:
            seen["counts"] = await tx.reconcile(now - _STILL)
        case Sight.PAYABLE:
            until = now.date() + timedelta(days=office.payments.days_ahead)
            seen["payable"] = await tx.payable(until) if office.payments.on else ()
        case Sight.UNDECIDED:
            seen["undecided"] = await tx.undecided(now - _LONG)
            seen["holidays"] = _holidays(office)
        case Sight.BOOKKEEPER:
            seen["bookkeeper"] = office.company.bookkeeper
        case Sight.PAPERS:
            seen |= {"papers": await tx.papers(), "paper_rules": office.papers}
        case Sight.MEETINGS:
            seen |= {"meetings": await meetings_around(office, tx), "around": office.around}
            seen["holidays"] = _holidays(office)
        case Sight.DOUBTS:
            known = await tx.proofs(), await tx.stripped(), office.mailbox.name
            seen["doubts"] = tuple(doubts(people, *known))
        case Sight.SIGN_IN:
            seen["sign_in"] = office.sign_in()
        case Sight.COVERED:
            seen["covered"] = await ready_to_go(office, tx)
        case Sight.WATCHED:
            seen |= {"watched": await watched(office, tx), "thresholds": office.thresholds}
        case Sight.HOLDS:
            seen["late_holds"] = await tx.late_holds(now)
        case Sight.COPIES:
            seen["copies"] = await unanswered_copies(tx, now)
        case Sight.ABSENCES:
            seen["absences"] = await tx.absences()
        case Sight.DESKS:
            there = {person.id for person in people}
            absences = await tx.absences()
            gone = {one.person for one in absences if one.substitute in there}
            here = [person for person in people if person.id not in gone]
            seen["desks"] = [await _desk(office, tx, person) for person in here]
            seen["holidays"] = _holidays(office)
    return View(now=now, people=tuple(people), rules=office.brief, payments=office.payments, **seen)


def _holidays(office: Office) -> frozenset[date]:
    """As far back as anything waits for a substitute, and a few days ahead."""
    today = office.clock.now().date()
    days = (today + timedelta(days=n) for n in range(-_PAST_DAYS, _AHEAD_DAYS))
    return frozenset(day for day in days if office.is_holiday(day))


async def _desk(office: Office, tx: Transaction, person: Person) -> Desk:
    """Whoever decides something by themselves hears every working day that all is well."""
    owner = owner_of((), await tx.people(), "")
    first = {names[0] for names in office.approvers.values() if names}
    last = await tx.last_brief(person.id)
    morning = await tx.last_brief(person.id, BriefKind.MORNING)
    now = office.clock.now()
    began = day_began(person, now)
    return Desk(
        person=person,
        load=await tx.load(person.id, person.main_address, began),
        heartbeat=person.id in first or (not first and person == owner),
        last_brief=last.draft.issued_at if last else None,
        last_morning=morning.draft.issued_at if morning else None,
        unanswered=sum(map(is_unanswered, await tx.open_briefs(person.id))),
        late=len(await late_drafts(office, tx, person)),
        urgent=await _is_urgent(office, tx, person),
    )


async def _is_urgent(office: Office, tx: Transaction, person: Person) -> bool:
    """Looked at on a holiday only: whether anything that waits is due before work goes on."""
    today = office.clock.now().astimezone(person.zone).date()
    if not office.is_holiday(today):
        return False
    ahead = (today + timedelta(days=n) for n in range(1, _AHEAD_DAYS))
    works = (day for day in ahead if day.weekday() < _SATURDAY and not office.is_holiday(day))
    next_day = next(works, today + timedelta(days=_AHEAD_DAYS))
    for case in (await tx.waiting_for(person.id))[:_LOOKED_AT]:
        reading = await tx.reading(case)
        if any((due := reading.date(name)) and due <= next_day for name in _DUE):
            return True
    return False


async def _do(  # noqa: C901, PLR0912, PLR0915 - one line for each duty
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
            await _propose_payments(office, tx, duty)
        case ProposeWidening():
            await propose_widening(office, tx, duty.week)
        case Watch():
            await watch(office, tx, duty)
        case GoAhead():
            await go_ahead(office, tx, duty.covered)
        case ReleaseHold() | PublishCalendar() | CountFigures():
            pass  # after this, with no transaction open
        case AskForPapers():
            await _ask_for_papers(office, tx, duty)
        case DraftAround():
            await draft_around(office, tx, duty.mail)
        case ProposePack():
            await _propose_pack(office, tx, duty)
        case SendBrief():
            version = MORNING if duty.morning else 0
            wanted = Job(stage=Stage.BRIEF, subject=0, version=version, routine=duty.person.id)
            await tx.defer(wanted)


async def _propose_payments(office: Office, tx: Transaction, duty: ProposePayments) -> None:
    """What it is about is written down like any document."""
    reading = _run_reading(office, duty)
    content = reading.model_dump_json().encode()
    document = made_document(f"payments {duty.day.isoformat()}.json", "application/json", content)
    await begin_work(office, tx, "payments", duty.day.toordinal(), document, content, reading)


async def _propose_pack(office: Office, tx: Transaction, duty: ProposePack) -> None:
    """The pack itself is the document."""
    month = duty.month
    content, bills = await month_pack(office, tx, month)
    said = {"month": str(month), "bills": str(bills)}
    fields = {name: derived(value, "the books") for name, value in said.items()}
    reading = Reading(kind=Kind.OTHER, confidence=1.0, fields=fields, reason="the month pack")
    document = made_document(f"books {month}.zip", "application/zip", content)
    slot = month.year * 12 + month.month
    await begin_work(office, tx, "packs", slot, document, content, reading)


async def _ask_for_papers(office: Office, tx: Transaction, duty: AskForPapers) -> None:
    """A question like any other, in the language of whoever approves it."""
    chase, owner = duty.chase, owner_of((), await tx.people(), "")
    language = owner.language if owner else "en"
    subject = chase.subject(language)
    said = {"recipient": chase.address, "subject": subject, "question": chase.words(language)}
    fields = {name: derived(value, "settings") for name, value in said.items() if value}
    reading = Reading(kind=Kind.OTHER, confidence=1.0, fields=fields, reason=subject)
    content = chase.model_dump_json().encode()
    document = made_document(subject, "application/json", content)
    await begin_work(office, tx, "questions", duty.slot, document, content, reading)


def _run_reading(office: Office, duty: ProposePayments) -> Reading:
    """The bills that are due, and out of which account; all of it from the books and settings."""
    rules = office.payments
    said = {
        "pay_on": duty.day.isoformat(),
        "form": rules.form,
        "pay_from": rules.payer.account,
        "pay_from_bank": rules.payer.bank,
        "payer_id": rules.payer.id,
    }
    fields = {name: derived(value, "settings") for name, value in said.items() if value}
    fields["payments"] = Field(
        value=tuple(_as_row(booked, duty.day) for booked in duty.bills),
        confidence=1.0,
        source=Source.DERIVED,
        rule="due_and_approved",
    )
    return Reading(kind=Kind.PAYMENTS, confidence=1.0, fields=fields, reason="the payment run")


def _as_row(booked: Booked, day: date) -> dict[str, str]:
    bill, off, early = booked.bill, Decimal(0), {}
    if bill.discount and bill.discount_until and day <= bill.discount_until:
        off = bill.discount
        early = {"off": str(off), "off_until": bill.discount_until.isoformat()}
    return {
        "bill": str(booked.number),
        "case": booked.case,
        "vendor": bill.vendor,
        "account": bill.iban,
        "amount": str(bill.total - off),
        "currency": bill.currency,
        "reference": bill.number,
        **({"due": bill.due.isoformat()} if bill.due else {}),
        **early,
    }


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
    person, now = owner_of((), await tx.people(), ""), office.clock.now()
    if person is None:
        return
    about = f"proofs/{now.date().isoformat()}"

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="")
        return NoticeLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about),
            notice=Notice.DOUBTED,
            facts=tuple(("why", doubt) for doubt in duty.doubts),
        )

    await tx.post(about, None, write)


async def _report(office: Office, tx: Transaction, duty: Report) -> None:
    details = duty.counts.model_dump(mode="json")
    await tx.audit(Entry(actor="agent", what="reconciled", details=details))
    person = owner_of((), await tx.people(), "")
    if not duty.trouble or person is None:
        return
    now = office.clock.now()
    about = f"reconciliation/{now.date().isoformat()}"

    def write(head: AuditEntry) -> Letter:
        thread = Thread(subject="")
        return NoticeLetter(
            envelope=envelope(office.company, person, thread, head, now, about=about),
            notice=Notice.STANDS_STILL,
            facts=tuple(("why", trouble) for trouble in duty.trouble),
        )

    await tx.post(about, None, write)
