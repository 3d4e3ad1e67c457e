"""Which kind a mail is most like, by all that it says at once.

How much each trait speaks for each kind was learned from mails whose kind is known
(`python -m tests.triage.learn` writes the table beside this file). The likest kind comes with its
share of all that is possible: of mails given .7 or more by those it had not learned from, 19 of 20
were right (docs/accuracy.md).
"""

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mailagent.core.reading import Kind
from mailagent.core.triage import Topic

TABLE = Path(__file__).parent / "likeness.tsv"
ALWAYS = "*"  # the trait that every mail has
_ABOUT = "/"  # request/tax_form


class Like(NamedTuple):
    """The likest kind."""

    kind: Kind
    share: float
    topic: Topic | None
    words: tuple[str, ...]  # those of the text that speak most for it
    shares: Mapping[Kind, float]  # of every kind


class Likeness:
    """How much each trait speaks for each kind."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights
        self._names = sorted({name for row in weights.values() for name in row})

    def most_like(self, shown: Mapping[str, str]) -> Like:
        """The kind that most of it speaks for; `shown` are its traits, with their words."""
        known = [trait for trait in sorted(shown) if trait in self._weights]
        scores = dict.fromkeys(self._names, 0.0)
        for trait in (ALWAYS, *known):
            for name, weight in self._weights[trait].items():
                scores[name] += weight
        most = max(scores.values())
        parts = {name: math.exp(score - most) for name, score in scores.items()}
        whole = sum(parts.values())
        shares: dict[Kind, float] = {}
        for name, part in parts.items():
            kind = Kind(name.partition(_ABOUT)[0])
            shares[kind] = shares.get(kind, 0.0) + part / whole
        kind = max(shares, key=lambda kind: (shares[kind], kind.value))
        named = max(
            (n for n in parts if Kind(n.partition(_ABOUT)[0]) is kind), key=parts.__getitem__
        )
        topic = named.partition(_ABOUT)[2]
        words = self._words(known, shown, named)
        return Like(kind, shares[kind], Topic(topic) if topic else None, words, shares)

    def _words(self, known: list[str], shown: Mapping[str, str], name: str) -> tuple[str, ...]:
        speaking = [trait for trait in known if shown[trait]]
        speaking.sort(key=lambda trait: self._weights[trait].get(name, 0.0), reverse=True)
        return tuple(dict.fromkeys(shown[trait] for trait in speaking))[:3]


@cache
def shipped_likeness() -> Likeness:
    """That of the table beside this file."""
    return Likeness(read_table(TABLE.read_text("utf-8")))


def read_table(text: str) -> dict[str, dict[str, float]]:
    """A line for each trait: `trait TAB kind:weight kind:weight`."""
    rows = (line.split("\t") for line in text.splitlines())
    return {trait: _weights(cell) for trait, cell in rows}


def _weights(cell: str) -> dict[str, float]:
    parts = (one.rpartition(":") for one in cell.split(" "))
    return {name: float(weight) for name, _colon, weight in parts}
