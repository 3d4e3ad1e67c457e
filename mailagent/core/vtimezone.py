"""The rules of a time zone as iCalendar tells them (RFC 5545, 3.6.5).

Ours and not the library's: its onsets of summer time are an hour late (they have to be told by the
clock that ends, not by the one that begins), and it writes a list of dates where a rule is shorter.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_YEARS = 12  # told in advance where no rule holds; programs know the zone by its name anyway
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Change(NamedTuple):
    """The clocks are changed."""

    onset: datetime  # by the clock that ends with it; naive
    before: timedelta
    after: timedelta
    summer: bool
    name: str


def timezone(name: str, year: int) -> Timezone:
    """The zone from this year on."""
    zone = ZoneInfo(name)
    made = Timezone()
    made.add("tzid", name)
    begins = datetime(year, 1, 1, tzinfo=zone)
    offset = begins.utcoffset() or timedelta()
    start = Change(
        begins.replace(tzinfo=None), offset, offset, bool(begins.dst()), begins.tzname() or name
    )
    made.add_component(_told([start]))
    changes = list(_changes(zone, year))
    for kind in dict.fromkeys(one[1:] for one in changes):
        made.add_component(_told([one for one in changes if one[1:] == kind]))
    return made


def _changes(zone: ZoneInfo, year: int) -> Iterator[Change]:
    first = datetime(year, 1, 1, tzinfo=zone).astimezone(UTC)
    day = timedelta(days=1)
    for number in range(365 * _YEARS):
        before, after = first + number * day, first + (number + 1) * day
        if _offset(before, zone) != _offset(after, zone):
            at = _moment(before, after, zone)
            old, new = _offset(before, zone), _offset(after, zone)
            there = at.astimezone(zone)
            onset = (at + old).replace(tzinfo=None)
            yield Change(onset, old, new, bool(there.dst()), there.tzname() or "")


def _moment(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first minute of the new clock."""
    old = _offset(before, zone)
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=int((after - before) / timedelta(minutes=2)))
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _told(changes: list[Change]) -> TimezoneStandard | TimezoneDaylight:
    first, *others = changes
    made = TimezoneDaylight() if first.summer else TimezoneStandard()
    made.add("dtstart", first.onset)
    made.add("tzoffsetfrom", first.before)
    made.add("tzoffsetto", first.after)
    made.add("tzname", first.name)
    rule = _rule([one.onset for one in changes])
    if rule:
        made.add("rrule", vRecur.from_ical(rule))
    elif others:
        made.add("rdate", [one.onset for one in others])
    return made


def _rule(onsets: list[datetime]) -> str:
    """`FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU` where it says all of them."""
    if len(onsets) < _YEARS:  # a change that does not come every year
        return ""
    months = {one.month for one in onsets}
    days = {(one.weekday(), one.time()) for one in onsets}
    if len(months) > 1 or len(days) > 1:
        return ""
    (month,), day = months, _WEEKDAYS[onsets[0].weekday()]
    numbers = {(one.day - 1) // 7 + 1 for one in onsets}
    if all((one + timedelta(days=7)).month != month for one in onsets):
        return f"FREQ=YEARLY;BYMONTH={month};BYDAY=-1{day}"
    return f"FREQ=YEARLY;BYMONTH={month};BYDAY={numbers.pop()}{day}" if len(numbers) == 1 else ""
