"""Whole calendars: many objects at once, each with time zones of its own."""

from collections.abc import Sequence
from datetime import UTC, datetime

from mailagent.core.errors import Unreadable
from parsers.meeting.calendar import Event, UnreadableCalendar
from parsers.meeting.ical import read_calendar
from parsers.meeting.taken import dates_between
from parsers.values.zones import zone_of

_MOST = 50_000  # events of one calendar


def read_calendars(
    texts: Sequence[str], home: str, first: datetime | None, last: datetime | None
) -> tuple[Event, ...]:
    """The events of all; with two moments every date between them."""
    events: list[Event] = []
    why = ""
    for text in texts:
        try:
            events += read_calendar(text.encode(), zone_of(home) or UTC, _MOST).events
        except UnreadableCalendar as error:
            why = error.what
    if why and not events and len(texts) == 1:
        raise Unreadable(why)
    if first is None or last is None:
        return tuple(events)
    return tuple(dates_between(events, first, last))
