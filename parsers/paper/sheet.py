"""The lines of a paper, and what stands behind or below a label."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mailagent.core.vendor import folded
from parsers.opened import Opened
from parsers.text.words import Word

_PAGES = 3
_LINES = 300
_BELOW = 2  # lines under a label that may hold its value
_SEPARATORS = " \t:;.,#|*-\u2013\u2014/()_"
_GAP = 1.1  # of the letters' height: what is further apart stands in another column
_SAME_LINE = 0.5  # of the letters' height
_LETTER = 6.0  # points that a letter of plain text is taken for
_TELLING = 10  # letters of a label
_BEFORE = 1  # words, a number of the form's field perhaps
_COLUMN = 12.0  # points by which a value may begin before its label
_PARTS = re.compile(r"\S+(?: \S+)*")


class Cell(NamedTuple):
    """What stands together on a line."""

    text: str
    x0: float
    x1: float


class Line(NamedTuple):
    """A line of the paper, verbatim, and its columns."""

    text: str
    page: int
    cells: tuple[Cell, ...]
    plain: str  # without case, accents and punctuation


class Spot(NamedTuple):
    """What stands behind a label, or on a line below it."""

    text: str
    line: Line
    below: int  # 0: on the line of its label


def lines_in(document: Opened) -> list[Line]:
    """Of its first pages, also where they are pictures."""
    words = [word for word in document.seen().words if word.page <= _PAGES]
    made = _drawn(words) if words and not document.plain else _typed(document.page_texts(_PAGES))
    return [line for line in made if line.plain][:_LINES]


def _line(cells: Sequence[Cell], page: int) -> Line:
    text = "  ".join(cell.text for cell in cells)
    return Line(text, page, tuple(cells), folded(text))


def _typed(pages: Iterable[str]) -> Iterator[Line]:
    for page, content in enumerate(pages, 1):
        for text in content.splitlines():
            parts = _PARTS.finditer(text.replace("\t", "  "))
            yield _line([Cell(p[0], p.start() * _LETTER, p.end() * _LETTER) for p in parts], page)


def _drawn(words: Sequence[Word]) -> Iterator[Line]:
    """By where the words stand: a form's own words and what was filled in are drawn apart."""
    row: list[Word] = []
    for word in sorted(words, key=lambda w: (w.page, w.middle)):
        near = row and word.page == row[0].page
        if near and word.middle - row[-1].middle > _SAME_LINE * min(word.height, row[-1].height):
            near = False
        if row and not near:
            yield _row(row)
            row = []
        row.append(word)
    if row:
        yield _row(row)


def _row(words: Sequence[Word]) -> Line:
    cells: list[Cell] = []
    for word in sorted(words, key=lambda w: w.x0):
        last = cells[-1] if cells else None
        if last and word.x0 - last.x1 <= _GAP * word.height:
            cells[-1] = Cell(f"{last.text} {word.text}", last.x0, word.x1)
        else:
            cells.append(Cell(word.text, word.x0, word.x1))
    return _line(cells, words[0].page)


def spots(lines: Sequence[Line], labels: Sequence[str]) -> Iterator[Spot]:
    """Wherever one of the labels stands: the longest label first, then from the top."""
    for label in sorted(labels, key=len, reverse=True):
        for at, line in enumerate(lines):
            if f" {label} " not in f" {line.plain} ":
                continue
            yield from _around(lines, at, label)


def _around(lines: Sequence[Line], at: int, label: str) -> Iterator[Spot]:
    """In the label's own cell, in the one beside it, and below them in the same column."""
    line = lines[at]
    place = next(
        (n for n, cell in enumerate(line.cells) if _behind(cell.text, label) is not None), None
    )
    if place is None:
        rest = _behind(line.text, label)
        if rest:
            yield Spot(rest, line, 0)
        return
    cell = line.cells[place]
    if rest := _behind(cell.text, label):
        yield Spot(rest, line, 0)
    beside = line.cells[place + 1 :]
    if beside and not rest:
        yield Spot(beside[0].text, line, 0)
    for below, other in enumerate(lines[at + 1 : at + 1 + _BELOW], 1):
        for under in other.cells:
            if cell.x0 - _COLUMN <= under.x0 <= max(cell.x1, cell.x0 + 4 * _COLUMN):
                yield Spot(under.text, other, below)
                break


def _behind(text: str, label: str) -> str | None:
    """The rest of a text behind a label that is in it as whole words; None: it is not."""
    words = label.split()
    ends = _ends(text)
    said = [word for word, _ in ends]
    # A short word is a label only at the beginning: further on it is a word of a sentence.
    anywhere = len(label) >= _TELLING
    last = len(said) - len(words) if anywhere else min(_BEFORE, len(said) - len(words))
    for at in range(last + 1):
        if said[at : at + len(words)] == words:
            return text[ends[at + len(words) - 1][1] :].strip(_SEPARATORS)
    return None


def _ends(text: str) -> list[tuple[str, int]]:
    """Each word as it is compared, and where it ends."""
    found: list[tuple[str, int]] = []
    start = 0
    for at, letter in enumerate(f"{text} "):
        if letter.isalnum():
            continue
        if word := folded(text[start:at]):
            found += [(part, at) for part in word.split()]
        start = at + 1
    return found
