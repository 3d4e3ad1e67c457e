"""iCalendar and iTIP objects (RFC 5545, 5546) as they really come."""

from datetime import UTC, datetime, timedelta, tzinfo

from parsers.meeting.calendar import Calendar, Event, Participant, UnreadableCalendar, supersedes
from parsers.meeting.lines import Component, Property, read_components
from parsers.meeting.moments import Clockwork, Moment, duration, later
from parsers.meeting.rules import clean_rule

__all__ = ["UnreadableCalendar", "read_calendar"]

MOST_EVENTS = 5000
_PEOPLE = 2000  # attendees of one event
_OBJECTS = frozenset({"VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"})
_WITHOUT_START = frozenset({"REPLY", "REFRESH", "CANCEL", "DECLINECOUNTER"})
_PARTS = frozenset({"", "VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM"})


def read_calendar(raw: bytes, home: tzinfo = UTC, most: int = MOST_EVENTS) -> Calendar:
    """The calendar object in these bytes; times without a zone are taken for `home`.

    Raises UnreadableCalendar, and nothing else, where there is none.
    """
    problems: list[str] = []
    root = read_components(raw, problems)
    components = list(root.walk())
    if not any(component.name in _OBJECTS for component in components):
        raise UnreadableCalendar(f"no calendar but a {root.parts[0].name[:40]}")
    calendar = next((one for one in components if one.name == "VCALENDAR"), Component(""))
    clockwork = Clockwork(home, problems, calendar.text("X-WR-TIMEZONE"))
    for component in components:
        if component.name == "VTIMEZONE":
            clockwork.definitions.setdefault(component.text("TZID").strip("\"' "), component)
    found = [one for one in components if one.name == "VEVENT"]
    if len(found) > most:
        clockwork.note(f"{len(found)} events; only the first {most} were read")
    method = calendar.text("METHOD").upper()[:40]
    events = [_event(one, clockwork) for one in found[:most]]
    if method not in _WITHOUT_START and not all(event.start for event in events):
        clockwork.note("an event has no start")
    return Calendar(
        method=method,
        producer=calendar.text("PRODID")[:200],
        events=_newest(events, clockwork),
        others=tuple(sorted({one.name[:40] for one in components} - _PARTS)),
        problems=tuple(problems),
    )


def _newest(events: list[Event], clockwork: Clockwork) -> tuple[Event, ...]:
    """Of several versions of the same event the one that counts."""
    kept: dict[object, Event] = {}
    for at, event in enumerate(events):
        key: object = (event.uid, event.recurrence_id) if event.uid else at
        old = kept.get(key)
        if old and old.sequence == event.sequence and old.start != event.start:
            # two meetings under one name
            key, old = at, None
        if old is not None:
            clockwork.note("the same event is there twice; the newer version counts")
        if old is None or supersedes(event, old):
            kept[key] = event
    return tuple(kept.values())


def _event(component: Component, clockwork: Clockwork) -> Event:
    start = clockwork.moment(component.get("DTSTART"))
    about = component.get("RECURRENCE-ID")
    occurrence = clockwork.moment(about)
    organizer = component.get("ORGANIZER")
    stamped = clockwork.moment(component.get("DTSTAMP"))
    return Event(
        uid=component.text("UID")[:500],
        sequence=_number(component.text("SEQUENCE")),
        stamped=stamped.at if stamped else None,
        start=start.at if start else None,
        end=_end(component, start, clockwork) if start else None,
        all_day=bool(start and start.all_day),
        zone=start.zone if start else "",
        floating=bool(start and start.floating),
        summary=component.text("SUMMARY"),
        description=component.text("DESCRIPTION"),
        location=component.text("LOCATION"),
        url=component.text("URL"),
        status=component.text("STATUS").upper(),
        busy=component.text("TRANSP").upper() != "TRANSPARENT",
        comment="\n".join(one.text for one in component.all("COMMENT")),
        organizer=_participant(organizer) if organizer else None,
        attendees=tuple(_participant(one) for one in component.all("ATTENDEE")[:_PEOPLE]),
        rules=_rules(component, clockwork),
        further=clockwork.moments(component.all("RDATE")),
        exceptions=clockwork.moments(component.all("EXDATE")),
        recurrence_id=occurrence.at if occurrence else None,
        and_following=bool(about and about.params.get("RANGE", "").upper() == "THISANDFUTURE"),
    )


def _end(component: Component, start: Moment, clockwork: Clockwork) -> datetime:
    """As told, or as RFC 5545 says where it is not: a day, or a moment."""
    told = clockwork.moment(component.get("DTEND"))
    least = later(start.at, timedelta(days=1)) if start.all_day else start.at
    if told is not None:
        if told.at < start.at:
            clockwork.note("an event ends before it starts; its end was left out")
        return max(told.at, least)
    length = component.get("DURATION")
    by = duration(length.value) if length else None
    if length and (by is None or by < timedelta()):
        clockwork.note(f"DURATION is none: {length.value[:40]!r}")
    return max(later(start.at, by), least) if by else least


def _rules(component: Component, clockwork: Clockwork) -> tuple[str, ...]:
    rules = []
    for found in component.all("RRULE")[:10]:
        rule = clean_rule(found.value)
        if rule is None:
            clockwork.note(f"the repetition is not understood: {found.value[:60]!r}")
        else:
            rules.append(rule)
    return tuple(rules)


def _participant(found: Property) -> Participant:
    params = found.params
    return Participant(
        address=_address(found.value),
        name=params.get("CN", "").strip(),
        role=params.get("ROLE", "").upper(),
        answer=params.get("PARTSTAT", "").upper(),
        rsvp=params.get("RSVP", "").upper() in {"TRUE", "YES"},
        kind=params.get("CUTYPE", "").upper(),
        sent_by=_address(params.get("SENT-BY", "")),
        delegated_to=_addresses(params.get("DELEGATED-TO", "")),
        delegated_from=_addresses(params.get("DELEGATED-FROM", "")),
    )


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (_address(one) for one in text.split(",")[:_PEOPLE])))


def _address(text: str) -> str:
    found = text.strip().strip("\"'<>").casefold()
    while found.startswith("mailto:"):
        found = found.removeprefix("mailto:").strip("<> ")
    return found[:500]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
