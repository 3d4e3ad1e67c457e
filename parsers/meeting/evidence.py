"""Whether anything says that a time is offered. Most silent misreadings were offers by default.

`Am Montag bin ich beim Kunden, am Dienstag ginge es`: nothing in the first part offers its day,
and no list of phrases has all the ways of being elsewhere. So a part of a sentence that says
something of its own has to say that it offers; one that has only times goes with its neighbours.
"""

import re
from collections.abc import Iterator, Sequence

from parsers.meeting.cues import common, names_meeting, says
from parsers.meeting.sentences import Sentence
from parsers.values.when import When

_OFFERS = ("ask", "when", "weak", "free", "accept", "order")
_PART = re.compile(r"[,;:]\s|\s[-\u2013\u2014]\s")
_FEW = 2  # words beside the times of a part that say nothing of its own
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_offered(when: When, sentence: Sentence) -> bool:
    """The part of the sentence that tells this time offers it, or says nothing by itself."""
    if sentence.listed or sentence.asks:
        return True
    start, end = _part_of(when, sentence)
    return _offers(start, end, sentence) or _says_little(start, end, sentence)


def is_bare(when: When, sentence: Sentence) -> bool:
    """The part of the sentence that tells this time says nothing else."""
    start, end = _part_of(when, sentence)
    return _says_little(start, end, sentence)


def _part_of(when: When, sentence: Sentence) -> tuple[int, int]:
    """From the sign before it to the one behind its words."""
    cuts = [found.end() for found in _PART.finditer(sentence.folded)]
    start = max((cut for cut in cuts if cut <= when.at), default=0)
    ends = when.at + len(when.quote)
    return start, min((cut for cut in cuts if cut > ends), default=len(sentence.folded))


def _offers(start: int, end: int, sentence: Sentence) -> bool:
    part = sentence.folded[start:end]
    if names_meeting(part, sentence.languages) or common("would_you").search(part):
        return True
    return any(says(name, part, sentence.languages) for name in _OFFERS)


def _says_little(start: int, end: int, sentence: Sentence) -> bool:
    kept = "".join(_blanked(sentence.folded[start:end], [*_spans(start, sentence)]))
    return len(_WORD.findall(kept)) <= _FEW


def _spans(start: int, sentence: Sentence) -> Iterator[tuple[int, int]]:
    for when in sentence.times:
        yield when.at - start, when.at + len(when.quote) - start
    for step in sentence.steps:
        yield step.at - start, step.end - start


def _blanked(part: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    for at, letter in enumerate(part):
        yield " " if any(first <= at < last for first, last in spans) else letter
