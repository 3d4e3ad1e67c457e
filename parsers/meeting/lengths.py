"""How long a meeting is to take, in words."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.meeting.cues import cues
from parsers.meeting.sentences import Sentence

_MOST = 12 * 60  # minutes: what is longer is no meeting
_HOURS = 8  # "16h" is a time of day
_BEFORE = 30  # characters that may turn a length into something else


class Length(NamedTuple):
    """Minutes, and the words that say so."""

    minutes: int
    quote: str


def length_in(said: Sequence[Sentence]) -> Length | None:
    """The first length that is told."""
    return next((length for sentence in said for length in _lengths(sentence)), None)


def _lengths(sentence: Sentence) -> Iterator[Length]:
    """The earliest in the sentence, of those that begin at one place the longest."""
    found = sorted(_all(sentence), key=lambda one: (one[0], one[0] - one[1]))
    taken = [(when.at, when.at + len(when.quote)) for when in sentence.times if _is_clock(when)]
    for start, end, minutes in found:
        inside = any(first <= start and end <= last for first, last in taken)
        if 0 < minutes <= _MOST and not inside and not _means_other(sentence, start, end):
            yield Length(minutes, sentence.text[start:end])


def _is_clock(when: object) -> bool:
    return getattr(when, "lasting", None) is None


def _all(sentence: Sentence) -> Iterator[tuple[int, int, int]]:
    for language in sentence.languages:
        known = cues(language)
        for phrase, minutes in (*known.lengths, *known.spelled):
            for match in phrase.finditer(sentence.folded):
                yield match.start(), match.end(), minutes
        for match in known.counted.finditer(sentence.folded):
            yield match.start(), match.end(), _counted(match[2] or match[1], bool(match[4]))


def _counted(number: str, hours: bool) -> int:
    amount = float(number.replace(",", "."))
    if not hours:
        return round(amount)
    return round(60 * amount) if amount <= _HOURS else 0


def _means_other(sentence: Sentence, start: int, end: int) -> bool:
    """`in 20 minutes`, `10 minutes late`, `um 10 uur`."""
    before, after = sentence.folded[max(0, start - _BEFORE) : start], sentence.folded[end:]
    return any(
        cues(one).not_length.search(before) or cues(one).not_after.match(after)
        for one in sentence.languages
    )
