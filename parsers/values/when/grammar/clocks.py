"""Times of day: `3pm`, `halb vier`, `las nueve menos cuarto`."""

from typing import Any

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.model import Clock
from parsers.values.when.parts import within

CLOCKS = Layer()


def clock(hour: int, minute: int = 0, *, grain: str = "hour", sure: bool = False) -> Clock | None:
    """None where no clock shows that."""
    if not (0 <= hour <= 24 and 0 <= minute <= 59) or (hour == 24 and minute):
        return None
    return Clock(hour, minute, 0, grain, sure or hour > 12 or hour == 0)


def on_the_clock(number: int) -> Clock | None:
    """`1030` and `3`."""
    if number >= 100:
        return clock(number // 100, number % 100, grain="minute")
    return clock(number)


@CLOCKS.rule("HOUR", "NUM")
def _hour(_: Context, number: int) -> Clock | None:
    return clock(number)


@CLOCKS.rule("HOUR", "NUM NUM; NUM NUM unit")
def _hour_minutes(_: Context, hour: int, minutes: int, unit: str = "minute") -> Clock | None:
    return clock(hour, minutes, grain="minute") if minutes >= 1 and unit == "minute" else None


@CLOCKS.rule("HOUR", "NUM NUM NUM")
def _spelled_minutes(_: Context, hour: int, ten: int, one: int) -> Clock | None:
    return clock(hour, one, grain="minute") if ten == 0 and 0 < one < 10 else None


@CLOCKS.rule("CLOCK", "TIME; TIME oclock")
def _time(_: Context, found: Clock) -> Clock:
    return found


@CLOCKS.rule(
    "CLOCK",
    "POINTED oclock; oclock POINTED; at POINTED; about POINTED; at about POINTED",
)
def _pointed(_: Context, found: Clock) -> Clock:
    return found


@CLOCKS.rule(
    "CLOCK",
    "at? NUM oclock; the NUM oclock; oclock NUM; at few oclock; at_weak few oclock",
)
def _oclock(context: Context, number: int) -> Clock | None:
    if number > 24:
        return None
    return clock(number, sure=context.language.name == "fr")


@CLOCKS.rule(
    "CLOCK",
    "at? NUM oclock plus? NUM; at? NUM oclock plus? NUM unit; at? NUM oclock and? NUM; at? "
    "NUM oclock and? NUM unit",
)
def _oclock_minutes(_: Context, hour: int, minutes: int, unit: str = "minute") -> Clock | None:
    return clock(hour, minutes, grain="minute") if unit == "minute" and hour <= 24 else None


@CLOCKS.rule("CLOCK", "one_hour")
def _one(_: Context) -> Clock | None:
    return clock(1)


@CLOCKS.rule("DOUBTCLOCK", "at_weak HOUR; at_weak about HOUR")
def _weakly_at(_: Context, found: Clock) -> Clock:
    return found


@CLOCKS.rule("CLOCK", "at HOUR; at about HOUR; about at HOUR")
def _at(_: Context, found: Clock) -> Clock:
    return found


@CLOCKS.rule(
    "CLOCK", "about military; military ish; at military; at about military; military oclock"
)
def _about_military(_: Context, number: int) -> Clock | None:
    """`at 1530`; `at 550` is a code as often as an hour."""
    return on_the_clock(number) if number >= 1000 and number % 5 == 0 else None


@CLOCKS.rule("CLOCK", "military ish_glued; at military ish_glued; at military part_link the? part")
def _short_military(_: Context, number: int, part: str = "") -> Clock | None:
    found = on_the_clock(number)
    return within(found, part) if found and part else found


@CLOCKS.rule("CLOCK", "military half_day; at military half_day")
def _military_half(context: Context, number: int, half: str) -> Clock | None:
    found = on_the_clock(number)
    return in_half(context, found, half) if found else None


@CLOCKS.rule("CLOCK", "int ish_glued")
def _eleven_ish(_: Context, number: int) -> Clock | None:
    found = clock(number)
    return found._replace(vague=True) if found else None


@CLOCKS.rule("part", "faint_link part_faint")
def _sure_part(_: Context, name: str) -> str:
    return name


@CLOCKS.rule(
    "CLOCK",
    "TIME half_glued; at HOUR half_glued; from HOUR half_glued; to HOUR half_glued; about "
    "HOUR half_glued",
)
def _half_glued(context: Context, found: Clock, half: str) -> Clock | None:
    return in_half(context, found, half)


@CLOCKS.rule("HOURISH", "about HOUR; HOUR ish")
def _about(_: Context, found: Clock) -> Clock:
    return found._replace(vague=True)


@CLOCKS.rule("CLOCK", "about CLOCK; CLOCK ish; CLOCK about; about DOUBTCLOCK")
def _vaguely(_: Context, found: Clock) -> Clock:
    return found._replace(vague=True)


@CLOCKS.rule("CLOCK", "at CLOCK; at_weak CLOCK; the CLOCK")
def _at_clock(_: Context, found: Clock) -> Clock:
    return found


@CLOCKS.rule("CLOCK", "at? named_hour; the named_hour; at the named_hour; at_weak named_hour")
def _named(_: Context, hour: int) -> Clock:
    return Clock(hour, 0, 0, "hour", True)


@CLOCKS.rule(
    "CLOCK",
    "HOUR half_day; DOUBTCLOCK half_day; CLOCK half_day; HOUR ish half_day; TIME half_day; "
    "POINTED half_day",
)
def in_half(_: Context, found: Clock, half: str) -> Clock | None:
    if not 1 <= found.hour <= 12:
        return found if found.hour > 12 and half == "pm" and found.hour < 24 else None
    hour = found.hour % 12 + (12 if half == "pm" else 0)
    return found._replace(hour=hour, sure=True)


@CLOCKS.rule(
    "CLOCK",
    "HOUR part_link the? part; DOUBTCLOCK part_link? the? part; CLOCK part_link? the? part; "
    "HOUR day_part; DOUBTCLOCK day_part; CLOCK day_part",
)
def _in_part(_: Context, found: Clock, part: str) -> Clock | None:
    return within(found, part)


def _past(found: Clock, minutes: float) -> Clock | None:
    total = found.hour * 60 + found.minute + minutes
    if total < 0:
        total += 12 * 60
    hour, minute = divmod(int(total), 60)
    made = clock(
        hour % 24 if hour > 24 or (hour == 24 and minute) else hour, minute, grain="minute"
    )
    return made._replace(sure=found.sure, vague=found.vague) if made else None


def _minutes(number: float) -> float | None:
    """Of a number of them, or of a part of an hour."""
    if 0 < number < 1:
        return number * 60
    return number if 1 <= number <= 59 else None


@CLOCKS.rule(
    "CLOCK",
    "NUM past HOUR; NUM past CLOCK; fraction past HOUR; fraction past CLOCK; NUM unit past "
    "HOUR; NUM unit past CLOCK",
)
def _past_hour(_: Context, number: float, *rest: Any) -> Clock | None:
    *units, found = rest
    minutes = _minutes(number)
    return _past(found, minutes) if minutes and units in ([], ["minute"]) else None


@CLOCKS.rule("BARECLOCK", "int till HOUR")
def _bare_to_hour(context: Context, minutes: int, found: Clock) -> Clock | None:
    """`5 to 10`, where no noun follows."""
    if context.language.name == "it":
        return None
    return _past(found, -minutes) if 1 <= minutes <= 29 else None


@CLOCKS.rule(
    "CLOCK",
    "num till HOUR; num till CLOCK; fraction till HOUR; fraction till CLOCK; NUM unit till "
    "HOUR; NUM unit till CLOCK",
)
def _to_hour(_: Context, number: float, *rest: Any) -> Clock | None:
    *units, found = rest
    minutes = _minutes(number)
    if (
        not units
        and number <= 12
        and found.sure
        and found.grain == "hour"
        and found.hour not in {12, 24}
    ):
        return None  # `5 to 6pm`
    return _past(found, -minutes) if minutes and units in ([], ["minute"]) else None


@CLOCKS.rule("CLOCK", "int till CLOCK")
def _figures_to_hour(context: Context, number: int, found: Clock) -> Clock | None:
    """`10 to 3 pm`; the Italian `13 alle 11` is the 13th at 11, and `venti alle tre` 2:40."""
    return None if context.language.name == "it" else _to_hour(context, number, found)


@CLOCKS.rule("CLOCK", "half_past HOUR; half_past CLOCK")
def _half_past(_: Context, found: Clock) -> Clock | None:
    return _past(found, 30) if not found.minute else None


@CLOCKS.rule("CLOCK", "half_to HOUR; half_to CLOCK; at half_to HOUR")
def _half_to(_: Context, found: Clock) -> Clock | None:
    """`halb vier` is half past three, `half three` as well."""
    return _past(found, -30) if not found.minute else None


@CLOCKS.rule("CLOCK", "quarter_of HOUR; quarter_of CLOCK")
def _quarter_of(_: Context, found: Clock) -> Clock | None:
    """`viertel vier` is a quarter past three, where it is said."""
    return _past(found, -45) if not found.minute else None


@CLOCKS.rule("CLOCK", "three_quarters_of HOUR; three_quarters_of CLOCK")
def _three_quarters_of(_: Context, found: Clock) -> Clock | None:
    return _past(found, -15) if not found.minute else None


@CLOCKS.rule(
    "CLOCK",
    "HOUR plus fraction; DOUBTCLOCK plus fraction; CLOCK plus fraction; CLOCK fraction; CLOCK "
    "plus NUM; HOUR plus NUM; DOUBTCLOCK plus NUM; CLOCK plus NUM unit; HOUR plus NUM unit; "
    "DOUBTCLOCK plus NUM unit",
)
def _plus(_: Context, found: Clock, number: float, unit: str = "minute") -> Clock | None:
    minutes = _minutes(number)
    return _past(found, minutes) if minutes and unit == "minute" and not found.minute else None


@CLOCKS.rule(
    "CLOCK",
    "HOUR minus fraction; DOUBTCLOCK minus fraction; CLOCK minus fraction; CLOCK minus NUM; "
    "HOUR minus NUM; DOUBTCLOCK minus NUM; CLOCK minus NUM unit; HOUR minus NUM unit; "
    "DOUBTCLOCK minus NUM unit",
)
def _minus(_: Context, found: Clock, number: float, unit: str = "minute") -> Clock | None:
    minutes = _minutes(number)
    return _past(found, -minutes) if minutes and unit == "minute" and not found.minute else None


@CLOCKS.rule("CLOCK", "CLOCK NUM")
def _named_minutes(_: Context, found: Clock, minutes: int) -> Clock | None:
    """`midi quinze`."""
    if (
        found.minute
        or found.hour not in {12, 24}
        or not 1 <= minutes <= 59
        or found.grain != "hour"
    ):
        return None
    return _past(found, minutes)


@CLOCKS.rule("CLOCK", "CLOCK your_time; HOUR your_time")
def _in_your_zone(_: Context, found: Clock) -> Clock:
    return found._replace(zone="yours")


@CLOCKS.rule(
    "CLOCK", "CLOCK tz; CLOCK ( tz ); POINTED tz; HOUR tz; DOUBTCLOCK tz; TIME tz; at HOUR tz"
)
def _in_zone(_: Context, found: Clock, zone: str) -> Clock | None:
    return found._replace(zone=zone, grain="minute") if not found.zone else None
