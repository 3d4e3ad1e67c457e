"""A calendar object as a reading, and the mail around it."""

from datetime import UTC, datetime

import pytest

from mailagent.core.cover import BARE, Cover
from mailagent.core.errors import Unreadable
from mailagent.core.meeting import Intent, Meeting, Use, meeting_of
from mailagent.core.reading import Kind, Reading
from mailagent.core.value import sha256
from parsers.kinds import read_document
from parsers.meeting.objects import read_object

_EVENT = """UID:1@x
DTSTAMP:20260501T100000Z
DTSTART;TZID=Europe/Berlin:20260504T100000
DTEND;TZID=Europe/Berlin:20260504T111500
SUMMARY:Budget
ORGANIZER;CN=Ann:mailto:ann@x.example
ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Bob:mailto:bob@y.example
"""
_WRITTEN = datetime.fromisoformat("2026-05-01T10:00:00+02:00")


def invitation(method: str = "REQUEST", *more: str, event: str = _EVENT) -> bytes:
    head = f"METHOD:{method}\n" if method else ""
    lines = "".join(f"{line}\n" for line in more)
    return f"BEGIN:VCALENDAR\n{head}BEGIN:VEVENT\n{event}{lines}END:VEVENT\nEND:VCALENDAR".encode()


def read(content: bytes, cover: Cover = BARE) -> Reading:
    return read_document(content, cover=cover)


def meeting(content: bytes) -> Meeting:
    return meeting_of(read(content))


def failed(reading: Reading) -> set[str]:
    return {check.name for check in reading.checks if not check.ok}


def test_all_that_an_answer_needs_is_there() -> None:
    raw = invitation("REQUEST", "LOCATION:https://zoom.us/j/1234?pwd=x", "RRULE:FREQ=WEEKLY")
    found = meeting(raw)
    assert found.intent is Intent.REQUEST
    assert (found.requester.address, found.requester.name) == ("ann@x.example", "Ann")
    assert [(a.address, a.answer, a.rsvp) for a in found.attendees] == [
        ("bob@y.example", "NEEDS-ACTION", True)
    ]
    assert (found.topic, found.minutes, found.zone) == ("Budget", 75, "Europe/Berlin")
    assert (found.link, found.place) == ("https://zoom.us/j/1234?pwd=x", "")
    assert found.object is not None
    assert (found.object.method, found.object.uid, found.object.sequence) == ("REQUEST", "1@x", 0)
    assert found.object.rules == ("FREQ=WEEKLY",)
    assert found.object.sha256 == sha256(raw)
    (time,) = found.times
    assert time.start == datetime(2026, 5, 4, 8, tzinfo=UTC)
    assert time.use is Use.OFFERED
    assert time.is_clear


@pytest.mark.parametrize(
    ("method", "more", "intent"),
    [
        ("REQUEST", ("SEQUENCE:2",), Intent.RESCHEDULE),
        ("REQUEST", ("STATUS:CANCELLED",), Intent.CANCELLATION),
        ("CANCEL", (), Intent.CANCELLATION),
        ("REPLY", (), Intent.PROPOSAL_ANSWER),
        ("COUNTER", (), Intent.PROPOSAL_ANSWER),
        ("DECLINECOUNTER", (), Intent.PROPOSAL_ANSWER),
        ("ADD", (), Intent.REQUEST),
        ("PUBLISH", (), Intent.MENTION),
        ("", (), Intent.REQUEST),
    ],
)
def test_what_each_method_wants(method: str, more: tuple[str, ...], intent: Intent) -> None:
    assert meeting(invitation(method, *more)).intent is intent


def test_who_answers_is_the_requester() -> None:
    assert meeting(invitation("REPLY")).requester.address == "bob@y.example"
    assert meeting(invitation("DECLINECOUNTER")).requester.address == "ann@x.example"


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("See you on Monday at 10", True),
        ("When: Monday, May 4, 2026 10:00 AM-11:15 AM. (UTC+01:00) Amsterdam, Berlin", True),
        ("Can we do Monday 4 May, 15:00 instead?", False),
        ("Let us meet on Tuesday 5 May", False),
        ("The budget is attached.", True),
        (
            "Fine!\n\nOn Thu, Apr 30, 2026 at 9:00 AM Ann <a@x.example> wrote:\n> 6 May at 15:00?",
            True,
        ),
    ],
)
def test_the_text_beside_the_object(text: str, agrees: bool) -> None:
    cover = Cover(address="ann@x.example", date=_WRITTEN, text=text, home="Europe/Berlin")
    assert ("text_agrees" not in failed(read(invitation(), cover))) is agrees


def test_a_stranger_who_sends_it_for_another_is_named() -> None:
    assert "organizer_sent" in failed(read(invitation(), Cover(address="eve@z.example")))
    assert "organizer_sent" not in failed(read(invitation(), Cover(address="ann@x.example")))


def test_a_floating_time_is_said_to_be_one() -> None:
    event = _EVENT.replace(";TZID=Europe/Berlin", "")
    reading = read(invitation(event=event), Cover(home="Europe/Paris"))
    assert "zone_known" in failed(reading)
    assert meeting_of(reading).times[0].unclear == ("zone",)


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf", b"\r\n \r\n"])
def test_it_is_known_by_its_first_word(prefix: bytes) -> None:
    assert read(prefix + invitation()).kind is Kind.MEETING_REQUEST
    assert read(prefix + invitation().replace(b"BEGIN", b"begin")).kind is Kind.MEETING_REQUEST
    utf16 = invitation().decode().encode("utf-16")
    assert read(utf16).kind is Kind.MEETING_REQUEST


def test_two_flights_are_two_parts_and_a_year_of_events_asks_for_nothing() -> None:
    def many(count: int) -> bytes:
        events = "".join(
            f"BEGIN:VEVENT\n{_EVENT.replace('1@x', f'{n}@x')}END:VEVENT\n" for n in range(count)
        )
        return f"BEGIN:VCALENDAR\nMETHOD:PUBLISH\n{events}END:VCALENDAR".encode()

    assert read(many(2)).parts == 2
    assert read(many(60)).kind is Kind.OTHER


def test_what_holds_no_event_is_other_and_what_is_no_calendar_unreadable() -> None:
    assert read(b"BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nEND:VTODO\nEND:VCALENDAR").kind is Kind.OTHER
    with pytest.raises(Unreadable):
        read_object(b"nothing", BARE)
