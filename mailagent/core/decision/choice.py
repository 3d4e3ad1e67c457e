"""Which of the shown alternatives was chosen: `fri 10` is `Friday at 10:00`."""

import re

from mailagent.core.decision.calendar import weekday_of
from mailagent.core.decision.text import Found, Text

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?(am|pm|h|uhr)?")
_SILENT = frozenset({"at", "um", "\u00e0", "a", "alle", "om", "\u00e0s", "las", "le", "on", "am"})
_SUFFIXES = frozenset({"uhr", "h", "uur", "heures", "horas"})
_LONGEST = 8  # words


def choice_at(text: Text, at: int) -> Found | None:
    """The one alternative that stands here; None where none does, or more than one."""
    found: set[tuple[str, int]] = set()
    for alternative in text.shown.alternatives:
        wanted = _key([word.folded for word in text.part(alternative).words], text.shown.locale)
        end = _stands(text, at, wanted)
        if end:
            found.add((alternative, end))
    if len(found) != 1:
        return None
    return Found(*found.pop())


def _stands(text: Text, at: int, wanted: tuple[object, ...]) -> int:
    """Where the longest run of words ends that says the same; 0 when none does."""
    for end in range(min(len(text), at + _LONGEST), at, -1):
        if (
            wanted
            and _key([word.folded for word in text.words[at:end]], text.shown.locale) == wanted
        ):
            return end
    return 0


def _key(words: list[str], locale: str) -> tuple[object, ...]:
    return tuple(_folded(word, locale) for word in words if word not in _SILENT | _SUFFIXES)


def _folded(word: str, locale: str) -> object:
    """A weekday by its number, a time by its minutes, any other word as it is."""
    day = weekday_of(word, locale)
    if day is not None:
        return ("day", day)
    clock = _CLOCK.fullmatch(word)
    if clock is None or int(clock[1]) > 23 or int(clock[2] or 0) > 59:
        return word
    noon = 12 if clock[3] == "pm" and int(clock[1]) < 12 else 0
    return ("time", 60 * (int(clock[1]) + noon) + int(clock[2] or 0))
