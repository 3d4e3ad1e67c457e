"""Contracts: filed, reminded of in time, and never swept up."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailagent.core.appointment import Appointment, Kept
from mailagent.core.asking import worth_asking, worth_chasing
from mailagent.core.brief import is_ready
from mailagent.core.capability import (
    CancelReminder,
    Outcome,
    Payload,
    SetReminder,
    StoreFile,
    reverse,
)
from mailagent.core.contracts import register, registered
from mailagent.core.filing import KnownFiled, Reminded
from mailagent.core.itip import entry as calendar_entry
from mailagent.core.payloads.meetings import PutAppointment
from mailagent.core.policy import Judgement, Verdict
from mailagent.core.proposal import Proposal
from mailagent.core.question import WhereEntered
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from mailagent.core.said import Said
from mailagent.core.task import Work
from mailagent.render.said import said as in_words
from mailagent.render.words import Words, load
from mailagent.tasks.contracts import TASK, other_party
from parsers.meeting.taken import taken
from parsers.meeting.written import event_of
from tests.render.letters import ANN, EVA
from tests.render.parts import TOP
from tests.values import COMPANY, NOW, case, person

READ = {
    "document_name": "HOSTING AGREEMENT",
    "agreement_date": "2025-03-01",
    "effective_date": "2025-03-01",
    "expiration_date": "2027-04-30",
    "last_notice_day": "2027-01-29",
    "signatures": "signed",
}


def field(value: Any) -> Field:
    return Field(value=value, confidence=0.9, source=Source.TEXT, evidence=Evidence(quote="x"))


def reading(parties: tuple[str, ...], **changes: str) -> Reading:
    fields = {name: field(value) for name, value in {**READ, **changes}.items() if value}
    return Reading(kind=Kind.CONTRACT, confidence=0.9, fields={**fields, "parties": field(parties)})


def proposed(language: str = "en", **changes: str) -> Proposal:
    work = Work(
        company=COMPANY,
        person=person(language=language),
        case=case(task="contracts"),
        version=1,
        reading=reading(("Fjord Lease AS", "Corp Ltd"), **changes),
        today=NOW.date(),
    )
    return TASK.propose(work)


def reminders(proposal: Proposal) -> list[date]:
    payloads = (action.payload for action in proposal.actions)
    return [payload.day for payload in payloads if isinstance(payload, SetReminder)]


def test_it_is_filed_and_its_owner_reminded_before_notice_has_to_be_given() -> None:
    proposal = proposed()
    assert proposal.title == "Notice by 29 Jan 2027, Fjord Lease AS"
    file = proposal.actions[0].payload
    assert isinstance(file, StoreFile)
    assert (file.folder, file.name) == (
        "contracts/fjord-lease",
        "2025-03-01 fjord-lease hosting-agreement.pdf",
    )
    # 90 days before is past already.
    assert reminders(proposal) == [date(2026, 12, 30), date(2027, 1, 22)]
    assert not proposal.heavy
    assert not proposal.failed_checks


def test_nobody_approves_it_with_the_rest_unread() -> None:
    assert not is_ready(proposed(), Judgement(verdict=Verdict.ASK), overdue=False)


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"last_notice_day": ""}, "Ends 30 Apr 2027, Fjord Lease AS"),
        ({"last_notice_day": "", "expiration_date": ""}, "HOSTING AGREEMENT, Fjord Lease AS"),
        ({"last_notice_day": "2026-01-01"}, "Ends 30 Apr 2027, Fjord Lease AS"),
    ],
)
def test_what_comes_next_is_the_subject(changes: dict[str, str], title: str) -> None:
    assert proposed(**changes).title == title


def test_in_german() -> None:
    assert proposed("de").title == "Kündigen bis 29 Jan 2027, Fjord Lease AS"


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({"signatures": "not signed"}, ["signed"]),
        ({"signatures": "signed in part"}, ["signed"]),
        ({"last_notice_day": "2026-11-19"}, ["in_time"]),
        ({"effective_date": "2028-01-01"}, ["term_makes_sense"]),
    ],
)
def test_what_is_doubtful(changes: dict[str, str], failed: list[str]) -> None:
    assert [check.name for check in proposed(**changes).failed_checks] == failed


def test_without_an_end_nobody_is_reminded() -> None:
    assert reminders(proposed(last_notice_day="", expiration_date="")) == []


@pytest.mark.parametrize(
    ("parties", "other"),
    [
        (("Corp Ltd", "Fjord Lease AS"), "Fjord Lease AS"),
        (("CORP LTD.", "Fjord Lease AS"), "Fjord Lease AS"),
        (("Alpha Inc", "Beta Inc"), "Alpha Inc"),
        (("Corp Ltd",), "Corp Ltd"),
        ((), ""),
    ],
)
def test_with_whom_it_is(parties: tuple[str, ...], other: str) -> None:
    assert other_party(reading(parties), COMPANY) == other


def with_known(known: KnownFiled, **changes: str) -> Proposal:
    work = Work(
        company=COMPANY,
        person=person(),
        case=case(task="contracts"),
        version=1,
        reading=reading(("Fjord Lease AS", "Corp Ltd"), **changes),
        answers=(known,),
        today=NOW.date(),
    )
    return TASK.propose(work)


def said(proposal: Proposal) -> list[str]:
    return [note.key for note in proposal.notes if isinstance(note, Said)]


def test_an_amendment_is_linked_to_the_contract_that_it_changes() -> None:
    known = KnownFiled(before="contracts/fjord/lease.pdf", before_case="4F7Q")
    made = with_known(known, document_name="FIRST AMENDMENT TO LEASE")
    assert "contract.belongs" in said(made)
    file = made.actions[0].payload
    assert isinstance(file, StoreFile)
    assert file.tags == ("amends 4F7Q",)
    assert "contract.belongs" not in said(with_known(known))


OLD = Reminded(reminder="7", person="ann", day=date(2026, 12, 30), text="Notice by 29 Jan 2027")


def entered(version: int = 3) -> Kept:
    day = datetime(2027, 1, 29, tzinfo=UTC)
    one = Appointment(uid="old@corp.test", sequence=version, start=day, end=day, title="old")
    return Kept(calendar="work", case=1, appointment=one)


def overtaking(**changes: str) -> list[Payload]:
    known = KnownFiled(before="a.pdf", before_case="4F7Q", reminded=(OLD,), entered=entered())
    work = Work(
        company=COMPANY,
        person=person(),
        case=case(task="contracts"),
        version=1,
        reading=reading(("Fjord Lease AS",), document_name="FIRST AMENDMENT", **changes),
        answers=(known, WhereEntered(calendar="work", zone="Europe/Oslo")),
        today=NOW.date(),
    )
    return [action.payload for action in TASK.propose(work).actions]


def test_an_amendment_takes_the_place_of_what_was_set_for_its_contract() -> None:
    _file, put, gone, *new = overtaking(last_notice_day="2028-01-29")
    assert isinstance(put, PutAppointment)
    assert put.before == entered().appointment
    assert (put.appointment.uid, put.appointment.sequence) == ("old@corp.test", 4)
    assert gone == CancelReminder(reminder="7", person="ann", day=OLD.day, text=OLD.text)
    assert {type(one) for one in new} == {SetReminder}
    again = SetReminder(person="ann", day=OLD.day, text=OLD.text, undoes=True)
    assert reverse(gone, Outcome(reference="7")) == again
    assert reverse(again, Outcome(reference="8")) is None
    assert reverse(gone, Outcome(reference="7", detail="already sent")) is None


def test_an_amendment_without_a_day_leaves_what_was_set() -> None:
    assert len(overtaking(last_notice_day="", expiration_date="")) == 1


def test_a_reminder_that_nobody_sets_again_is_spelled_as_it_was() -> None:
    gone = CancelReminder(reminder="7", text="x")
    assert set(gone.model_dump()) == {"capability", "reminder", "text"}
    assert reverse(gone, Outcome(reference="7")) is None


def test_what_is_not_signed_can_be_asked_for() -> None:
    assert "contract.ask_for_it" in said(with_known(KnownFiled(), signatures="not signed"))
    assert "contract.ask_for_it" not in said(with_known(KnownFiled()))


def test_the_days_of_reminders_are_the_owner_s() -> None:
    work = Work(
        company=COMPANY,
        person=person(),
        case=case(task="contracts"),
        version=1,
        reading=reading(("Fjord Lease AS",)),
        today=NOW.date(),
        remind_before=(10, 1),
    )
    assert reminders(TASK.propose(work)) == [date(2027, 1, 19), date(2027, 1, 28)]


def test_the_register_says_what_runs_out_first() -> None:
    late = proposed(last_notice_day="", expiration_date="2030-01-01")
    never = proposed(last_notice_day="", expiration_date="")
    rows = [(case(ref=ref), made) for ref, made in (("A", never), ("B", late), ("C", proposed()))]
    lines = register(rows)
    assert [label for label, _ in lines] == ["[ops C]", "[ops B]", "[ops A]"]
    keys = [line.key for _, line in lines]
    assert keys == ["contract.by_notice", "contract.by_end", "contract.open_end"]


def test_the_last_day_stands_in_the_calendar_and_takes_nobody_s_time() -> None:
    work = Work(
        company=COMPANY,
        person=person(),
        case=case(task="contracts"),
        version=1,
        reading=reading(("Fjord Lease AS",)),
        answers=(WhereEntered(calendar="work", zone="Europe/Oslo"),),
        today=NOW.date(),
    )
    put = TASK.propose(work).actions[1].payload
    assert isinstance(put, PutAppointment)
    entry = put.appointment
    assert (put.calendar, entry.title) == ("work", "Notice by 29 Jan 2027, Fjord Lease AS")
    assert entry.start.isoformat() == "2027-01-29T00:00:00+01:00"
    assert entry.all_day
    assert b"TRANSP:TRANSPARENT" in calendar_entry(entry, NOW)
    assert taken([event_of(entry)], "work") == []
    # A draft of a meeting from before there was such an entry has the digest it had.
    assert "free" in entry.model_dump()
    assert "free" not in entry.model_copy(update={"free": False}).model_dump()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signatures": "not signed"}, ["is not signed"]),
        ({"missing_annexes": "Exhibit B"}, ["Exhibit B"]),
        ({"missing_annexes": "Exhibit B", "signatures": "not signed"}, ["not signed", "Exhibit B"]),
    ],
)
def test_what_is_missing_is_asked_for(changes: dict[str, str], words: list[str]) -> None:
    given: dict[str, Any] = dict(changes)
    if missing := given.get("missing_annexes"):
        given["missing_annexes"] = (missing,)
    made = proposed(**given)
    assert worth_chasing(made)
    for reader in (ANN, EVA):
        spoken = Words(load(TOP / "templates" / "words" / reader.language), reader, NOW)
        asked = "\n\n".join(in_words(each, spoken) for each in worth_asking(made, "Corp Ltd"))
        assert "HOSTING AGREEMENT" in asked
        assert reader is EVA or all(word in asked for word in words)
    assert not worth_chasing(made.model_copy(update={"version": 2}))
    assert not worth_chasing(proposed())


def test_the_register_keeps_a_contract_with_what_changed_it() -> None:
    old = case(ref="A"), proposed()
    known = KnownFiled(before="contracts/x.pdf", before_case="A")
    later = with_known(
        known, document_name="FIRST AMENDMENT", expiration_date="2031-04-30", last_notice_day=""
    )
    new = case(ref="B", id=2), later
    (row,) = registered([new, old])
    assert (row.case.ref, row.notice, row.ends) == ("A", "", "2031-04-30")
    assert [label for label, _ in register([old, new])] == ["[ops A]", "[ops B]"]
    # Taken back, or never approved: what changes it stands by itself.
    assert [row.case.ref for row in registered([new])] == ["B"]
