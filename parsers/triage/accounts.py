"""What tells of another account to pay into, in one sentence; empty where it says the opposite."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_NEAR = 6  # words between a bank and what is said of it
_HERE = Path(__file__).parent
_NEGATIONS = tomllib.loads((_HERE / "tables.toml").read_text("utf-8"))["negations"]
_NOT = frozenset(_NEGATIONS["words"])


class _Words(NamedTuple):
    """Words, and how words begin."""

    whole: frozenset[str]
    stems: tuple[str, ...]

    def places(self, sentence: Sequence[str]) -> list[int]:
        return [
            at for at, word in enumerate(sentence)
            if word in self.whole or word.startswith(self.stems)
        ]  # fmt: skip


def _words(listed: Sequence[str]) -> _Words:
    whole = frozenset(word for word in listed if not word.endswith("-"))
    return _Words(whole, tuple(word[:-1] for word in listed if word.endswith("-")))


_TABLE = tomllib.loads((_HERE / "accounts.toml").read_text("utf-8"))
_GROUPS = {name: _words(listed) for name, listed in _TABLE.items()}


def another_account(sentence: Sequence[str], found: Mapping[str, str]) -> str:
    """Its words, by a phrase, or because a bank of theirs is another, or an account is closed."""
    phrase = found.get("new_account", "")
    denied = _NOT.intersection(sentence)
    if phrase and (not denied or _NOT.intersection(phrase.split())):
        return phrase
    if denied or not (at := _changed(sentence) or _closed(sentence)):
        return ""
    return " ".join(sentence[at[0] : at[1] + 1])


def _changed(sentence: Sequence[str]) -> tuple[int, int] | None:
    if not _GROUPS["ours"].places(sentence):
        return None
    return _near(sentence, "bank", "change")


def _closed(sentence: Sequence[str]) -> tuple[int, int] | None:
    return _near(sentence, "account", "closed") if _GROUPS["pay"].places(sentence) else None


def _near(sentence: Sequence[str], one: str, other: str) -> tuple[int, int] | None:
    pairs = [
        (min(a, b), max(a, b))
        for a in _GROUPS[one].places(sentence)
        for b in _GROUPS[other].places(sentence)
    ]
    return next((pair for pair in pairs if pair[1] - pair[0] <= _NEAR), None)
