"""The rows of a CSV file by the names of their columns, whatever program wrote it."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence

from mailagent.core.errors import Unreadable
from mailagent.core.said import say

_MOST = 100_000  # rows
_LINES_ABOVE = 10  # a title, a period, the company's name


def rows_in(
    text: str, heads: Mapping[str, str], needed: Collection[str], known: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line. `heads` says what other programs call a column.

    Raises Unreadable where no line names the columns that are needed.
    """
    text = text.lstrip("\ufeff")
    start = text[:20_000]
    between = max(",;\t", key=start.count)
    reader = csv.reader(io.StringIO(text), delimiter=between)
    names: list[str] = []
    try:
        for cells in reader:
            if not names:
                names = _named(cells, heads, needed)
                if not names and reader.line_num > _LINES_ABOVE:
                    break
            elif any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(names, map(str.strip, cells), strict=False))
            if reader.line_num > _MOST:
                raise Unreadable(
                    f"it has more than {_MOST} lines", why=say("table.too_long", most=_MOST)
                )
    except csv.Error as error:
        line = reader.line_num
        raise Unreadable(f"line {line}: {error}", why=say("table.torn", line=line)) from None
    if not names:
        missing = "`, `".join(needed)
        wanted = ", ".join(known)
        raise Unreadable(
            f"its first line names no column `{missing}`; known are: {wanted}",
            why=say("table.no_column", missing=missing, known=wanted),
        )


def columns_in(text: str, heads: Mapping[str, str], needed: Collection[str]) -> frozenset[str]:
    """The names of its columns; none where no line of its beginning names what is needed."""
    lines = text.lstrip("\ufeff")[:20_000].splitlines()[:_LINES_ABOVE]
    between = max(",;\t", key="\n".join(lines).count)
    for line in lines:
        if names := _named(line.split(between), heads, needed):
            return frozenset(names)
    return frozenset()


def _named(cells: Sequence[str], heads: Mapping[str, str], needed: Collection[str]) -> list[str]:
    names = [_name(cell, heads) for cell in cells]
    return names if set(needed) <= set(names) else []


def _name(cell: str, heads: Mapping[str, str]) -> str:
    name = "_".join(cell.strip().lower().strip("*").replace("-", " ").split())
    return heads.get(name, name)
