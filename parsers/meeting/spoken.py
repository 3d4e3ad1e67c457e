"""A calendar object beside the words of the mail that brought it."""

from datetime import UTC, datetime, timedelta, tzinfo

from mailagent.core.cover import Cover
from parsers.mail.reply import split_reply
from parsers.meeting.calendar import Event
from parsers.meeting.links import without_links
from parsers.values.when import When, find_times
from parsers.values.zones import zone_of

_LONGEST = 6000  # characters of a body that are looked at
_HALF_DAY = timedelta(hours=12)


def disagreement(event: Event, cover: Cover) -> str:
    """The time that the text names instead; empty where it names the event's, or none at all.

    Who invites in New York and writes to Berlin may mean either's clock: the text is only at odds
    where it is so by both.
    """
    if event.start is None:
        return ""
    own = without_links(split_reply(cover.text[:_LONGEST]).own)
    zones = _zones(event, cover)
    written = (cover.date or event.stamped or event.start).astimezone(zones[0])
    told = [when for when in find_times(own, written) if _counts(when, event)]
    if not told or any(_agrees(when, event.start, zones) for when in told):
        return ""
    return told[0].quote


def _zones(event: Event, cover: Cover) -> list[tzinfo]:
    by_name = [zone_of(name) for name in (event.zone, cover.home) if name]
    found = [*by_name, cover.date.tzinfo if cover.date else None]
    return [zone for zone in found if zone is not None] or [UTC]


def _counts(when: When, event: Event) -> bool:
    """Exact times, or days where whole days are meant."""
    if when.bound or when.repeats or when.lasting:
        return False
    return when.grain in ({"day"} if event.all_day else {"minute", "hour", "day"})


def _agrees(when: When, event: datetime, zones: list[tzinfo]) -> bool:
    starts = (when.start, *when.others)
    return any(_is_then(start, when, event, zone) for start in starts for zone in zones)


def _is_then(start: datetime, when: When, event: datetime, zone: tzinfo) -> bool:
    begins = event.astimezone(zone)
    if when.grain == "day":
        return start.date() == begins.date()
    if when.zone:
        return start.astimezone(UTC) == event.astimezone(UTC)
    said = start.replace(tzinfo=None)
    there = begins.replace(tzinfo=None)
    return said == there or ("half_day" in when.unclear and abs(said - there) == _HALF_DAY)
