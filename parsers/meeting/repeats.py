"""The single dates of meetings that repeat."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import recurring_ical_events
from icalendar import Calendar as Ical
from icalendar import Event as Vevent
from icalendar.prop import vRecur

from parsers.meeting.calendar import Event
from parsers.meeting.rules import is_followed
from parsers.values.zones import zone_of

MOST = 2000
_INDEX = "X-INDEX"


def occurrences(
    events: Iterable[Event], first: datetime, last: datetime, most: int = MOST
) -> tuple[list[Event], list[Event]]:
    """What takes place between two moments, and the events whose repetitions were not followed.

    Exceptions and changed occurrences are respected; of an event that is not followed only its
    first date is there.
    """
    followed: list[Event] = []
    left: list[Event] = []
    for event in events:
        if event.start is None or event.end is None:
            continue
        start, all_day = event.start, event.all_day
        if all(is_followed(rule, start, last, all_day=all_day) for rule in event.rules):
            followed.append(event)
        else:
            left.append(event)
            followed.append(event.model_copy(update={"rules": ()}))
    found = recurring_ical_events.of(_calendar(followed)).between(first, last)
    single = [_occurrence(one, followed) for one in found[:most]]
    return sorted(single, key=lambda event: (event.start or first, event.uid)), left


def _calendar(events: list[Event]) -> Ical:
    calendar, seen = Ical(), {""}
    for at, event in enumerate(events):
        known = event.uid in seen and not event.recurrence_id  # two meetings under one name
        calendar.add_component(_component(event, at, f"{event.uid}#{at}" if known else event.uid))
        seen.add(event.uid)
    return calendar


def _component(event: Event, at: int, uid: str) -> Vevent:
    component = Vevent()
    component.add("uid", uid)
    component.add("sequence", event.sequence)
    component.add(_INDEX, str(at))
    component.add("dtstart", _said(event, event.start))
    component.add("dtend", _said(event, event.end))
    for rule in event.rules:
        component.add("rrule", _rule(rule, event))
    for name, moments in (("rdate", event.further), ("exdate", event.exceptions)):
        for moment in moments:
            component.add(name, _said(event, moment))
    if event.recurrence_id:
        said = {"RANGE": "THISANDFUTURE"} if event.and_following else {}
        component.add("recurrence-id", _said(event, event.recurrence_id), parameters=said)
    return component


def _said(event: Event, moment: datetime | None) -> object:
    """A day where whole days are meant, otherwise the wall clock of the event's zone."""
    if moment is None:
        return None
    if event.all_day:
        return moment.date()
    zone = zone_of(event.zone) if event.zone else None
    return moment.astimezone(zone or UTC)


def _rule(rule: str, event: Event) -> vRecur:
    """UNTIL in the kind of time that the start has: a day, or UTC."""
    parts: vRecur = vRecur.from_ical(rule)
    until = parts.get("UNTIL")
    if until and event.start:
        parts["UNTIL"] = [_until(until[0], event, event.start)]
    return parts


def _until(until: object, event: Event, start: datetime) -> object:
    if isinstance(until, datetime):
        aware = until if until.tzinfo else until.replace(tzinfo=start.tzinfo)
        return aware.date() if event.all_day else aware.astimezone(UTC)
    if event.all_day:
        return until
    end = datetime.fromisoformat(f"{until}T00:00:00").replace(tzinfo=start.tzinfo)
    return (end + timedelta(days=1, seconds=-1)).astimezone(UTC)


def _occurrence(component: Vevent, events: list[Event]) -> Event:
    event = events[int(str(component[_INDEX]))]
    start, end = component.start, component.end
    if event.all_day and event.start:
        zone = event.start.tzinfo
        start, end = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (start, end))
    told = {"start": start, "end": end, "rules": (), "further": (), "exceptions": ()}
    repeats = event.rules or event.further
    return event.model_copy(update=told | ({"recurrence_id": start} if repeats else {}))
