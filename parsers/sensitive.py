"""Whether a paper is somebody's private matter; the rules are data, sensitive.toml."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from mailagent.core.people import NOBODY, Us
from mailagent.core.private import PrivateRule, overlaid
from mailagent.core.reading import Kind, Reading
from mailagent.core.vendor import folded
from mailagent.shipped import shipped

_LINES = 40  # in which a title may stand
_TITLE = 70  # letters of one, what stands behind it and all
_LETTERS = 30_000
# They have titles and words of all kinds in them, and a task of their own.
_NEVER = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE, Kind.CONTRACT})


class _Rule(NamedTuple):
    name: str
    kind: Kind
    titles: frozenset[str]
    words: tuple[str, ...]
    least: int
    names: frozenset[str]
    marks: tuple[re.Pattern[str], ...]


def guarded(
    reading: Reading,
    pages: Sequence[str],
    file_name: str,
    us: Us = NOBODY,
) -> Reading:
    """The reading; of a sensitive paper nothing but which kind of private matter it is."""
    if reading.kind in _NEVER:
        return reading
    text = "\n".join(pages)[:_LETTERS]
    lines = [folded(line) for line in text.splitlines() if line.strip()][:_LINES]
    body, called = f" {folded(text)} ", folded(file_name).split()
    for rule in _rules(us.private):
        if _holds(rule, lines, text, body, called):
            why = f"it is private: the rule {rule.name} of sensitive.toml"
            return Reading(
                kind=rule.kind,
                confidence=0.95,
                pages=reading.pages,
                reason=why,
                sensitive=rule.name,
            )
    return reading


def _holds(rule: _Rule, lines: list[str], text: str, body: str, called: list[str]) -> bool:
    if any(_is_title(line, rule.titles) for line in lines):
        return True
    if sum(f" {word} " in body for word in rule.words) >= rule.least:
        return True
    if any(mark.search(text) for mark in rule.marks):
        return True
    return not text.strip() and not rule.names.isdisjoint(called)


def _is_title(line: str, titles: frozenset[str]) -> bool:
    """The line says just this, or begins with it and is short."""
    if line in titles:
        return True
    words = line.split()
    if len(line) > _TITLE:
        return False
    numbered = next((at for at, word in enumerate(words) if any(c.isdigit() for c in word)), 0)
    return numbered > 0 and any(" ".join(words[:end]) in titles for end in range(1, numbered + 1))


@cache
def _rules(own: tuple[PrivateRule, ...]) -> tuple[_Rule, ...]:
    return tuple(map(_ready, overlaid(_shipped(), own)))


def _ready(rule: PrivateRule) -> _Rule:
    return _Rule(
        name=rule.name,
        kind=rule.kind,
        titles=frozenset(map(folded, rule.titles)),
        words=tuple(map(folded, rule.words)),
        least=rule.least,
        names=frozenset(map(folded, rule.names)),
        marks=tuple(map(re.compile, rule.marks)),
    )


@cache
def _shipped() -> tuple[PrivateRule, ...]:
    with (shipped("config") / "sensitive.toml").open("rb") as file:
        data = tomllib.load(file)
    return tuple(PrivateRule(name=name, **rule) for name, rule in data.items())
