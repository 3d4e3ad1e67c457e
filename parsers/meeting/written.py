"""An entry that we wrote, in the form in which calendars are read."""

from mailagent.core.appointment import Appointment, Guest
from parsers.meeting.calendar import Event, Participant
from parsers.values.zones import zone_of


def events_of(one: Appointment) -> tuple[Event, ...]:
    """The entry, and each date of it that is otherwise."""
    return tuple(map(event_of, (one, *one.changed)))


def event_of(one: Appointment) -> Event:
    """The same entry."""
    zone = zone_of(one.zone)
    return Event(
        uid=one.uid,
        sequence=one.sequence,
        start=one.start.astimezone(zone),
        end=one.end.astimezone(zone),
        all_day=one.all_day,
        busy=not one.free,
        zone=one.zone,
        summary=one.title,
        description=one.notes,
        location=one.place or one.link,
        status="TENTATIVE" if one.tentative else "CONFIRMED",
        organizer=_participant(one.organizer) if one.organizer else None,
        attendees=tuple(map(_participant, one.guests)),
        rules=one.rules,
        exceptions=tuple(at.astimezone(zone) for at in one.gone),
        recurrence_id=one.recurrence_id,
    )


def _participant(guest: Guest) -> Participant:
    return Participant(address=guest.address, name=guest.name, answer=guest.answer.value)
