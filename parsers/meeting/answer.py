"""An answer to times that were offered: which of them, none, another one, or not to be told.

`answer_to` is pure: the text of the answer and what was shown go in. The times of the answer are
read by the same rules as those of a request.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from mailagent.core.meeting import Slot, Told, Use
from parsers.meeting.cues import common, cues, fold
from parsers.meeting.hours import is_hour_alone
from parsers.meeting.sentences import Sentence
from parsers.meeting.told import Seen, told_in
from parsers.meeting.uses import Mood

_SHORT = 60  # words: who writes more than this does not only answer
_EXACT = frozenset({"minute", "hour"})
_BARE = re.compile(
    r"\s*(?:#|nr?\.?|no\.?)?\s*(\d)\s*[.):!]?\s*"
    r"(?:please|bitte|svp|por favor|per favore|graag|grazie)?\W*"
)
# `I prefer 2`: a figure that counts nothing behind it.
_ALONE = re.compile(r"(?<![\d:.,#])(\d)(?=\s*(?:$|[.!,;)]|please|bitte|svp|por favor|graag))")
_FEW = 8  # words


class Verdict(StrEnum):
    """What became of the offer."""

    ACCEPTED = "accepted"  # the slots of `numbers`; several: any of them
    NONE = "none"
    COUNTER = "counter"  # `times` instead
    UNCLEAR = "unclear"


class Answer(NamedTuple):
    """How times that were offered are answered."""

    verdict: Verdict
    numbers: tuple[int, ...] = ()  # from 1, as they were shown
    times: tuple[Told, ...] = ()
    quote: str = ""  # the words that say so


UNCLEAR = Answer(Verdict.UNCLEAR)


class _Heard(NamedTuple):
    """What one sentence of an answer says."""

    quote: str
    picked: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    other: tuple[Told, ...] = ()
    refused: bool = False
    accepted: bool = False
    any: bool = False
    doubtful: bool = False  # a condition, a time of several slots, or one nothing takes


def answer_to(said: Sequence[Sentence], slots: Sequence[Slot], seen: Seen) -> Answer:
    """The answer in these sentences to slots that were shown."""
    if not slots or sum(len(one.text.split()) for one in said) > _SHORT:
        return UNCLEAR
    return _answer([_heard(one, slots, seen) for one in said], len(slots))


def _heard(sentence: Sentence, slots: Sequence[Slot], seen: Seen) -> _Heard:
    refuses = sentence.says("refuse") is not None
    numbers = [*_numbered(sentence, len(slots))]
    excluded: list[int] = []
    doubtful = False
    times = [
        time
        for time in told_in([(sentence, Mood.ASKS)], seen)
        if not numbers or any(letter.isdigit() for letter in time.quote) or time.is_exact
        or not _is_ordinal(time.quote, sentence)
    ]  # fmt: skip
    other = [] if times else _week_after(sentence, slots)
    for time in times:
        matched = _at_hour(sentence, _matching(time, slots), slots)
        if time.use is Use.EXCLUDED or _is_refused(time, sentence, len(times)):
            excluded += matched
        elif matched:
            numbers += matched
            doubtful = doubtful or len(matched) > 1 or "use" in time.unclear
        elif time.use is Use.OFFERED:
            other.append(time)
    return _Heard(
        quote=sentence.text,
        picked=tuple(numbers),
        excluded=tuple(excluded),
        other=tuple(other),
        refused=refuses and not numbers,
        accepted=not refuses and sentence.says("accept") is not None,
        any=not refuses and _leaves_it_open(sentence),
        doubtful=doubtful
        or (bool(numbers or times) and common("if").search(sentence.folded) is not None),
    )


def _is_refused(time: Told, sentence: Sentence, times: int) -> bool:
    """`Thursday does not work`; not `none of these, maybe next week?`."""
    refusal = sentence.says("refuse")
    if refusal is None or times > 1:
        return False
    between = sentence.folded[refusal.end() : max(0, sentence.text.find(time.quote))]
    return not any(cues(one).found["instead"].search(between) for one in sentence.languages)


def _is_ordinal(quote: str, sentence: Sentence) -> bool:
    """`the second` is one of ours, not the second of the month."""
    return any(
        ordinal.search(fold(quote)) for one in sentence.languages for ordinal in cues(one).ordinals
    )


def _leaves_it_open(sentence: Sentence) -> bool:
    return any(cues(one).any.search(sentence.folded) for one in sentence.languages)


def _week_after(sentence: Sentence, slots: Sequence[Slot]) -> list[Told]:
    """`maybe the week after?`: after that of the last slot."""
    if sentence.times or (said := sentence.says("week_after")) is None:
        return []
    last = max(slot.start for slot in slots)
    monday = (last - timedelta(days=last.weekday())).replace(hour=0, minute=0)
    first, end = monday + timedelta(days=7), monday + timedelta(days=14)
    return [Told(start=first, end=end, grain="week", quote=said[0])]


def _numbered(sentence: Sentence, slots: int) -> Iterator[int]:
    """`option 2`, `the second one`, `2`."""
    bare = _BARE.fullmatch(sentence.folded)
    if bare:
        yield from _known(int(bare[1]), slots)
        return
    if not sentence.times and len(sentence.text.split()) <= _FEW:
        for found in _ALONE.finditer(sentence.folded):
            yield from _known(int(found[1]), slots)
    for language in sentence.languages:
        for found in cues(language).option.finditer(sentence.folded):
            yield from _known(int(found[1]), slots)
    yield from _ordinals(sentence, slots)


def _ordinals(sentence: Sentence, slots: int) -> Iterator[int]:
    """`the second one`, where no figure says which day is meant."""
    if any(any(map(str.isdigit, when.quote)) for when in sentence.times):
        return
    for language in sentence.languages:
        known = cues(language).ordinals
        for number, ordinal in enumerate(known, 1):
            if ordinal.search(sentence.folded):
                yield from _known(slots if number == len(known) else number, slots)


def _known(number: int, slots: int) -> Iterator[int]:
    if 1 <= number <= slots:
        yield number


def _matching(time: Told, slots: Sequence[Slot]) -> list[int]:
    """The slots that a time of the answer names: an hour by itself names those of any day.

    What is most likely meant goes first: only where it names none, what may be meant as well.
    """
    readings = [(time.start, time.end), *((one, one) for one in time.others)]
    for start, end in () if "day" in time.unclear else readings:
        named = [n for n, slot in enumerate(slots, 1) if _names(start, end, time, slot)]
        if named:
            return named
    if time.grain in _EXACT and is_hour_alone(time.quote, time.start):
        hours = {_hour(start) for start, _ in readings}
        return [n for n, slot in enumerate(slots, 1) if _hour(_there(slot, time)) in hours]
    return []


def _names(start: datetime, end: datetime, time: Told, slot: Slot) -> bool:
    if time.grain in _EXACT:
        return slot.start.astimezone(UTC) == start.astimezone(UTC)
    if time.grain == "day":
        return start.date() == _there(slot, time).date()
    return time.grain == "part" and start <= slot.start < end


def _there(slot: Slot, time: Told) -> datetime:
    return slot.start.astimezone(time.start.tzinfo)


def _at_hour(sentence: Sentence, matched: list[int], slots: Sequence[Slot]) -> list[int]:
    """`10 on Thursday`: of several slots of a day the one whose hour is said."""
    if len(matched) < 2:
        return matched
    said = {int(found) for found in re.findall(r"(?<![\d.:])\d{1,2}(?![\d:])", sentence.text)}
    hours = {number: slots[number - 1].start.hour for number in matched}
    named = [number for number, hour in hours.items() if said & {hour, hour - 12}]
    return named if len(named) == 1 else matched


def _hour(moment: datetime) -> tuple[int, int]:
    return moment.hour, moment.minute


def _answer(heard: Sequence[_Heard], slots: int) -> Answer:
    """What is said in several sentences has to fit together: otherwise it is not clear."""
    excluded = {number for one in heard for number in one.excluded}
    picked = {number: one for one in heard for number in one.picked if number not in excluded}
    other = tuple(time for one in heard for time in one.other)
    refused = next((one for one in heard if one.refused), None)
    quote = next((one.quote for one in heard if one.picked or one.other), "")
    if any(one.doubtful for one in heard) or (picked and (other or refused)):
        return Answer(Verdict.UNCLEAR, tuple(picked), other, quote)
    if picked:
        return Answer(Verdict.ACCEPTED, tuple(picked), (), quote)
    if other:
        return Answer(Verdict.COUNTER, (), other, quote)
    return _without_times(heard, excluded, refused, slots)


def _without_times(
    heard: Sequence[_Heard], excluded: set[int], refused: _Heard | None, slots: int
) -> Answer:
    """`any of them`, `none`, `not Monday`, `yes`."""
    left = tuple(one for one in range(1, slots + 1) if one not in excluded)
    open_ = next((one for one in heard if one.any), None)
    accepted = next((one for one in heard if one.accepted), None)
    if open_ is not None and left:
        return Answer(Verdict.ACCEPTED, left, (), open_.quote)
    if not left or (refused is not None and not excluded):
        return Answer(Verdict.NONE, (), (), refused.quote if refused else heard[0].quote)
    if accepted is not None and len(left) == 1 and not accepted.excluded:
        return Answer(Verdict.ACCEPTED, left, (), accepted.quote)
    return Answer(Verdict.UNCLEAR, left if excluded else (), (), heard[0].quote if heard else "")
