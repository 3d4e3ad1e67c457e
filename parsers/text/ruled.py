"""Tables whose cells are drawn, by pdfplumber: where words alone do not tell whose row they are in.

It takes some thirty times as long as pdfium, so it is asked about single pages, after pdfium's
words have left a doubt.
"""

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_FEWEST = 4  # upright lines: three columns
_ROWS, _COLUMNS = 400, 30
# What pdfminer raises on files that pdfium reads: there is no second opinion then.
_GIVES_UP = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError)
_BROKEN = (*_GIVES_UP, ArithmeticError, OSError, struct.error, zlib.error)


class Cell(NamedTuple):
    """The words between four drawn lines."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Table(NamedTuple):
    """Rows of cells, as they are drawn on a page."""

    page: int
    rows: tuple[tuple[Cell, ...], ...]


def may_be_ruled(walls: int) -> bool:
    """Whether so many upright lines can be those of a table."""
    return walls >= _FEWEST


def ruled_tables(content: bytes, numbers: Sequence[int]) -> list[Table]:
    """The tables of these pages (from 1); none where pdfminer does not get through the file."""
    import pdfplumber
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(content), pages=list(numbers)) as pdf:
            return [
                Table(page.page_number, tuple(_rows(table)))
                for page in pdf.pages
                for table in page.find_tables()
            ]
    except (PSException, PdfminerException, *_BROKEN):
        return []


def _rows(table: Any) -> Iterator[tuple[Cell, ...]]:
    for row, texts in zip(table.rows[:_ROWS], table.extract(), strict=False):
        cells = zip(row.cells[:_COLUMNS], texts, strict=False)
        yield tuple(Cell(text or "", *box) for box, text in cells if box is not None)
