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
    "military to military; between military TO military; between military and military; from "
    "military TO military",
)
def _military_hours(_: Context, first: int, last: int) -> Hours | None:
    one, two = on_the_clock(first), on_the_clock(last)
    return Hours(one, two) if one and two and first % 5 == 0 and last % 5 == 0 else None


@HOURS.rule(
    "HOURS",
    "HOUR half_glued to HOUR half_glued; from HOUR half_glued TO HOUR half_glued",
)
def _glued_hours(context: Context, one: Clock, am: str, two: Clock, pm: str) -> Hours | None:
    first, last = in_half(context, one, am), in_half(context, two, pm)
    return Hours(first, last) if first and last else None


@HOURS.rule(
    "HOURS",
    "CLOCK TO ACLOCK; DOUBTCLOCK TO CLOCK; from ACLOCK TO CLOCK; from CLOCK TO ACLOCK; "
    "between ACLOCK and CLOCK; between CLOCK and ACLOCK; after ACLOCK but? until ACLOCK; "
    "after ACLOCK but? before ACLOCK; from ACLOCK until ACLOCK; from CLOCK and ACLOCK; from "
    "POINTED TO POINTED; from POINTED until POINTED; between POINTED and POINTED; "
    "from HOUR TO POINTED; from HOUR until POINTED; between HOUR and POINTED; "
    "from POINTED TO HOUR; from POINTED until HOUR; HOUR until POINTED",
)
def _hours(_: Context, first: Clock, last: Clock) -> Hours | None:
    return _paired(first, last)


@HOURS.rule(
    "HOURS",
    "from HOUR TO CLOCK; HOUR to CLOCK; between HOUR and CLOCK; between HOUR TO CLOCK; from "
    "CLOCK TO HOUR; CLOCK TO HOUR; between CLOCK and HOUR; from CLOCK until HOUR; between "
    "CLOCK TO HOUR; from HOUR until ACLOCK",
)
def _half_said(_: Context, first: Clock, last: Clock) -> Hours | None:
    return _paired(first, last)


@HOURS.rule(
    "BAREHOURS",
    "HOUR to HOUR; DOUBTCLOCK TO HOUR; HOUR to DOUBTCLOCK; DOUBTCLOCK TO DOUBTCLOCK; RANGEHOURS",
)
def _maybe_hours(_: Context, *both: Clock | Hours) -> Hours | None:
    first, *last = both
    if isinstance(first, Hours):
        return first
    return _paired(first, last[0], bare=True) if isinstance(last[0], Clock) else None


@HOURS.rule(
    "RANGEHOURS",
    "from HOUR TO HOUR; between HOUR and HOUR; between HOUR TO HOUR; from HOUR until HOUR; "
    "from DOUBTCLOCK TO HOUR; from HOUR TO DOUBTCLOCK; from DOUBTCLOCK TO DOUBTCLOCK; between "
    "DOUBTCLOCK and DOUBTCLOCK; between HOUR and DOUBTCLOCK; between DOUBTCLOCK and HOUR",
)
def _bare_hours(_: Context, first: Clock, last: Clock) -> Hours | None:
    return _paired(first, last, bare=True)


@HOURS.rule("HOURS", "HOURS part_link? the? part; BAREHOURS part_link? the? part")
def _hours_in_part(_: Context, found: Hours, part: str) -> Hours | None:
    """What says its half already, as `5 du matin`, keeps it."""
    first = found.first if found.first.sure else within(found.first, part)
    last = within(found.last, part)
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
