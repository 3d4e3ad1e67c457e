"""Times that others say: counted from them, at their hour, of their day, of their week."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from mailagent.core.meeting import Slot, Told, Use
from parsers.meeting.counted import Step, keeps_hour, names_week
from parsers.meeting.cues import fold
from parsers.meeting.hours import is_hour_alone
from parsers.meeting.sentences import Sentence
from parsers.values.when import When, weekdays_in

_EXACT = frozenset({"minute", "hour"})
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class _Anchor(NamedTuple):
    """What is counted from."""

    start: datetime
    end: datetime
    exact: bool
    others: tuple[datetime, ...] = ()
    unclear: tuple[str, ...] = ()


def on_their_day(
    whens: Iterable[When], found: Sequence[Told], about: Sequence[Slot], at: datetime
) -> list[When]:
    """`10 is taken, could we do 11?` answers a Thursday: both are hours of that day.

    Where days were told before, or several are asked about, it is not for sure.
    """
    told = any(one.grain in _EXACT | {"day", "part"} for one in found)
    return [one if told else _of_slots(one, about, at) for one in whens]


def _of_slots(when: When, about: Sequence[Slot], at: datetime) -> When:
    if when.grain not in _EXACT or not about or not is_hour_alone(when.quote, when.start):
        return when
    theirs = [slot.start.astimezone(at.tzinfo) for slot in about]
    named = [one for one in theirs if one.time() == when.start.time()] or theirs
    days = list(dict.fromkeys(one.date() for one in named))
    moved = _by(when, days[0] - when.start.date())
    if len(days) == 1:
        return moved
    others = tuple(when.start + (day - when.start.date()) for day in days[1:])
    unclear = tuple(dict.fromkeys((*when.unclear, "day")))
    return moved.model_copy(update={"others": (*moved.others, *others), "unclear": unclear})


def _by(when: When, apart: timedelta) -> When:
    """Moved by whole days; what has no end keeps none."""
    end = when.end if when.bound == "after" else when.end + apart
    start = when.start if when.bound == "before" else when.start + apart
    others = tuple(one + apart for one in when.others)
    return when.model_copy(update={"start": start, "end": end, "others": others})


def counted(
    whens: Sequence[When], sentence: Sentence, found: Sequence[Told], about: Sequence[Slot]
) -> list[When]:
    """The times of a sentence that are counted from others."""
    made = (_counted(step, whens, sentence, found, about) for step in sentence.steps)
    return [one for one in made if one is not None]


def _counted(
    step: Step,
    whens: Sequence[When],
    sentence: Sentence,
    found: Sequence[Told],
    about: Sequence[Slot],
) -> When | None:
    anchors = _anchors(step, whens, found, about)
    zone = next((one.start.tzinfo for one in whens), None)
    anchor = next(anchors if step.in_days else (one for one in anchors if one.exact), None)
    if anchor is None or not _is_told_alone(step, whens):
        return None
    if step.week:
        return _week_after(anchor.start, step, sentence.text)
    keeps = keeps_hour(sentence.folded, sentence.languages) or sentence.says("move") is not None
    start, end = anchor.start + step.by, anchor.end + step.by
    exact = anchor.exact and (keeps or not step.in_days)
    if not exact:
        start = start.replace(hour=0, minute=0)
        end = start + _DAY
    quote = sentence.text[step.at : step.end]
    return When(
        start=start.astimezone(zone) if zone else start,
        end=end.astimezone(zone) if zone else end,
        grain="minute" if exact else "day",
        quote=quote,
        at=step.at,
        others=tuple(one + step.by for one in anchor.others) if exact else (),
        unclear=anchor.unclear,
    )


def _week_after(start: datetime, step: Step, text: str) -> When:
    monday = start - timedelta(days=start.weekday())
    first = monday.replace(hour=0, minute=0) + step.by
    quote = text[step.at : step.end]
    return When(start=first, end=first + _WEEK, grain="week", quote=quote, at=step.at)


def _is_told_alone(step: Step, whens: Sequence[When]) -> bool:
    """`an hour earlier, so 9.30`: what is told besides says it by itself."""
    return step.in_days or not any(
        one.at > step.at and one.grain in _EXACT and not one.bound for one in whens
    )


def _anchors(
    step: Step, whens: Sequence[When], found: Sequence[Told], about: Sequence[Slot]
) -> Iterator[_Anchor]:
    """The likeliest first: told before it, then behind it, then what is answered."""
    before = [one for one in whens if one.at < step.at]
    after = [one for one in whens if one.at > step.at and not is_alone(one)]
    coarse = {"week"} if step.week else set()
    told: list[When | Told] = [*reversed(before), *reversed(found), *after]
    for one in told:
        if one.grain in _EXACT | {"day", "part", "second"} | coarse:
            yield _exactly(_anchor(one), about)
    if len(about) == 1:
        yield _Anchor(about[0].start, about[0].end, exact=True)


def on_unknown_day(when: When) -> When:
    """An hour beside `the day after`, where nothing says after which."""
    if not is_alone(when):
        return when
    return when.model_copy(update={"unclear": tuple(dict.fromkeys((*when.unclear, "day")))})


def is_alone(when: When) -> bool:
    """An hour without a day."""
    return when.grain in _EXACT and is_hour_alone(when.quote, when.start)


def _anchor(one: When | Told) -> _Anchor:
    if one.bound == "before":  # away until the 15th
        last = one.end - _DAY if (one.end.hour, one.end.minute) == (0, 0) else one.end
        return _Anchor(last, one.end, exact=False)
    if one.bound == "after":  # back from the 11th on
        return _Anchor(one.start, one.start + _DAY, exact=False)
    last = max(one.start, one.end - _DAY) if one.grain == "day" else one.start
    return _Anchor(last, one.end, one.grain in _EXACT, one.others, one.unclear)


def _exactly(anchor: _Anchor, about: Sequence[Slot]) -> _Anchor:
    """The hour of what is answered on that day."""
    if anchor.exact:
        return anchor
    zone = anchor.start.tzinfo
    same = [one for one in about if one.start.astimezone(zone).date() == anchor.start.date()]
    if len(same) != 1:
        return anchor
    return _Anchor(same[0].start.astimezone(zone), same[0].end.astimezone(zone), exact=True)


def at_same_hour(
    whens: Sequence[When], sentence: Sentence, found: Sequence[Told], about: Sequence[Slot]
) -> list[When]:
    """`Tuesday instead, same time`: at the one hour that was told or asked about."""
    if not keeps_hour(sentence.folded, sentence.languages) or any(map(is_alone, whens)):
        return [*whens]
    zone = next((one.start.tzinfo for one in whens), None)
    exact = [one.start for one in found if one.is_exact] or [one.start for one in about]
    hours = {one.astimezone(zone).time() for one in exact}
    exact_here = any(one.grain in _EXACT for one in whens)
    if len(hours) != 1 or exact_here:
        return [*whens]
    hour = hours.pop()
    last = max((one.at for one in whens if _is_day(one)), default=-1)
    if last < 0 and len(about) == 1:
        return [_weekday_of(one, about[0].start) for one in whens]
    return [_at_hour(one, hour.hour, hour.minute) if one.at == last else one for one in whens]


def _weekday_of(when: When, start: datetime) -> When:
    """`same time next week`: on the weekday that it was."""
    if when.grain != "week" or when.bound:
        return when
    was = start.astimezone(when.start.tzinfo)
    day = when.start + timedelta(days=was.weekday())
    moved = day.replace(hour=was.hour, minute=was.minute)
    told = {"start": moved, "end": moved + timedelta(minutes=1), "grain": "minute"}
    return when.model_copy(update=told)


def _is_day(when: When) -> bool:
    return when.grain == "day" and not when.bound and when.end - when.start <= _DAY


def _at_hour(when: When, hour: int, minute: int) -> When:
    start = when.start.replace(hour=hour, minute=minute)
    others = tuple(one.replace(hour=hour, minute=minute) for one in when.others)
    end = start + timedelta(minutes=1)
    return when.model_copy(update={"start": start, "end": end, "grain": "minute", "others": others})


def of_that_week(time: Told, found: Sequence[Told], here: int, languages: Sequence[str]) -> Told:
    """`end of next week, Thursday or Friday`: days of the week that was told.

    `here` counts those of earlier sentences: what was told there is likely meant, not for sure.
    """
    at, week = _week_before(found, languages)
    if week is None or not _is_weekday_alone(time, languages):
        return time
    monday = (week.start - timedelta(days=week.start.weekday())).replace(hour=0, minute=0)
    if time.start >= monday:
        return time
    weeks = -((time.start - monday) // _WEEK) * _WEEK
    end = time.end if time.bound == "after" else time.end + weeks
    moved = time.model_copy(update={"start": time.start + weeks, "end": end})
    if at >= here:
        return moved
    unclear = tuple(dict.fromkeys((*time.unclear, "weekday")))
    return moved.model_copy(update={"unclear": unclear, "others": (time.start,)})


def _week_before(found: Sequence[Told], languages: Sequence[str]) -> tuple[int, Told | None]:
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        if one.use is Use.OFFERED and not one.bound and _is_of_week(one, languages):
            return at, one
        if one.use is Use.OFFERED and not _is_weekday_alone(one, languages):
            return -1, None
    return -1, None


def _is_of_week(one: Told, languages: Sequence[str]) -> bool:
    length = one.end - one.start
    several = one.grain == "week" or (one.grain == "day" and _DAY < length <= _WEEK)
    return several or (one.grain == "day" and names_week(fold(one.quote), languages))


def _is_weekday_alone(time: Told, languages: Sequence[str]) -> bool:
    if time.repeats or any(letter.isdigit() for letter in time.quote.split(" ", 1)[0]):
        return False
    return time.start.weekday() in weekdays_in(time.quote, languages)
