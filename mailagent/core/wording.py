"""Words out of a text that anybody may have written: no invisible or two-faced characters."""

import re
import unicodedata
from typing import NamedTuple


class Word(NamedTuple):
    """A word as it is compared, and where it stands in the text."""

    folded: str
    start: int
    end: int


# A word is letters and digits, held together by an apostrophe, a hyphen or a dot between digits.
# Every other visible character stands for itself, so that nothing is overlooked.
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+|(?<=\d)[.,:/](?=\d)[^\W_]+)*|[^\w\s]|_")
# What may stand between or around words without meaning anything.
# A quote mark, a strike-through, a question mark and brackets do mean something.
_SILENT = frozenset(
    ".,;!\u00a1\u00bf\"'()*_-/#\u2026\u201c\u201d\u201e\u2018\u2019\xab\xbb\u2013\u2014\xb7\u2022"
)
_JOINERS = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")  # emoji presentation and skin tones
# Editors leave these around words; between the letters of one they are a trick.
_ZERO = "[\u200b\ufeff\u00ad\u2060]"
_EDGE = re.compile(f"(?<!\\S){_ZERO}++|(?<!{_ZERO}){_ZERO}++(?!\\S)")
_LONGEST = 20_000  # characters
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})


def oddity(text: str) -> str:
    """Why a text is not what it looks like, as `unclear` says it; empty when nothing is odd."""
    if len(text) > _LONGEST:
        return "too_long"
    for character in set(plain(text)) - {"\n", "\t"}:
        if unicodedata.category(character) in _UNSEEN:
            return "invisible"
    return "" if one_script(text) else "alphabets"


def plain(text: str) -> str:
    """The text in one form of Unicode, without what editors leave around words."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\u00a0", " "))
    return _EDGE.sub("", _JOINERS.sub("", text))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, case ignored; `?`, `:` and the like count as words."""
    return tuple(
        Word(match.group().replace("\u2019", "'").casefold(), match.start(), match.end())
        for match in _WORD.finditer(plain(text))
        if match.group() not in _SILENT
    )


def one_script(text: str) -> bool:
    """Latin beside Greek or Cyrillic letters in one word is how look-alikes are made."""
    for match in _WORD.finditer(plain(text)):
        scripts = {unicodedata.name(c, "?").split()[0] for c in match.group() if c.isalpha()}
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK", "CHEROKEE", "FULLWIDTH"}) > 1:
            return False
    return True
