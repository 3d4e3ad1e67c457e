"""What a mail or a calendar object says about a meeting: the typed form of its reading.

The reader (parsers/meeting/) makes a `Meeting` and lays it down as the fields of a Reading of kind
`meeting_request`, each with its evidence; a task takes it up again with `meeting_of(reading)`.
Nothing is decided here: what is ambiguous stays so, and says why.

Fields (`Reading.fields`), each only where it was told:
intent; verdict and numbers (of an answer to slots: which it takes); by_us (`yes`: one of our people
asks the agent to find a time with the others); requester, requester_address, organizer,
organizer_address, attendees, topic, duration (minutes), times, place, link, urgency (`high`), zone,
language;
of a calendar object also method, uid, sequence, stamped, recurrence_id, start, end, all_day,
summary, location, rrule, status and object (the SHA-256 of the bytes, by which the blob store
knows them).
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from mailagent.core.reading import Field, Reading
from mailagent.core.value import Value


class Intent(StrEnum):
    """What the writer wants of a meeting."""

    REQUEST = "request"  # a meeting that is not agreed yet
    CONFIRMATION = "confirmation"  # it stands
    RESCHEDULE = "reschedule"  # it stood, and shall be at another time
    CANCELLATION = "cancellation"
    PROPOSAL_ANSWER = "proposal_answer"  # to times that were offered before
    MENTION = "mention"  # a date, and nothing that is wanted of us


class Use(StrEnum):
    """What a time is told for."""

    OFFERED = "offered"  # it may take place then
    EXCLUDED = "excluded"  # not then
    CURRENT = "current"  # when it was to be: what is moved or called off
    AGREED = "agreed"  # it is said to stand
    DEADLINE = "deadline"  # an answer, or the meeting, is wanted before


class Attendee(Value):
    """Somebody who takes part, or asks for it."""

    address: str = ""
    name: str = ""
    answer: str = ""  # PARTSTAT: NEEDS-ACTION, ACCEPTED, DECLINED, TENTATIVE, DELEGATED
    role: str = ""
    rsvp: bool = False
    delegated_to: str = ""
    delegated_from: str = ""


class Told(Value):
    """A time as it was told; ends are exclusive.

    `start` and `end` are what is most likely meant. `others` are further starts that may be meant
    as well; `unclear` says why: weekday, half_day, order, year (of what was said), zone (by whose
    clock), dst (that hour is there twice, or not at all), use (nothing says that it is offered).
    A coarse `grain` (part, day, week ...) leaves the hour open.
    """

    start: datetime
    end: datetime
    grain: str
    quote: str
    use: Use = Use.OFFERED
    bound: str = ""  # after, before: only one end was told
    zone: str = ""  # whose clock the words were read by: an IANA name, or "+02:00"
    unclear: tuple[str, ...] = ()
    others: tuple[datetime, ...] = ()
    repeats: str = ""  # an RRULE
    vague: bool = False  # "around 3"

    @property
    def is_clear(self) -> bool:
        """One moment and one only."""
        return not self.unclear and not self.others

    @property
    def is_exact(self) -> bool:
        """It names a time of day."""
        return self.grain in {"minute", "hour"} and not self.bound


class Slot(Value):
    """A time that we offered, as it was shown."""

    start: datetime
    end: datetime


class CalendarObject(Value):
    """An iTIP object (RFC 5546), as far as an answer to it needs to know it."""

    method: str = ""
    uid: str = ""
    sequence: int = 0
    stamped: datetime | None = None
    recurrence_id: datetime | None = None
    start: datetime | None = None
    end: datetime | None = None
    all_day: bool = False
    zone: str = ""
    summary: str = ""
    location: str = ""
    rules: tuple[str, ...] = ()
    status: str = ""
    sha256: str = ""

    @property
    def hold(self) -> str:
        """The name of a time that is held for one date of a series; empty for what is no date."""
        date = self.recurrence_id
        return f"{date.astimezone(UTC):%Y%m%dT%H%M%SZ}-hold-{self.uid}" if date else ""


class Meeting(Value):
    """All that was read of one meeting."""

    intent: Intent
    requester: Attendee = Attendee()
    organizer: Attendee = Attendee()
    attendees: tuple[Attendee, ...] = ()
    topic: str = ""
    minutes: int | None = None
    times: tuple[Told, ...] = ()
    place: str = ""
    link: str = ""  # shown, never followed
    urgent: bool = False
    zone: str = ""  # the requester's
    object: CalendarObject | None = None
    language: str = ""  # in which the others write; empty where that cannot be told
    by_us: bool = False  # one of our people asks the agent to find a time with the others
    verdict: str = ""  # of an answer: accepted, none, counter, unclear
    numbers: tuple[int, ...] = ()  # of the slots that it accepts; several: any of them

    def told(self, *uses: Use) -> tuple[Told, ...]:
        """The times that were told for one of these."""
        return tuple(time for time in self.times if time.use in uses)

    @property
    def unclear(self) -> tuple[str, ...]:
        """Why some of its times may mean another moment."""
        found = dict.fromkeys(why for time in self.times for why in time.unclear)
        return tuple(found)


def meeting_of(reading: Reading) -> Meeting:
    """The meeting that a reading of kind `meeting_request` tells of."""
    minutes = reading.text("duration")
    return Meeting(
        intent=Intent(reading.text("intent") or Intent.MENTION),
        requester=_somebody(reading, "requester"),
        organizer=_somebody(reading, "organizer"),
        attendees=tuple(Attendee.model_validate(_whole(r)) for r in rows(reading, "attendees")),
        topic=reading.text("topic"),
        minutes=int(minutes) if minutes else None,
        times=tuple(Told.model_validate(_whole(row)) for row in rows(reading, "times")),
        place=reading.text("place"),
        link=reading.text("link"),
        urgent=reading.text("urgency") == "high",
        zone=reading.text("zone"),
        object=_object(reading),
        language=reading.text("language"),
        by_us=reading.text("by_us") == "yes",
        verdict=reading.text("verdict"),
        numbers=tuple(int(one) for one in reading.text("numbers").split()),
    )


def row_of(value: Value) -> dict[str, str]:
    """One of many as a row of a field: what is as it always is, is left out."""
    told = value.model_dump(mode="json", exclude_defaults=True)
    return {name: one if isinstance(one, str) else json.dumps(one) for name, one in told.items()}


def rows(reading: Reading, name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a field that is a table."""
    field = reading.fields.get(name)
    value = field.value if field is not None else ()
    return tuple(row for row in value if isinstance(row, dict))


def listed(reading: Reading, name: str) -> tuple[str, ...]:
    """The lines of a field that is a list."""
    field: Field | None = reading.fields.get(name)
    value = field.value if field is not None else ()
    return tuple(one for one in value if isinstance(one, str)) if value != "" else ()


def _whole(row: Mapping[str, str]) -> dict[str, object]:
    packed = {"others", "unclear", "rsvp", "vague"}
    return {name: json.loads(one) if name in packed else one for name, one in row.items()}


def _somebody(reading: Reading, name: str) -> Attendee:
    return Attendee(address=reading.text(f"{name}_address"), name=reading.text(name))


def _object(reading: Reading) -> CalendarObject | None:
    if not reading.text("object"):
        return None
    return CalendarObject(
        method=reading.text("method"),
        uid=reading.text("uid"),
        sequence=int(reading.text("sequence") or 0),
        stamped=_moment(reading, "stamped"),
        recurrence_id=_moment(reading, "recurrence_id"),
        start=_moment(reading, "start"),
        end=_moment(reading, "end"),
        all_day=reading.text("all_day") == "yes",
        zone=reading.text("zone"),
        summary=reading.text("summary"),
        location=reading.text("location"),
        rules=listed(reading, "rrule"),
        status=reading.text("status"),
        sha256=reading.text("object"),
    )


def _moment(reading: Reading, name: str) -> datetime | None:
    value = reading.text(name)
    return datetime.fromisoformat(value) if value else None
