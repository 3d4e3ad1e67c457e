"""Number, date and their like: in rows, in columns, above or below their labels, or bare."""

from collections.abc import Callable

from tests.papers.facts import Facts
from tests.papers.page import Page

Rows = list[tuple[str, str]]


def draw_meta(page: Page, facts: Facts, rows: Rows, y: float, *, x: float, wide: bool) -> float:
    """Draws them in this paper's way; where it ends."""
    way = page.layout["meta"]
    if way == "sentence":
        return _sentence(page, facts, rows, y, x)
    if way == "bare":
        return _bare(page, facts, rows, y, x)
    return _WAYS[way](
        page, rows, y, x if not wide or way in ("rows", "tight", "stacked") else page.left
    )


def _edge(page: Page, x: float) -> float:
    return page.right if x > page.left + 1 else page.middle - 20


def _gap(page: Page, rows: Rows, *, bold: bool = False) -> float:
    return (
        max(page.sheet.width_of(page.label(label), page.size, bold=bold) for label, _ in rows) + 10
    )


def _rows(page: Page, rows: Rows, y: float, x: float) -> float:
    """Label, then its value; all values below each other."""
    gap = _gap(page, rows, bold=True)
    bold = page.rng.random() < 0.4
    for label, value in rows:
        page.put(page.label(label), x, y, bold=bold)
        page.put(value, x + gap, y)
        y += page.line
    return y


def _tight(page: Page, rows: Rows, y: float, x: float) -> float:
    """Label and value in one go, with a space between."""
    for label, value in rows:
        page.put(f"{page.label(label)} {value}", x, y)
        y += page.line
    return y


def _right_aligned(page: Page, rows: Rows, y: float, x: float) -> float:
    """Labels end where values begin."""
    turn = x + _gap(page, rows)
    for label, value in rows:
        page.put(page.label(label), turn, y, right=True)
        page.put(value, turn + 8, y)
        y += page.line
    return y


def _split(page: Page, rows: Rows, y: float, x: float) -> float:
    """Labels on the left, values against the right edge."""
    edge = max(_edge(page, x), x + _gap(page, rows) + 90)
    for label, value in rows:
        page.put(page.label(label), x, y)
        page.put(value, edge, y, right=True, bold=True)
        y += page.line
    return y


def _leader(page: Page, rows: Rows, y: float, x: float) -> float:
    """Dots from the label to its value."""
    edge = x + _gap(page, rows) + 60
    dot = page.sheet.width_of(".", page.size)
    for label, value in rows:
        end = page.sheet.width_of(label, page.size)
        page.put(f"{label}{'.' * int((edge - x - end) / dot)}", x, y)
        page.put(value, edge + 4, y)
        y += page.line
    return y


def _columns(page: Page, rows: Rows, y: float, x: float, *, boxed: bool = False) -> float:
    """Labels in a row, values in the row below; in two rows where one is too narrow."""
    for start in range(0, len(rows), 4):
        part = rows[start : start + 4]
        wide = (page.right - x) / max(len(part), 3)
        for at, (label, value) in enumerate(part):
            if boxed:
                page.sheet.box(x + at * wide, y - 11, x + (at + 1) * wide, y + page.line + 5)
            page.put(label, x + at * wide + 4, y, bold=not boxed, size=page.size - 1)
            page.put(value, x + at * wide + 4, y + page.line)
        y += page.line * 2 + 12
    return y


def _boxes(page: Page, rows: Rows, y: float, x: float) -> float:
    return _columns(page, rows, y, x, boxed=True)


def _table(page: Page, rows: Rows, y: float, x: float) -> float:
    """A table with a filled head, its columns centred."""
    part, rest = rows[:5], rows[5:]
    wide = (page.right - x) / len(part)
    page.sheet.box(x, y - 10, page.right, y + 4, (225, 225, 225))
    for at, (label, value) in enumerate(part):
        page.put(label, x + (at + 0.5) * wide, y, bold=True, centre=True, size=page.size - 1)
        page.put(value, x + (at + 0.5) * wide, y + page.line + 2, centre=True)
    y += page.line * 2 + 8
    return _tight(page, rest, y, x) if rest else y


def _stacked(page: Page, rows: Rows, y: float, x: float) -> float:
    """Each label above its value."""
    for label, value in rows:
        page.put(label, x, y, size=page.size - 1.5)
        page.put(value, x, y + page.line * 0.95, bold=True)
        y += page.line * 2.2
    return y


def _grid(page: Page, rows: Rows, y: float, x: float) -> float:
    """Two columns of labels above values."""
    second = x + (_edge(page, x) - x) / 2 + 8
    for at in range(0, len(rows), 2):
        for column, (label, value) in zip((x, second), rows[at : at + 2], strict=False):
            page.put(label, column, y, size=page.size - 1.5)
            page.put(value, column, y + page.line)
        y += page.line * 2.3
    return y


def _inline(page: Page, rows: Rows, y: float, x: float) -> float:
    """All in one line or two."""
    said = [f"{page.label(label)} {value}" for label, value in rows]
    sign = page.rng.choice(["   ", " | ", "  -  ", "; "])
    for start in range(0, len(said), 3):
        page.put(sign.join(said[start : start + 3]), x, y)
        y += page.line
    return y


def _sentence(page: Page, facts: Facts, rows: Rows, y: float, x: float) -> float:
    """The number and the date in words; the rest as rows."""
    said = page.words.pick("sentence", "number_and_date")
    if facts.kind == "credit_note":
        said = page.words.pick("title", "credit_note") + " {number}, {date}"
    page.put(said.format(number=facts.number, date=page.day(facts.issued)), x, y, bold=True)
    rest = [row for row in rows if row[1] not in (facts.number, page.day(facts.issued))]
    return _tight(page, rest, y + page.line, x) if rest else y + page.line


def _bare(page: Page, facts: Facts, rows: Rows, y: float, x: float) -> float:
    """No labels: #1043, and the date below."""
    sign = "" if page.layout["title"] == "with number" else page.rng.choice(["#", "# ", "No. "])
    page.put(f"{sign}{facts.number}", x, y, bold=True)
    page.put(page.day(facts.issued), x, y + page.line)
    rest = [row for row in rows if row[1] not in (facts.number, page.day(facts.issued))]
    return _tight(page, rest, y + page.line * 2.5, x) if rest else y + page.line * 2


_WAYS: dict[str, Callable[[Page, Rows, float, float], float]] = {
    "rows": _rows,
    "tight": _tight,
    "right-aligned": _right_aligned,
    "split": _split,
    "leader": _leader,
    "columns": _columns,
    "boxes": _boxes,
    "table": _table,
    "stacked": _stacked,
    "grid": _grid,
    "inline": _inline,
}
