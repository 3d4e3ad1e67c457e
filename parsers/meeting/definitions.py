"""What a VTIMEZONE defines, found again among the known zones where it is one of them.

A definition may name any rule, so only yearly ones are followed, year by year: an offset is
looked up for one year and costs the same whatever the definition says.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from dateutil.rrule import rrulestr
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from parsers.meeting.lines import Component
from parsers.meeting.rules import clean_rule, is_followed
from parsers.values.zones import zone_of

_SHIFT = re.compile(r"([+-]?)(\d\d):?(\d\d)(?::?\d\d)?")
_START = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?Z?")
_RULE_PARTS = frozenset({"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "WKST"})
_OBSERVANCES = 400


class _Change(NamedTuple):
    at: datetime  # UTC
    offset: timedelta


def zone_defined(definition: Component, year: int) -> tzinfo | None:
    """The zone as of this year; a bare offset where it changes like no zone that has a name."""
    observances = [part for part in definition.parts if part.name in {"STANDARD", "DAYLIGHT"}]
    changes = [
        change for observance in observances[:_OBSERVANCES] for change in _changes(observance, year)
    ]
    if not changes:
        return None
    changes.sort()
    days = [datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(5 * at) for at in range(73)]
    offsets = [_offset_at(day, changes) for day in days]
    for zone in _candidates():
        if all(
            day.astimezone(zone).utcoffset() == offset
            for day, offset in zip(days, offsets, strict=True)
        ):
            return zone
    return fixed(offsets[0]) if abs(offsets[0]) < timedelta(hours=24) else None


def _changes(observance: Component, year: int) -> list[_Change]:
    start = _START.fullmatch(observance.text("DTSTART"))
    before = _shift(observance.text("TZOFFSETFROM"))
    after = _shift(observance.text("TZOFFSETTO"))
    if start is None or after is None:
        return []
    try:
        first = datetime(*[int(part or 0) for part in start.groups()], tzinfo=UTC)  # type: ignore[arg-type,misc]  # six numbers
        local = [first, *_repeated(observance, first, year), *_listed(observance)]
        return [_Change(one - (before or timedelta()), after) for one in local]
    except (ValueError, OverflowError):
        return []


def _repeated(observance: Component, first: datetime, year: int) -> list[datetime]:
    """Of last year, this one and the next."""
    rule = clean_rule(observance.text("RRULE"))
    if rule is None:
        return []
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    until = int(parts.pop("UNTIL", "9999")[:4])
    once = parts.pop("INTERVAL", "1") == "1"
    if parts["FREQ"] != "YEARLY" or not once or not set(parts) <= _RULE_PARTS:
        return []
    found: list[datetime] = []
    for one in (year - 1, year, year + 1):
        begin = first.replace(year=one, month=1, day=1)
        if first.year <= one <= until and is_followed(rule, begin, begin):
            text = ";".join(f"{name}={value}" for name, value in parts.items())
            found += islice(rrulestr(text, dtstart=begin), 1)
    return found


def _listed(observance: Component) -> list[datetime]:
    found = []
    for value in observance.all("RDATE")[:_OBSERVANCES]:
        match = _START.fullmatch(value.value.strip())
        if match:
            found.append(datetime(*[int(part or 0) for part in match.groups()], tzinfo=UTC))  # type: ignore[arg-type,misc]  # six numbers
    return found


def _shift(text: str) -> timedelta | None:
    match = _SHIFT.fullmatch(text.strip())
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -offset if match[1] == "-" else offset


def _offset_at(day: datetime, changes: list[_Change]) -> timedelta:
    passed = [change for change in changes if change.at <= day]
    return (passed[-1] if passed else changes[0]).offset


@lru_cache(maxsize=1)
def _candidates() -> tuple[tzinfo, ...]:
    """Zones that people live in, the usual ones first."""
    usual = ("UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles")
    names = (*usual, *sorted(set(WINDOWS_TO_OLSON.values())))
    return tuple(zone for name in names if (zone := zone_of(name)))
