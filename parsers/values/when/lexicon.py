"""The words of a language, and where they stand in a text."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from parsers.values.when.chart import Edge
from parsers.values.when.numerals import numbers, places
from parsers.values.when.tokens import Token, phrase, tokens
from parsers.values.zones import ABBREVIATIONS

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_NUMBERED = frozenset({
    "dow", "dow_faint", "dow_weak", "mon", "mon_weak", "dayoff", "named_hour", "few", "minutes",
    "idiom",
})  # fmt: skip
_SHORT_ZONES = frozenset({"z", "et", "ct", "mt", "pt", "west", "est", "ist", "ast", "art"})


@dataclass
class _Node:
    steps: dict[str, "_Node"]
    ends: list[tuple[str, Any]]


@dataclass(frozen=True)
class Language:
    """A language's tables, as a tree of its phrases."""

    name: str
    order: str
    hours: int
    next_weekday: str
    half: str
    common: frozenset[str]
    root: _Node
    compound: frozenset[str]

    def edges(self, words: list[Token]) -> list[Edge]:
        """Every phrase that stands somewhere."""
        return [edge for start in range(len(words)) for edge in self._at(words, start)]

    def _at(self, words: list[Token], start: int) -> Iterable[Edge]:
        node, at = self.root, start
        while at < len(words):
            step = node.steps.get(words[at].word)
            if step is None:
                return
            node, at = step, at + 1
            for kind, value in node.ends:
                yield Edge(start, at, kind, value)

    def split(self, words: list[Token]) -> list[Token]:
        """`montagnachmittag` as two words, where the language writes them as one."""
        if not self.compound:
            return words
        return [part for word in words for part in self._parts(word)]

    def _parts(self, word: Token) -> list[Token]:
        if len(word.word) < 8 or word.word in self.root.steps:
            return [word]
        for head in self.compound:
            rest = word.word[len(head) :]
            if word.word.startswith(head) and rest:
                for tail in (rest, rest.removeprefix("s")):
                    if tail in self.root.steps and len(tail) > 2:
                        cut = word.start + len(head)
                        return [
                            Token(head, word.start, cut, word.glued),
                            Token(tail, cut, word.end, False),
                        ]
        return [word]


@lru_cache(maxsize=16)
def language(name: str) -> Language:
    """The tables of this language."""
    source = files("parsers.values.when") / "words" / f"{name}.toml"
    table = tomllib.loads(source.read_text("utf-8"))
    root = _Node({}, [])
    for kind, value, text in _entries(table):
        _add(root, kind, value, text)
    for number, words in numbers(name).items():
        for text in words:
            _add(root, "num", number, text)
    for number, words in places(name).items():
        for text in words:
            _add(root, "ord", number, text)
    for zone in ABBREVIATIONS.keys() - _SHORT_ZONES | {"est", "ist"}:
        _add(root, "tz", zone, zone)
    compound = table.get("compound", [])
    return Language(
        name=name,
        order=table["order"],
        hours=table["hours"],
        next_weekday=table["next_weekday"],
        half=table["half"],
        common=frozenset(token.word for token in tokens(table["common"])),
        root=root,
        compound=frozenset(word for text in compound for word in phrase(text)),
    )


def _entries(table: Mapping[str, Any]) -> Iterable[tuple[str, Any, str]]:
    for kind, entries in table.items():
        if not isinstance(entries, dict):
            continue
        for key, texts in entries.items():
            for text in texts:
                yield _entry(kind, key, text)
                if kind == "next" and "post" not in table:  # it may stand behind as well
                    yield "post", key, text


def _entry(kind: str, key: str, text: str) -> tuple[str, Any, str]:
    if kind == "word":
        return key, key, text
    if kind == "post_only":
        return "post", key, text
    if kind in _NUMBERED:
        return kind, int(key), text
    return kind, float(key) if kind == "fraction" else key, text


def _add(root: _Node, kind: str, value: Any, text: str) -> None:
    for words in _spellings(text):
        node = root
        for word in words:
            node = node.steps.setdefault(word, _Node({}, []))
        if (kind, value) not in node.ends:
            node.ends.append((kind, value))


def _spellings(text: str) -> set[tuple[str, ...]]:
    """`märz`, `marz` and `maerz`."""
    typed = text
    for letter, pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        typed = typed.replace(letter, pair)
    return {phrase(text)} if typed == text else {phrase(text), phrase(typed)}
