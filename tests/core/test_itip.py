"""What we write is what RFC 5545 and 5546 ask for, whatever it is about and whenever it is."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from mailagent.core.appointment import Appointment, Guest, Itip, Method, PartStat, utc
from mailagent.core.itip import entry, feed, message
from parsers.meeting.ical import read_calendar
from parsers.meeting.taken import dates_between

ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Africa/Casablanca",
    "Asia/Tokyo",
    "Pacific/Auckland",
)
DAYS = (
    "2026-03-07",
    "2026-03-28",
    "2026-04-04",
    "2026-09-05",
    "2026-09-26",
    "2026-10-03",
    "2026-10-24",
    "2026-10-31",
)
STAMP = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
ANN = Guest(address="ann@corp.test", name="Ann Lee", answer=PartStat.ACCEPTED)
JO = Guest(address="jo@alvarez.test", name='Jo "J" Álvarez; Söhne, 2')
words = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=120)


@st.composite
def appointments(draw: st.DrawFn) -> Appointment:
    """Around the days on which clocks change, and on all others."""
    zone = draw(st.sampled_from(ZONES))
    near = draw(st.sampled_from(DAYS))
    start = datetime.fromisoformat(f"{near}T00:00:00+00:00")
    start += timedelta(minutes=15 * draw(st.integers(0, 4 * 72)))
    length = timedelta(minutes=15 * draw(st.integers(1, 40)))
    return Appointment(
        uid=draw(st.uuids()).hex + "@corp.test",
        sequence=draw(st.integers(0, 9)),
        start=start.astimezone(ZoneInfo(zone)),
        end=(start + length).astimezone(ZoneInfo(zone)),
        zone=zone,
        title=draw(words),
        place=draw(st.just("") | words),
        notes=draw(st.just("") | words),
        organizer=JO,
        guests=(ANN, JO),
        rules=draw(st.sampled_from([(), (), ("FREQ=DAILY;COUNT=4",), ("FREQ=WEEKLY;COUNT=3",)])),
    )


@pytest.mark.slow
@given(one=appointments(), method=st.sampled_from(Method), answer=st.sampled_from(PartStat))
@settings(max_examples=150)
def test_every_message_is_a_correct_one(one: Appointment, method: Method, answer: PartStat) -> None:
    attendee = ANN.model_copy(update={"answer": answer})
    said = Itip(method=method, appointment=one, attendee=attendee, sent_by="ops@corp.test")
    raw = message(said, STAMP)
    strict = Calendar.from_ical(raw)  # raises for what is no calendar
    assert not strict.errors
    (event,) = strict.walk("VEVENT")
    assert not event.errors
    assert (str(strict["METHOD"]), str(strict["VERSION"])) == (method.value, "2.0")
    assert (str(event["UID"]), event.decoded("SEQUENCE")) == (one.uid, one.sequence)
    assert event.decoded("DTSTAMP") == STAMP
    assert str(event["ORGANIZER"]) == "mailto:jo@alvarez.test"
    _attendees(event, method, answer)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")


def _attendees(event: Any, method: Method, answer: PartStat) -> None:
    """An answer is about one attendee, who is who was invited; who wrote it is told beside."""
    found = event.get("ATTENDEE")
    if method in (Method.REPLY, Method.COUNTER):
        assert str(found) == "mailto:ann@corp.test"
        assert found.params["PARTSTAT"] == answer.value
        assert found.params["SENT-BY"] == "mailto:ops@corp.test"
        assert "STATUS" not in event
        return
    assert [str(one) for one in found] == ["mailto:ann@corp.test", "mailto:jo@alvarez.test"]
    assert [one.params["PARTSTAT"] for one in found] == ["ACCEPTED", "NEEDS-ACTION"]
    cancelled = str(event["STATUS"]) == "CANCELLED"
    assert cancelled is (method is Method.CANCEL)


@pytest.mark.slow
@given(one=appointments())
@settings(max_examples=100)
def test_our_own_reader_reads_the_same_moments(one: Appointment) -> None:
    # What repeats is told by a clock, and iCalendar has no word for the second 2:30 of a night.
    assume(not (one.rules and (one.start.fold or one.end.fold)))
    calendar = read_calendar(entry(one, STAMP))
    assert calendar.method == ""
    assert calendar.problems == ()
    (event,) = calendar.events
    assert event.start is not None
    assert event.end is not None
    assert (utc(event.start), utc(event.end)) == (utc(one.start), utc(one.end))
    assert " ".join(event.summary.split()) == " ".join(one.title.split())
    assert event.rules == one.rules


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_what_repeats_keeps_its_hour_in_every_zone(zone: str) -> None:
    for month in range(1, 13):
        start = datetime(2026, month, 1, 9, 30, tzinfo=ZoneInfo(zone))
        one = Appointment(uid="u", start=start, end=start + timedelta(hours=1), zone=zone,
                          title="t", rules=("FREQ=WEEKLY;COUNT=6",))  # fmt: skip
        events = read_calendar(entry(one, STAMP)).events
        found = dates_between(events, start, start + timedelta(days=60))
        local = [found.start.astimezone(ZoneInfo(zone)) for found in found if found.start]
        assert [f"{at:%H:%M}" for at in local] == ["09:30"] * 6


def test_a_whole_calendar_is_one_object() -> None:
    start = datetime(2026, 12, 1, 9, tzinfo=UTC)
    days = [timedelta(days=n) for n in range(3)]
    made = [
        Appointment(uid=f"{n}", start=start + day, end=start + day * 2, title="t", all_day=bool(n))
        for n, day in enumerate(days)
        if day
    ]
    calendar = Calendar.from_ical(feed(made, "Ann", STAMP))
    assert str(calendar["X-WR-CALNAME"]) == "Ann"
    assert len(calendar.walk("VEVENT")) == 2
