"""The times in a mail, each with what it is told for and by whose clock."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from mailagent.core.meeting import Slot, Told, Use
from parsers.meeting.anchored import (
    at_same_hour,
    counted,
    of_that_week,
    on_their_day,
    on_unknown_day,
)
from parsers.meeting.clock import Clock, differing, twice, zone_name, zone_said
from parsers.meeting.cues import common, cues, fold
from parsers.meeting.evidence import is_offered
from parsers.meeting.hours import is_hour_alone
from parsers.meeting.sentences import MONTH, Sentence
from parsers.meeting.uses import Mood, is_ours, use_of
from parsers.values.when import When, find_times, weekday_in

_EXACT = frozenset({"minute", "hour"})
# "before noon" has the grain of a day.
_HOURLY = frozenset({"minute", "hour", "day", "part"})
_NEVER = 9999
_FROM = len("from ")
_DASHED = re.compile(r"[a-z]\.?\s(\d{1,2})-\d{1,2}(?![\d.:/-])", re.IGNORECASE)
_WEEK = timedelta(days=7)
_DATED = re.compile(
    rf"\d[./]\d|\d(?:st|nd|rd|th)\b|\d\.(?!\d)|\d\.? (?:of |de )?{MONTH}|{MONTH}[a-z.]* \d"
)
_PUT_OFF = re.compile(
    r"(?:until|till?|bis|jusqu'|hasta|fino|tot|ate)\b(?! (?:spatestens|uiterlijk))"
)
_NEAR = 40  # characters behind a time that may say whose it is
_BETWEEN = re.compile(
    r"^(?P<from>(?:from|von|vom|du|de|del|dal|da|van)?\s*.+?)\s*"
    r"(?:\b(?:to|auf|nach|zum|au|a|al|alle|naar|para)\b|-|\u2013)\s*(?P<to>.+)$",
    re.IGNORECASE,
)


class Seen(NamedTuple):
    """From when and where times are read."""

    written: datetime
    clock: Clock
    home: tzinfo
    about: tuple[Slot, ...] = ()  # what is answered, or named in the subject


def told_in(said: Sequence[tuple[Sentence, Mood]], seen: Seen) -> list[Told]:
    """All times of these sentences; those that are past are told, but not offered."""
    found: list[Told] = []
    for sentence, mood in said:
        before = len(found)
        whens, goals = _whens(sentence, mood, found, seen)
        for when in _with_days(whens, sentence, mood, goals):
            use = use_of(when, sentence, mood, goals)
            if (
                use is Use.CURRENT
                and mood is Mood.MOVES
                and sentence.asks
                and _is_alone(when, found)
                and not is_ours(when, sentence)
            ):
                use = Use.OFFERED
            time = _told(when, sentence, seen, use)
            if use is Use.OFFERED and mood is Mood.ASKS and not is_offered(when, sentence):
                time = time.model_copy(update={"unclear": (*time.unclear, "use")})
            if found and when.grain in _HOURLY and is_hour_alone(when.quote, when.start):
                time = _on_day_of(found, time, when)
            time = of_that_week(time, found, before, sentence.languages)
            time = _after_the_last(found, time, sentence)
            if _counts(time, sentence, seen):
                found.append(time)
        found[before:] = [one for one in found[before:] if not _is_day_of(one, found[before:])]
    return [one for one in dict.fromkeys(found) if not _is_part_of(one, found)]


def _whens(
    sentence: Sentence, mood: Mood, found: Sequence[Told], seen: Seen
) -> tuple[list[When], frozenset[int]]:
    """The times of a sentence, and where those stand that something is moved to."""
    moved = mood is Mood.MOVES
    told = [_until(when) if moved else when for when in sentence.times]
    whens = [part for when in told for part in _parted(when, sentence, seen, moved)]
    whens = _from_then_on([one for one in whens if not _is_now(one, seen)])
    days = any(when.grain in {"day", "part"} for when in whens)
    if not days:
        whens = on_their_day(whens, found, seen.about, seen.written.astimezone(seen.clock.zone))
    steps = counted(whens, sentence, found, seen.about)
    if sentence.steps and not steps:
        whens = [*map(on_unknown_day, whens)]
    kept = at_same_hour([*whens, *steps], sentence, found, seen.about)
    same = [one for one in kept if one not in whens]  # `Tuesday, same time`: where it goes
    return sorted(kept, key=lambda one: one.at), frozenset(one.at for one in (*steps, *same))


def _until(when: When) -> When:
    """`Leave it until Monday`: what is put off until then takes place then."""
    if when.bound != "before" or not _PUT_OFF.match(fold(when.quote)):
        return when
    day = when.end - timedelta(days=1)
    midnight = when.grain == "day" and (when.end.hour, when.end.minute) == (0, 0)
    start, end = (day, when.end) if midnight else (when.end, when.end + timedelta(minutes=1))
    return when.model_copy(update={"start": start, "end": end, "bound": ""})


def _after_the_last(found: Sequence[Told], time: Told, sentence: Sentence) -> Told:
    """`Monday at 10, Tuesday or Thursday`, said on a Wednesday: that Thursday is not tomorrow.

    Weekdays in their order are days of one week: the sooner one is told as what may be meant, too.
    """
    last = next((one for one in reversed(found) if one.use is not Use.DEADLINE), None)
    if last is None or time.repeats or time.use is Use.DEADLINE or _DATED.search(fold(time.quote)):
        return time
    if not (time.start.date() < last.start.date() <= time.start.date() + _WEEK):
        return time
    named = weekday_in(time.quote, sentence.languages)
    if named is None or named != time.start.weekday() or named <= last.start.weekday():
        return time
    end = time.end if time.end > time.start + _WEEK else time.end + _WEEK
    moved = {"start": time.start + _WEEK, "end": end}
    unclear = tuple(dict.fromkeys((*time.unclear, "weekday")))
    return time.model_copy(update={**moved, "unclear": unclear, "others": (time.start,)})


def _is_alone(when: When, found: Sequence[Told]) -> bool:
    """What is moved was told before: then another time is where it goes."""
    return any(one.use is Use.CURRENT and one.start != when.start for one in found)


def _is_day_of(time: Told, found: Sequence[Told]) -> bool:
    """`segunda-feira, dia 11, \u00e0s 16h30`: the day of a time that is told in full."""
    if time.grain != "day" or time.bound:
        return False
    return any(
        one.is_exact and one.use is time.use and one.start.date() == time.start.date()
        for one in found
    )


def _is_part_of(time: Told, found: Sequence[Told]) -> bool:
    """`Lunch on the 12th is on. 12:30 at Luigi's.`: the hour says when that lunch is."""
    if time.grain != "part" or time.use is not Use.AGREED:
        return False
    return any(
        one.is_exact and one.use is time.use and time.start <= one.start < time.end for one in found
    )


def _from_then_on(whens: list[When]) -> list[When]:
    """`every Monday, starting in June`: a repetition begins then, and that is no other time."""
    begins = next((one.start for one in whens if one.bound == "after"), None)
    if begins is None or not any(one.repeats for one in whens):
        return whens
    return [_begun(one, begins) for one in whens if one.repeats or one.bound != "after"]


def _begun(when: When, begins: datetime) -> When:
    weekly = when.repeats.startswith("FREQ=WEEKLY")
    if not weekly or when.start >= begins:
        return when
    later = timedelta(weeks=-((when.start - begins) // timedelta(weeks=1)))
    return when.model_copy(update={"start": when.start + later, "end": when.end + later})


def _on_day_of(found: list[Told], time: Told, when: When) -> Told:
    """An hour by itself is one of the day that was told last; it narrows a day told whole."""
    last = next((one for one in reversed(found) if one.use is not Use.DEADLINE), None)
    if last is None or last.grain not in {"day", "part", *_EXACT}:
        return time
    days = last.start.date() - (time.end if when.bound == "before" else time.start).date()
    doubt = ("day",) if last.use is Use.EXCLUDED else ()
    moved = time.model_copy(
        update={
            "start": last.start if when.bound == "before" else time.start + days,
            "end": time.end if _is_open(time) else time.end + days,
            "unclear": tuple(dict.fromkeys((*time.unclear, *doubt))),
            "others": tuple(other + days for other in time.others),
        }
    )
    if last.grain in {"day", "part"} and last.use is moved.use is Use.OFFERED:
        found.remove(last)
        if when.bound == "before":
            return last.model_copy(update={"end": min(last.end, moved.end), "bound": ""})
    return moved


def _is_open(time: Told) -> bool:
    """It has no end."""
    return time.end.year >= _NEVER


def _parted(when: When, sentence: Sentence, seen: Seen, moved: bool) -> Iterator[When]:
    """`from Thursday 10:00 to Friday 14:00` are two times where something is moved."""
    apart = (when.end - when.start) >= timedelta(hours=20) or _is_moved(when, sentence)
    quotes = (when.quote, fold(when.quote)) if moved and apart and not when.bound else ()
    match = next((one for quote in quotes if (one := _BETWEEN.match(quote))), None)
    if match is None:
        yield when
        return
    at = seen.written.astimezone(seen.clock.zone)
    middle = match.end("from")
    first = find_times(when.quote[:middle], at, sentence.languages)
    second = find_times(when.quote[match.start("to") :], at, sentence.languages)
    second = second or find_times(when.quote[middle:], at, sentence.languages)  # `alle 11`
    if not first or not second:
        yield when
        return
    yield first[0].model_copy(update={"at": when.at + first[0].at})
    yield second[0].model_copy(update={"at": when.at + match.start("to")})


def _is_moved(when: When, sentence: Sentence) -> bool:
    """`moves from 9:00 to 9:30`: the verb stands before the hours, and no day between."""
    moves = sentence.says("move")
    if moves is None or moves.start() > when.at:
        return False
    near = moves.end() <= when.at + _FROM and when.at <= moves.end() + 1
    return near or len(sentence.folded[moves.start() : when.at].split()) == 1


def _with_days(
    whens: list[When], sentence: Sentence, mood: Mood, goals: frozenset[int]
) -> list[When]:
    """`12, 13 or 14 May, at 11 each`: an hour alone belongs to all the days beside it."""
    days = [when for when in whens if when.grain == "day" and not when.bound]
    hours = [
        when for when in whens if when.grain in _EXACT and is_hour_alone(when.quote, when.start)
    ]
    if len(hours) != 1 or not days or hours[0].bound:
        return whens
    hour = hours[0]
    if use_of(hour, sentence, mood, goals) is not use_of(days[0], sentence, mood, goals):
        return whens
    return [_at(when, hour) if when in days else when for when in whens if when is not hour]


def _at(day: When, hour: When) -> When:
    start = day.start.replace(hour=hour.start.hour, minute=hour.start.minute)
    told = {"start": start, "end": start + (hour.end - hour.start), "grain": hour.grain}
    others = [
        day.start.replace(hour=other.hour, minute=other.minute) for other in hour.others
    ]  # fmt: skip
    unclear = tuple(dict.fromkeys((*day.unclear, *hour.unclear)))
    return day.model_copy(update={**told, "others": tuple(others), "unclear": unclear})


def _counts(time: Told, sentence: Sentence, seen: Seen) -> bool:
    """What is past is nothing that can be offered; a day of payment is no meeting."""
    if time.use in {Use.CURRENT, Use.AGREED, Use.DEADLINE}:
        return True
    if time.repeats and not (sentence.asks or sentence.says("ask") or sentence.says("weak")):
        return False  # what takes place every Monday anyway
    ends = time.end if not time.bound else max(time.start, time.end)
    business = common("business").search(sentence.folded) and not sentence.asks
    return ends > seen.written and not business


def _is_now(when: When, seen: Seen) -> bool:
    """`now`, `asap`: no time that could be offered; `in 20 minutes` is one."""
    return when.grain == "second" and abs(when.start - seen.written) < timedelta(minutes=1)


def _told(when: When, sentence: Sentence, seen: Seen, use: Use) -> Told:
    zone, doubted = _zone(when, sentence, seen)
    start, end = _by(when.start, zone, when), _by(when.end, zone, when)
    closes = use is Use.AGREED and when.bound == "before" and when.start <= seen.written
    if closes:
        start, end = end, end + timedelta(minutes=1)  # `bis morgen um 11!`
    elif use is Use.DEADLINE:
        start = max(start, _last_day(end))
    others = [_by(other, zone, when) for other in when.others]
    unclear = [why for why in when.unclear if why != "zone" or doubted]
    if when.unclear == ("zone",) and not doubted:
        others = []
    if doubted and when.grain in _EXACT and not when.zone:
        by_others = differing(start, seen.clock)
        others += by_others
        unclear += ["zone"] if by_others else []
    dashed = _DASHED.search(when.quote)
    if dashed and int(dashed[1]) != start.hour:  # `Thu 9-10` may be a day in October
        unclear.append("order")
    if when.grain in _EXACT and (again := twice(start)):
        others += again
        unclear.append("dst")
    return Told(
        start=start,
        end=end,
        grain="minute" if when.grain == "second" or closes else when.grain,
        quote=when.quote,
        use=use,
        bound="" if use is Use.AGREED else when.bound,
        zone=zone_name(zone),
        unclear=tuple(dict.fromkeys(unclear)),
        others=tuple(other for other in dict.fromkeys(others) if other != start),
        repeats=when.repeats,
        vague=when.vague,
    )


def _last_day(end: datetime) -> datetime:
    """`by Friday`: Friday is the day, although it lasts until Saturday begins."""
    return end - timedelta(days=1) if (end.hour, end.minute) == (0, 0) else end


def _zone(when: When, sentence: Sentence, seen: Seen) -> tuple[tzinfo, bool]:
    """By whose clock, and whether that is doubtful."""
    behind = sentence.folded[when.at : when.at + len(when.quote) + _NEAR]
    if when.zone == "yours" or any(
        cues(one).found["yours"].search(behind) for one in sentence.languages
    ):
        return seen.home, False
    if any(cues(one).found["mine"].search(behind) for one in sentence.languages):
        return seen.clock.zone, bool(seen.clock.others)
    if not when.zone and (named := zone_said(sentence.text)):
        return named, False
    return seen.clock.zone, bool(seen.clock.others) or bool(when.zone)


def _by(moment: datetime, zone: tzinfo, when: When) -> datetime:
    """The same wall clock in another zone; what named its zone stays as it is."""
    if when.zone and when.zone != "yours":
        return moment
    return moment.replace(tzinfo=zone) if moment.tzinfo is not zone else moment
