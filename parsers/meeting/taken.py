"""When somebody is not free, by what stands in a calendar of theirs."""

from collections.abc import Iterable
from datetime import datetime

from mailagent.core.appointment import Busy, utc
from parsers.meeting.calendar import Event
from parsers.meeting.links import link_in
from parsers.meeting.repeats import occurrences

_ALLOWED = 50_000  # dates of one calendar in the time that is looked at
_UNSURE = frozenset({"TENTATIVE", "NEEDS-ACTION"})


def dates_between(events: Iterable[Event], first: datetime, last: datetime) -> list[Event]:
    """Every single date; of what repeats in a way that nobody can follow only the first.

    Most entries of a calendar have one date. They are picked by it, and only the others are
    written out, which costs a hundred times as much.
    """
    once: list[Event] = []
    families: list[Event] = []
    everything = list(events)
    several = {one.uid for one in everything if one.rules or one.further or one.recurrence_id}
    for one in everything:
        if one.uid in several:
            families.append(one)
        elif touches(one, first, last):
            once.append(one)
    found = occurrences(families, first, last, _ALLOWED)[0] if families else []
    standing = [one for one in (*once, *found) if one.status != "CANCELLED"]
    return sorted(standing, key=lambda one: (one.start or first, one.uid))


def touches(one: Event, first: datetime, last: datetime) -> bool:
    """In UTC: two times of one zone compare by the wall clock, which says 2:30 twice a year."""
    if one.start is None or one.end is None:
        return False
    start, end, first, last = (utc(moment) for moment in (one.start, one.end, first, last))
    return start < last and (first < end or first <= start == end)


def taken(
    events: Iterable[Event], calendar: str, addresses: frozenset[str] = frozenset()
) -> list[Busy]:
    """What blocks time: not what is transparent, nor what its owner declined."""
    return [
        Busy(
            start=utc(one.start),
            end=utc(one.end),
            what=one.summary,
            calendar=calendar,
            uid=one.uid,
            tentative=one.status == "TENTATIVE" or _answer(one, addresses) in _UNSURE,
            all_day=one.all_day,
            away=bool(one.location) and not link_in(one.location),
        )
        for one in events
        if one.start is not None
        and one.end is not None
        and utc(one.end) > utc(one.start)
        and one.busy
        and _answer(one, addresses) != "DECLINED"
    ]


def _answer(event: Event, addresses: frozenset[str]) -> str:
    own = (one.answer for one in event.attendees if one.address in addresses)
    return next(own, "")
