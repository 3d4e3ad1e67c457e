"""Days, hours and parts of days put together."""

from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed

from parsers.values.when.context import Context
from parsers.values.when.model import Clock, Day, Hours, Part, Period, Span
from parsers.values.when.parts import part as part_of
from parsers.values.when.parts import within
from parsers.values.zones import ABBREVIATIONS, offset_named, zone_named, zone_of

_GRAINS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
}
_EARLY = 7  # "Monday at 3" is hardly ever before seven
_LATE = 20
_EITHER = frozenset({6, 7, 8})  # hours at which people meet before and after work
_DAY = timedelta(days=1)
# What these letters say, word for word; the place may be at another offset on that day.
_LITERAL = {
    "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "bst": 1, "gmt": 0, "utc": 0, "wet": 0, "west": 1,
    "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "ist": 5.5, "jst": 9,
}  # fmt: skip
_SUMMER = frozenset({"cest", "mesz", "bst", "west", "eest", "edt", "cdt", "mdt", "pdt"})


def day_span(day: Day, context: Context) -> Span | None:
    """A whole day."""
    start, end = context.moment(day.day), context.moment(day.day, 24)
    if start is None or end is None:
        return None
    others = tuple(one for other in day.others if (one := context.moment(other)))
    return Span(start, end, "day", others=others, unclear=day.unclear)


def period_span(found: Period, context: Context) -> Span | None:
    """Whole days."""
    start, end = context.moment(found.first), context.moment(found.end)
    if start is None or end is None or start >= end:
        return None
    return Span(start, end, found.grain, unclear=found.unclear)


def part_span(name: str, context: Context, day: Day | None = None) -> Span | None:
    """A part of this day, or of the next one where it passed."""
    hours: Part = part_of(name)
    start = context.moment(day.day if day else context.today, hours.first)
    if start is None:
        return None
    end = start + timedelta(hours=hours.end - hours.first)
    if day is None and end <= context.at:
        start, end = start + _DAY, end + _DAY
    others = (
        tuple(one for other in day.others if (one := context.moment(other, hours.first)))
        if day
        else ()
    )
    return Span(start, end, "part", others=others, unclear=day.unclear if day else ())


def clock_span(found: Clock, context: Context, day: Day | None = None) -> Span | None:
    """A time of day on a day, or the next one there is."""
    found, other = _half(found, context, day)
    start = _at(found, context, day)
    if start is None:
        return None
    unclear = list(day.unclear if day else ())
    others = [
        one for change in (day.others if day else ()) if (one := _at(found, context, Day(change)))
    ]
    if day and day.weekday and others and context.at < others[0] < start:
        start, others[0] = others[0], start  # said on a Monday: later today comes first
    if found.zone == "yours":
        unclear.append("zone")
    if other:
        later = _at(other, context, day or Day(start.date()))
        others += [later] if later and later != start else []
        unclear.append("half_day")
    literal = _literally(found, start, context)
    if literal:
        others.append(literal)
        unclear.append("zone")
    end = start + _GRAINS[found.grain]
    span = Span(start, end, found.grain, zone=found.zone, vague=found.vague)
    return span._replace(others=tuple(others), unclear=tuple(dict.fromkeys(unclear)))


def _half(found: Clock, context: Context, day: Day | None) -> tuple[Clock, Clock | None]:
    """The half of the day that is meant, and the other one where both may be."""
    if found.sure or found.hour > 12:
        return found._replace(sure=True), None
    morning, evening = found, found._replace(hour=found.hour + 12 if found.hour < 12 else 12)
    if found.hour == 12:
        return evening._replace(sure=True), None
    if day is not None:
        first = evening if found.hour < _EARLY else morning
    else:
        first = _sooner(morning, evening, context)
    other = evening if first is morning else morning
    return first._replace(sure=True), other if found.hour in _EITHER else None


def _sooner(morning: Clock, evening: Clock, context: Context) -> Clock:
    """The half in which people work; where both are, the one that comes first."""
    if morning.hour < _EARLY or morning.hour + 12 >= _LATE:
        return evening if morning.hour < _EARLY else morning
    one, two = (_at(half, context, None) for half in (morning, evening))
    return evening if one is None or (two and two < one) else morning


def _at(found: Clock, context: Context, day: Day | None) -> datetime | None:
    zone = zone_said(found.zone, context) if found.zone else context.zone
    try:
        base = day.day if day else context.at.astimezone(zone).date()
        start = datetime(base.year, base.month, base.day, tzinfo=zone)
        start += timedelta(hours=found.hour, minutes=found.minute, seconds=found.second)
        if day is None and start < context.at.replace(second=0, microsecond=0):
            start += _DAY
        return start.astimezone(context.zone) if found.zone else start
    except (ValueError, OverflowError):
        return None


def zone_said(name: str, context: Context) -> tzinfo | None:
    """Summer names are meant word for word, winter names as the clocks of the place go."""
    offset = offset_named(name)
    if offset is not None:
        return fixed(offset)
    if name in _SUMMER or (name in _LITERAL and name not in ABBREVIATIONS):
        return fixed(timedelta(hours=_LITERAL[name]))
    return (
        zone_of(ABBREVIATIONS[name]) if name in ABBREVIATIONS else zone_named(name)
    ) or context.zone


def _literally(found: Clock, start: datetime, context: Context) -> datetime | None:
    """3pm CET in July: the clocks there show CEST."""
    if found.zone not in _LITERAL or found.zone in _SUMMER:
        return None
    place = zone_said(found.zone, context)
    there = start.astimezone(place).utcoffset() if place else None
    said = timedelta(hours=_LITERAL[found.zone])
    return start + (there - said) if there is not None and there != said else None


def hours_span(found: Hours, context: Context, day: Day | None = None) -> Span | None:
    """From one time to another, over midnight where it is not later."""
    one, two = found.first, found.last
    if not one.sure and not two.sure and max(one.hour, two.hour) <= 12 and one.hour != 12:
        first = clock_span(one, context, day)
    else:
        first = clock_span(one._replace(sure=one.sure or two.sure), context, day)
    if first is None:
        return None
    end = _end(first, two, context)
    return first._replace(end=end) if end else None


def _end(first: Span, last: Clock, context: Context) -> datetime | None:
    """The next time after the start that the clock shows this."""
    ways = [last] if last.sure or last.hour > 12 else [last, last._replace(hour=last.hour + 12)]
    ends = []
    zone = zone_said(last.zone, context) if last.zone else context.zone
    for way in ways:
        try:
            base = first.start.astimezone(zone).replace(hour=0, minute=0, second=0)
            end = base + timedelta(hours=way.hour, minutes=way.minute, seconds=way.second)
            end += _DAY if end.astimezone(UTC) <= first.start.astimezone(UTC) else timedelta()
        except OverflowError:
            continue
        ends.append(end.astimezone(context.zone))
    return min(ends, default=None)


def in_part(found: Clock, name: str) -> Clock:
    """A time of day with the part it is in."""
    return within(found, name) or found
