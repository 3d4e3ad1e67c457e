"""Calendar objects as we write them: entries (RFC 5545) and messages about them (RFC 5546).

Single meetings are written in UTC, which means the same moment to every program. What repeats is
written by the clock of its zone, with that zone's rules beside it: at 9 in winter and in summer.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vRecur, vText

from mailagent.core.appointment import (
    OF_ATTENDEES,
    Appointment,
    Guest,
    Itip,
    Method,
    PartStat,
)
from mailagent.core.vtimezone import timezone

_PRODUCER = "-//mailagent//meetings//EN"


def message(said: Itip, stamp: datetime) -> bytes:
    """The calendar object of a mail."""
    one = said.appointment
    dates = one.changed if said.method is Method.REQUEST else ()
    events = [_event(each, stamp, said) for each in (one, *dates)]
    return _calendar([one], events, said.method)


def entry(appointment: Appointment, stamp: datetime) -> bytes:
    """One entry as a calendar server takes it: it has no METHOD."""
    return _calendar([appointment], _events(appointment, stamp), None)


def feed(appointments: list[Appointment], name: str, stamp: datetime) -> bytes:
    """A whole calendar to subscribe to."""
    events = [event for one in appointments for event in _events(one, stamp)]
    return _calendar(appointments, events, Method.PUBLISH, name)


def _events(one: Appointment, stamp: datetime) -> list[Event]:
    """The entry, and each date of it that is otherwise."""
    return [_event(each, stamp) for each in (one, *one.changed)]


def _calendar(
    told: list[Appointment], events: list[Event], method: Method | None, name: str = ""
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    if method is not None:
        calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", name)
    for zone in sorted({one.zone for one in told if _is_by_its_clock(one)}):
        first = min(one.start.year for one in told if one.zone == zone)
        calendar.add_component(timezone(zone, first))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _is_by_its_clock(one: Appointment) -> bool:
    """What repeats, or is one of many, is told by the clock of its zone."""
    in_zone = one.repeats or one.recurrence_id is not None
    return in_zone and not one.all_day and one.zone != "UTC"


def _event(one: Appointment, stamp: datetime, said: Itip | None = None) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", one.sequence)
    event.add("dtstart", _moment(one, one.start))
    event.add("dtend", _moment(one, one.end))
    event.add("summary", one.title)
    for rule in one.rules:
        event.add("rrule", vRecur.from_ical(rule))
    for at in one.gone:
        event.add("exdate", _moment(one, at))
    if one.recurrence_id is not None:
        event.add("recurrence-id", _moment(one, one.recurrence_id))
    for name, value in (("location", one.place or one.link), ("description", one.notes)):
        if value:
            event.add(name, value)
    _people(event, one, said)
    _state(event, one, said)
    return event


def _state(event: Event, one: Appointment, said: Itip | None) -> None:
    method = said.method if said else None
    cancelled = method is Method.CANCEL
    if method not in OF_ATTENDEES:
        state = "CANCELLED" if cancelled else "TENTATIVE" if one.tentative else "CONFIRMED"
        event.add("status", state)
        event.add("transp", "TRANSPARENT" if cancelled or one.free else "OPAQUE")
    if said and said.comment:
        event.add("comment", said.comment)


def _people(event: Event, one: Appointment, said: Itip | None) -> None:
    if one.organizer is not None:
        event.add("organizer", _address(one.organizer))
    if said and said.method in OF_ATTENDEES:
        if said.attendee is None:
            raise ValueError(f"a {said.method} speaks for somebody")
        who = _attendee(said.attendee, asks=False)
        if said.sent_by and said.sent_by != said.attendee.address:
            who.params["SENT-BY"] = f"mailto:{said.sent_by}"
        event.add("attendee", who)
        return
    for guest in one.guests:
        event.add("attendee", _attendee(guest, asks=guest.answer is PartStat.NEEDS_ACTION))


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.address}")
    if guest.name:
        address.params["CN"] = vText(guest.name.replace('"', "'"))
    return address


def _attendee(guest: Guest, *, asks: bool) -> vCalAddress:
    address = _address(guest)
    address.params["PARTSTAT"] = guest.answer.value
    address.params["ROLE"] = "REQ-PARTICIPANT"
    if asks:
        address.params["RSVP"] = "TRUE"
    return address


def _moment(one: Appointment, moment: datetime) -> datetime | date:
    zone = ZoneInfo(one.zone)
    if one.all_day:
        return moment.astimezone(zone).date()
    return moment.astimezone(zone if _is_by_its_clock(one) else UTC)
