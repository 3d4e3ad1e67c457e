"""Plain text that stands in 78 columns."""

import textwrap
from collections.abc import Sequence

WIDTH = 78
GAP = 2

Cell = tuple[str, str]  # label, value
Row = Sequence[Cell]


def wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    """A paragraph; `rest` stands before each line after the first."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def table(rows: Sequence[Row]) -> str:
    """Labels and values in columns that line up, as many beside each other as fit."""
    for columns in range(max((len(row) for row in rows), default=1), 1, -1):
        split = _at_most(rows, columns)
        lines = _aligned([row for row in split if len(row) > 1], _indent(rows))
        if all(len(line) <= WIDTH for line in lines):
            aligned = iter(lines)
            across = _indent(rows)
            return "\n".join(
                next(aligned) if len(row) > 1 else _across(row[0], across) for row in split
            )
    return "\n".join(_across(cell, _indent(rows)) for row in rows for cell in row)


def _at_most(rows: Sequence[Row], columns: int) -> list[Row]:
    return [row[at : at + columns] for row in rows for at in range(0, len(row), columns)]


def _indent(rows: Sequence[Row]) -> int:
    """Where the values of the first column begin."""
    return max((len(label) for row in rows for label, _ in row[:1]), default=0) + GAP


def _across(cell: Cell, indent: int) -> str:
    label, value = cell
    return wrapped(value, label.ljust(indent), " " * indent)


def _aligned(rows: Sequence[Row], indent: int) -> list[str]:
    columns = range(max((len(row) for row in rows), default=0))
    labels = [max(len(row[at][0]) for row in rows if at < len(row)) + GAP for at in columns]
    values = [max(len(row[at][1]) for row in rows if at < len(row)) + GAP for at in columns]
    labels[:1] = [indent] if labels else []
    return [
        "".join(
            label.ljust(labels[at]) + value.ljust(values[at])
            for at, (label, value) in enumerate(row)
        ).rstrip()
        for row in rows
    ]
