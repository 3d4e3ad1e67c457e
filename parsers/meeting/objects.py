"""A calendar object as a reading: what it asks for, and whether the mail around it agrees."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from mailagent.core.cover import Cover
from mailagent.core.errors import Unreadable
from mailagent.core.meeting import Attendee, CalendarObject, Intent, Meeting, Told, Use
from mailagent.core.reading import Check, Kind, Reading, Source, tested
from mailagent.core.value import sha256
from parsers.mail.reply import split_reply
from parsers.meeting.calendar import Calendar, Event, Participant, UnreadableCalendar
from parsers.meeting.ical import read_calendar
from parsers.meeting.laid import fields_of
from parsers.meeting.links import link_in
from parsers.meeting.spoken import disagreement
from parsers.meeting.tongue import language_of
from parsers.values.zones import zone_of

_TEXT = 6000  # characters of a body that are looked at
_MOST = 20  # meetings in one object; a file with more is a calendar, and asks for nothing
_BY_ATTENDEES = frozenset({"REPLY", "COUNTER", "REFRESH"})
_BY_METHOD = {
    "REQUEST": Intent.REQUEST,
    "ADD": Intent.REQUEST,
    "CANCEL": Intent.CANCELLATION,
    "REPLY": Intent.PROPOSAL_ANSWER,
    "COUNTER": Intent.PROPOSAL_ANSWER,
    "DECLINECOUNTER": Intent.PROPOSAL_ANSWER,
    "REFRESH": Intent.MENTION,
    "PUBLISH": Intent.MENTION,
    "": Intent.MENTION,
}
_USE = {
    Intent.CANCELLATION: Use.CURRENT,
    Intent.MENTION: Use.AGREED,
    Intent.CONFIRMATION: Use.AGREED,
}


def read_object(content: bytes, cover: Cover, part: int = 1) -> Reading:
    """The reading of a calendar object. Raises Unreadable where there is none in it."""
    home = zone_of(cover.home) or UTC
    try:
        calendar = read_calendar(content, home)
    except UnreadableCalendar as error:
        raise Unreadable(error.what) from None
    meetings = _meetings(calendar.events)
    if not meetings or len(meetings) > _MOST:
        return Reading(kind=Kind.OTHER, confidence=0.9, reason=_why_none(calendar, len(meetings)))
    events = meetings[min(part, len(meetings)) - 1]
    tongue = language_of(split_reply(cover.text[:_TEXT]).own, events[0].description, cover.subject)
    meeting = _meeting(calendar.method, events[0], content).model_copy(update={"language": tongue})
    method = f"METHOD {calendar.method}" if calendar.method else "no METHOD"
    version = f", SEQUENCE {events[0].sequence}" if events[0].sequence else ""
    return Reading(
        kind=Kind.MEETING_REQUEST,
        confidence=1.0,
        fields=fields_of(meeting, {}, Source.CALENDAR, f"{method}{version}"),
        checks=tuple(_checks(calendar, events, cover)),
        parts=len(meetings),
        reason=f"a calendar object, {method}",
    )


def _meetings(events: Sequence[Event]) -> list[list[Event]]:
    """What is one meeting: it, before what changes about single occurrences of it."""
    found: dict[object, list[Event]] = {}
    for at, event in enumerate(events):
        found.setdefault(event.uid or at, []).append(event)
    together = [sorted(one, key=lambda event: event.recurrence_id is not None) for one in
                found.values()]  # fmt: skip
    return [one for one in together if one[0].start or one[0].uid]


def _why_none(calendar: Calendar, meetings: int) -> str:
    if meetings:
        return f"a calendar of {meetings} events, which asks for nothing"
    held = ", ".join(calendar.others) or "nothing"
    return f"a calendar object without an event ({held})"


def _meeting(method: str, event: Event, content: bytes) -> Meeting:
    intent = _intent(method, event)
    organizer = _attendee(event.organizer) if event.organizer else Attendee()
    attendees = tuple(map(_attendee, event.attendees))
    answering = method in _BY_ATTENDEES
    return Meeting(
        intent=intent,
        requester=attendees[0] if answering and len(attendees) == 1 else organizer,
        organizer=organizer,
        attendees=attendees,
        topic=event.summary,
        minutes=_minutes(event),
        times=_times(event, intent),
        place=event.location if not link_in(event.location) else "",
        link=link_in(event.location, event.url, event.description),
        zone=event.zone,
        object=CalendarObject(
            method=method,
            uid=event.uid,
            sequence=event.sequence,
            stamped=event.stamped,
            recurrence_id=event.recurrence_id,
            start=event.start,
            end=event.end,
            all_day=event.all_day,
            zone=event.zone,
            summary=event.summary,
            location=event.location,
            rules=event.rules,
            status=event.status,
            sha256=sha256(content),
        ),
    )


def _intent(method: str, event: Event) -> Intent:
    if method in {"REQUEST", "PUBLISH", ""} and event.status == "CANCELLED":
        return Intent.CANCELLATION
    if method == "REQUEST" and event.sequence:
        return Intent.RESCHEDULE
    if method == "" and event.organizer and event.attendees:
        return Intent.REQUEST  # Lotus and Yahoo forget the method, not whom they invite
    return _BY_METHOD.get(method, Intent.MENTION)


def _attendee(found: Participant) -> Attendee:
    return Attendee(
        address=found.address,
        name=found.name,
        answer=found.answer,
        role=found.role,
        rsvp=found.rsvp,
        delegated_to=" ".join(found.delegated_to),
        delegated_from=" ".join(found.delegated_from),
    )


def _minutes(event: Event) -> int | None:
    if event.start is None or event.end is None or event.all_day or event.end <= event.start:
        return None
    return int((event.end.astimezone(UTC) - event.start.astimezone(UTC)) / timedelta(minutes=1))


def _times(event: Event, intent: Intent) -> tuple[Told, ...]:
    if event.start is None or event.end is None:
        return ()
    return (
        Told(
            start=event.start,
            end=event.end,
            grain="day" if event.all_day else "minute",
            quote=_written(event.start, all_day=event.all_day),
            use=_USE.get(intent, Use.OFFERED),
            zone=event.zone,
            unclear=("zone",) if event.floating else (),
            repeats=event.rules[0] if event.rules else "",
        ),
    )


def _written(moment: datetime, *, all_day: bool) -> str:
    return moment.date().isoformat() if all_day else moment.isoformat(" ", "minutes")


def _checks(calendar: Calendar, events: Sequence[Event], cover: Cover) -> list[Check]:
    event = events[0]
    made = [tested("calendar_whole", ok=not calendar.problems, problem=_first(calendar.problems))]
    made.append(tested("zone_known", ok=not event.floating, zone=cover.home))
    if event.start is not None and cover.text:
        told = disagreement(event, cover)
        made.append(tested("text_agrees", ok=not told, told=told, start=_when(event)))
    if (
        event.organizer
        and event.organizer.address
        and cover.address
        and _is_theirs(calendar.method)
    ):
        ok = cover.address in {event.organizer.address, event.organizer.sent_by}
        made.append(
            tested("organizer_sent", ok=ok, organizer=event.organizer.address, sender=cover.address)
        )
    return made


def _is_theirs(method: str) -> bool:
    """What only the organizer may send."""
    return method in {"REQUEST", "CANCEL", "ADD", "DECLINECOUNTER"}


def _when(event: Event) -> str:
    return _written(event.start, all_day=event.all_day) if event.start else ""


def _first(problems: Sequence[str]) -> str:
    return re.sub(r"\s+", " ", problems[0])[:200] if problems else ""
