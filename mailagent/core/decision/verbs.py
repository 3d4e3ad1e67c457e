"""The words of config/verbs.toml, by their role."""

from collections.abc import Iterator, Mapping
from typing import Any

from mailagent.core.errors import ConfigInvalid
from mailagent.core.value import Value
from mailagent.core.wording import words_of

Names = tuple[tuple[str, str], ...]  # phrase, what it means


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
    changes: frozenset[str]  # make, should be: these words ask for another version
    without: frozenset[str] = frozenset()  # leaves out the numbers after it
    joins: frozenset[str] = frozenset()  # and
    links: frozenset[str] = frozenset()  # may stand between a verb and a number: yes to 1
    numbers: frozenset[str] = frozenset()  # may stand before a number: the, no, item
    rest: frozenset[str] = frozenset()  # of a brief: what was not named
    all: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    buts: frozenset[str] = frozenset()
    ors: frozenset[str] = frozenset()
    instead: frozenset[str] = frozenset()  # may stand before the old value
    reasons: frozenset[str] = frozenset()  # because: what follows changes nothing
    fillers: frozenset[str] = frozenset()  # may stand around a field and its value
    enclosed: frozenset[str] = frozenset()  # attached, below: speaks of a document
    decides: frozenset[str] = frozenset()  # ben decides: around the name of a substitute
    code: frozenset[str]  # what may stand before a code: code, pin
    reference: frozenset[str]  # and before a reference: draft, ref
    commands: Names
    fields: Names = ()  # by what a field is called, its name
    days: Names = ()  # by how a day is told, what is told: today, next, week
    tasks: Names = ()  # by what a task is called, its name
    kinds: Names = ()  # by a whole phrase, what a mail is said to be


_NAMED = ("commands", "fields", "days", "tasks", "kinds")
SETS = tuple(name for name in Verbs.model_fields if name not in _NAMED)


def verbs_from(table: Mapping[str, Mapping[str, Any]]) -> Verbs:
    """The words of config/verbs.toml: a table a language, a list of phrases a role."""
    for language, words in table.items():
        unknown = sorted(set(words) - {*SETS, *_NAMED})
        if unknown:
            raise ConfigInvalid(f"verbs.toml: {language}.{unknown[0]} is no list of the grammar")
    roles: dict[str, Any] = {
        role: frozenset(phrase for words in table.values() for phrase in _folded(words, role))
        for role in SETS
    }
    roles |= {kind: _named(table, kind) for kind in _NAMED}
    return Verbs(**roles)


def _named(table: Mapping[str, Mapping[str, Any]], kind: str) -> Names:
    """All phrases of one kind of table. One phrase may have two meanings in two languages."""
    return tuple(
        sorted(
            {
                (" ".join(word.folded for word in words_of(phrase)), name)
                for words in table.values()
                for name, phrases in words.get(kind, {}).items()
                for phrase in phrases
            }
        )
    )


def _folded(words: Mapping[str, Any], role: str) -> Iterator[str]:
    for phrase in words.get(role, ()):
        yield " ".join(word.folded for word in words_of(phrase))
