"""Two times of one day: `9 to 11`, `3-4pm`."""

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.grammar.clocks import in_half, on_the_clock
from parsers.values.when.model import Clock, Hours
from parsers.values.when.parts import within

HOURS = Layer()


@HOURS.rule("ACLOCK", "CLOCK; DOUBTCLOCK")
def _some_clock(_: Context, found: Clock) -> Clock:
    return found


@HOURS.rule(
    "HOURS",
    "military to military; between military to military; between military and military; from "
    "military to military",
)
def _military_hours(_: Context, first: int, last: int) -> Hours | None:
    one, two = on_the_clock(first), on_the_clock(last)
    return Hours(one, two) if one and two and first % 5 == 0 and last % 5 == 0 else None


@HOURS.rule(
    "HOURS",
    "HOUR half_glued to HOUR half_glued; from HOUR half_glued to HOUR half_glued",
)
def _glued_hours(context: Context, one: Clock, am: str, two: Clock, pm: str) -> Hours | None:
    first, last = in_half(context, one, am), in_half(context, two, pm)
    return Hours(first, last) if first and last else None


@HOURS.rule(
    "HOURS",
    "ACLOCK to ACLOCK; from ACLOCK to ACLOCK; between ACLOCK and ACLOCK; after ACLOCK but? "
    "until ACLOCK; from ACLOCK until ACLOCK; from ACLOCK and ACLOCK",
)
def _hours(_: Context, first: Clock, last: Clock) -> Hours | None:
    return _paired(first, last)


@HOURS.rule(
    "HOURS",
    "from HOUR to ACLOCK; HOUR to ACLOCK; between HOUR and ACLOCK; between HOUR to ACLOCK; "
    "from ACLOCK to HOUR; ACLOCK to HOUR; between ACLOCK and HOUR; from ACLOCK until HOUR; "
    "between ACLOCK to HOUR; from HOUR until ACLOCK",
)
def _half_said(_: Context, first: Clock, last: Clock) -> Hours | None:
    return _paired(first, last)


@HOURS.rule(
    "BAREHOURS",
    "HOUR to HOUR; from HOUR to HOUR; between HOUR and HOUR; between HOUR to HOUR; from HOUR "
    "until HOUR",
)
def _bare_hours(_: Context, first: Clock, last: Clock) -> Hours | None:
    return _paired(first, last, bare=True)


@HOURS.rule("HOURS", "HOURS part_link? the? part; BAREHOURS part_link? the? part")
def _hours_in_part(_: Context, found: Hours, part: str) -> Hours | None:
    first, last = within(found.first, part), within(found.last, part)
    return Hours(first, last) if first and last else None


@HOURS.rule("HOURS", "HOURS tz")
def _hours_in_zone(_: Context, found: Hours, zone: str) -> Hours:
    return Hours(found.first._replace(zone=zone), found.last._replace(zone=zone), found.bare)


def _paired(first: Clock, last: Clock, *, bare: bool = False) -> Hours | None:
    """`3-4pm`: what is said of one holds for the other, if it then comes before it."""
    if last.sure and not first.sure and first.hour <= 12:
        later = first._replace(hour=first.hour % 12 + 12, sure=True)
        if last.hour >= 12 and _order(later) < _order(last):
            first = later
        else:
            first = first._replace(sure=True)
    elif first.sure and not last.sure and last.hour <= 12 and _order(last) <= _order(first):
        last = last._replace(hour=last.hour % 12 + 12, sure=True)
    if last.zone and not first.zone:
        first = first._replace(zone=last.zone)
    return Hours(first, last, bare) if first != last else None


def _order(found: Clock) -> int:
    return found.hour * 3600 + found.minute * 60 + found.second
