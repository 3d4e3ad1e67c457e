"""In which language somebody writes, where that can be told."""

import re

from parsers.meeting.links import without_links
from parsers.values.when import spoken_in

_FEW = 4  # words that say nothing of a language
_LOOKED_AT = 1500  # characters
_WORDS = re.compile(r"[^\W\d_]{2,}")


def language_of(*texts: str) -> str:
    """Of the first text that tells it; empty where none does, or two are as likely."""
    for text in texts:
        plain = without_links(text[:_LOOKED_AT])
        if len(_WORDS.findall(plain)) < _FEW:
            continue
        spoken = spoken_in(plain)
        if len(spoken) == 1 or (spoken and _is_ahead(plain, spoken)):
            return spoken[0]
    return ""


def _is_ahead(plain: str, spoken: tuple[str, ...]) -> bool:
    """Each half of it is in the same language."""
    words = plain.split()
    half = len(words) // 2
    return half >= _FEW and all(
        spoken_in(" ".join(part))[:1] == spoken[:1] for part in (words[:half], words[half:])
    )
