"""Words as rows and cells: which of them stand beside and below each other."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from mailagent.core.reading import Box, Evidence
from parsers.text.words import Word

_ROW = 0.42  # of the letters' height: middles that near are one row
_CELL = 0.85  # of the letters' height: a gap that wide parts two cells
_LARGER, _SIZES = 1.35, 0.2  # so much taller, and what parts two cells then
_SPACED = 0.8  # of the letters' height: between the letters of a word that is spaced out
_ROW_WORDS = 150  # in one row: pages are made to be slow as well
_WORDS = 8_000  # of one document
# `Total:12.00`, `No.4711`, `Invoice#1043`: label and value in one piece. Not 12:30, not https://
_GLUED = re.compile(
    r"(?<=[^\W\d])[:#](?=[^\s/\\])|(?<=[)\]]):(?=\S)|[nN][rRoO]\.(?=\d)|[nN][°º](?=[A-Z\d])"
)
_LEADERS = re.compile(r"[._\u2026\u00b7]{3,}")
_NOTHING = re.compile(r"[._\u2026\u00b7|\u2502\u2500=*~-]{2,}|[._\u2026|\u2502\u2500]")


class Spot(NamedTuple):
    """A stretch of one row."""

    row: int
    start: int  # in the text of the row
    end: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str

    def evidence(self) -> Evidence:
        """These words as the proof of a value."""
        box = Box(x0=self.x0, top=self.top, x1=self.x1, bottom=self.bottom)
        return Evidence(quote=self.text.strip(), page=self.page, box=box)

    def over(self, other: "Spot", slack: float = 2.0) -> bool:
        """Whether some of it stands straight above or below the other."""
        return self.x0 < other.x1 + slack and other.x0 < self.x1 + slack


class Row:
    """Words on one height: blanks within a cell, tabs between cells."""

    def __init__(self, index: int, words: Sequence[Word]) -> None:
        self.index = index
        self.words = tuple(words)
        self.page = words[0].page
        self.top = min(word.top for word in words)
        self.bottom = max(word.bottom for word in words)
        self.text, self.starts = _joined(words)

    @property
    def height(self) -> float:
        """How tall its letters are."""
        return self.bottom - self.top

    def spot(self, start: int, end: int) -> Spot:
        """The stretch of the text with its place; words are cut by their share of letters."""
        first_at = max(0, bisect_right(self.starts, start) - 1)
        last_at = bisect_left(self.starts, end)
        touched = [
            (at, word)
            for at, word in zip(
                self.starts[first_at:last_at], self.words[first_at:last_at], strict=True
            )
            if at + len(word.text) > start
        ]
        if not touched:
            word = self.words[0]
            return Spot(
                self.index, start, end, self.page, word.x0, word.top, word.x0, word.bottom, ""
            )
        first, last = touched[0], touched[-1]
        return Spot(
            self.index,
            start,
            end,
            self.page,
            _inside(first, start),
            min(word.top for _, word in touched),
            _inside(last, end),
            max(word.bottom for _, word in touched),
            self.text[start:end],
        )

    def cells(self) -> tuple[Spot, ...]:
        """Its cells from left to right."""
        return self._cells

    @cached_property
    def _cells(self) -> tuple[Spot, ...]:
        found, at = [], 0
        for part in self.text.split("\t"):
            found.append(self.spot(at, at + len(part)))
            at += len(part) + 1
        return tuple(found)

    def cell_at(self, position: int) -> tuple[int, int]:
        """Start and end of the cell that a position of the text is in."""
        start = self.text.rfind("\t", 0, position) + 1
        end = self.text.find("\t", position)
        return start, len(self.text) if end < 0 else end


def _inside(found: tuple[int, Word], position: int) -> float:
    at, word = found
    share = min(1.0, max(0.0, (position - at) / max(1, len(word.text))))
    return word.x0 + share * (word.x1 - word.x0)


def _joined(words: Sequence[Word]) -> tuple[str, tuple[int, ...]]:
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    last: Word | None = None
    for word in words:
        if last is not None:
            low, high = sorted((max(1.0, last.height), max(1.0, word.height)))
            # Letters of another size are another piece of text.
            wide = word.x0 - last.x1 > (_SIZES if high > _LARGER * low else _CELL) * low
            pieces.append("\t" if wide else " " if word.x0 - last.x1 > 0.01 else "")
            length += len(pieces[-1])
        starts.append(length)
        pieces.append(word.text)
        length += len(word.text)
        last = word
    return "".join(pieces), tuple(starts)


class Sheet:
    """All rows of a document, from top to bottom, page after page."""

    def __init__(self, words: Iterable[Word]) -> None:
        split = [piece for word in _first(words) for piece in _pieces(word)]
        self.rows = [Row(index, _unspaced(row)) for index, row in enumerate(_rows(split))]
        self.text = "\n".join(row.text for row in self.rows)
        self.pages = len({row.page for row in self.rows})

    def below(self, spot: Spot, furthest: float) -> Iterator[Row]:
        """The rows under a spot, on its page, down to a distance in points."""
        for row in self.rows[spot.row + 1 :]:
            if row.page != spot.page or row.top - spot.bottom > furthest:
                return
            if (row.top + row.bottom) / 2 > spot.bottom - 1:
                yield row


def _first(words: Iterable[Word]) -> Iterator[Word]:
    for word, _ in zip(words, range(_WORDS), strict=False):
        yield word


def _pieces(word: Word) -> Iterator[Word]:
    """A word cut where label and value were glued, without dotted leaders and drawn lines."""
    if _NOTHING.fullmatch(word.text):
        return
    if word.text.isalnum():
        yield word
        return
    at, cuts = 0, [m.span() if m.re is _LEADERS else (m.end(), m.end()) for m in _marks(word.text)]
    for start, end in [*cuts, (len(word.text), len(word.text))]:
        if start > at:
            yield _part(word, at, start)
        at = max(at, end)


def _marks(text: str) -> list[re.Match[str]]:
    found = [*_GLUED.finditer(text), *_LEADERS.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def _part(word: Word, start: int, end: int) -> Word:
    wide = (word.x1 - word.x0) / max(1, len(word.text))
    return word._replace(
        text=word.text[start:end], x0=word.x0 + start * wide, x1=word.x0 + end * wide
    )


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words whose middles are near enough, from the left; what is printed twice counts once."""
    held: list[Word] = []
    level = 0.0
    for word in sorted(words, key=lambda w: (w.page, w.middle)):
        near = held and word.page == held[0].page and len(held) < _ROW_WORDS
        if near and abs(word.middle - level) <= _ROW * min(word.height, held[-1].height):
            level = (level * len(held) + word.middle) / (len(held) + 1)
            held.append(word)
            continue
        if held:
            yield _in_order(held)
        held, level = [word], word.middle
    if held:
        yield _in_order(held)


def _unspaced(words: list[Word]) -> list[Word]:
    """`I N V O I C E` is one word."""
    if sum(len(word.text) == 1 and word.text.isalpha() for word in words) < 4:
        return words
    joined: list[Word] = []
    run = 0  # letters in the last word, if it was joined of single ones
    for word in words:
        single = len(word.text) == 1 and word.text.isalpha()
        last = joined[-1] if joined else None
        if single and run and last is not None and word.x0 - last.x1 < _SPACED * word.height:
            joined[-1] = last._replace(text=last.text + word.text, x1=word.x1)
            run += 1
        else:
            joined.append(word)
            run = 1 if single else 0
    return joined


def _in_order(words: list[Word]) -> list[Word]:
    kept: list[Word] = []
    for word in sorted(words, key=lambda w: w.x0):
        if kept and word.text == kept[-1].text and word.x0 < (kept[-1].x0 + kept[-1].x1) / 2:
            continue  # letters made bold by printing them twice
        kept.append(word)
    return kept
