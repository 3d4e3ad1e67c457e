"""The weekday that a text names."""

from collections.abc import Iterable

from parsers.values.when.lexicon import language
from parsers.values.when.tokens import tokens

_KINDS = frozenset({"dow", "dow_faint", "dow_weak"})


def weekday_in(text: str, languages: Iterable[str]) -> int | None:
    """Monday is 0; None where none is named, or several are."""
    named = weekdays_in(text, languages)
    return named.pop() if len(named) == 1 else None


def weekdays_in(text: str, languages: Iterable[str]) -> set[int]:
    """All that are named."""
    return {day for one in languages for day in _named(text, one)}


def _named(text: str, name: str) -> set[int]:
    spoken = language(name)
    edges = spoken.edges(spoken.split(tokens(text)))
    return {int(edge.value) for edge in edges if edge.kind in _KINDS}
