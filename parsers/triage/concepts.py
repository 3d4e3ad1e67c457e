"""What words mean, whatever the language: `Rechnung` and `facture` are both a bill.

Meanings are of single words and few in a row (concepts.toml); which of them stand together in a
sentence is what likeness counts, so that a mail in one language teaches about the others.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

ENDS = frozenset(".!?\n")
_KEY = 3  # letters by which stems are looked up


class Meant(NamedTuple):
    """A meaning, and the word that has it."""

    concept: str
    word: str


class Concepts:
    """All meanings, by the first or last letters of their words."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._whole: dict[str, list[str]] = defaultdict(list)
        self._begins: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._ends: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._rows: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for concept, words in table.items():
            for word in dict.fromkeys(words):
                self._add(concept, word)

    def _add(self, concept: str, word: str) -> None:
        if " " in word:
            self._rows[word.split(maxsplit=1)[0]].append((word.split(), concept))
        elif word.endswith("-"):
            self._begins[word[:_KEY]].append((word[:-1], concept))
        elif word.startswith("-"):
            self._ends[word[-_KEY:]].append((word[1:], concept))
        else:
            self._whole[word].append(concept)

    def sentences(self, tokens: Sequence[str]) -> Iterator[tuple[Meant, ...]]:
        """What is meant in each sentence."""
        said: list[Meant] = []
        for at, token in enumerate(tokens):
            if token in ENDS:
                yield tuple(said)
                said = []
            else:
                said += self._meant(tokens, at)
        yield tuple(said)

    def _meant(self, tokens: Sequence[str], at: int) -> Iterator[Meant]:
        token = tokens[at]
        for concept in self._whole.get(token, ()):
            yield Meant(concept, token)
        for stem, concept in self._begins.get(token[:_KEY], ()):
            if token.startswith(stem):
                yield Meant(concept, token)
        for stem, concept in self._ends.get(token[-_KEY:], ()):
            if token.endswith(stem):
                yield Meant(concept, token)
        for row, concept in self._rows.get(token, ()):
            if list(tokens[at : at + len(row)]) == row:
                yield Meant(concept, " ".join(row))


@cache
def shipped_concepts() -> Concepts:
    """Those of the file beside this one."""
    return Concepts(tomllib.loads((Path(__file__).parent / "concepts.toml").read_text("utf-8")))
