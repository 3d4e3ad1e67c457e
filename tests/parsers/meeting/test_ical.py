"""Calendar objects are read as they come, and refused only with a reason."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.meeting.calendar import Calendar, Event, UnreadableCalendar
from parsers.meeting.ical import read_calendar
from parsers.meeting.lines import SIZE

BERLIN = ZoneInfo("Europe/Berlin")
EVENT = ("UID:one@firm.example", "DTSTAMP:20260401T080000Z", "SUMMARY:Budget")
AT_TEN = "DTSTART;TZID=Europe/Berlin:20260504T100000"
OUTLOOK = (
    "BEGIN:VTIMEZONE",
    "TZID:Customized Time Zone",
    "BEGIN:STANDARD",
    "DTSTART:16010101T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


def ics(*lines: str, method: str = "REQUEST", before: tuple[str, ...] = ()) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", f"METHOD:{method}", *before)
    whole = (*head, "BEGIN:VEVENT", *EVENT, *lines, "END:VEVENT", "END:VCALENDAR", "")
    return "\r\n".join(whole).encode()


def event(*lines: str, before: tuple[str, ...] = ()) -> Event:
    [found] = read_calendar(ics(*lines, before=before), BERLIN).events
    return found


def at(hour: int, minute: int = 0, day: int = 4, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=zone)


METHODS = [
    "REQUEST", "REPLY", "COUNTER", "DECLINECOUNTER", "CANCEL", "ADD", "REFRESH", "PUBLISH",
]  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_every_method(method: str) -> None:
    calendar = read_calendar(ics(AT_TEN, method=method.lower()))
    assert calendar.method == method
    assert calendar.producer == "-//x//y//EN"
    assert [one.summary for one in calendar.events] == ["Budget"]
    assert calendar.problems == ()


def test_a_request_whole() -> None:
    found = event(
        AT_TEN,
        "DTEND;TZID=Europe/Berlin:20260504T113000",
        "SEQUENCE:3",
        "LOCATION:Room 4\\, first floor",
        "DESCRIPTION:Bring\\nthe figures\\; all of them",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        'ORGANIZER;CN="Berg, Ann";SENT-BY="mailto:desk@firm.example":mailto:Ann@Firm.example',
        "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bo@client.example",
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:d@client.example":mailto:c@client.example',
        'ATTENDEE;DELEGATED-FROM="mailto:c@client.example":mailto:d@client.example',
    )
    assert (found.start, found.end, found.sequence) == (at(10), at(11, 30), 3)
    assert found.location == "Room 4, first floor"
    assert found.description == "Bring\nthe figures; all of them"
    assert (found.status, found.busy, found.all_day) == ("CONFIRMED", False, False)
    assert found.organizer is not None
    assert (found.organizer.address, found.organizer.name) == ("ann@firm.example", "Berg, Ann")
    assert found.organizer.sent_by == "desk@firm.example"
    asked, delegating, delegate = found.attendees
    assert (asked.rsvp, asked.answer, asked.role) == (True, "NEEDS-ACTION", "REQ-PARTICIPANT")
    assert delegating.delegated_to == (delegate.address,)
    assert delegate.delegated_from == (delegating.address,)


ZONES = [
    ("DTSTART:20260504T080000Z", at(10), False),
    ("DTSTART:20260504T100000", at(10), True),
    ("DTSTART;TZID=W. Europe Standard Time:20260504T100000", at(10), False),
    ('DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome":20260504T100000', at(10), False),
    ("DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin, Bern:20260504T100000", at(10), False),
    ("DTSTART;TZID=(GMT+01.00) Sarajevo/Warsaw/Zagreb:20260504T100000", at(10), False),
    ("DTSTART;TZID=(UTC-05:00) Eastern Time (US & Canada):20260504T040000", at(10), False),
    ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260504T100000", at(10), False),
    ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260504T100000", at(10), False),
    ("DTSTART;TZID=europe/berlin:20260504T100000", at(10), False),
    ("DTSTART;TZID=CET:20260504T100000", at(10), False),
    ("DTSTART;TZID=UTC+02:00:20260504T100000", at(10), False),
    ("DTSTART;TZID=tzone://Microsoft/Utc:20260504T080000", at(10), False),
    ("DTSTART;TZID=Customized Time Zone:20260504T100000", at(10), False),
    ("DTSTART:2026-05-04T10:00:00+02:00", at(10), False),
    ("DTSTART:20260504T1000", at(10), True),
    ("DTSTART;VALUE=DATE-TIME;TZID=Europe/London:20260504T090000", at(10), False),
]  # fmt: skip


@pytest.mark.parametrize(("line", "start", "floating"), ZONES)
def test_zones_as_they_come(line: str, start: datetime, floating: bool) -> None:
    found = event(line, before=OUTLOOK)
    assert found.start == start
    assert found.floating is floating


def test_a_zone_defined_for_one_calendar_is_not_known_to_the_next() -> None:
    line = "DTSTART;TZID=Customized Time Zone:20260504T100000"
    assert event(line, before=OUTLOOK).zone == "Europe/Berlin"
    calendar = read_calendar(ics(line), UTC)
    assert calendar.events[0].floating
    assert "unknown" in calendar.problems[0]


def test_a_zone_that_is_defined_otherwise_than_it_is_called_is_told() -> None:
    lying = tuple(line.replace("Customized Time Zone", "America/Lima") for line in OUTLOOK)
    calendar = read_calendar(ics("DTSTART;TZID=America/Lima:20260504T100000", before=lying))
    assert calendar.events[0].zone == "America/Lima"
    assert "defined otherwise" in calendar.problems[0]


def test_the_calendar_may_name_the_zone_for_all() -> None:
    found = event("DTSTART:20260504T100000", before=("X-WR-TIMEZONE:Asia/Tokyo",))
    assert (found.start, found.floating) == (at(10, zone=ZoneInfo("Asia/Tokyo")), False)


ENDS = [
    (("DTSTART;VALUE=DATE:20260504",), at(0), at(0, day=5), True),
    (("DTSTART:20260504", "DTEND:20260506"), at(0), at(0, day=6), True),
    (("DTSTART;VALUE=DATE:20260504", "DTEND;VALUE=DATE:20260504"), at(0), at(0, day=5), True),
    (("DTSTART;VALUE=DATE:20260504T000000", "DURATION:P2D"), at(0), at(0, day=6), True),
    (("DTSTART;VALUE=DATE-TIME:20260504",), at(0), at(0, day=5), True),
    ((AT_TEN,), at(10), at(10), False),
    ((AT_TEN, "DURATION:PT1H30M"), at(10), at(11, 30), False),
    ((AT_TEN, "DURATION:nonsense"), at(10), at(10), False),
    ((AT_TEN, "DURATION:-PT1H"), at(10), at(10), False),
    ((AT_TEN, "DTEND:20260504T070000Z"), at(10), at(10), False),
    ((AT_TEN, "DTEND;TZID=Europe/Berlin:20260504T240000"), at(10), at(0, day=5), False),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "start", "end", "all_day"), ENDS)
def test_starts_and_ends(
    lines: tuple[str, ...], start: datetime, end: datetime, all_day: bool
) -> None:
    found = event(*lines)
    assert (found.start, found.end, found.all_day) == (start, end, all_day)


def test_a_day_of_23_hours_ends_at_midnight_all_the_same() -> None:
    found = event("DTSTART;VALUE=DATE:20260329")
    assert found.end == datetime(2026, 3, 30, tzinfo=BERLIN)
    assert found.start is not None
    assert found.end.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(hours=23)


BROKEN = [
    ics(AT_TEN).replace(b"\r\n", b"\n"),
    ics(AT_TEN).replace(b"\r\n", b"\r"),
    ics(AT_TEN).replace(b"\r\n", b"\r\n\r\n"),
    ics(AT_TEN).replace(b"END:VEVENT\r\nEND:VCALENDAR\r\n", b""),
    ics(AT_TEN).replace(b"END:VEVENT\r\n", b""),
    ics(AT_TEN).replace(b"BEGIN:VCALENDAR\r\n", b""),
    b"\xef\xbb\xbf" + ics(AT_TEN),
    ics(AT_TEN).decode().encode("utf-16"),
    b"Content-Type: text/calendar\r\n\r\n" + ics(AT_TEN),
    ics(AT_TEN).replace(b"SUMMARY:Budget", b"SUMMARY:Bud\r\n get"),
    ics(AT_TEN).replace(b"SUMMARY:Budget", b"SUMMARY:Bud\n\tget"),
    ics(AT_TEN, "X-JUNK;X=\"a:b;c\":value", "X-OPEN=\"never closed:1", "plain words"),
    ics(AT_TEN, "ATTENDEE;CN=\"never closed:mailto:a@b.example"),
    ics("dtstart;tzid=Europe/Berlin:20260504T100000"),
    ics("DTSTART ; TZID = Europe/Berlin : 20260504T100000"),
    b"  " + ics(AT_TEN).replace(b"\r\n", b"\n  "),
    ics(AT_TEN, "BEGIN:VALARM", "TRIGGER:-PT5M", "SUMMARY:Alarm", "END:VEVENT"),
]  # fmt: skip


@pytest.mark.parametrize("raw", BROKEN, ids=range(len(BROKEN)))
def test_broken_producers(raw: bytes) -> None:
    [found] = read_calendar(raw, BERLIN).events
    assert (found.summary, found.start) == ("Budget", at(10))


def test_a_fold_inside_a_letter_and_a_fold_that_lost_its_blank() -> None:
    umlaut = "Gespräch".encode()
    cut = umlaut.index(b"\xc3") + 1
    folded = b"SUMMARY:" + umlaut[:cut] + b"\r\n " + umlaut[cut:] + b"\r\nmit Bo"
    [found] = read_calendar(ics(AT_TEN).replace(b"SUMMARY:Budget", folded)).events
    assert found.summary == "Gesprächmit Bo"


def test_windows_letters_and_quoted_printable() -> None:
    [found] = read_calendar(ics(AT_TEN).replace(b"Budget", "Prüfung".encode("cp1252"))).events
    assert found.summary == "Prüfung"
    old = "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Pr=C3=BC=\r\nfung=0D=0Aheute"
    [found] = read_calendar(ics(AT_TEN).replace(b"SUMMARY:Budget", old.encode())).events
    assert found.summary == "Prüfung\nheute"


def test_an_address_in_a_parameter_without_quotes() -> None:
    found = event(AT_TEN, "ATTENDEE;SENT-BY=mailto:desk@firm.example;CN=Bo:MAILTO:Bo@firm.example")
    assert found.attendees[0].address == "bo@firm.example"


REFUSED = [
    (b"", "no BEGIN"),
    (b"Dear all, see you on Monday", "no BEGIN"),
    (b"BEGIN:VCARD\nFN:Ann\nEND:VCARD\n", "VCARD"),
    (b"x" * (SIZE + 1), "MiB"),
    (b"BEGIN:X\n" * 30, "too many parts"),
]


@pytest.mark.parametrize(("raw", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_calendar_is_refused_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableCalendar, match=reason):
        read_calendar(raw)


def test_updates_of_one_file_by_sequence_and_stamp() -> None:
    def version(sequence: int, stamp: str, summary: str) -> str:
        return "\n".join((
            "BEGIN:VEVENT", "UID:u", f"SEQUENCE:{sequence}", f"DTSTAMP:{stamp}", AT_TEN,
            f"SUMMARY:{summary}", "END:VEVENT",
        ))  # fmt: skip

    versions = (
        version(1, "20260401T100000Z", "newest"),
        version(0, "20260402T100000Z", "first"),
        version(1, "20260401T090000Z", "second"),
    )
    calendar = read_calendar("\n".join(("BEGIN:VCALENDAR", *versions)).encode())
    assert [one.summary for one in calendar.events] == ["newest"]
    assert any("twice" in problem for problem in calendar.problems)


def test_a_reply_needs_no_start_and_a_request_does() -> None:
    assert read_calendar(ics(method="REPLY")).problems == ()
    assert read_calendar(ics(method="REQUEST")).problems == ("an event has no start",)


def test_what_is_no_event_is_named() -> None:
    raw = b"BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nEND:VTODO\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\n"
    calendar = read_calendar(raw + b"END:VCALENDAR")
    assert (calendar.events, calendar.others) == ((), ("VFREEBUSY", "VTODO"))


def test_it_travels_as_json() -> None:
    calendar = read_calendar(ics(AT_TEN, "RRULE:FREQ=DAILY;COUNT=3"), BERLIN)
    assert Calendar.model_validate_json(calendar.model_dump_json()) == calendar


BITS = st.sampled_from([
    b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"END:VCALENDAR\r\n", b"\r\n ", b":", b";", b'"', b"=",
    b"DTSTART;TZID=", b"DTSTART:99999999T999999\r\n", b"DTSTART:00010101T000000Z\r\n", b"\\", b",",
    b"DTSTART;VALUE=DATE:99991231\r\n", b"DURATION:P99999999W\r\n",
    b"RRULE:FREQ=SECONDLY;COUNT=9\r\n",
    b"RRULE:FREQ=YEARLY;BYMONTH=99\r\n", b"TZOFFSETTO:+9999\r\n", b"DTSTART:99991231T235959Z\r\n",
    b"EXDATE:20260230\r\n", b"RDATE;VALUE=PERIOD:20260504T100000Z/PT1H,/\r\n", b"\xff", b"\x00",
    b"DTSTART;TZID=Customized Time Zone:00010101T000000\r\n", b"TZID:Europe/Berlin\r\n", b"mailto:",
    b"DTSTART;TZID=Customized Time Zone:99991231T235959\r\n", b"RECURRENCE-ID;RANGE=THISANDFUTURE:",
    b"ATTENDEE;DELEGATED-TO=,:,\r\n", b"SEQUENCE:\xc2\xb2\r\n", b"BEGIN:\r\n", b"DTSTART:-\r\n",
])  # fmt: skip


def reason_of(raw: bytes) -> str:
    """Why it is refused; empty when it is read."""
    try:
        read_calendar(raw, BERLIN)
    except UnreadableCalendar as refused:
        return refused.what or "none"
    return ""


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 60), BITS), max_size=8))
def test_nonsense_is_read_or_refused(edits: list[tuple[int, int, bytes]]) -> None:
    raw = ics(AT_TEN, "DTEND:20260504T120000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO", before=OUTLOOK)
    for place, cut, put in edits:
        raw = raw[:place] + put + raw[place + cut :]
    assert reason_of(raw) != "none"


@given(st.binary(max_size=300))
def test_any_bytes(raw: bytes) -> None:
    assert reason_of(raw) != "none"
    assert reason_of(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + raw) != "none"


HOSTILE = [
    b"BEGIN:VEVENT\n" * 4000,
    b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"ATTENDEE;" + b'";' * 400_000,
    b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEXDATE:" + b"20260504T100000Z," * 60_000,
    b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nORGANIZER;" + b"mailto:" * 200_000,
    b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=" + b"(UTC" * 100_000 + b":20260504T100000",
    b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nDTSTART;TZID=A/B:20260504T100000\nEND:VEVENT\n" * 3000,
    b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"a\n" * 500_000,
]


@pytest.mark.slow
@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_files_cost_little(raw: bytes) -> None:
    started = time.process_time()
    assert reason_of(raw) != "none"
    assert time.process_time() - started < 3
