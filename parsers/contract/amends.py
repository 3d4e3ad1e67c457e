"""Which contract another one changes: by its name, and by the day that it is of."""

import re
from datetime import date
from typing import NamedTuple

from parsers.contract.dates import days
from parsers.contract.prose import Passage, Prose

_HEAD = 8000  # letters in which an amendment says what it changes
_CHANGES = re.compile(
    r"\b(?:amend(?:ment|ed|s|ing)?|addendum|renewal|extension|supplement(?:al)?|modification|"
    r"side letter|nachtrag|\u00e4nderung|verl\u00e4ngerung)\b",
    re.IGNORECASE,
)
_REFERRED = re.compile(
    r"\b(?:[Tt]hat [Cc]ertain|[Tt]heir|[Tt]he|[Aa]n?|[Cc]ertain)\s+"
    r"(?P<name>(?:[A-Z][\w&/'\u2019-]*\s+(?:(?:and|of|for)\s+)?){0,6}"
    r"(?:Agreement|Contract|Lease|Licen[cs]e|Sublease|Addendum|Deed))\b"
    r"(?:(?!\b(?:is|are|was|shall|this)\b)[^.;]){0,160}?\b(?:dated|made|entered into|effective|"
    r"executed)\b"
    r"(?:\s+(?:effective|as|of|on|the|this)){0,4}\s*(?=[\dA-Z])"
)
_GERMAN = re.compile(
    r"\b(?:zum|des|dem|den)\s+(?P<name>[A-Z\u00c4\u00d6\u00dc][\w-]*(?:vertrags?|vereinbarung))\s+"
    r"vom\s+(?=\d)"
)
_BESIDE = 6  # letters between "dated" and its date


class Changed(NamedTuple):
    """The other contract."""

    name: str
    day: date
    where: Passage


def changed(prose: Prose, name: str) -> Changed | None:
    """Of a paper that is called an amendment: the first other contract that it dates."""
    if not _CHANGES.search(name) or not prose.text:
        return None
    head = prose.passage(0, _HEAD)
    for pattern in (_REFERRED, _GERMAN):
        for match in pattern.finditer(head.text):
            if _CHANGES.search(match["name"]):
                continue  # "this First Amendment dated": itself
            day = next(days(head.text, match.end(), match.end() + 40), None)
            if day is not None and day.start - match.end() <= _BESIDE:
                where = head.around(match.start("name"), day.end)
                return Changed(match["name"], day.day, where)
    return None
