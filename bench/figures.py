"""Durations in seconds, summed up and written out in milliseconds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median, quantiles


@dataclass(frozen=True)
class Figures:
    """What many measurements of one thing come to."""

    median: float
    p95: float
    least: float
    most: float

    def row(self, name: str) -> tuple[str, ...]:
        """As a row of a table, in milliseconds."""
        return (name, *map(milliseconds, (self.median, self.p95, self.least, self.most)))


HEAD = ("ms", "median", "p95", "min", "max")


def figures(measured: Sequence[float]) -> Figures:
    """Sums up; the 95th percentile is interpolated, and never outside what was measured."""
    if not measured:
        raise ValueError("nothing was measured")
    if len(measured) == 1:
        return Figures(*(measured[0],) * 4)
    p95 = quantiles(measured, n=20, method="inclusive")[-1]
    return Figures(median(measured), p95, min(measured), max(measured))


def milliseconds(seconds: float) -> str:
    """Short enough for a table."""
    return f"{seconds * 1000:.1f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, markdown: bool = False) -> str:
    """Columns: the first to the left, the others, numbers, to the right."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip_longest(*lines, fillvalue="")]
    written = [_line(line, widths, markdown=markdown) for line in lines]
    if markdown:
        rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
        written.insert(1, f"| {' | '.join(rule)} |")
    return "\n".join(written)


def _line(cells: Sequence[str], widths: Sequence[int], *, markdown: bool) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(padded)} |" if markdown else "  ".join(padded).rstrip()
