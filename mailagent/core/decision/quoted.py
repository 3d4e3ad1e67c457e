"""Values that were changed inside the quoted block, compared with what was sent.

Clients wrap, indent and mark what they quote: only words are compared. A value lies between its
label and whatever followed it in the mail that was sent.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from mailagent.core.decision.fields import Fields
from mailagent.core.decision.text import Text, unclear
from mailagent.core.decision.typed import typed_whole
from mailagent.core.decision.types import FieldType, Revise, Shown, Unclear
from mailagent.core.wording import Word, plain, words_of

_CELL = re.compile(r"\S+(?: \S+)*")
_LONGEST = 60_000  # characters of a quotation that are looked at
_LONGEST_VALUE = 30  # words
_NEAR = 4  # words by which a changed value may be longer, where the next label ends it
_ANCHOR = 3  # words behind a value by which its end is known
_OPENING = 4  # words by which the beginning of our mail is known
_CONTEXT = 2  # words before a label by which its place is known
_PLACES = 20  # of one label that are looked at
_MARKS = re.compile(r"(?m)^[ \t>|]+|[*_]")


class _Cell(NamedTuple):
    """A value as it was sent."""

    field: str
    label: tuple[str, ...]
    value: tuple[str, ...]
    after: tuple[str, ...]  # the words behind it
    to_label: bool  # these begin with the next label: it alone tells where the value ends
    noise: tuple[str, ...] = ()  # the end of the value that is none: the number of its box
    before: tuple[str, ...] = ()  # the words before the label: sentences name fields as well


def changed_values(quoted: str, text: Text) -> Revise | Unclear | None:
    """What was changed in the quotation; None when nothing was."""
    shown = text.shown
    if not quoted.strip() or not shown.text or not shown.fields:
        return None
    fields = Fields(shown, text.verbs)
    quoted = quoted[:_LONGEST]
    there = _Quotation(quoted)
    edits: dict[str, str] = {}
    for cell in _cells_as_quoted(text, fields, there):
        written = there.value_of(cell)
        if written is None:
            continue
        value = _read(text.part(written), cell, fields)
        if value is None:
            return unclear("quoted_unreadable", shown, field=cell.field)
        if value and value != fields.value_of(cell.field):
            edits[cell.field] = value
    return Revise(text=text.own.strip(), edits=edits) if edits else None


def changed_letter(quoted: str, shown: Shown) -> Unclear | None:
    """A mail to somebody was changed where it is quoted: what is sent is what was shown."""
    lines = [line for line in map(spaced, shown.letter.splitlines()) if line.strip()]
    there = spaced(_MARKS.sub(" ", quoted[:_LONGEST]))
    known = [line in there for line in lines]
    if not lines or not (known[0] and known[-1]) or all(known):
        return None
    why = "quoted_letter"
    return unclear(why, shown, ("question: ...", "reject"))


def _cells_as_quoted(text: Text, fields: Fields, there: "_Quotation") -> list[_Cell]:
    """Of the part of our mail that was quoted: many clients make text of the HTML part."""
    cells = _cells(text.shown.text, text, fields)
    html = text.shown.html
    if not html.strip() or there.fit(html) <= there.fit(text.shown.text):
        return cells
    values = {cell.field: cell.value for cell in reversed(cells)}
    return [
        cell._replace(noise=_noise(cell.value, values.get(cell.field, ())))
        for cell in _cells(html, text, fields)
    ]


def _noise(value: tuple[str, ...], shown: tuple[str, ...]) -> tuple[str, ...]:
    return value[len(shown) :] if shown and value[: len(shown)] == shown else ()


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


def _cells(sent: str, text: Text, fields: Fields) -> list[_Cell]:
    """Labels and values of the mail that was sent, in its order."""
    sent = plain(sent)
    words = words_of(sent)
    starts = frozenset(label.partition(" ")[0] for label in fields.labels)
    found: list[_Cell] = []
    at = 0
    for line in sent.splitlines(keepends=True):
        cells = [(at + m.start(), at + m.end()) for m in _CELL.finditer(line)]
        for label, value in pairwise(cells):
            names = fields.called(_label(sent[slice(*label)], fields))
            if names and names[0] in text.shown.fields:
                found.append(_cell(names[0], words, label, value, starts))
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
    field: str,
    words: tuple[Word, ...],
    label: tuple[int, int],
    value: tuple[int, int],
    starts: frozenset[str],
) -> _Cell:
    def between(start: int, end: int) -> tuple[str, ...]:
        return tuple(word.folded for word in words if start <= word.start < end)

    after = [word.folded for word in words if word.start >= value[1]][:_ANCHOR]
    before = [word.folded for word in words if word.end <= label[0]][-_CONTEXT:]
    to_label = bool(after) and after[0] in starts
    return _Cell(
        field,
        between(*label),
        between(*value),
        tuple(after),
        to_label,
        before=tuple(before),
    )


def spaced(text: str) -> str:
    """Words as they are looked for in others."""
    return f" {' '.join(word.folded for word in words_of(plain(text)))} "


class _Quotation:
    """The words that came back, read once from the beginning to the end."""

    def __init__(self, quoted: str) -> None:
        self._own = plain(_MARKS.sub(" ", quoted))
        self._words = words_of(self._own)
        self._folded = [word.folded for word in self._words]
        self._at = 0
        self._all = f" {' '.join(self._folded)} "

    def fit(self, sent: str) -> float:
        """How many of the lines that were sent came back as they were, of all."""
        lines = [spaced(line) for line in sent.splitlines() if words_of(line)]
        return sum(line in self._all for line in lines) / max(1, len(lines))

    def value_of(self, cell: _Cell) -> str | None:
        """What stands where the value was, if it is another one."""
        places = list(self._places(cell))
        # A sentence above the values may name a field too: what stood before the label tells.
        there = [place for place in places if self._before(place[0], cell) == cell.before]
        for begin, end in (there or places)[:1]:
            self._at = begin
            return self._written(cell, begin, end)
        return None

    def _places(self, cell: _Cell) -> Iterator[tuple[int, int]]:
        """Where a value may stand: behind its label, before what followed it."""
        start = self._find(cell.label, self._at, len(self._folded))
        for _ in range(_PLACES):
            if start is None:
                return
            begin = start + len(cell.label)
            end = self._end(cell, begin)
            if end is not None:
                yield begin, end
            start = self._find(cell.label, begin, len(self._folded))

    def _before(self, begin: int, cell: _Cell) -> tuple[str, ...]:
        label = begin - len(cell.label)
        return tuple(self._folded[max(0, label - len(cell.before)) : label])

    def _written(self, cell: _Cell, begin: int, end: int) -> str | None:
        if tuple(self._folded[begin:end]) == cell.value or begin == end:
            return None
        noise = len(cell.noise)
        if noise and tuple(self._folded[begin:end][-noise:]) == cell.noise:
            end = max(begin + 1, end - noise)
        return self._own[self._words[begin].start : self._words[end - 1].end]

    def _end(self, cell: _Cell, begin: int) -> int | None:
        limit = min(len(self._folded), begin + _LONGEST_VALUE)
        if not cell.after:
            return limit if limit == len(self._folded) else None
        whole = self._find(cell.after, begin, limit + len(cell.after))
        near = min(limit, begin + len(cell.value) + _NEAR)
        if whole is not None and whole <= near:
            return whole
        label = self._find(cell.after[:1], begin, near + 1) if cell.to_label else None
        return whole if label is None else label  # the value behind it was changed as well

    def _find(self, words: tuple[str, ...], start: int, limit: int) -> int | None:
        limit = min(limit, len(self._folded))
        for at in range(start, limit - len(words) + 1):
            if self._folded[at] == words[0] and tuple(self._folded[at : at + len(words)]) == words:
                return at
        return None
