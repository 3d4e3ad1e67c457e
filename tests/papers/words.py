"""The words of papers by language, from the files beside this."""

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_HERE = Path(__file__).parent


@cache
def _file(folder: str, language: str) -> dict[str, Any]:
    with (_HERE / folder / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


class Words:
    """One language; a word is picked where papers differ, the commonest more often."""

    def __init__(self, language: str, rng: Random, folder: str = "words") -> None:
        self.language = language
        self._all = _file(folder, language)
        self._rng = rng
        self._picked: dict[str, str] = {}

    def all(self, group: str, name: str) -> list[str]:
        """Every way to say it."""
        return list(self._all[group][name])

    def pick(self, group: str, name: str) -> str:
        """The same way every time within one paper."""
        key = f"{group}.{name}"
        if key not in self._picked:
            ways = self.all(group, name)
            first = self._rng.random() < 0.25
            self._picked[key] = ways[0] if first else self._rng.choice(ways)
        return self._picked[key]

    def any(self, group: str, name: str) -> str:
        """A new way each time."""
        return self._rng.choice(self.all(group, name))

    def label(self, name: str) -> str:
        """The label of a value."""
        return self.pick("label", name)

    def months(self, *, short: bool = False) -> list[str]:
        """January to December."""
        return list(self._all["short_months" if short else "months"])
