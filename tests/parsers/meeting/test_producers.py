"""Sixteen programs and what mail servers, old libraries and people make of their objects."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.cover import BARE
from mailagent.core.errors import Unreadable
from mailagent.core.reading import Kind
from parsers.meeting.calendar import UnreadableCalendar
from parsers.meeting.ical import read_calendar
from parsers.meeting.objects import read_object
from tests.parsers.meeting.producers import SAMPLES, Sample

Damage = Callable[[str], bytes]


def _folded(text: str, width: int, blank: str) -> bytes:
    lines = []
    for line in text.encode().split(b"\r\n"):
        pieces = [line[at : at + width] for at in range(0, len(line), width)] or [b""]
        lines.append((b"\r\n" + blank.encode()).join(pieces))
    return b"\r\n".join(lines)


def _without(name: str) -> Damage:
    return lambda text: re.sub(rf"(?m)^{name}[:;][^\r]*\r\n", "", text).encode()


DAMAGES: dict[str, Damage] = {
    "whole": str.encode,
    "bare LF": lambda text: text.replace("\r\n", "\n").encode(),
    "bare CR": lambda text: text.replace("\r\n", "\r").encode(),
    "BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "folded at 20": lambda text: _folded(text, 20, " "),
    "folded with tabs": lambda text: _folded(text, 60, "\t"),
    "blank lines": lambda text: text.replace("\r\n", "\r\n\r\n").encode(),
    "blanks at the ends": lambda text: text.replace("\r\n", "  \r\n").encode(),
    "no VERSION": _without("VERSION"),
    "no PRODID": _without("PRODID"),
    "no UID": _without("UID"),
    "no DTSTAMP": _without("DTSTAMP"),
    "no END of the whole": lambda text: text.replace("END:VCALENDAR\r\n", "").encode(),
    "small letters": lambda text: re.sub(
        r"(?m)^(BEGIN|END|DTSTART|DTEND|SUMMARY|METHOD|UID)", lambda found: found[0].lower(), text
    ).encode(),
    "a header before it": lambda text: b"Content-Type: text/calendar\r\n\r\n" + text.encode(),
    "text behind it": lambda text: text.encode() + b"\r\n-- \r\nSent from my phone\r\n",
    "twice": lambda text: (text + text).encode(),
    "latin-1": lambda text: text.replace("SUMMARY:Budget", "SUMMARY:Budget").encode("latin-1"),
    "a rule without end": lambda text: text.replace(
        "SUMMARY", "RRULE:FREQ=SECONDLY;COUNT=999999999\r\nSUMMARY", 1
    ).encode(),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_what_it_says_survives(sample: Sample, damage: str) -> None:
    calendar = read_calendar(DAMAGES[damage](sample.text))
    first = calendar.events[0]
    assert calendar.method == sample.method
    assert (first.start, first.summary) == (sample.start, sample.summary)
    assert len(calendar.events) >= sample.events


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_each_is_a_reading(sample: Sample) -> None:
    assert read_object(sample.text.encode(), BARE).kind is Kind.MEETING_REQUEST


@given(
    st.sampled_from(SAMPLES),
    st.lists(
        st.tuples(st.integers(0, 3000), st.integers(0, 40), st.binary(max_size=12)), max_size=6
    ),
)
def test_mutated_it_is_read_or_refused(sample: Sample, edits: list[tuple[int, int, bytes]]) -> None:
    raw = sample.text.encode()
    for at, length, what in edits:
        raw = raw[:at] + what + raw[at + length :]
    try:
        read_calendar(raw)
        read_object(raw, BARE)
    except (UnreadableCalendar, Unreadable):
        pass


@pytest.mark.parametrize("name", ["VTODO", "VFREEBUSY", "VJOURNAL"])
def test_what_holds_no_event_asks_for_nothing(name: str) -> None:
    raw = f"BEGIN:VCALENDAR\nBEGIN:{name}\nUID:1\nEND:{name}\nEND:VCALENDAR".encode()
    assert name in read_calendar(raw).others
    assert read_object(raw, BARE).kind is Kind.OTHER


def test_who_was_delegated_to_is_among_the_attendees() -> None:
    (reply,) = (one for one in SAMPLES if one.name == "reply")
    sent, came = read_calendar(reply.text.encode()).events[0].attendees
    assert (sent.answer, sent.delegated_to) == ("DELEGATED", ("bob@y.example",))
    assert (came.answer, came.delegated_from) == ("ACCEPTED", ("sam@y.example",))
