"""Plain text as words with places: letters in a grid, tabs as columns."""

import re
from collections.abc import Iterator, Sequence

from parsers.text.words import Word

_WIDE, _HIGH, _LINE = 6.0, 10.0, 12.0  # of a letter, and from line to line
_BETWEEN = 3  # letters between two columns
_LINES = 2000
_LETTERS = 400  # of one line
_WORD = re.compile(r"\S+")


def text_words(text: str) -> list[Word]:
    """The words of a text; lines with tabs that follow each other are one table."""
    words: list[Word] = []
    lines = text.expandtabs(8).split("\n") if "\t" not in text else text.split("\n")
    for number, line in enumerate(_columns(lines[:_LINES])):
        top = number * _LINE
        for match in _WORD.finditer(line[:_LETTERS]):
            left, right = match.start() * _WIDE, match.end() * _WIDE
            words.append(Word(match[0], 1, left, top, right, top + _HIGH))
    return words


def _columns(lines: Sequence[str]) -> Iterator[str]:
    """Each table's cells padded to the width of their column."""
    table: list[list[str]] = []
    for line in lines:
        if "\t" in line:
            table.append([cell.strip() for cell in line.split("\t")])
            continue
        yield from _padded(table)
        table = []
        yield line
    yield from _padded(table)


def _padded(table: Sequence[Sequence[str]]) -> Iterator[str]:
    widths: list[int] = []
    for row in table:
        for at, cell in enumerate(row):
            if at == len(widths):
                widths.append(0)
            if at + 1 < len(row) or at == 0:
                widths[at] = max(widths[at], min(len(cell), 80))
            else:
                widths[at] = max(widths[at], min(len(cell), 40))
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield (" " * _BETWEEN).join(cells)
