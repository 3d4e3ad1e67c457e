"""Between whom a contract is: the names in its preamble, and what each is called in it."""

import re
from collections.abc import Iterator

from parsers.contract.elsewhere import HEAD, WAYS
from parsers.contract.names import (
    CALLED,
    FORM,
    LEADING,
    NO_PARTY,
    RECITALS,
    Party,
    name_at,
    role_in,
)
from parsers.contract.prose import Passage, Prose

_BETWEEN = re.compile(
    r"\b(?:by and (?:between|among|amongst)|between|among|amongst)\b\s*:?", re.IGNORECASE
)
_BY = re.compile(
    r"(?:\b(?:entered into|made|executed|granted|\d{4},?)|[)\u201d\"]\)?,?)\s+by\s+"
    r"(?!and\b|the parties)",
    re.IGNORECASE,
)
_TWO = 2
_UNENDED = 1800  # where no recitals follow
_SPAN = 5000  # letters between "between" and the recitals
_DATE_BEFORE = re.compile(r"(?:\d{4}|date|hereof|written)\s*,?\s*$", re.IGNORECASE)
# What is said of the party before: "a Nevada corporation", "with its principal place of business"
_SAID = re.compile(
    r"(?:an?\b|part(?:y|ies) of the|having|with\b|located|whose|which|who\b|at\b|of\b|for\b|in\b|"
    r"incorporated|"
    r"organi[sz]ed|existing|the (?:laws|one|other|state)|"
    r"its\b|acting|on behalf|residing|registered|individually|together|collectively|each|is\b|"
    r"hereinafter|as\b|under\b|herein|"
    r"represented|by\b|\d)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\band\b:?|\bAND\b:?|;|(?:(?<=\s)|^)\(?(?:[a-h]|[ivx]{1,4}|\d)\)", re.IGNORECASE
)
# A sentence that is over: the next one speaks of something else.
_OVER = re.compile(
    r"(?<![A-Z])(?<!\bCo)(?<!\bNo)(?<!\bSt)(?<!\bInc)(?<!\bLtd)(?<!\bMrs)"
    r"(?<!Corp)[a-z)\"\u201d]\.[\"\u201d)]?\s+[A-Z]"
)
# "(1) Alder Ltd ... ; (2) Birch GmbH ...", without any word before them.
_NUMBERED = re.compile(
    r"\(1\)\s+(?=[A-Z].{3,300}?\((?:the )?[\"\u201c\u2018'])(?=.{20,900}?\(2\)\s+[A-Z])"
)


def parties(prose: Prose, opening: Passage | None) -> list[Party]:
    """From the preamble; where that names nobody, from the cover."""
    best: list[Party] = []
    for span in _spans(prose, opening):
        found = _unique(_in(span))
        if len(found) >= _TWO:
            return found
        best = best or found
    for read in WAYS:
        found = _unique(iter([*best, *read(prose)]))
        if len(found) >= _TWO:
            return found
    return best


def _spans(prose: Prose, opening: Passage | None) -> Iterator[Passage]:
    if opening is not None:
        begins = _BETWEEN.search(prose.text, opening.start, opening.start + 1500)
        begins = begins or _BY.search(prose.text, opening.start, opening.start + 600)
        if begins:
            yield _until_recitals(prose, begins.end())
    for begins in _NUMBERED.finditer(prose.text, 0, HEAD):
        yield _until_recitals(prose, begins.start())
    for begins in _BETWEEN.finditer(prose.text, 0, 12_000):
        yield _until_recitals(prose, begins.end())


def _until_recitals(prose: Prose, start: int) -> Passage:
    ends = RECITALS.search(prose.text, start + 1, start + _SPAN)
    return prose.passage(start, ends.start() if ends else start + _UNENDED)


def _in(span: Passage) -> Iterator[Party]:
    """Each name stands before what it is called."""
    text, behind, found = span.text, 0, 0
    for match in CALLED.finditer(text):
        role, chunk = role_in(match), text[behind : match.start()]
        if role.lower().startswith("part") and found > 1:
            return  # "each a Party": all have been named
        if found >= _TWO and _OVER.search(chunk):
            return  # what follows the preamble
        named = [] if NO_PARTY.match(role) else _named(span, behind, match.start(), role)
        found += len(named)
        yield from named
        if named or _DATE_BEFORE.search(chunk):
            behind = match.end()
    if not found:
        yield from _uncalled(span)


def _named(span: Passage, start: int, end: int, role: str) -> list[Party]:
    """The names in a stretch that may still speak of the party before: the last has the role.

    Before it only what has a legal form is a name.
    """
    chunk = span.text[start:end]
    found: list[Party] = []
    begins = [0, *(joint.end() for joint in _JOINT.finditer(chunk))]
    for at in begins:
        lead = LEADING.match(chunk, at)
        offset = lead.end() if lead else at
        if _SAID.match(chunk, offset):
            continue
        if party := name_at(span, start + offset, end, role):
            if found and FORM.search(party.name) and FORM.search(found[-1].name):
                found[-1] = found[-1]._replace(role="")
                found.append(party)
            elif not found:
                found.append(party)
    return found


def _uncalled(span: Passage) -> Iterator[Party]:
    """Two names joined by "and", without any word for them."""
    text = span.text[:600]
    at = 0
    for joint in re.finditer(r"\s+(?:and|AND|&)\s+(?=[A-Z])|$", text):
        yield from _named(span, at, joint.start(), "")[:1]
        at = joint.end()


def _unique(found: Iterator[Party]) -> list[Party]:
    seen: dict[str, Party] = {}
    for party in found:
        seen.setdefault(re.sub(r"\W", "", party.name.lower()), party)
    return list(seen.values())[:12]
