"""Calendar objects as programs and services write them, each with its own habits."""

from datetime import UTC, datetime
from typing import NamedTuple


class Sample(NamedTuple):
    """One object, and what it says."""

    name: str
    text: str
    method: str
    start: datetime | None
    summary: str
    events: int = 1


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def _calendar(method: str, *lines: str, product: str = "-//x//y//EN", zone: str = "") -> str:
    head = ["BEGIN:VCALENDAR", f"PRODID:{product}", "VERSION:2.0"]
    head += [f"METHOD:{method}"] if method else []
    return "\r\n".join([*head, *filter(None, [zone]), *lines, "END:VCALENDAR", ""])


def _event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def _zone(name: str, standard: str, summer: str) -> str:
    return "\r\n".join([
        "BEGIN:VTIMEZONE", f"TZID:{name}", "BEGIN:STANDARD", "DTSTART:16010101T030000",
        f"TZOFFSETFROM:{summer}", f"TZOFFSETTO:{standard}",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000", f"TZOFFSETFROM:{standard}", f"TZOFFSETTO:{summer}",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
    ])  # fmt: skip


_WHO = ("ORGANIZER;CN=Ann Lee:mailto:ann@x.example", "DTSTAMP:20260501T100000Z")
SAMPLES = (
    Sample(
        "Exchange",
        _calendar(
            "REQUEST",
            _event(
                'ORGANIZER;CN="Lee, Ann":MAILTO:ann@x.example',
                'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Doe, Sam"'
                ":MAILTO:sam@y.example",
                "DESCRIPTION;LANGUAGE=de-DE:Hallo\\,\\n\\nbitte zusagen.\\n",
                "UID:040000008200E00074C5B7101A82E00800000000",
                "SUMMARY;LANGUAGE=de-DE:Budget",
                "DTSTART;TZID=W. Europe Standard Time:20260504T100000",
                "DTEND;TZID=W. Europe Standard Time:20260504T110000",
                "CLASS:PUBLIC",
                "PRIORITY:5",
                "DTSTAMP:20260501T100000Z",
                "TRANSP:OPAQUE",
                "STATUS:CONFIRMED",
                "SEQUENCE:0",
                "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
                "BEGIN:VALARM",
                "DESCRIPTION:REMINDER",
                "TRIGGER;RELATED=START:-PT15M",
                "ACTION:DISPLAY",
                "END:VALARM",
            ),
            product="Microsoft Exchange Server 2010",
            zone=_zone("W. Europe Standard Time", "+0100", "+0200"),
        ),
        "REQUEST",
        at(5, 4, 8),
        "Budget",
    ),
    Sample(
        "Outlook",
        _calendar(
            "REQUEST",
            _event(
                *_WHO,
                'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"'
                ":20260504T100000",
                "DURATION:PT1H",
                "UID:o-1",
                "SUMMARY:Budget",
            ),
            product="-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
        ),
        "REQUEST",
        at(5, 4, 8),
        "Budget",
    ),
    Sample(
        "Google",
        _calendar(
            "REQUEST",
            "CALSCALE:GREGORIAN",
            _event(
                *_WHO,
                "DTSTART:20260504T080000Z",
                "DTEND:20260504T090000Z",
                "UID:abc@google.com",
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NE"
                "EDS-ACTION;RSVP=TRUE;CN=sam@y.example;X-NUM-GUESTS=0:mailto:sam@y.example",
                "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij",
                "SEQUENCE:0",
                "STATUS:CONFIRMED",
                "SUMMARY:Budget",
                "TRANSP:OPAQUE",
            ),
            product="-//Google Inc//Google Calendar 70.9054//EN",
        ),
        "REQUEST",
        at(5, 4, 8),
        "Budget",
    ),
    Sample(
        "Apple",
        _calendar(
            "REQUEST",
            "CALSCALE:GREGORIAN",
            _event(
                "DTEND;TZID=Europe/Berlin:20260504T110000",
                "UID:A-1",
                *_WHO,
                "SEQUENCE:1",
                'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="Harbour Street 12\\nHamburg";'
                "X-TITLE=Office:geo:53.5,9.9",
                "DTSTART;TZID=Europe/Berlin:20260504T100000",
                "SUMMARY:Budget",
                "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC",
            ),
            product="-//Apple Inc.//macOS 14.4//EN",
        ),
        "REQUEST",
        at(5, 4, 8),
        "Budget",
    ),
    Sample(
        "Zimbra",
        _calendar(
            "CANCEL",
            _event(
                "UID:z-1",
                "SUMMARY:CANCELLED: Budget",
                *_WHO,
                "STATUS:CANCELLED",
                "SEQUENCE:2",
                'DTSTART;TZID="Europe/Berlin":20260504T100000',
                "CLASS:PUBLIC",
                'DTEND;TZID="Europe/Berlin":20260504T110000',
            ),
            product="Zimbra-Calendar-Provider",
            zone=_zone("Europe/Berlin", "+0100", "+0200"),
        ),
        "CANCEL",
        at(5, 4, 8),
        "CANCELLED: Budget",
    ),
    Sample(
        "Lotus",
        _calendar(
            "REQUEST",
            _event(
                'DTSTART;TZID="W. Europe":20260504T100000',
                'DTEND;TZID="W. Europe":20260504T110000',
                "TRANSP:OPAQUE",
                "DTSTAMP:20260501T100000Z",
                "SEQUENCE:0",
                "UID:L-Lotus_Notes",
                'ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN="Ann Lee/ACME";RSVP=FALSE'
                ":mailto:ann@x.example",
                "SUMMARY:Budget",
                "ORGANIZER:mailto:ann@x.example",
                "X-LOTUS-BROADCAST:FALSE",
                "X-LOTUS-UPDATE-SEQ:1",
            ),
            product="-//Lotus Development Corporation//NONSGML Notes 9.0//EN_C",
            zone=_zone("W. Europe", "+0100", "+0200"),
        ),
        "REQUEST",
        at(5, 4, 8),
        "Budget",
    ),
    Sample(
        "Yahoo",
        _calendar(
            "REQUEST",
            _event(
                "SUMMARY:Budget",
                "CLASS:PUBLIC",
                "DTSTART;TZID=Europe/Berlin:20260504T100000",
                "DTEND;TZID=Europe/Berlin:20260504T110000",
                "PRIORITY:0",
                "SEQUENCE:0",
                "STATUS:CONFIRMED",
                "UID:y-1",
                *_WHO,
                "X-YAHOO-YID:ann",
                "X-YAHOO-EVENT-STATUS:BUSY",
            ),
            product="-//Yahoo//Calendar//EN",
        ),
        "REQUEST",
        at(5, 4, 8),
        "Budget",
    ),
    Sample(
        "Calendly",
        _calendar(
            "REQUEST",
            _event(
                "DTSTAMP:20260501T100000Z",
                "UID:calendly-1",
                "DTSTART:20260504T080000Z",
                "DTEND:20260504T083000Z",
                "DESCRIPTION:Event Name: 30 Minute Meeting\\n\\nCancel: htt"
                "ps://calendly.com/cancellations/1",
                "SUMMARY:Sam Doe and Ann Lee",
                "STATUS:CONFIRMED",
                "ORGANIZER;CN=Ann Lee:mailto:ann@x.example",
            ),
            product="icalendar-ruby",
        ),
        "REQUEST",
        at(5, 4, 8),
        "Sam Doe and Ann Lee",
    ),
    Sample(
        "Teams",
        _calendar(
            "REQUEST",
            _event(
                *_WHO,
                "UID:t-1",
                "DTSTART;TZID=Romance Standard Time:20260504T100000",
                "DTEND;TZID=Romance Standard Time:20260504T110000",
                "SUMMARY:Budget",
                "LOCATION:Microsoft Teams-Besprechung",
                "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.m"
                "icrosoft.com/l/meetup-join/19%3ameeting",
            ),
            product="Microsoft Exchange Server 2010",
        ),
        "REQUEST",
        at(5, 4, 8),
        "Budget",
    ),
    Sample(
        "Zoom",
        _calendar(
            "PUBLISH",
            "CALSCALE:GREGORIAN",
            _event(
                "DTSTAMP:20260501T100000Z",
                "DTSTART;TZID=America/New_York:20260504T040000",
                "DTEND;TZID=America/New_York:20260504T050000",
                "SUMMARY:Zoom Meeting",
                "UID:20260501T100000Z-1@fe80",
                "TZID:America/New_York",
                "DESCRIPTION:Join https://us02web.zoom.us/j/123?pwd=x",
                "LOCATION:https://us02web.zoom.us/j/123",
            ),
            product="-//zoom.us//iCalendar Event//EN",
        ),
        "PUBLISH",
        at(5, 4, 8),
        "Zoom Meeting",
    ),
    Sample(
        "airline",
        _calendar(
            "",
            _event(
                "DTSTART:20260504T080000Z",
                "DTEND:20260504T093000Z",
                "SUMMARY:LH 2020",
                "UID:f1",
                "LOCATION:HAM",
            ),
            _event(
                "DTSTART:20260506T160000Z", "DTEND:20260506T173000Z", "SUMMARY:LH 2021", "UID:f2"
            ),
        ),
        "",
        at(5, 4, 8),
        "LH 2020",
        2,
    ),
    Sample(
        "hotel",
        _calendar(
            "PUBLISH",
            _event(
                "UID:h",
                "DTSTART;VALUE=DATE:20260504",
                "DTEND;VALUE=DATE:20260507",
                "SUMMARY:Hotel Hafen",
                "TRANSP:TRANSPARENT",
            ),
        ),
        "PUBLISH",
        at(5, 4, 0),
        "Hotel Hafen",
    ),
    Sample(
        "reply",
        _calendar(
            "REPLY",
            _event(
                "UID:abc@google.com",
                "ORGANIZER:mailto:ann@x.example",
                "DTSTAMP:20260502T100000Z",
                'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:bob@y.example":mailto:sam@y.example',
                'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:sam@y.example":mailto:bob@y.example',
                "DTSTART:20260504T080000Z",
                "SUMMARY:Accepted: Budget",
                "REQUEST-STATUS:2.0;Success",
            ),
        ),
        "REPLY",
        at(5, 4, 8),
        "Accepted: Budget",
    ),
    Sample(
        "counter",
        _calendar(
            "COUNTER",
            _event(
                "UID:abc@google.com",
                *_WHO,
                "ATTENDEE;PARTSTAT=TENTATIVE:mailto:sam@y.example",
                "DTSTART:20260504T080000Z",
                "DTEND:20260504T090000Z",
                "SUMMARY:Budget",
                "COMMENT:An hour later?",
                "SEQUENCE:0",
            ),
        ),
        "COUNTER",
        at(5, 4, 8),
        "Budget",
    ),
    Sample(
        "one of a series",
        _calendar(
            "REQUEST",
            _event(
                *_WHO,
                "UID:s-1",
                "RECURRENCE-ID;TZID=Europe/Berlin:20260504T090000",
                "SUMMARY:Weekly",
                "DTSTART;TZID=Europe/Berlin:20260504T100000",
                "DTEND;TZID=Europe/Berlin:20260504T103000",
                "SEQUENCE:3",
            ),
        ),
        "REQUEST",
        at(5, 4, 8),
        "Weekly",
    ),
    Sample(
        "a series with an exception",
        _calendar(
            "REQUEST",
            _event(
                *_WHO,
                "UID:s-2",
                "SUMMARY:Weekly",
                "DTSTART;TZID=Europe/Berlin:20260504T100000",
                "DTEND;TZID=Europe/Berlin:20260504T103000",
                "RRULE:FREQ=WEEKLY;UNTIL=20261231T235959Z",
                "EXDATE;TZID=Europe/Berlin:20260511T100000,20260518T100000",
            ),
            _event(
                *_WHO,
                "UID:s-2",
                "SUMMARY:Weekly, later",
                "SEQUENCE:1",
                "RECURRENCE-ID;TZID=Europe/Berlin:20260525T100000",
                "DTSTART;TZID=Europe/Berlin:20260525T120000",
                "DTEND;TZID=Europe/Berlin:20260525T123000",
            ),
        ),
        "REQUEST",
        at(5, 4, 8),
        "Weekly",
        2,
    ),
)
