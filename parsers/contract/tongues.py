"""Contracts in other languages than English: known by title, parties, counted clauses and law.

Only that a text is one, how sure, and in which language; see `running.py` for its clauses.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

_MOST = 40_000  # letters that are looked at
_CLAUSES, _SIGNS = 2, 2  # so many at least
_SURE, _EACH = 0.6, 0.05


class _Tongue(NamedTuple):
    title: re.Pattern[str]
    between: re.Pattern[str]
    clauses: re.Pattern[str]
    signs: tuple[re.Pattern[str], ...]


def looks_like_contract_abroad(text: str) -> float:
    """From 0 to 1: how surely it is one in the likeliest language."""
    return language_abroad(text)[0]


def language_abroad(text: str) -> tuple[float, str]:
    """How surely it is a contract, and in which language."""
    return max((_sure(tongue, text[:_MOST]), name) for name, tongue in _tongues().items())


def _sure(tongue: _Tongue, text: str) -> float:
    clauses = {match[0].strip().casefold() for match in tongue.clauses.finditer(text)}
    if len(clauses) < _CLAUSES or not tongue.between.search(text):
        return 0.0
    signs = sum(1 for sign in tongue.signs if sign.search(text))
    if signs < _SIGNS or not tongue.title.search(text):
        return 0.0
    return min(0.95, _SURE + _EACH * (signs + min(len(clauses), 3)))


@cache
def _tongues() -> dict[str, _Tongue]:
    written = tomllib.loads((Path(__file__).parent / "tongues.toml").read_text("utf-8"))
    return {
        name: _Tongue(
            title=_pattern(rf"^[^\w\n]{{0,20}}{row['title']}[^\w\n]{{0,20}}$"),
            between=_pattern(row["between"]),
            clauses=_pattern(row["clauses"]),
            signs=tuple(map(_pattern, row["signs"])),
        )
        for name, row in written.items()
    }


def _pattern(words: str) -> re.Pattern[str]:
    """A title and a clause begin a line; who agrees may fill several."""
    return re.compile(words, re.IGNORECASE | re.MULTILINE | re.DOTALL)
