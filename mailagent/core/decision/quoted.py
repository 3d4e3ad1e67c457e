"""Values that were changed inside the quoted block, compared with what was sent.

Clients wrap, indent and mark what they quote: only words are compared. A value lies between its
label and whatever followed it in the mail that was sent.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from mailagent.core.decision.fields import Fields
from mailagent.core.decision.text import Text, unclear
from mailagent.core.decision.typed import typed_whole
from mailagent.core.decision.types import FieldType, Revise, Unclear
from mailagent.core.wording import Word, plain, words_of

_CELL = re.compile(r"\S+(?: \S+)*")
_LONGEST = 60_000  # characters of a quotation that are looked at
_LONGEST_VALUE = 30  # words
_ANCHOR = 3  # words behind a value by which its end is known
_OPENING = 4  # words by which the beginning of our mail is known
_MARKS = re.compile(r"(?m)^[ \t>|]+|[*_]")


class _Cell(NamedTuple):
    """A value as it was sent."""

    field: str
    label: tuple[str, ...]
    value: tuple[str, ...]
    after: tuple[str, ...]  # the words behind it


def changed_values(quoted: str, text: Text) -> Revise | Unclear | None:
    """What was changed in the quotation; None when nothing was."""
    shown = text.shown
    if not quoted.strip() or not shown.text or not shown.fields:
        return None
    fields = Fields(shown, text.verbs)
    there = _Quotation(quoted[:_LONGEST])
    edits: dict[str, str] = {}
    for cell in _cells(text, fields):
        written = there.value_of(cell)
        if written is None:
            continue
        value = _read(text.part(written), cell, fields)
        if value is None:
            name = cell.field.replace("_", " ")
            return unclear(f"I cannot read what you wrote for {name} in the quoted mail", shown)
        if value and value != fields.value_of(cell.field):
            edits[cell.field] = value
    return Revise(text=text.own.strip(), edits=edits) if edits else None


def _read(text: Text, cell: _Cell, fields: Fields) -> str | None:
    """The new value; empty when only noise was added, None when it cannot be read."""
    words = tuple(word.folded for word in text.words)
    kind = fields.type_of(cell.field)
    if words[: len(cell.value)] == cell.value:
        more = words[len(cell.value) :]
        if all(len(word) < 3 and not word.isalpha() for word in more):
            return ""  # the number of its box on the page picture
        if kind not in (FieldType.NAME, FieldType.TEXT):
            return None
    readings = typed_whole(text, cell.field, fields)
    return readings[0] if len(readings) == 1 else None


def _cells(text: Text, fields: Fields) -> list[_Cell]:
    """Labels and values of the mail that was sent, in its order."""
    sent = plain(text.shown.text)
    words = words_of(sent)
    found: list[_Cell] = []
    at = 0
    for line in sent.splitlines(keepends=True):
        cells = [(at + m.start(), at + m.end()) for m in _CELL.finditer(line)]
        for label, value in pairwise(cells):
            names = fields.called(_label(sent[slice(*label)], fields))
            if names and names[0] in text.shown.fields:
                found.append(_cell(names[0], words, label, value))
        at += len(line)
    return found


def _label(written: str, fields: Fields) -> str:
    """`VAT 19 %` is the label VAT."""
    words = [word.folded for word in words_of(written)]
    for end in range(len(words), 0, -1):
        label = " ".join(words[:end])
        if label in fields.labels:
            return label
    return ""


def _cell(
    field: str, words: tuple[Word, ...], label: tuple[int, int], value: tuple[int, int]
) -> _Cell:
    def between(start: int, end: int) -> tuple[str, ...]:
        return tuple(word.folded for word in words if start <= word.start < end)

    after = [word.folded for word in words if word.start >= value[1]][:_ANCHOR]
    return _Cell(field, between(*label), between(*value), tuple(after))


class _Quotation:
    """The words that came back, read once from the beginning to the end."""

    def __init__(self, quoted: str) -> None:
        self._own = plain(_MARKS.sub(" ", quoted))
        self._words = words_of(self._own)
        self._folded = [word.folded for word in self._words]
        self._at = 0

    def value_of(self, cell: _Cell) -> str | None:
        """What stands where the value was, if it is another one."""
        start = self._find(cell.label, self._at, len(self._folded))
        while start is not None:
            begin = start + len(cell.label)
            end = self._end(cell, begin)
            if end is not None:
                self._at = begin
                return self._written(cell, begin, end)
            start = self._find(cell.label, begin, len(self._folded))
        return None

    def _written(self, cell: _Cell, begin: int, end: int) -> str | None:
        if tuple(self._folded[begin:end]) == cell.value or begin == end:
            return None
        return self._own[self._words[begin].start : self._words[end - 1].end]

    def _end(self, cell: _Cell, begin: int) -> int | None:
        limit = min(len(self._folded), begin + _LONGEST_VALUE)
        if not cell.after:
            return limit if limit == len(self._folded) else None
        return self._find(cell.after, begin, limit + len(cell.after))

    def _find(self, words: tuple[str, ...], start: int, limit: int) -> int | None:
        limit = min(limit, len(self._folded))
        for at in range(start, limit - len(words) + 1):
            if self._folded[at] == words[0] and tuple(self._folded[at : at + len(words)]) == words:
                return at
        return None
