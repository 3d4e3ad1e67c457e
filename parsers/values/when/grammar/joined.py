"""Days with hours and parts of days."""

from datetime import timedelta

from parsers.values.when.chart import Layer
from parsers.values.when.context import Context
from parsers.values.when.days import nth
from parsers.values.when.model import Clock, Day, Hours, Period, Span
from parsers.values.when.moments import (
    clock_span,
    day_span,
    hours_span,
    in_part,
    part_span,
    period_span,
)

Named = tuple[str, int | None]  # a part of a day, and of which one from today
_DAY_EDGES = {"early": (0, 12), "mid": (10, 14), "late": (24 - 1 / 3600, 24), "later": (12, 24)}
_SMALL_HOURS = 4
_OFFSETS = {"this": 0, "coming": 0, "last": -1, "next": 1}
PLACES = Layer()  # days, hours and parts as they stand beside each other
JOINED = Layer()


@JOINED.rule("SPAN", "DAY")
def _day(context: Context, day: Day) -> Span | None:
    return day_span(day, context)


@JOINED.rule("SPAN", "PERIOD; all? PERIOD; in PERIOD")
def _period(context: Context, found: Period) -> Span | None:
    return period_span(found, context)


@JOINED.rule(
    "SPAN",
    "edge of? DAY; edge of the? DAY; edge the? day_word ,? DAY; edge the? unit ,? DAY; the "
    "edge of? DAY",
)
def _edge_of_day(context: Context, name: str, *rest: object) -> Span | None:
    day = rest[-1]
    if name not in _DAY_EDGES or not isinstance(day, Day) or rest[:-1] not in ((), ("day",)):
        return None
    first, end = _DAY_EDGES[name]
    start, until = context.moment(day.day, first), context.moment(day.day, end)
    return Span(start, until, "part", others=()) if start and until else None


@JOINED.rule("WEAKSPAN", "WEAKPERIOD")
def _weak_period(context: Context, found: Period) -> Span | None:
    return period_span(found, context)


@JOINED.rule("WEAKSPAN", "WEAKDAY; MAYBEDAY")
def _weak_day(context: Context, day: Day) -> Span | None:
    return day_span(day, context)


@PLACES.rule("JCLOCK", "ACLOCK; POINTED")
def _any_clock(_: Context, found: Clock) -> Clock:
    return found


@JOINED.rule("WEAKSPAN", "POINTED")
def _bare_pointed(context: Context, found: Clock) -> Span | None:
    return clock_span(found, context)


@JOINED.rule("SPAN", "on DAY; the DAY; on the DAY; on the? MAYBEDAY")
def _on_day(context: Context, day: Day) -> Span | None:
    return day_span(day, context)


@PLACES.rule(
    "ADAY",
    "DAY ,?; WEAKDAY ,?; MAYBEDAY ,?; DOUBTDAY ,?; the DAY; on DAY; DAY filler; DAY (; on the DAY",
)
def _a_day(_: Context, day: Day) -> Day:
    return day


@PLACES.rule(
    "APART",
    "part; part_link part; part_link the part; the part; on part; in part; on the part; at "
    "part; at the part; day_part; filler part; today_part",
)
def _a_part(_: Context, name: str) -> Named:
    return name, None


@JOINED.rule("SPAN", "ADAY part_faint; ADAY , part_faint")
def _day_faint_part(context: Context, day: Day, name: str) -> Span | None:
    """`Dienstag morgen`, but not `morgen` alone."""
    return part_span(name, context, day)


@JOINED.rule("SPAN", "ADAY part_faint at? JCLOCK; ADAY part_faint at? HOUR")
def _day_faint_clock(context: Context, day: Day, name: str, found: Clock) -> Span | None:
    return clock_span(in_part(found, name), context, day)


@PLACES.rule(
    "APART",
    "next part_faint; next part; part_link next part; on next part; the next part",
)
def _this_part(_: Context, which: str, name: str) -> Named | None:
    if name == "dinner" and which == "this":  # `ce d\u00eener du personnel`: what is eaten
        return None
    return (name, _OFFSETS[which]) if which in _OFFSETS else None


@PLACES.rule("APART", "part post; part_link part post; the part post")
def _part_this(_: Context, name: str, which: str) -> Named | None:
    return (name, _OFFSETS[which]) if which in _OFFSETS else None


def its_day(found: Named, context: Context) -> Day | None:
    """The day that `this evening` and `last night` name themselves."""
    return Day(context.today + timedelta(days=found[1])) if found[1] is not None else None


@JOINED.rule("DOUBTSPAN", "DOUBTDAY")
def _doubtful_day(context: Context, day: Day) -> Span | None:
    return day_span(day, context)


@JOINED.rule("DOUBTSPAN", "DOUBTCLOCK; BARECLOCK")
def _doubtful_clock(context: Context, found: Clock) -> Span | None:
    return clock_span(found, context)


@JOINED.rule("SPAN", "CLOCK")
def _clock(context: Context, found: Clock) -> Span | None:
    return clock_span(found, context)


@JOINED.rule(
    "SPAN",
    "ADAY at? JCLOCK; ADAY filler JCLOCK; ADAY HOURISH; ADAY on? JCLOCK; ADAY filler at JCLOCK",
)
def _day_clock(context: Context, day: Day, found: Clock) -> Span | None:
    return clock_span(found, context, day)


@JOINED.rule(
    "SPAN",
    "JCLOCK ,? ADAY; JCLOCK ,? on? ADAY; HOURISH ,? ADAY; JCLOCK of ADAY; JCLOCK filler ADAY; "
    "JCLOCK of the ADAY",
)
def _clock_day(context: Context, found: Clock, day: Day) -> Span | None:
    return clock_span(found, context, day)


@JOINED.rule("SPAN", "HOUR dayoff; HOUR dayoff APART")
def _hour_tomorrow(
    context: Context, found: Clock, days: int, part: Named | None = None
) -> Span | None:
    day = Day(context.today + timedelta(days=days))
    if part:
        return clock_span(in_part(found, part[0]), context, day)
    return clock_span(found, context, day) if found.hour > 5 or found.minute else None


@JOINED.rule("SPAN", "DAY HOUR")
def _day_spoken_time(context: Context, day: Day, found: Clock) -> Span | None:
    """`March eighteenth nine thirty`."""
    return clock_span(found, context, day) if found.grain == "minute" else None


@JOINED.rule("SPAN", "ADAY BARECLOCK; ADAY at BARECLOCK")
def _day_bare_clock(context: Context, day: Day, found: Clock) -> Span | None:
    return clock_span(found, context, day)


@JOINED.rule("SPAN", "ADAY COUNTED; COUNTED ADAY")
def _today_in_an_hour(context: Context, *rest: object) -> Span | None:
    found = next(one for one in rest if isinstance(one, Span))
    day = next(one for one in rest if isinstance(one, Day))
    return found if found.grain in {"second", "minute"} and day.day == context.today else None


@JOINED.rule("SPAN", "COUNTED at? JCLOCK; COUNTED ,? at? JCLOCK")
def _counted_clock(context: Context, found: Span, clock: Clock) -> Span | None:
    return clock_span(clock, context, Day(found.start.date())) if found.grain == "day" else None


@JOINED.rule("SPAN", "today_part; the today_part")
def _tonight(context: Context, name: str) -> Span | None:
    return part_span(name, context, Day(context.today))


@JOINED.rule("SPAN", "ADAY APART; ADAY , APART; ADAY of APART; ADAY filler APART")
def _day_part(context: Context, day: Day, part: Named) -> Span | None:
    return part_span(part[0], context, day)


@JOINED.rule("SPAN", "APART ADAY; APART of ADAY; APART of the ADAY; APART , ADAY")
def _part_day(context: Context, part: Named, day: Day) -> Span | None:
    return part_span(part[0], context, day)


@JOINED.rule(
    "SPAN",
    "part_link part; part_link the part; on the? part; in the? part; at the? part; at part; "
    "the part; day_part",
)
def _part(context: Context, name: str) -> Span | None:
    return part_span(name, context)


_ALONE = frozenset({
    "end_of_day", "later_day", "after_lunch", "before_lunch", "after_work", "after_school",
    "evening_end_of_day", "begin_of_day",
})  # fmt: skip


@JOINED.rule("SPAN", "part")
def _part_alone(context: Context, name: str) -> Span | None:
    return part_span(name, context) if name in _ALONE else None


@JOINED.rule("SPAN", "tomorrow_part")
def _tomorrow_part(context: Context, name: str) -> Span | None:
    return part_span(name, context, Day(context.today + timedelta(days=1)))


@JOINED.rule("SPAN", "tomorrow_part ,? at? JCLOCK; tomorrow_part at? HOUR")
def _tomorrow_part_clock(context: Context, name: str, found: Clock) -> Span | None:
    day = Day(context.today + timedelta(days=1))
    return clock_span(in_part(found, name), context, day)


@JOINED.rule("SPAN", "APART")
def _part_named(context: Context, part: Named) -> Span | None:
    day = its_day(part, context)
    return part_span(part[0], context, day) if day else None


@JOINED.rule("SPAN", "dayoff half_day")
def _tomorrow_pm(context: Context, days: int, half: str) -> Span | None:
    day = Day(context.today + timedelta(days=days))
    return part_span({"am": "morning", "pm": "afternoon"}[half], context, day)


@PLACES.rule("FILL", "filler; filler filler; , filler; filler ,")
def _fill(_: Context) -> bool:
    return True


@JOINED.rule("SPAN", "ADAY APART FILL JCLOCK; ADAY APART FILL at JCLOCK")
def _day_part_say(
    context: Context, day: Day, part: Named, _said: object, found: Clock
) -> Span | None:
    return clock_span(in_part(found, part[0]), context, day)


@JOINED.rule("SPAN", "ADAY at? JCLOCK APART")
def _day_clock_part(context: Context, day: Day, found: Clock, part: Named) -> Span | None:
    """`Thursday at 12:30 for lunch`."""
    return clock_span(in_part(found, part[0]), context, day)


@JOINED.rule("SPAN", "NUM part; few part")
def _some_part(context: Context, number: int, name: str) -> Span | None:
    """`one morning`: on which day is not told."""
    found = part_span(name, context)
    return found._replace(vague=True, unclear=("day",)) if found and number < 10 else None


@JOINED.rule("WEAKSPAN", "part")
def _bare_part(context: Context, name: str) -> Span | None:
    return part_span(name, context)


@JOINED.rule(
    "SPAN",
    "ADAY APART ,? at? JCLOCK; ADAY APART ,? at? HOUR; ADAY APART HOURISH; ADAY APART ,? at? "
    "about? JCLOCK",
)
def _day_part_clock(context: Context, day: Day, part: Named, found: Clock) -> Span | None:
    return clock_span(in_part(found, part[0]), context, day)


@JOINED.rule("SPAN", "APART ADAY ,? at? JCLOCK")
def _part_day_clock(context: Context, part: Named, day: Day, found: Clock) -> Span | None:
    return clock_span(in_part(found, part[0]), context, day)


@JOINED.rule(
    "SPAN",
    "JCLOCK ADAY ,? APART; HOUR ADAY APART; JCLOCK , ADAY APART; HOUR , ADAY APART",
)
def _clock_day_part(context: Context, found: Clock, day: Day, part: Named) -> Span | None:
    return clock_span(in_part(found, part[0]), context, day)


@JOINED.rule("SPAN", "APART ,? at? JCLOCK; APART about? JCLOCK; APART at HOUR; APART HOURISH")
def _part_clock(context: Context, part: Named, found: Clock) -> Span | None:
    return clock_span(in_part(found, part[0]), context, its_day(part, context))


@JOINED.rule("SPAN", "JCLOCK ,? APART; HOUR , APART")
def _clock_part(context: Context, found: Clock, part: Named) -> Span | None:
    return _part_clock(context, part, found)


@JOINED.rule("SPAN", "HOUR APART")
def _hour_this_part(context: Context, found: Clock, part: Named) -> Span | None:
    """`8 this evening`."""
    return _part_clock(context, part, found) if part[1] is not None else None


@JOINED.rule(
    "SPAN",
    "the? ORD WEEKDAY APART OF; the? ORD WEEKDAY HOURS OF; the? ORD WEEKDAY at? JCLOCK OF",
)
def _nth_weekday_at(
    context: Context, number: int, weekday: int, said: Named | Hours | Clock, of: Period
) -> Span | None:
    """`the first Monday afternoon of next month`."""
    found = nth(weekday, number, of) if of.grain in {"month", "year", "quarter"} else None
    if found is None:
        return None
    if isinstance(said, Hours):
        return hours_span(said, context, Day(found))
    if isinstance(said, Clock):
        return clock_span(said, context, Day(found))
    return part_span(said[0], context, Day(found))


@JOINED.rule("SPAN", "today_part ,? at? JCLOCK; today_part at? HOUR; today_part HOURISH")
def _tonight_at(context: Context, name: str, found: Clock) -> Span | None:
    if not found.sure and 1 <= found.hour <= _SMALL_HOURS:  # nobody means the afternoon
        tomorrow = timedelta(days=context.at.hour >= found.hour)
        return clock_span(found._replace(sure=True), context, Day(context.today + tomorrow))
    return clock_span(in_part(found, name), context, Day(context.today))


@JOINED.rule("SPAN", "JCLOCK ,? today_part; HOUR ,? today_part")
def _at_tonight(context: Context, found: Clock, name: str) -> Span | None:
    return _tonight_at(context, name, found)
