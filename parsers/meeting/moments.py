"""The dates, times and durations of calendar objects, in the zone they mean."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed
from typing import NamedTuple

from icalendar.prop import vDuration

from parsers.meeting.definitions import zone_defined
from parsers.meeting.lines import Component, Property
from parsers.values.zones import name_of, zone_displayed, zone_named

_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d{1,9})?)?"
    r" ?(?:(Z)|([+-]\d\d):?(\d\d))?)?",
    re.IGNORECASE,
)
_LONGEST = timedelta(days=3660)
_DAY = timedelta(days=1)


class Moment(NamedTuple):
    """A time as it was written, and how much of it was said."""

    at: datetime
    all_day: bool
    floating: bool
    zone: str  # the IANA name, where there is one


@dataclass
class Clockwork:
    """Reads times: knows the zones of one calendar and notes what it had to guess."""

    home: tzinfo
    problems: list[str]
    default: str = ""  # X-WR-TIMEZONE
    definitions: dict[str, Component] = field(default_factory=dict)
    _known: dict[tuple[str, int], tzinfo | None] = field(default_factory=dict)

    def moment(self, found: Property | None) -> Moment | None:
        """The time of a property; None where it has none or it is none."""
        return self._moment(found.value, found) if found else None

    def moments(self, all_found: list[Property]) -> tuple[datetime, ...]:
        """Every time of these lists; of a period its start."""
        read = [
            self._moment(value.partition("/")[0], found)
            for found in all_found
            for value in found.value.split(",")[:2000]
            if value.strip()
        ]
        return tuple(moment.at for moment in read if moment)

    def until(self, text: str) -> Moment | None:
        """The end of a repetition."""
        return self._moment(text, Property("UNTIL", {}, text))

    def note(self, problem: str) -> None:
        """Told once."""
        if problem not in self.problems and len(self.problems) < 50:
            self.problems.append(problem)

    def _moment(self, value: str, found: Property) -> Moment | None:
        match = _MOMENT.fullmatch(value.strip())
        if match is None:
            self.note(f"{found.name} is no time: {value.strip()[:40]!r}")
            return None
        try:
            local, said = _local(match, found.params.get("VALUE", "").upper() == "DATE")
            if said is None:
                return self._placed(local, said, found)
            if match[7]:
                return Moment(local.replace(tzinfo=UTC), False, False, "UTC")
            if match[8]:
                return Moment(local.replace(tzinfo=_offset(match)), False, False, "")
            return self._placed(local, said, found)
        except (ValueError, OverflowError):  # 30 February; the year 0
            self.note(f"{found.name} is no time: {value.strip()[:40]!r}")
            return None

    def _placed(self, local: datetime, said: bool | None, found: Property) -> Moment:
        if said is None:
            return Moment(local.replace(tzinfo=self.home), True, False, name_of(self.home))
        told = found.params.get("TZID", "")
        name = told or self.default
        zone = self._zone(name, local.year) if name else None
        if zone is not None:
            local.replace(tzinfo=zone).astimezone(UTC)  # year 1 has no zone: OverflowError
            return Moment(local.replace(tzinfo=zone), False, False, name_of(zone))
        if name:
            self.note(f"the time zone {name[:60]!r} is unknown; taken for the reader's own")
        return Moment(local.replace(tzinfo=self.home), False, True, name_of(self.home))

    def _zone(self, name: str, year: int) -> tzinfo | None:
        """By its name where that means something, otherwise as the calendar defines it."""
        key = (name.strip("\"' "), year)
        if key not in self._known and len(self._known) < 500:
            definition = self.definitions.get(key[0])
            defined = zone_defined(definition, year) if definition else None
            named = zone_named(key[0])
            if named and defined and not _agree(named, defined, year):
                self.note(f"the time zone {key[0][:60]!r} is defined otherwise than it is called")
            self._known[key] = named or defined or zone_displayed(key[0])
        return self._known.get(key)


def duration(text: str) -> timedelta | None:
    """`PT1H30M`; None where it is none."""
    try:
        found = vDuration.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, timedelta) and abs(found) <= _LONGEST else None


def later(start: datetime, by: timedelta) -> datetime:
    """Days by the calendar, hours by the clock: a day may have 23 of them."""
    whole = timedelta(days=by.days)
    try:
        moved = (start.replace(tzinfo=None) + whole).replace(tzinfo=start.tzinfo)
        return (moved.astimezone(UTC) + (by - whole)).astimezone(start.tzinfo)
    except OverflowError:  # past the year 9999
        return start


def _local(match: re.Match[str], is_date: bool) -> tuple[datetime, bool | None]:
    """The wall clock, and None instead of an answer where only a day was said."""
    day = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC).replace(tzinfo=None)
    if match[4] is None:
        return day, None
    hour, minute, second = int(match[4]), int(match[5]), min(int(match[6] or 0), 59)
    if is_date and (hour, minute) == (0, 0):
        return day, None
    if hour == 24 and minute == 0:
        return day + _DAY, True
    return day.replace(hour=hour, minute=minute, second=second), True


def _offset(match: re.Match[str]) -> tzinfo:
    hours, minutes = int(match[8]), int(match[9])
    return fixed(timedelta(hours=hours, minutes=-minutes if hours < 0 else minutes))


def _agree(named: tzinfo, defined: tzinfo, year: int) -> bool:
    days = [datetime(year, month, 15, 12, tzinfo=UTC) for month in range(1, 13)]
    return all(
        day.astimezone(named).utcoffset() == day.astimezone(defined).utcoffset() for day in days
    )
