"""A calendar object as it was sent. Nothing is filled in that was not there."""

from datetime import datetime

from pydantic import TypeAdapter

from mailagent.core.errors import Permanent
from mailagent.core.value import Value


class UnreadableCalendar(Permanent):
    """No calendar object could be read; `what` says why."""

    advice = "Open it in a calendar program, or ask its sender for the time in words."


class Participant(Value):
    """An organizer or an attendee."""

    address: str  # in lower case; not always one of mail: "urn:..." and names occur
    name: str = ""
    role: str = ""  # REQ-PARTICIPANT, OPT-PARTICIPANT, CHAIR ...
    answer: str = ""  # NEEDS-ACTION, ACCEPTED, DECLINED, TENTATIVE, DELEGATED ...
    rsvp: bool = False
    kind: str = ""  # INDIVIDUAL, GROUP, RESOURCE, ROOM
    sent_by: str = ""
    delegated_to: tuple[str, ...] = ()
    delegated_from: tuple[str, ...] = ()


class Event(Value):
    """One VEVENT: a meeting, or what changes about one of its occurrences.

    A whole day starts at midnight in the reader's zone; ends are exclusive.
    """

    uid: str = ""
    sequence: int = 0
    stamped: datetime | None = None
    start: datetime | None = None
    end: datetime | None = None
    all_day: bool = False
    zone: str = ""  # of the start, by its IANA name; empty where only an offset is known
    floating: bool = False  # no zone was told: taken for the reader's
    summary: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    status: str = ""  # TENTATIVE, CONFIRMED, CANCELLED
    busy: bool = True  # TRANSP:TRANSPARENT blocks no time
    comment: str = ""
    organizer: Participant | None = None
    attendees: tuple[Participant, ...] = ()
    rules: tuple[str, ...] = ()  # RRULE
    further: tuple[datetime, ...] = ()  # RDATE
    exceptions: tuple[datetime, ...] = ()  # EXDATE
    recurrence_id: datetime | None = None  # which occurrence this is about
    and_following: bool = False  # RANGE=THISANDFUTURE


EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(tuple[Event, ...])


class Calendar(Value):
    """What was sent, with all that had to be guessed or left out told in `problems`."""

    method: str = ""  # REQUEST, REPLY, COUNTER, DECLINECOUNTER, CANCEL, ADD, REFRESH, PUBLISH
    producer: str = ""
    events: tuple[Event, ...] = ()
    others: tuple[str, ...] = ()  # components that are no events: VTODO, VFREEBUSY ...
    problems: tuple[str, ...] = ()


def supersedes(new: Event, old: Event) -> bool:
    """Whether an update of the same meeting counts (RFC 5546, 2.1.5)."""
    if new.sequence != old.sequence:
        return new.sequence > old.sequence
    return not (new.stamped and old.stamped) or new.stamped >= old.stamped
