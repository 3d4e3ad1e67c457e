"""The words of config/verbs.toml, by their role."""

from collections.abc import Iterator, Mapping
from typing import Any

from mailagent.core.errors import ConfigInvalid
from mailagent.core.value import Value
from mailagent.core.wording import words_of


class Verbs(Value):
    """The words of all languages together: people answer in whichever they like."""

    greetings: frozenset[str]
    courtesies: frozenset[str]
    objects: frozenset[str]  # what may stand after approve: it, this bill
    approve: frozenset[str]
    light: frozenset[str]  # enough for a light version only: ok, yes
    reject: frozenset[str]
    no: frozenset[str]  # rejects when it stands alone
    undo: frozenset[str]
    conditions: frozenset[str]  # if, but, unless: nothing is released beside these
    changes: frozenset[str]  # make, instead, not: these words ask for another version
    commands: tuple[tuple[str, str], ...]  # phrase, name
    code: frozenset[str]  # what may stand before a code: code, pin
    reference: frozenset[str]  # and before a reference: draft, ref


SETS = tuple(name for name in Verbs.model_fields if name != "commands")


def verbs_from(table: Mapping[str, Mapping[str, Any]]) -> Verbs:
    """The words of config/verbs.toml: a table a language, a list of phrases a role."""
    for language, words in table.items():
        unknown = sorted(set(words) - {*SETS, "commands"})
        if unknown:
            raise ConfigInvalid(f"verbs.toml: {language}.{unknown[0]} is no list of the grammar")
    roles: dict[str, Any] = {
        role: frozenset(phrase for words in table.values() for phrase in _folded(words, role))
        for role in SETS
    }
    commands = sorted(
        {
            (" ".join(word.folded for word in words_of(phrase)), name)
            for words in table.values()
            for name, phrases in words.get("commands", {}).items()
            for phrase in phrases
        }
    )
    return Verbs(**roles, commands=tuple(commands))


def _folded(words: Mapping[str, Any], role: str) -> Iterator[str]:
    for phrase in words.get(role, ()):
        yield " ".join(word.folded for word in words_of(phrase))
