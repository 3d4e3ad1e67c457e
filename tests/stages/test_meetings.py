"""Meetings from the mail to the calendar: every step on the real store, the embedded calendar."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from connectors.calendar.desk import CalendarDesk, Meetings, Plan
from connectors.mail.outsiders import Outsiders
from mailagent.core.appointment import Kept, PartStat
from mailagent.core.audit import Entry
from mailagent.core.case import State
from mailagent.core.effect import Effect, EffectState
from mailagent.core.itip import message
from mailagent.core.letter import Notice, OutsideLetter
from mailagent.core.meeting import Attendee, CalendarObject, Intent, Meeting, Told, Use
from mailagent.core.message import Attachment, Message
from mailagent.core.reading import Kind, Reading, Source
from mailagent.core.said import Said, say
from mailagent.store.calendar import embedded_calendar
from parsers.meeting.laid import fields_of
from parsers.meeting.taken import dates_between
from parsers.meeting.written import events_of
from tests.desk import Desk, engine_of, open_desk, reply_mail
from tests.values import NOW, appointment

pytestmark = pytest.mark.slow

JO = Attendee(address="jo@alvarez.test", name="J. Alvarez")
ANN = Attendee(address="ann@corp.test", name="Ann", answer="NEEDS-ACTION", rsvp=True)
# A Thursday; the desk's clock says Friday 20 November, noon.
THURSDAY = datetime(2026, 11, 26, 14, tzinfo=UTC)
HALF = timedelta(minutes=30)


def reading_of(meeting: Meeting) -> Reading:
    fields = fields_of(meeting, {}, Source.CALENDAR, "as it says")
    return Reading(kind=Kind.MEETING_REQUEST, confidence=1, fields=fields)


def invitation(
    method: str = "REQUEST", sequence: int = 0, start: datetime = THURSDAY, **changes: Any
) -> Meeting:
    told = CalendarObject(
        method=method,
        uid="their-1@alvarez.test",
        sequence=sequence,
        start=start,
        end=start + HALF,
        zone="Europe/Berlin",
        sha256="ab",
    )
    intent = Intent.CANCELLATION if method == "CANCEL" else Intent.REQUEST
    given: dict[str, Any] = {
        "intent": intent,
        "organizer": JO,
        "attendees": (ANN, JO),
        "topic": "Quarterly review",
        "minutes": 30,
        "times": (Told(start=start, end=start + HALF, grain="minute", quote="14:00"),),
        "object": told,
    }
    return Meeting(**(given | changes))


def in_words(*times: Told, **changes: Any) -> Meeting:
    given: dict[str, Any] = {
        "intent": Intent.REQUEST,
        "requester": JO,
        "topic": "Catch up",
        "times": times,
    }
    return Meeting(**(given | changes))


def told(
    start: datetime, use: Use = Use.OFFERED, grain: str = "minute", length: timedelta = HALF
) -> Told:
    return Told(start=start, end=start + length, grain=grain, quote="then", use=use)


def mail(meeting: Meeting, number: int = 1, **changes: Any) -> bytes:
    content = reading_of(meeting).model_dump_json().encode()
    given: dict[str, Any] = {
        "subject": meeting.topic,
        "sender": "J. Alvarez <jo@alvarez.test>",
        "sender_address": "jo@alvarez.test",
        "message_id": f"<m{number}@alvarez.test>",
        "attachments": (Attachment(name="i.ics", media_type="text/calendar", content=content),),
    }
    return Message(**(given | changes)).model_dump_json().encode()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        yield made


async def busy(desk: Desk, start: datetime, title: str = "Board call", **changes: Any) -> None:
    entry = appointment(uid=f"{title}@corp.test", title=title, start=start, end=start + HALF * 2)
    async with desk.begin() as tx:
        kept = Kept(calendar="own", case=0, appointment=entry.model_copy(update=changes), key=title)
        await tx.keep_appointment(kept)


async def entries(desk: Desk) -> list[tuple[str, str, bool]]:
    """Title, start and whether it is a hold."""
    async with desk.begin() as tx:
        found = await tx.appointments(NOW, NOW + timedelta(days=90))
    return [
        (
            one.appointment.title,
            f"{one.appointment.start.astimezone(UTC):%a %H:%M}",
            one.until is not None,
        )
        for one in found
    ]


def sent(desk: Desk) -> list[OutsideLetter]:
    return [
        OutsideLetter.model_validate_json(mail.raw)
        for mail in desk.post.sent
        if mail.kind == "outside"
    ]


def object_of(letter: OutsideLetter) -> Any:
    assert letter.itip is not None
    calendar = Calendar.from_ical(message(letter.itip, letter.at))
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def labels(desk: Desk) -> list[str]:
    return [one.label for one in desk.draft().proposal.alternatives]


def failed(desk: Desk) -> set[str]:
    return {check.name for check in desk.draft().proposal.failed_checks}


# -- invitations


async def test_an_invitation_is_accepted(desk: Desk) -> None:
    await desk.take_in(mail(invitation()))
    assert labels(desk) == ["accept", "decline"]
    assert failed(desk) == set()
    assert sent(desk) == []
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    assert (await desk.case()).state is State.DONE
    (letter,) = sent(desk)
    assert letter.to == "jo@alvarez.test"
    assert letter.in_reply_to == "<m1@alvarez.test>"
    method, event = object_of(letter)
    assert (method, str(event["UID"]), int(event["SEQUENCE"])) == (
        "REPLY",
        "their-1@alvarez.test",
        0,
    )
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert str(event["ATTENDEE"]) == "mailto:ann@corp.test"
    assert await entries(desk) == [("Quarterly review", "Thu 14:00", False)]


async def test_a_conflict_is_shown_and_another_time_is_asked_for(desk: Desk) -> None:
    await busy(desk, THURSDAY - HALF)
    await desk.take_in(mail(invitation()))
    draft = desk.draft()
    assert draft.proposal.title == "J. Alvarez, Thu 26 Nov 14:00: clashes with Board call"
    assert failed(desk) == {"calendar_free"}
    assert labels(desk) == ["accept", "mon 9", "tue 9", "wed 9", "decline"]
    plan = draft.proposal.plan
    assert plan is not None
    assert [(one.what, one.kind) for one in plan.spans] == [
        ("Board call", "busy"),
        ("Quarterly review", "wanted"),
    ]
    await desk.take_in(reply_mail(draft, "Tuesday at 9:00"))
    (letter,) = sent(desk)
    method, event = object_of(letter)
    assert method == "COUNTER"
    assert event.decoded("DTSTART") == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert "asks for this time instead: Tuesday 24 November 2026" in letter.text
    assert ("Quarterly review", "Tue 09:00", True) in await entries(desk)
    # They agree: the meeting comes again, newer and at that time.
    moved = invitation(sequence=1, start=datetime(2026, 11, 24, 9, tzinfo=UTC))
    await desk.take_in(mail(moved, 2))
    assert failed(desk) == {"meeting_vouched"}  # nobody signed it
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    assert [one for one in await entries(desk) if one[0] != "Board call"] == [
        ("Quarterly review", "Tue 09:00", False)
    ]
    assert object_of(sent(desk)[-1])[1]["SEQUENCE"] == 1


async def test_a_decline_says_why(desk: Desk) -> None:
    await desk.take_in(mail(invitation()))
    await desk.take_in(reply_mail(desk.draft(), "reason: I am on a plane"))
    assert sent(desk) == []
    await desk.take_in(reply_mail(desk.draft(), "decline"))
    (letter,) = sent(desk)
    assert "Reason: I am on a plane" in letter.text
    _, event = object_of(letter)
    assert event["ATTENDEE"].params["PARTSTAT"] == "DECLINED"
    assert str(event["COMMENT"]) == "I am on a plane"
    assert await entries(desk) == []


async def test_a_decline_with_more_words_is_asked_about(desk: Desk) -> None:
    """It could be for the organizer, or for us: nothing is sent, and nothing is closed."""
    await desk.take_in(mail(invitation()))
    await desk.take_in(reply_mail(desk.draft(), "decline, I am on a plane"))
    assert sent(desk) == []
    assert (await desk.case()).state is State.PROPOSED
    assert len(desk.letters("question")) == 1


async def test_undo_takes_an_acceptance_back(desk: Desk) -> None:
    await desk.take_in(mail(invitation()))
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    await desk.take_in(reply_mail(desk.letters("receipt")[-1], "undo"))
    assert await entries(desk) == []
    method, event = object_of(sent(desk)[-1])
    assert (method, event["ATTENDEE"].params["PARTSTAT"]) == ("REPLY", "DECLINED")


async def test_what_is_called_off_goes_out_of_the_calendar(desk: Desk) -> None:
    await desk.take_in(mail(invitation("CANCEL")))
    assert (await desk.case()).state is State.NEEDS_OWNER  # nothing is known of it
    await desk.take_in(mail(invitation(sequence=1), 2))
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    await desk.take_in(mail(invitation("CANCEL", 2), 3))
    assert labels(desk) == []
    assert len(await entries(desk)) == 1
    await desk.take_in(reply_mail(desk.draft(), "approve"))
    assert await entries(desk) == []
    assert len(sent(desk)) == 1


async def test_what_is_called_off_before_it_is_answered_can_be_accepted_no_more(desk: Desk) -> None:
    await desk.take_in(mail(invitation()))
    draft = desk.draft()
    await desk.take_in(mail(invitation("CANCEL", 1), 2))
    assert [case.state for case in await desk.cases()] == [State.REJECTED, State.IGNORED]
    assert [letter.notice for letter in desk.letters("notice")] == [Notice.WITHDRAWN]
    await desk.take_in(reply_mail(draft))
    assert await entries(desk) == []
    assert sent(desk) == []
    assert [one.notice for one in desk.letters("notice")][1:] == [Notice.REFUSED]


async def test_an_answer_that_was_begun_stays_asked_about(desk: Desk) -> None:
    await desk.take_in(mail(invitation()))
    payload = next(one.payload for one in desk.draft().proposal.all_actions)
    begun = Effect(key="k", case=1, version=1, number=1, payload=payload, state=EffectState.UNKNOWN)
    async with desk.begin() as tx:
        await tx.intend(begun)
        await tx.advance(await tx.case(1), State.NEEDS_OWNER, Entry(actor="agent", what="t"))
    await desk.take_in(mail(invitation("CANCEL", 1), 2))
    assert [case.state for case in await desk.cases()] == [State.NEEDS_OWNER] * 2


async def test_what_stands_beside_a_cancellation_in_its_file_is_looked_at(desk: Desk) -> None:
    await desk.take_in(mail(invitation()))
    both = reading_of(invitation("CANCEL", 1)).model_copy(update={"parts": 2})
    content = both.model_dump_json().encode()
    file = Attachment(name="i.ics", media_type="text/calendar", content=content)
    await desk.take_in(mail(invitation(), 2, attachments=(file,)))
    assert len(await desk.cases()) == 3


async def test_an_invitation_that_is_sent_anew_takes_the_place_of_the_one_before(
    desk: Desk,
) -> None:
    await desk.take_in(mail(invitation()))
    before = desk.draft()
    await desk.take_in(mail(invitation(sequence=1, start=THURSDAY + HALF * 2), 2))
    assert [case.state for case in await desk.cases()] == [State.REJECTED, State.PROPOSED]
    await desk.take_in(reply_mail(before))
    assert await entries(desk) == []
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    assert [start for _, start, _ in await entries(desk)] == ["Thu 15:00"]


@pytest.mark.parametrize(
    "changed",
    [
        {"sender": "Mallory <m@evil.test>", "sender_address": "m@evil.test"},
        {"organizer": Attendee(address="m@evil.test")},
        {"sequence": -1},
        {"uid": "another"},
    ],
    ids=["another sender", "another organizer", "an older version", "another meeting"],
)
async def test_nobody_else_takes_an_invitation_back(desk: Desk, changed: dict[str, Any]) -> None:
    await desk.take_in(mail(invitation(sequence=3)))
    meeting = invitation("CANCEL", changed.get("sequence", 4))
    assert meeting.object is not None
    other = meeting.object.model_copy(update={"uid": changed.get("uid", meeting.object.uid)})
    update = {"organizer": changed.get("organizer", JO), "object": other}
    meeting = meeting.model_copy(update=update)
    changed = {name: value for name, value in changed.items() if name.startswith("sender")}
    await desk.take_in(mail(meeting, 2, **changed))
    assert (await desk.cases())[0].state is State.PROPOSED


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH", "DECLINECOUNTER"])
@pytest.mark.parametrize("named", [True, False], ids=["by name", "without an organizer"])
async def test_another_organizer_touches_no_meeting_of_that_name(
    desk: Desk, method: str, named: bool
) -> None:
    await desk.take_in(mail(invitation()))
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    eve = Attendee(address="eve@evil.test", name="Eve")
    other = invitation(method, 5, organizer=eve if named else Attendee(), requester=eve)
    await desk.take_in(mail(other, 2))
    assert desk.draft().proposal.all_actions == ()
    assert desk.draft().proposal.question == say("meeting.another_host", host=JO.address)


async def test_an_older_cancellation_changes_nothing(desk: Desk) -> None:
    await desk.take_in(mail(invitation(sequence=2)))
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    await desk.take_in(mail(invitation("CANCEL", 1), 2))
    assert desk.draft().proposal.all_actions == ()


async def test_an_older_version_changes_nothing(desk: Desk) -> None:
    await desk.take_in(mail(invitation(sequence=2)))
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    await desk.take_in(mail(invitation(sequence=1), 2))
    assert desk.draft().proposal.all_actions == ()


async def test_a_stranger_behind_somebody_elses_invitation_needs_the_code(desk: Desk) -> None:
    other: dict[str, Any] = {"sender": "Eve <eve@evil.test>", "sender_address": "eve@evil.test"}
    await desk.take_in(mail(invitation(), **other))
    assert desk.draft().proposal.heavy
    await desk.take_in(mail(invitation(), 2))
    assert not desk.draft().proposal.heavy


async def test_a_meeting_that_repeats_is_free_on_all_its_dates_or_it_is_told(desk: Desk) -> None:
    weekly = invitation()
    assert weekly.object is not None
    series = weekly.object.model_copy(update={"rules": ("FREQ=WEEKLY",)})
    await busy(desk, THURSDAY + timedelta(days=14))
    await desk.take_in(mail(weekly.model_copy(update={"object": series})))
    assert failed(desk) == {"calendar_free"}
    assert labels(desk) == ["accept", "decline"]
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    assert ("Quarterly review", "Thu 14:00", False) in await entries(desk)


def of_series(method: str = "REQUEST", sequence: int = 0, **changes: Any) -> Meeting:
    """A weekly meeting, or one date of it."""
    made = invitation(method, sequence)
    assert made.object is not None
    return made.model_copy(update={"object": made.object.model_copy(update=changes)})


async def dates(desk: Desk) -> list[str]:
    async with desk.begin() as tx:
        kept = await tx.appointments(NOW, NOW + timedelta(days=90))
    written = [event for one in kept for event in events_of(one.appointment)]
    found = dates_between(written, NOW, THURSDAY + timedelta(days=22))
    return [f"{one.start.astimezone(UTC):%d %b %H:%M}" for one in found if one.start]


async def test_one_date_of_a_series_is_changed_and_another_called_off(desk: Desk) -> None:
    second, third = THURSDAY + timedelta(days=7), THURSDAY + timedelta(days=14)
    await desk.take_in(mail(of_series(rules=("FREQ=WEEKLY",))))
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    assert await dates(desk) == ["26 Nov 14:00", "03 Dec 14:00", "10 Dec 14:00", "17 Dec 14:00"]
    moved = of_series(sequence=1, recurrence_id=second, start=second + HALF, end=second + 2 * HALF)
    await desk.take_in(mail(moved, 2))
    notes = [one.key for one in desk.draft().proposal.notes if isinstance(one, Said)]
    assert notes == ["meeting.moved", "meeting.one_of_series"]
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    _, event = object_of(sent(desk)[-1])
    assert event.decoded("RECURRENCE-ID") == second
    assert await dates(desk) == ["26 Nov 14:00", "03 Dec 14:30", "10 Dec 14:00", "17 Dec 14:00"]
    off = of_series("CANCEL", 1, recurrence_id=third, start=third, end=third + HALF)
    await desk.take_in(mail(off, 3))
    await desk.take_in(reply_mail(desk.draft(), "approve"))
    assert await dates(desk) == ["26 Nov 14:00", "03 Dec 14:30", "17 Dec 14:00"]
    await desk.take_in(reply_mail(desk.letters("receipt")[-1], "undo"))
    assert await dates(desk) == ["26 Nov 14:00", "03 Dec 14:30", "10 Dec 14:00", "17 Dec 14:00"]


async def test_another_time_for_one_date_is_asked_for_and_the_series_stays(desk: Desk) -> None:
    second = THURSDAY + timedelta(days=7)
    await desk.take_in(mail(of_series(rules=("FREQ=WEEKLY",))))
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    await busy(desk, second + HALF)
    moved = of_series(sequence=1, recurrence_id=second, start=second + HALF, end=second + 2 * HALF)
    await desk.take_in(mail(moved, 2))
    assert failed(desk) == {"calendar_free", "meeting_vouched"}  # nobody signed it
    other = labels(desk)[1]
    await desk.take_in(reply_mail(desk.draft(), other))
    method, event = object_of(sent(desk)[-1])
    assert (method, event.decoded("RECURRENCE-ID"), event["UID"]) == (
        "COUNTER",
        second,
        "their-1@alvarez.test",
    )
    assert [one for one in await entries(desk) if one[0] == "Quarterly review"] == [
        ("Quarterly review", "Mon 09:00", True),
        ("Quarterly review", "Thu 14:00", False),
    ]
    # They agree: what was held becomes the date, and clashes with nothing.
    agreed = datetime(2026, 11, 23, 9, tzinfo=UTC)
    told = of_series(sequence=2, recurrence_id=second, start=agreed, end=agreed + HALF)
    await desk.take_in(mail(told, 3))
    assert failed(desk) == {"meeting_vouched"}
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    assert [one for one in await dates(desk) if "14:30" not in one] == [
        "23 Nov 09:00",
        "26 Nov 14:00",
        "10 Dec 14:00",
        "17 Dec 14:00",
    ]
    assert not any(held for _, _, held in await entries(desk))


async def test_what_was_free_and_is_taken_by_now_is_shown_first(desk: Desk) -> None:
    await desk.take_in(mail(invitation()))
    shown = desk.draft()
    await busy(desk, THURSDAY)
    await desk.take_in(reply_mail(shown, "accept"))
    assert sent(desk) == []
    assert failed(desk) == {"calendar_free"}
    assert desk.draft().proposal.version == 2
    notes = [one.key for one in desk.draft().proposal.notes if isinstance(one, Said)]
    assert notes[:2] == ["changed.since", "why.slot_free"]


async def test_another_time_that_is_taken_meanwhile_is_not_booked_twice(desk: Desk) -> None:
    await busy(desk, THURSDAY)
    await desk.take_in(mail(in_words(told(THURSDAY))))
    shown = desk.draft()
    tuesday = datetime(2026, 11, 24, 9, tzinfo=UTC)
    await busy(desk, tuesday, "Audit")
    await desk.take_in(reply_mail(shown, "offer"))
    assert sent(desk) == []
    again = desk.draft()
    assert "Audit" in str(again.proposal.notes)
    await desk.take_in(reply_mail(again, "offer"))
    (letter,) = sent(desk)
    assert "Tuesday 24 November 2026, 09:00" not in letter.text


async def test_a_guest_asks_for_another_time_of_ours(desk: Desk) -> None:
    await desk.take_in(mail(in_words(told(THURSDAY))))
    await desk.take_in(reply_mail(desk.draft(), "thu 14"))
    (asked,) = sent(desk)
    assert asked.itip is not None
    ours = asked.itip.appointment
    later = ours.start - timedelta(days=1)
    counter = invitation("COUNTER", start=later)
    assert counter.object is not None
    said = counter.object.model_copy(update={"uid": ours.uid})
    answer = counter.model_copy(update={"object": said, "requester": JO})
    await desk.take_in(mail(answer, 2))
    assert labels(desk) == ["wed 14", "decline"]
    await desk.take_in(reply_mail(desk.draft(), "wed 14"))
    method, event = object_of(sent(desk)[-1])
    assert (method, int(event["SEQUENCE"])) == ("REQUEST", 1)
    assert await entries(desk) == [("Catch up", "Wed 14:00", False)]


async def test_an_invitation_to_the_own_calendar_is_followed_up(desk: Desk) -> None:
    calendars = CalendarDesk(Plan("own", "own", "ann@corp.test"), embedded_calendar, {}, desk.clock)
    post = Outsiders(desk.store, desk.post, desk.clock, company=desk.office.company)
    systems = {**desk.office.systems, "calendar": Meetings(calendars, post)}
    office = type(desk.office)(
        **{**desk.office.__dict__, "calendars": calendars, "systems": systems}
    )
    desk.office, desk.engine = office, engine_of(desk.store, office)
    await desk.take_in(mail(invitation()))
    await desk.take_in(reply_mail(desk.draft(), "accept"))
    _, own = sent(desk)
    method, event = object_of(own)
    assert (own.to, method, str(event["ORGANIZER"])) == (
        "ann@corp.test",
        "REQUEST",
        "mailto:ops@corp.test",
    )
    desk.clock.advance(timedelta(hours=3))
    await tick(desk, "copies")
    assert desk.letters("notice") == []
    # A day of silence is told once, and once more the day before the meeting.
    for hours, told in ((22, 1), (24, 1), (24 * 4, 2), (1, 2)):
        desk.clock.advance(timedelta(hours=hours))
        await tick(desk, "copies")
        assert len(desk.letters("notice")) == told
    async with desk.begin() as tx:
        assert await tx.note_guest("their-1@alvarez.test", "ann@corp.test", PartStat.ACCEPTED)
        kept = await tx.appointment("their-1@alvarez.test")
    assert kept is not None
    assert kept.appointment.copied is not None
    assert kept.appointment.copied.answer is PartStat.ACCEPTED
    # What is called off goes out of it in the same way.
    await desk.take_in(mail(invitation("CANCEL", 1), 2))
    await desk.take_in(reply_mail(desk.draft(), "approve"))
    assert [(one.to, object_of(one)[0]) for one in sent(desk)[2:]] == [("ann@corp.test", "CANCEL")]


# -- words


async def test_a_time_that_they_name_is_agreed_to(desk: Desk) -> None:
    await desk.take_in(mail(in_words(told(THURSDAY))))
    assert labels(desk) == ["thu 14", "offer", "decline"]
    await desk.take_in(reply_mail(desk.draft(), "thu 14"))
    (letter,) = sent(desk)
    method, event = object_of(letter)
    assert (method, str(event["ORGANIZER"])) == ("REQUEST", "mailto:ops@corp.test")
    people = [(str(one), one.params["PARTSTAT"]) for one in event["ATTENDEE"]]
    assert people == [
        ("mailto:jo@alvarez.test", "NEEDS-ACTION"),
        ("mailto:ann@corp.test", "ACCEPTED"),
    ]
    assert letter.subject == "Re: Catch up"
    assert "The invitation is attached" in letter.text
    assert await entries(desk) == [("Catch up", "Thu 14:00", False)]
    await desk.take_in(reply_mail(desk.letters("receipt")[-1], "undo"))
    assert object_of(sent(desk)[-1])[0] == "CANCEL"
    assert await entries(desk) == []


async def test_three_times_are_offered_and_held(desk: Desk) -> None:
    await busy(desk, THURSDAY)
    await desk.take_in(mail(in_words(told(THURSDAY))))
    assert failed(desk) == {"calendar_free"}
    await desk.take_in(reply_mail(desk.draft(), "offer"))
    (letter,) = sent(desk)
    assert letter.itip is None
    for line in ("1. Monday 23 November 2026, 09:00", "2. Tuesday 24", "3. Wednesday 25"):
        assert line in letter.text
    held = [one for one in await entries(desk) if one[2]]
    assert [one[1] for one in held] == ["Mon 09:00", "Tue 09:00", "Wed 09:00"]
    # Nobody answers: what was held is free again, and its owner hears of it.
    desk.clock.advance(timedelta(days=6))
    for name in ("holds", "inquiries"):
        await desk.take_in()
        await tick(desk, name)
    assert [one for one in await entries(desk) if one[2]] == []
    assert "inquiry.silent" in str(desk.draft().proposal.notes)


async def tick(desk: Desk, name: str) -> None:
    from mailagent.core.job import Job, Stage

    async with desk.begin() as tx:
        await tx.defer(Job(stage=Stage.ROUTINE, subject=0, routine=name))
    await desk.engine.drain()


async def test_windows_and_exclusions_are_kept_to(desk: Desk) -> None:
    day = datetime(2026, 11, 25, tzinfo=UTC)
    window = told(day + timedelta(hours=12), grain="part", length=timedelta(hours=6))
    never = told(day + timedelta(hours=12), Use.EXCLUDED, "part", timedelta(hours=2))
    await desk.take_in(mail(in_words(window, never, minutes=60)))
    await desk.take_in(reply_mail(desk.draft(), "offer"))
    held = [one[1] for one in await entries(desk)]
    assert held == ["Wed 14:00", "Wed 14:30", "Wed 15:00"]


async def test_a_mention_asks_for_nothing(desk: Desk) -> None:
    await desk.take_in(mail(in_words(told(THURSDAY), intent=Intent.MENTION)))
    assert (await desk.case()).state is State.NEEDS_OWNER
    assert desk.draft().proposal.all_actions == ()


async def test_a_request_of_which_nothing_was_read_says_what_is_missing(desk: Desk) -> None:
    await desk.take_in(mail(in_words(intent=Intent.MENTION)))
    assert (await desk.case()).state is State.NEEDS_OWNER
    question = desk.draft().proposal.question
    assert isinstance(question, Said)
    assert question.gaps["missing"] == "times,duration"


async def test_a_confirmation_is_entered_and_nobody_is_written_to(desk: Desk) -> None:
    said = in_words(told(THURSDAY, Use.AGREED), intent=Intent.CONFIRMATION)
    await desk.take_in(mail(said))
    await desk.take_in(reply_mail(desk.draft(), "approve"))
    assert await entries(desk) == [("Catch up", "Thu 14:00", False)]
    assert sent(desk) == []
