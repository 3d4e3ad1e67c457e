"""Phrases of many languages found in a text in one pass.

A phrase is a row of words. `word*` and `*word` stand for the rest of a word, `...` for up to eight
words between, within one sentence. Case, accents and punctuation make no difference.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+|[.!?\n]")
_ENDS = frozenset(".!?\n")
_GAP = "..."
_BETWEEN = 8  # words that a gap may stand for
_STEM = 4  # letters by which stems are looked up
STRONG, SOME = 3, 1


class Found(NamedTuple):
    """A phrase that stands in a text."""

    kind: str
    language: str
    points: int
    words: str


class _Phrase(NamedTuple):
    kind: str
    language: str
    points: int
    words: tuple[str, ...]


def folded(text: str) -> str:
    """Small letters without their accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def tokens_of(text: str) -> list[str]:
    """Words and the ends of sentences; a line that goes on below ends nothing."""
    return _TOKEN.findall(re.sub(r"(?<=[^\n])\n(?=[^\W\d_])", " ", folded(text)))


class Phrases:
    """All phrases, by their first word."""

    def __init__(self, tables: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]) -> None:
        self._exact: dict[str, list[_Phrase]] = defaultdict(list)
        self._begins: dict[str, list[_Phrase]] = defaultdict(list)
        self._ends: dict[str, list[_Phrase]] = defaultdict(list)
        for language, kinds in tables.items():
            for kind, lists in kinds.items():
                for strength, phrases in lists.items():
                    points = STRONG if strength == "strong" else SOME
                    for phrase in phrases:
                        words = tuple(folded(phrase).split())
                        self._add(_Phrase(kind, language, points, words))

    def _add(self, phrase: _Phrase) -> None:
        first = phrase.words[0]
        if first.startswith("*"):
            self._ends[first[1:][-_STEM:]].append(phrase)
        elif first.endswith("*"):
            self._begins[first[:_STEM]].append(phrase)
        else:
            self._exact[first].append(phrase)

    def found(self, tokens: Sequence[str]) -> Iterator[Found]:
        """Every phrase that stands there, once for each place."""
        for at, token in enumerate(tokens):
            for phrase in (
                *self._exact.get(token, ()),
                *self._begins.get(token[:_STEM], ()),
                *self._ends.get(token[-_STEM:], ()),
            ):
                if _stands(phrase.words, tokens, at):
                    yield Found(phrase.kind, phrase.language, phrase.points, " ".join(phrase.words))


def _stands(words: Sequence[str], tokens: Sequence[str], at: int) -> bool:
    for number, word in enumerate(words):
        if word == _GAP:
            return _after_gap(words[number + 1 :], tokens, at)
        if at >= len(tokens) or not _is(word, tokens[at]):
            return False
        at += 1
    return True


def _after_gap(rest: Sequence[str], tokens: Sequence[str], at: int) -> bool:
    for begin in range(at, min(len(tokens), at + _BETWEEN + 1)):
        if _stands(rest, tokens, begin):
            return True
        if tokens[begin] in _ENDS:
            return False
    return False


def _is(word: str, token: str) -> bool:
    if word.startswith("*"):
        return token.endswith(word[1:])
    return token.startswith(word[:-1]) if word.endswith("*") else token == word


@cache
def shipped_phrases() -> Phrases:
    """Those of the files beside this one."""
    files = sorted((Path(__file__).parent / "words").glob("*.toml"))
    return Phrases({file.stem: tomllib.loads(file.read_text("utf-8")) for file in files})
