"""Where one meets, in words."""

import re
from collections.abc import Sequence

from parsers.meeting.cues import cues, unaccented
from parsers.meeting.sentences import Sentence

_LONGEST = 100  # characters of a place
_END = re.compile(
    r"[?!;\n()]|,\s(?!\d|[A-Z])|\.(?:\s|$)|\s(?:on|um|am|at|le|el|il|op|om|a las|alle|as)\s+\S*\d"
    r"|\s(?:and|und|et|y|e|en|to|for|for|zum|pour|para|per|voor)\s",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:\d{1,2}(?:[:.h]\d\d)?\s?(?:[ap]m|uhr|h)?|noon|midday|the same time)\W*$", re.IGNORECASE
)


def place_in(said: Sequence[Sentence]) -> str:
    """The first place that is named; empty where none is."""
    return next((place for one in said if (place := _place(one))), "")


def _place(sentence: Sentence) -> str:
    plain = unaccented(sentence.text)
    for language in sentence.languages:
        for found in cues(language).place.finditer(plain):
            end = _END.search(plain, found.end())
            place = _named(sentence.text[found.end() : end.start() if end else None])
            if place and not _TIME.fullmatch(place) and len(place) <= _LONGEST:
                return place
    return ""


def _named(text: str) -> str:
    """Without the verb behind a name: `Hafenstra\u00dfe 12 treffen`."""
    words = text.strip(" .,:").split()
    named = [at for at, word in enumerate(words) if not word[0].islower()]
    return " ".join(words[: named[-1] + 1] if named else words)
