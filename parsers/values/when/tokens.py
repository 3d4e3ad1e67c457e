"""Text as words, numbers and signs, in one pass."""

import re
import unicodedata
from typing import NamedTuple

LONGEST = 20_000  # characters that are read
_TOKEN = re.compile(r"\d{1,12}|[^\W\d_]+|[^\w\s]|_")
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\u00b4`", "'''''")


class Token(NamedTuple):
    """A word in small letters without accents, and where it stands."""

    word: str
    start: int
    end: int
    glued: bool  # nothing stands between it and the one before


def tokens(text: str) -> list[Token]:
    """`15h30` is three of them, `l'apres-midi` five."""
    found: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(text):
        found.append(Token(fold(match[0]), match.start(), match.end(), match.start() == end))
        end = match.end()
    return found


def fold(word: str) -> str:
    """Small letters without accents; other apostrophes and dashes as the usual ones."""
    word = word.translate(_APOSTROPHES)
    if word in _DASHES:
        return "-"
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2212")


def phrase(text: str) -> tuple[str, ...]:
    """The words of an entry of a table."""
    if text.isascii() and text.replace(" ", "").isalpha():  # most are; tables load twice as fast
        return tuple(text.lower().split())
    return tuple(token.word for token in tokens(text))
