"""Every row belongs to a company, and no statement forgets it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, event, select, text

from mailagent.core.appointment import Kept, PartStat
from mailagent.core.audit import Entry
from mailagent.core.authenticator import new_authenticator
from mailagent.core.away import Away, StoodIn
from mailagent.core.brief import Answered, BriefItem, BriefKind
from mailagent.core.capability import Outcome
from mailagent.core.case import State
from mailagent.core.draft import Draft, DraftState
from mailagent.core.effect import Effect, EffectState
from mailagent.core.enclosed import AskOwnPapers
from mailagent.core.filing import AskFiled
from mailagent.core.forgery import Stripped
from mailagent.core.handover import Handed
from mailagent.core.inquiry import Inquiry
from mailagent.core.job import Job, Stage
from mailagent.core.lesson import Lesson, Taught
from mailagent.core.letter import OutsideLetter
from mailagent.core.message import Arrival, Disposition, Message, Place
from mailagent.core.modes import Mode, Ruled
from mailagent.core.modes import Scope as Covers
from mailagent.core.orders import PurchaseOrder
from mailagent.core.owed import AskBill
from mailagent.core.policy import Judgement, Verdict
from mailagent.core.question import AskOrders, AskVendor
from mailagent.core.reading import Kind
from mailagent.core.revision import Above, Revision
from mailagent.core.routine import Covered, Snooze
from mailagent.core.shadow import Compared, Foreseen, Way
from mailagent.core.spot import Found, SpotCheck
from mailagent.core.thresholds import Mark
from mailagent.core.triage import Look, Sighting, Teaching
from mailagent.core.value import sha256
from mailagent.ports import Stale
from mailagent.store.ledger import EmbeddedLedger
from mailagent.store.scope import Scope
from mailagent.store.store import SqlTransaction
from mailagent.store.tables import drafts, metadata
from tests.desk import Desk, bill_mail, open_desk, reply_mail
from tests.values import (
    COMPANY,
    NOW,
    appointment,
    document,
    person,
    proposal,
    reading,
    record_bill,
    store_file,
)

_FREE = ("BEGIN", "SAVEPOINT", "COMMIT", "ROLLBACK", "PRAGMA")


@contextmanager
def listening(desk: Desk) -> Iterator[list[str]]:
    """All statements that reach the database."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(desk.store.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(desk.store.engine.sync_engine, "before_cursor_execute", note)


def bound(statement: str) -> bool:
    """Whether a statement is about one company; the job board alone looks over all of them."""
    words = " ".join(statement.split())
    if words.startswith(_FREE):
        return True
    if " FROM jobs " in f"{words} " or words.startswith(("UPDATE jobs", "DELETE FROM jobs")):
        return "jobs.id" in words
    if words.startswith("INSERT"):
        return "(company," in words or ", company" in words
    return ".company = ?" in words


async def conversation(desk: Desk) -> None:
    """As many kinds of steps as one test can take."""
    await desk.take_in(bill_mail())
    await desk.take_in(reply_mail(desk.draft(), "approve"))
    await desk.take_in(reply_mail(desk.letters("receipt")[-1], "undo"))
    await desk.take_in(bill_mail(reading(invoice_number="R-8"), message_id="<b2@acme.test>"))
    await desk.take_in(reply_mail(desk.draft(), "what is this"))
    await desk.take_in(reply_mail(desk.draft(), "reject", subject="forged"))
    desk.clock.advance(timedelta(days=30))
    async with desk.begin() as tx:
        await tx.defer(
            *(Job(stage=Stage.ROUTINE, subject=0, routine=r) for r in desk.office.routines)
        )
    await desk.engine.drain()


@pytest.mark.slow
async def test_no_statement_of_a_whole_conversation_forgets_the_company(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        with listening(desk) as said:
            await conversation(desk)
        assert len(said) > 200
        assert [statement for statement in said if not bound(statement)] == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT cases.id FROM cases WHERE cases.id = ?",
        "UPDATE cases SET state=? WHERE cases.id = ?",
        "DELETE FROM people WHERE people.person = ?",
        "INSERT INTO cases (ref) VALUES (?)",
        "SELECT count(*) FROM messages",
    ],
)
def test_a_statement_that_forgets_the_company_would_be_found(statement: str) -> None:
    assert not bound(statement)


def test_every_table_and_every_key_starts_with_the_company() -> None:
    for table in metadata.tables.values():
        assert not table.c.company.nullable
        for constraint in table.constraints:
            assert isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint)
            names = [column.name for column in constraint.columns]
            assert names[0] in ("company", "id"), (table.name, names)


# -- two companies in one database -----------------------------------------------------------

ENTRY = Entry(actor="test", what="test")
PLACE = Place(folder="INBOX", uidvalidity=1000, uid=1)
SIGHTING = Sighting(message=1, address="bills@acme.test", name="mine", kind=Kind.OTHER, look=Look())
TEACHING = Teaching(
    sender="bills@acme.test", seen=Kind.OTHER, kind=Kind.NEWSLETTER, person="mine", message=1
)
GONE = Away(person="ann", substitute="mine", since=NOW, until=NOW)
STOOD_IN = StoodIn(case=1, person="ann", substitute="mine", since=NOW)
SPOT = SpotCheck(case=1, version=1, task="bills", ref="4F7Q", title="mine", number=1)
STRIPPED = Stripped(mailbox="ops", marks="m", by="mine", held=True, at=NOW)
HELD = Kept(
    calendar="own", case=1, appointment=appointment(uid="one", title="mine"), until=NOW, key="mine"
)
EFFECT = Effect(
    key="k", case=1, version=1, number=9, payload=record_bill(), state=EffectState.INTENDED
)
ANSWERED = Answered(message=1, brief=3, number=1, draft=4, outcome="approve")
FILE, PLACE_OF_FILE = b"file", "bills/corp.pdf"
OUTSIDE = OutsideLetter(
    company=COMPANY, to="a@b.test", subject="?", text="?", message_id="q@rival.test", at=NOW
)
TAUGHT = Taught(case=1, ref="MINE", person="ann", words="", document="", at=NOW)
LESSON = Lesson(vendor="Acme", keys=("name:acme",), field="book_to", value="mine", taught=TAUGHT)
HANDED = Handed(
    key="k", case=1, ref="R", to="t", tool="mine", subject="s", message_id="m", at=NOW, until=NOW
)
RULED = Ruled(scope=Covers(task="bills"), mode=Mode.SUGGEST, person="mine", since=NOW)
COVERED = Covered(case=1, version=1, ruled=1, person="mine", hold_hours=4)
Call = Callable[[SqlTransaction], Awaitable[Any]]


def rival_calls(desk: Desk, token_hash: str, key: str) -> dict[str, Call]:
    """Every method, called by the rival with the numbers and names of the other company."""
    case = 1
    theirs = {"id": case, "company": "rival", "ref": "XXXX", "message": 1, "task": "bills"}
    letter = desk.draft()

    async def advance(tx: SqlTransaction) -> Any:
        from tests.values import case as made

        return await tx.advance(made(State.DONE, **{**theirs, "version": 2}), State.APPROVED, ENTRY)

    job = Job(stage=Stage.READ, subject=1)
    arrival = Arrival(place=PLACE, raw=b"x", received_at=NOW)
    return {
        "audit": lambda tx: tx.audit(ENTRY),
        "head": lambda tx: tx.head(),
        "chain_head": lambda tx: tx.chain_head(),
        "watermark": lambda tx: tx.watermark(desk.mailbox.name),
        "keep": lambda tx: tx.keep(desk.mailbox.name, [(arrival, "ab" * 32, job)], None),
        "message": lambda tx: tx.message(1),
        "describe": lambda tx: tx.describe(1, Message(subject="mine now")),
        "dispose": lambda tx: tx.dispose(1, Disposition.PARKED, ENTRY),
        "moved": lambda tx: tx.moved(1, PLACE),
        "case_states": lambda tx: tx.case_states(1),
        "documents": lambda tx: tx.documents(1),
        "known_filed": lambda tx: tx.known_filed(AskFiled(document=sha256(FILE))),
        "own_papers": lambda tx: tx.own_papers(AskOwnPapers(company="Acme GmbH", named="corp")),
        "find_filed": lambda tx: tx.find_filed("corp", 9),
        "papers": lambda tx: tx.papers(),
        "note_filed": lambda tx: tx.note_filed(1, store_file(sensitive=True), "own", "mine", ""),
        "filed_by": lambda tx: tx.filed_by(key),
        "is_filed_for_others": lambda tx: tx.is_filed_for_others(PLACE_OF_FILE, 99),
        "take_out": lambda tx: tx.take_out(PLACE_OF_FILE, 1, "rival"),
        "known_orders": lambda tx: tx.known_orders(AskOrders(numbers=("PO-7",))),
        "all_orders": lambda tx: tx.all_orders(),
        "known_bill": lambda tx: tx.known_bill(AskBill(vendor="Acme GmbH", number="R-2026-7")),
        "save_orders": lambda tx: tx.save_orders([PurchaseOrder(number="PO-1")]),
        "open_case": lambda tx: tx.open_case(1, document(), "other", "mine"),
        "case": lambda tx: tx.case(case),
        "case_by_ref": lambda tx: tx.case_by_ref(letter.envelope.ref),
        "advance": advance,
        "save_reading": lambda tx: tx.save_reading(case, reading()),
        "reading": lambda tx: tx.reading(case),
        "save_revision": lambda tx: tx.save_revision(
            Revision(case=case, version=1, person="eve", words="mine")
        ),
        "revisions": lambda tx: tx.revisions(case),
        "save_above": lambda tx: tx.save_above(1, Above(person="eve", words="mine")),
        "above": lambda tx: tx.above(1),
        "latest_version": lambda tx: tx.latest_version(case),
        "last_answer": lambda tx: tx.last_answer(case),
        "sent_as": lambda tx: tx.sent_as(letter.envelope.message_id),
        "save_inquiry": lambda tx: tx.save_inquiry(Inquiry(case=case, about=case, person="eve")),
        "inquiry": lambda tx: tx.inquiry(2),
        "inquiries_about": lambda tx: tx.inquiries_about(case),
        "open_inquiry": lambda tx: tx.open_inquiry(case),
        "inquiry_of": lambda tx: tx.inquiry_of(["q@corp.test"]),
        "unanswered": lambda tx: tx.unanswered(NOW + timedelta(days=999)),
        "correspondent": lambda tx: tx.correspondent("a@b.test"),
        "note_correspondent": lambda tx: tx.note_correspondent("a@b.test"),
        "keep_outside": lambda tx: tx.keep_outside("outside/k", case, OUTSIDE),
        "outside": lambda tx: tx.outside("draft/1"),
        "outside_became": lambda tx: tx.outside_became("draft/1", "sent"),
        "arrived": lambda tx: tx.arrived("bill-1@acme.test"),
        "snooze": lambda tx: tx.snooze(Snooze(case=case, person="ann", until=NOW)),
        "snoozes": lambda tx: tx.snoozes(),
        "wake": lambda tx: tx.wake(case),
        "delegate": lambda tx: tx.delegate(case, "eve", "ann"),
        "delegates": lambda tx: tx.delegates(case),
        "pause": lambda tx: tx.pause("bills", "eve"),
        "resume": lambda tx: tx.resume(""),
        "pauses": lambda tx: tx.pauses(),
        "note_incident": lambda tx: tx.note_incident(case, 1, "eve", "mine"),
        "save_proposal": lambda tx: tx.save_proposal(
            proposal(), "digest", Judgement(verdict=Verdict.ASK)
        ),
        "proposal": lambda tx: tx.proposal(case, 1),
        "known_tokens": lambda tx: tx.known_tokens([token_hash]),
        "drafts_by_token": lambda tx: tx.drafts_by_token([token_hash]),
        "open_drafts": lambda tx: tx.open_drafts(case),
        "issue_draft": lambda tx: _issue(tx, token_hash),
        "use_draft": lambda tx: tx.use_draft(2),
        "used_draft": lambda tx: tx.used_draft(case, 1),
        "supersede_drafts": lambda tx: tx.supersede_drafts(case),
        "fail_draft": lambda tx: tx.fail_draft(2),
        "freeze_draft": lambda tx: tx.freeze_draft(2),
        "frozen_drafts": lambda tx: tx.frozen_drafts(case),
        "frozen_as": lambda tx: tx.frozen_as("B-1"),
        "unfreeze_draft": lambda tx: tx.unfreeze_draft(2),
        "keep_approval": lambda tx: _keep_approval(tx, token_hash),
        "approved_by": lambda tx: tx.approved_by(case, 1),
        "undecided": lambda tx: tx.undecided(NOW + timedelta(days=999)),
        "late_drafts": lambda tx: tx.late_drafts(NOW + timedelta(days=999)),
        "expire_draft": lambda tx: tx.expire_draft(2),
        "drafts_with": lambda tx: tx.drafts_with([1, 2]),
        "next_brief": lambda tx: tx.next_brief(),
        "issue_brief": lambda tx: tx.issue_brief(
            _mine("bb" * 32), "mine", BriefKind.BURST, [_line("cc" * 32)]
        ),
        "brief": lambda tx: tx.brief(3),
        "brief_with": lambda tx: tx.brief_with(4),
        "last_brief": lambda tx: tx.last_brief("ann"),
        "open_briefs": lambda tx: tx.open_briefs("ann"),
        "close_brief": lambda tx: tx.close_brief(3, DraftState.SUPERSEDED),
        "note_answer": lambda tx: tx.note_answer(ANSWERED),
        "answers_in": lambda tx: tx.answers_in(1),
        "answers_to": lambda tx: tx.answers_to(3),
        "answer_with_draft": lambda tx: tx.answer_with_draft(4),
        "hold_for_brief": lambda tx: tx.hold_for_brief(case, "ann"),
        "held_for_brief": lambda tx: tx.held_for_brief("ann", morning=True),
        "release_for_brief": lambda tx: tx.release_for_brief(case, "ann"),
        "load": lambda tx: tx.load("ann", "ann@corp.test", NOW - timedelta(days=1)),
        "coming": lambda tx: tx.coming(),
        "seen": lambda tx: tx.seen(0, [1]),
        "standing": lambda tx: tx.standing(NOW + timedelta(days=999)),
        "note_decision": lambda tx: tx.note_decision(2, None, {}, "mine"),
        "is_decided": lambda tx: tx.is_decided(2),
        "answered_document": lambda tx: tx.answered_document(1),
        "keep_appointment": lambda tx: tx.keep_appointment(HELD),
        "drop_appointment": lambda tx: tx.drop_appointment("own", "one", "mine"),
        "appointment": lambda tx: tx.appointment("one"),
        "wrote_appointment": lambda tx: tx.wrote_appointment("corp"),
        "appointments": lambda tx: tx.appointments(NOW, NOW + timedelta(days=90)),
        "held_for": lambda tx: tx.held_for(case),
        "late_holds": lambda tx: tx.late_holds(NOW),
        "note_guest": lambda tx: tx.note_guest("one", "ann@corp.test", PartStat.DECLINED),
        "effects": lambda tx: tx.effects(case, 1),
        "intend": lambda tx: tx.intend(EFFECT),
        "settle": lambda tx: tx.settle(key, EffectState.FAILED, Outcome(reference="x"), "", ENTRY),
        "post": lambda tx: tx.post("draft/1", None, lambda _head: letter),
        "mail": lambda tx: tx.mail(1),
        "mail_sent": lambda tx: tx.mail_sent(1),
        "mail_refused": lambda tx: tx.mail_refused(1, "mine"),
        "mail_undelivered": lambda tx: tx.mail_undelivered(letter.envelope.message_id, "mine"),
        "is_ours": lambda tx: tx.is_ours(letter.envelope.message_id),
        "was_posted": lambda tx: tx.was_posted("draft/1"),
        "send_again": lambda tx: tx.send_again("draft/1"),
        "people": lambda tx: tx.people(),
        "person": lambda tx: tx.person("ann"),
        "save_person": lambda tx: tx.save_person(person(name="Eve", id="ann"), ENTRY),
        "remove_person": lambda tx: tx.remove_person("ann", ENTRY),
        "authenticator": lambda tx: tx.authenticator("ann"),
        "save_authenticator": lambda tx: tx.save_authenticator("ann", new_authenticator(), ENTRY),
        "use_code": lambda tx: tx.use_code("ann", 1),
        "mute": lambda tx: tx.mute("eve@evil.test", NOW),
        "keep_sighting": lambda tx: tx.keep_sighting(SIGHTING),
        "sighting": lambda tx: tx.sighting(1),
        "history": lambda tx: tx.history(SIGHTING.address),
        "around": lambda tx: tx.around(SIGHTING, ["<bill-1@acme.test>"]),
        "teach_sender": lambda tx: tx.teach_sender(TEACHING, ENTRY),
        "sender_teachings": lambda tx: tx.sender_teachings(),
        "forget_sender": lambda tx: tx.forget_sender(TEACHING.sender, ENTRY),
        "advice": lambda tx: tx.advice("question"),
        "keep_advice": lambda tx: tx.keep_advice("question", {"mine": 1}),
        "spend_on_advice": lambda tx: tx.spend_on_advice(date(2026, 11, 20), Decimal("0.01")),
        "spent_on_advice": lambda tx: tx.spent_on_advice(date(2026, 11, 20)),
        "is_muted": lambda tx: tx.is_muted("mallory@evil.test"),
        "open_enrolment": lambda tx: tx.open_enrolment("ENROLL-1", "a@b", NOW),
        "meet_enrolment": lambda tx: tx.meet_enrolment("ENROLL-X", 1),
        "awaited_code": lambda tx: tx.awaited_code("ENROLL-X"),
        "enrolment_mail": lambda tx: tx.enrolment_mail("ENROLL-X"),
        "note_stripped": lambda tx: tx.note_stripped(STRIPPED, ENTRY),
        "stripped": lambda tx: tx.stripped(),
        "note_proof": lambda tx: tx.note_proof("ann@corp.test", "mine"),
        "proofs": lambda tx: tx.proofs(),
        "measured": lambda tx: tx.measured(),
        "defer": lambda tx: tx.defer(job),
        "is_covered": lambda tx: tx.is_covered(1),
        "has_words_to_hear": lambda tx: tx.has_words_to_hear(),
        "strike_off": lambda tx: tx.strike_off(job),
        "due_reminders": lambda tx: tx.due_reminders("9999-01-01"),
        "reminder_sent": lambda tx: tx.reminder_sent(1),
        "reconcile": lambda tx: tx.reconcile(NOW + timedelta(days=999)),
        "tick": lambda tx: tx.tick("expiry", NOW, NOW, job),
        "troubles": lambda tx: tx.troubles(),
        "counts_since": lambda tx: tx.counts_since(NOW),
        "held": lambda tx: tx.held(),
        "queue": lambda tx: tx.queue(),
        "entries": lambda tx: tx.entries(),
        "count_on": lambda tx: tx.count_on(),
        "figures": lambda tx: tx.figures(),
        "incidents_since": lambda tx: tx.incidents_since(NOW),
        "ended_since": lambda tx: tx.ended_since(NOW),
        "absences": lambda tx: tx.absences(),
        "save_absence": lambda tx: tx.save_absence(GONE),
        "end_absence": lambda tx: tx.end_absence("ann"),
        "waiting_for": lambda tx: tx.waiting_for("ann"),
        "stand_in": lambda tx: tx.stand_in(STOOD_IN),
        "stood_in": lambda tx: tx.stood_in("ann"),
        "stands_in_no_more": lambda tx: tx.stands_in_no_more(STOOD_IN),
        "never_stood_in": lambda tx: tx.never_stood_in(STOOD_IN),
        "last_word": lambda tx: tx.last_word(1, NOW),
        "handed_back": lambda tx: tx.handed_back("ann"),
        "standing_where": lambda tx: tx.standing_where(),
        "keep_spots": lambda tx: tx.keep_spots(1, [SPOT]),
        "spots": lambda tx: tx.spots(3),
        "note_spot": lambda tx: tx.note_spot(3, 1, Found.WRONG),
        "miscounted": lambda tx: tx.miscounted(),
        "judged": lambda tx: _all_of(tx.judged()),
        "links": lambda tx: tx.links(0),
        "sealed_words": lambda tx: tx.sealed_words(0, 999),
        "bills": lambda tx: tx.bills(),
        "approved": lambda tx: tx.approved("bills"),
        "waiting_from": lambda tx: tx.waiting_from("meetings", "jo@alvarez.test"),
        "about_meeting": lambda tx: tx.about_meeting("one@alvarez.test", 1),
        "payable": lambda tx: tx.payable(date(2100, 1, 1)),
        "series": lambda tx: tx.series(),
        "series_missed": lambda tx: tx.series_missed(date(2100, 1, 1)),
        "save_handed": lambda tx: tx.save_handed(HANDED),
        "handed": lambda tx: tx.handed(["m"]),
        "handed_open": lambda tx: tx.handed_open(),
        "rulings": lambda tx: tx.rulings(),
        "add_ruling": lambda tx: tx.add_ruling(RULED, "rival"),
        "is_widening_open": lambda tx: tx.is_widening_open(),
        "entries_of": lambda tx: tx.entries_of(1),
        "told_in": lambda tx: tx.told_in(1),
        "words_of": lambda tx: tx.words_of([1, 2, 3]),
        "foresee": lambda tx: tx.foresee(Foreseen(case=1, task="rival")),
        "foreseen": lambda tx: tx.foreseen(),
        "keep_compared": lambda tx: tx.keep_compared(1, Compared(way=Way.BANK)),
        "only_shown": lambda tx: tx.only_shown(Covers(task="bills")),
        "failing": lambda tx: tx.failing(),
        "count_call": lambda tx: tx.count_call("files.store", worked=False),
        "marks": lambda tx: tx.marks(),
        "keep_mark": lambda tx: tx.keep_mark("rival", Mark(powerful=False)),
        "end_ruling": lambda tx: tx.end_ruling(1, "rival"),
        "cover": lambda tx: tx.cover(COVERED),
        "decided_lately": lambda tx: tx.decided_lately(99),
        "covered": lambda tx: tx.covered(1),
        "uncover": lambda tx: tx.uncover(1),
        "covered_since": lambda tx: tx.covered_since(1, NOW - timedelta(days=99)),
        "covered_until": lambda tx: tx.covered_until(NOW + timedelta(days=99)),
        "unheard": lambda tx: tx.unheard(NOW + timedelta(days=99)),
        "learn": lambda tx: tx.learn([]),
        "lessons": lambda tx: tx.lessons(),
        "lessons_of": lambda tx: tx.lessons_of(["name:acme"]),
        "taught_by": lambda tx: tx.taught_by(case),
        "forget": lambda tx: tx.forget([LESSON.model_copy(update={"id": 1})]),
        "begin": lambda tx: tx.begin("payments", 1, "00", "work"),
    }


async def _all_of(found: AsyncIterator[Any]) -> list[Any]:
    return [one async for one in found]


async def _issue(tx: SqlTransaction, token_hash: str) -> Any:
    return await tx.issue_draft(_mine(token_hash))


async def _a_brief(tx: SqlTransaction) -> None:
    await tx.teach_sender(TEACHING.model_copy(update={"person": "corp"}), ENTRY)
    await tx.keep_advice("question", {"corp": 1})
    await tx.spend_on_advice(date(2026, 11, 20), Decimal("0.5"))
    issued = [_line("ee" * 32)]
    kept = await tx.issue_brief(_mine("dd" * 32, 0), "corp", BriefKind.MORNING, issued)
    assert (kept.draft.id, kept.items[0].draft.id) == (3, 4)
    await tx.save_absence(GONE.model_copy(update={"substitute": "corp"}))
    await tx.stand_in(STOOD_IN.model_copy(update={"substitute": "corp"}))
    await tx.keep_spots(kept.draft.id, [SPOT.model_copy(update={"title": "corp"})])
    await tx.note_answer(ANSWERED.model_copy(update={"detail": "corp"}))
    await tx.hold_for_brief(1, "ann")


async def _of_the_books(tx: SqlTransaction) -> None:
    await tx.keep_appointment(HELD.model_copy(update={"key": "corp"}))
    await tx.pause("corp", "ann")
    await tx.save_handed(HANDED.model_copy(update={"tool": "corp"}))
    await tx.add_ruling(RULED.model_copy(update={"person": "corp"}), "corp")
    await tx.keep_mark("corp", Mark())
    await tx.foresee(Foreseen(case=1, task="corp"))
    await tx.cover(COVERED.model_copy(update={"person": "corp"}))
    await tx.learn([LESSON.model_copy(update={"value": "corp"})])


async def _keep_approval(tx: SqlTransaction, token_hash: str) -> None:
    await tx.keep_approval(_mine(token_hash))


def _line(token_hash: str) -> BriefItem:
    return BriefItem(number=1, draft=_mine(token_hash), ready=True)


def _mine(token_hash: str, case: int = 1) -> Draft:
    return Draft(
        id=0,
        case=case,
        version=1,
        ref="MINE",
        person="ann",
        token_hash=token_hash,
        digest="d",
        issued_at=NOW,
        expires_at=NOW,
        state=DraftState.USED,
    )


async def _set_aside(tx: SqlTransaction) -> None:
    await tx.snooze(Snooze(case=1, person="corp", until=NOW))
    await tx.delegate(1, "corp", "ann")
    await tx.note_filed(1, store_file(content=sha256(FILE)), "f", PLACE_OF_FILE, "corp")


# What these give back is their own row, made a moment ago.
_MAKE_THEIR_OWN = {"audit", "open_case", "issue_draft", "issue_brief"}


def methods() -> set[str]:
    """All that can be asked of a transaction, beside the statements it is built of."""
    everything = {name for name in dir(SqlTransaction) if not name.startswith("_")}
    return everything - set(dir(Scope))


async def rows_of(desk: Desk, company: str) -> str:
    """All that a company has, in one text."""
    found = {}
    async with desk.store.engine.begin() as connection:
        for table in metadata.sorted_tables:
            where = select(table).where(table.c.company == company)
            found[table.name] = [list(map(str, row)) for row in await connection.execute(where)]
    return json.dumps(found)


@pytest.mark.slow
async def test_a_rival_in_the_same_database_sees_and_changes_nothing(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        await desk.take_in(reply_mail(desk.draft(), "approve"))
        async with desk.begin() as tx:
            await tx.save_authenticator("ann", new_authenticator(), ENTRY)
            await tx.use_code("ann", 7)
            await tx.note_stripped(STRIPPED.model_copy(update={"by": "corp"}), ENTRY)
            await tx.note_proof("ann@corp.test", "corp")
            await tx.mute("mallory@evil.test", NOW + timedelta(days=1))
            await tx.keep_approval((await tx.open_drafts(1))[0])
            await tx.open_enrolment("ENROLL-X", "x@corp.test", NOW + timedelta(days=1))
            await tx.save_revision(Revision(case=1, version=1, person="ann", words="corp"))
            await _of_the_books(tx)
            await _set_aside(tx)
            await tx.tick("expiry", NOW, NOW, Job(stage=Stage.ROUTINE, subject=0))
            await _a_brief(tx)
            (token,) = [d.token_hash for d in await tx._drafts(drafts.c.id == 2)]
            key = (await tx.effects(1, 1))[1].key
        before = await rows_of(desk, "corp")
        calls = rival_calls(desk, token, key)
        assert set(calls) == methods(), "a new method belongs into the list above"
        for name, call in calls.items():
            answer = await _asked(desk, call)
            if name not in _MAKE_THEIR_OWN:
                assert "corp" not in repr(answer), name
                assert "Acme" not in repr(answer), name
        for name, call in calls.items():
            with suppress(LookupError, Stale):
                async with desk.store.begin("rival") as tx:
                    await call(tx)
            assert await rows_of(desk, "corp") == before, name


async def _asked(desk: Desk, call: Call) -> Any:
    """The answer inside a transaction that is never kept."""
    answer = None
    with suppress(LookupError, Stale):
        async with desk.store.begin("rival") as tx:
            answer = await call(tx)
            raise LookupError
    return answer


async def test_the_books_of_one_company_are_not_those_of_another(tmp_path: Path) -> None:
    ledger = EmbeddedLedger()
    question = AskVendor(vendor="Acme GmbH", vat="DE123456788", number="R-2026-7")
    async with open_desk(tmp_path) as desk:
        async with desk.begin() as tx:
            await ledger.perform(tx, 1, record_bill(), "k")
            assert (await ledger.vendor(tx, question)).bills == 1
        async with desk.store.begin("rival") as tx:
            assert (await ledger.vendor(tx, question)).bills == 0
            assert await ledger.find(tx, record_bill(), "k") is None


async def test_each_company_has_a_chain_of_its_own(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        for company in ("corp", "rival", "corp", "rival", "rival"):
            async with desk.store.begin(company) as tx:
                await tx.audit(ENTRY)
        async with desk.store.begin("rival") as tx:
            assert [entry.seq for entry in await tx.entries()] == [1, 2, 3]
        async with desk.store.engine.begin() as connection:
            counted = await connection.execute(text("SELECT count(*) FROM audit"))
            assert counted.scalar() == 6
