"""The times in a mail, each with what it is told for and by whose clock."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from enum import Enum
from typing import NamedTuple

from mailagent.core.meeting import Told, Use
from parsers.meeting.clock import Clock, differing, twice, zone_name, zone_said
from parsers.meeting.cues import common, cues, fold, says
from parsers.meeting.hours import is_hour_alone, swap_in
from parsers.meeting.sentences import MONTH, Sentence
from parsers.values.when import When, find_times, weekday_in

_EXACT = frozenset({"minute", "hour"})
_HOURLY = frozenset({"minute", "hour", "day"})  # "before noon" has the grain of a day
_NEVER = 9999
_FROM = len("from ")
_DASHED = re.compile(r"[a-z]\.?\s(\d{1,2})-\d{1,2}(?![\d.:/-])", re.IGNORECASE)
_FINE = ("free", "ask", "when", "weak")
_WEEK = timedelta(days=7)
_DATED = re.compile(
    rf"\d[./]\d|\d(?:st|nd|rd|th)\b|\d\.(?!\d)|\d\.? (?:of |de )?{MONTH}|{MONTH}[a-z.]* \d"
)
_NEAR = 40  # characters behind a time that may say whose it is
_TO = re.compile(
    r"\b(?:to|auf|nach|zu|au|a|al|alle|naar|para|until)\s+"
    r"(?:the |den |dem |le |el |il |de )?$"
)
_BETWEEN = re.compile(
    r"^(?P<from>(?:from|von|vom|du|de|del|dal|da|van)?\s*.+?)\s*"
    r"(?:\b(?:to|auf|nach|zum|au|a|al|naar|para)\b|-|\u2013)\s*(?P<to>.+)$",
    re.IGNORECASE,
)


class Mood(Enum):
    """What a sentence does, as far as its times depend on it."""

    ASKS = "asks"
    CONFIRMS = "confirms"
    MOVES = "moves"
    CANCELS = "cancels"


_USUAL = {
    Mood.ASKS: Use.OFFERED,
    Mood.MOVES: Use.OFFERED,
    Mood.CONFIRMS: Use.AGREED,
    Mood.CANCELS: Use.CURRENT,
}


class Seen(NamedTuple):
    """From when and where times are read."""

    written: datetime
    clock: Clock
    home: tzinfo


def told_in(said: Sequence[tuple[Sentence, Mood]], seen: Seen) -> list[Told]:
    """All times of these sentences; those that are past are told, but not offered."""
    found: list[Told] = []
    for sentence, mood in said:
        before = len(found)
        moved = mood is Mood.MOVES
        whens = [part for when in sentence.times for part in _parted(when, sentence, seen, moved)]
        whens = _from_then_on([one for one in whens if not _is_now(one, seen)])
        for when in _with_days(whens, sentence, mood):
            use = _use(when, sentence, mood)
            if (
                use is Use.CURRENT
                and mood is Mood.MOVES
                and sentence.asks
                and _is_alone(when, found)
            ):
                use = Use.OFFERED
            time = _told(when, sentence, seen, use)
            if found and when.grain in _HOURLY and is_hour_alone(when.quote, when.start):
                time = _on_day_of(found, time, when)
            time = _after_the_last(found, time, sentence)
            if _counts(time, sentence, seen):
                found.append(time)
        found[before:] = [one for one in found[before:] if not _is_day_of(one, found[before:])]
    return list(dict.fromkeys(found))


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
    match = _BETWEEN.match(when.quote) if moved and apart and not when.bound else None
    if match is None:
        yield when
        return
    first = find_times(match["from"], seen.written.astimezone(seen.clock.zone), sentence.languages)
    second = find_times(match["to"], seen.written.astimezone(seen.clock.zone), sentence.languages)
    if not first or not second:
        yield when
        return
    yield first[0].model_copy(update={"at": when.at})
    yield second[0].model_copy(update={"at": when.at + match.start("to")})


def _is_moved(when: When, sentence: Sentence) -> bool:
    """`moves from 9:00 to 9:30`: the verb stands before the hours, and no day between."""
    moves = sentence.says("move")
    return moves is not None and moves.end() <= when.at + _FROM and when.at <= moves.end() + 1


def _with_days(whens: list[When], sentence: Sentence, mood: Mood) -> list[When]:
    """`12, 13 or 14 May, at 11 each`: an hour alone belongs to all the days beside it."""
    days = [when for when in whens if when.grain == "day" and not when.bound]
    hours = [
        when for when in whens if when.grain in _EXACT and is_hour_alone(when.quote, when.start)
    ]
    if len(hours) != 1 or not days or hours[0].bound:
        return whens
    hour = hours[0]
    if _use(hour, sentence, mood) is not _use(days[0], sentence, mood):
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


def _use(when: When, sentence: Sentence, mood: Mood) -> Use:
    clause = _clause(when, sentence)
    if when.bound == "before" and mood is not Mood.CONFIRMS and sentence.says("answer_by"):
        return Use.DEADLINE
    swap = swap_in(sentence.folded)
    if swap is not None and when.at >= swap.start:
        return Use.CURRENT
    if swap is not None and mood is Mood.MOVES:
        return Use.OFFERED
    if _is_excluded(when, sentence, clause):
        return Use.CURRENT if mood in {Mood.MOVES, Mood.CANCELS} else Use.EXCLUDED
    if mood is Mood.MOVES and not _is_goal(when, sentence, clause[0]):
        return Use.CURRENT
    return _USUAL[mood]


def _is_goal(when: When, sentence: Sentence, begins: int) -> bool:
    """What it is moved to: the second time, or one behind `to`."""
    if len(sentence.times) == 1 and common("forward").search(sentence.folded):
        return when.grain in _EXACT
    earlier = any(other.at < when.at for other in sentence.times)
    parted = not any(other.at == when.at for other in sentence.times)
    before, first = sentence.folded[begins : when.at], fold(when.quote).split()[:1]
    to = _TO.search(before) or _TO.search(" ".join((before, *first, "")))
    return earlier or parted or (to is not None and not sentence.says("cannot"))


def _clause(when: When, sentence: Sentence) -> tuple[int, int]:
    """Where the part of the sentence around a time begins and ends: `but` begins another."""
    cuts = [
        match.start()
        for language in sentence.languages
        for match in cues(language).but.finditer(sentence.folded)
    ]
    cuts += _turns(sentence)
    start = max((cut for cut in cuts if cut <= when.at), default=0)
    end = min((cut for cut in cuts if cut > when.at), default=len(sentence.folded))
    return start, end


def _turns(sentence: Sentence) -> Iterator[int]:
    """`Tuesday I am busy, Wednesday would be fine`: the comma behind which it is fine again."""
    for comma in re.finditer(r"(?:,|\s?:|\s-)\s", sentence.folded):
        rest = sentence.folded[comma.end() :].partition(",")[0]
        fine = rest.endswith("?") or any(says(cue, rest, sentence.languages) for cue in _FINE)
        told = any(comma.end() <= when.at < comma.end() + len(rest) for when in sentence.times)
        if fine and told and not says("not_then", rest, sentence.languages):
            yield comma.end()


def _is_excluded(when: When, sentence: Sentence, clause: tuple[int, int]) -> bool:
    part = sentence.folded[clause[0] : clause[1]]
    except_ = _last(sentence, "except", sentence.folded[clause[0] : when.at])
    if except_ is not None and not _other_between(when, sentence, clause[0] + except_):
        return True
    negated = next(
        (m for one in sentence.languages if (m := cues(one).found["not_then"].search(part))), None
    )
    if negated is None or any(
        cues(one).found["except"].fullmatch(negated[0]) for one in sentence.languages
    ):
        return False
    # `any time except 12`: what stands before the exception is not excepted.
    return not any(
        cues(one).found["except"].search(part[: negated.end()]) for one in sentence.languages
    ) or _is_bare_negation(negated[0])


def _is_bare_negation(words: str) -> bool:
    return not words.startswith(
        ("not on", "not at", "not in", "not before", "not after", "but not")
    )


def _last(sentence: Sentence, name: str, text: str) -> int | None:
    ends = [m.end() for one in sentence.languages for m in cues(one).found[name].finditer(text)]
    return max(ends, default=None)


def _other_between(when: When, sentence: Sentence, at: int) -> bool:
    return any(at <= other.at < when.at for other in sentence.times)


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
