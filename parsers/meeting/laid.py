"""A meeting laid down as the fields of a reading; `mailagent.core.meeting` takes it up again."""

from collections.abc import Callable, Iterator

from mailagent.core.meeting import Attendee, CalendarObject, Meeting, row_of
from mailagent.core.reading import Evidence, Field, Source
from mailagent.core.value import Value

Quote = Callable[[str], str]  # the words that say a field
_SURE, _LIKELY, _DOUBTFUL = 0.95, 0.8, 0.5


def fields_of(
    meeting: Meeting, quotes: dict[str, str], source: Source, rule: str
) -> dict[str, Field]:
    """Every field that was told. `rule` says how the intent was seen."""
    quote = quotes.get("intent", "")
    fields = {
        "intent": Field(
            value=meeting.intent.value,
            confidence=_LIKELY,
            source=Source.DERIVED,
            rule=rule,
            evidence=Evidence(quote=quote) if quote else None,
        )
    }
    for name, value in _told(meeting):
        fields[name] = Field(
            value=value,
            confidence=_sure(name, meeting),
            source=source,
            evidence=Evidence(quote=quotes.get(name) or _line(value)),
        )
    return fields


_Told = str | tuple[str, ...] | tuple[dict[str, str], ...]


def _told(meeting: Meeting) -> Iterator[tuple[str, _Told]]:
    one: dict[str, _Told] = {
        **_person("requester", meeting.requester),
        **_person("organizer", meeting.organizer),
        "attendees": _rows(meeting.attendees),
        "topic": meeting.topic,
        "duration": str(meeting.minutes) if meeting.minutes is not None else "",
        "times": _rows(meeting.times),
        "place": meeting.place,
        "link": meeting.link,
        "language": meeting.language,
        "by_us": "yes" if meeting.by_us else "",
        "verdict": meeting.verdict,
        "numbers": " ".join(map(str, meeting.numbers)),
        "urgency": "high" if meeting.urgent else "",
        "zone": meeting.zone,
    }
    if meeting.object is not None:
        one |= _of_object(meeting.object)
    yield from ((name, value) for name, value in one.items() if value)


def _person(name: str, person: Attendee) -> dict[str, _Told]:
    return {name: person.name, f"{name}_address": person.address}


def _of_object(found: CalendarObject) -> dict[str, _Told]:
    told: dict[str, _Told] = {
        "method": found.method,
        "uid": found.uid,
        "sequence": str(found.sequence),
        "all_day": "yes" if found.all_day else "no",
        "summary": found.summary,
        "location": found.location,
        "rrule": found.rules,
        "status": found.status,
        "object": found.sha256,
    }
    for name in ("stamped", "recurrence_id", "start", "end"):
        moment = getattr(found, name)
        told[name] = moment.isoformat() if moment else ""
    return told | ({"zone": found.zone} if found.zone else {})


def _rows(values: tuple[Value, ...]) -> tuple[dict[str, str], ...]:
    return tuple(row_of(value) for value in values)


def _sure(name: str, meeting: Meeting) -> float:
    """A time that may be another one as well is half known."""
    if name == "times" and not all(time.is_clear for time in meeting.times):
        return _DOUBTFUL
    guessed = name in {"topic", "zone", "place", "language"} and not meeting.object
    return _LIKELY if guessed else _SURE


def _line(value: _Told) -> str:
    if isinstance(value, str):
        return value
    first = value[0]
    if isinstance(first, str):
        return ", ".join(one for one in value if isinstance(one, str))
    return first.get("quote") or first.get("address") or first.get("name") or "told"
