"""The lines of a bill: which columns, which rules, over several pages where they are many."""

from collections.abc import Sequence
from decimal import Decimal

from tests.papers import spelling
from tests.papers.facts import Facts, Item
from tests.papers.page import Page

# Which columns, each with its share of the width; what is a number ends at the right of its column.
_COLUMNS: dict[str, tuple[tuple[str, float], ...]] = {
    "few": (("description", 0.8), ("net", 0.2)),
    "usual": (("description", 0.5), ("quantity", 0.12), ("price", 0.19), ("net", 0.19)),
    "many": (
        ("position", 0.06),
        ("article", 0.13),
        ("description", 0.31),
        ("quantity", 0.1),
        ("unit", 0.08),
        ("price", 0.13),
        ("rate", 0.06),
        ("net", 0.13),
    ),
    "numbered": (
        ("position", 0.08),
        ("description", 0.44),
        ("quantity", 0.12),
        ("price", 0.18),
        ("net", 0.18),
    ),
    "hours": (("description", 0.52), ("hours", 0.14), ("price", 0.16), ("net", 0.18)),
    "dated": (("date", 0.17), ("description", 0.49), ("quantity", 0.12), ("net", 0.22)),
    "taxed": (
        ("description", 0.36),
        ("quantity", 0.1),
        ("price", 0.14),
        ("rate", 0.08),
        ("net", 0.15),
        ("gross", 0.17),
    ),
}
_NUMBERS = {"quantity", "hours", "price", "rate", "net", "gross"}
_Column = tuple[str, float, float]  # name, left edge, right edge


def draw_table(page: Page, facts: Facts, y: float) -> float:
    """All lines; where the sums can begin, maybe on a later page."""
    columns = _edges(page, facts)
    y = _head(page, facts, columns, y)
    so_far = Decimal(0)
    carries = page.rng.random() < 0.4
    for at, item in enumerate(facts.items):
        texts = page.fit(
            item.description,
            columns[_at(columns, "description")][2] - columns[_at(columns, "description")][1] - 6,
        )
        if y + page.line * (len(texts) + 1) > page.bottom:
            y = _turn(page, facts, columns, so_far if carries else None, y)
        if page.layout["table"] == "zebra" and at % 2:
            page.sheet.box(page.left, y - page.line, page.right, y + 4, (240, 240, 240))
        y = _row(page, columns, item, at, texts, y)
        so_far += item.net
    if page.layout["table"] != "plain":
        page.sheet.rule(page.left, y - page.line * 0.6, page.right)
    return y


def _at(columns: Sequence[_Column], name: str) -> int:
    return next(at for at, column in enumerate(columns) if column[0] == name)


def _edges(page: Page, facts: Facts) -> list[_Column]:
    way = page.layout["columns"]
    if way == "taxed" and (facts.sums.gross_prices or not facts.sums.shares):
        way = "usual"
    x, edges = page.left, []
    for name, share in _COLUMNS[way]:
        width = (page.right - page.left) * share
        edges.append((name, x, x + width))
        x += width
    return edges


def _head(page: Page, facts: Facts, columns: Sequence[_Column], y: float) -> float:
    filled = page.layout["table"] in ("banded", "zebra")
    if filled:
        page.sheet.box(page.left, y - page.line, page.right, y + 5, page.colour)
    for name, left, right in columns:
        said = page.words.pick("column", name)
        if (
            name == "net"
            and "currency" not in page.shown
            and page.layout["signs"] == "none"
            and page.rng.random() < 0.4
        ):
            said = f"{said} {page.rng.choice(['({})', '{}', 'in {}']).format(facts.currency)}"
            page.shown.add("currency")
        is_number = name in _NUMBERS
        size = (
            page.size
            if page.sheet.width_of(said, page.size, bold=True) < right - left
            else page.size * 0.75
        )
        page.put(
            said,
            right - 3 if is_number else left + 3,
            y,
            bold=True,
            right=is_number,
            white=filled,
            size=size,
        )
    if page.layout["table"] in ("ruled", "boxed"):
        page.sheet.rule(page.left, y + 4, page.right)
    return y + page.line * 1.6


def _row(
    page: Page, columns: Sequence[_Column], item: Item, at: int, texts: list[str], y: float
) -> float:
    values = _values(page, item, at)
    for name, left, right in columns:
        if name == "description":
            page.lines(texts, left + 3, y)
        elif name in _NUMBERS:
            page.put(values[name], right - 3, y, right=True)
        else:
            page.put(values[name], left + 3, y)
    bottom = y + page.line * (len(texts) - 1)
    if item.note:
        bottom += page.line
        page.put(
            item.note, columns[_at(columns, "description")][1] + 3, bottom, size=page.size - 1.5
        )
    if page.layout["table"] == "boxed":
        for _, left, right in columns:
            page.sheet.box(left, y - page.line, right, bottom + 4)
    return bottom + page.line * 1.35


def _values(page: Page, item: Item, at: int) -> dict[str, str]:
    quantity = spelling.quantity(item.quantity, page.numbers)
    rate = f"{page.rate(item.rate)}%"
    return {
        "position": str(at + 1),
        "article": item.article,
        "quantity": quantity,
        "hours": quantity,
        "unit": item.unit,
        "price": page.amount(item.price, in_line=True),
        "rate": rate,
        "net": page.amount(item.net, in_line=True),
        "gross": page.amount(
            item.net + (item.net * item.rate / 100).quantize(Decimal("0.01")), in_line=True
        ),
        "date": page.day(item.day),
    }


def _turn(
    page: Page, facts: Facts, columns: Sequence[_Column], so_far: Decimal | None, y: float
) -> float:
    """The next page, with what some papers carry over."""
    carried = page.words.pick("sum", "carried")
    if so_far is not None:
        page.put(carried, page.right - 150, y, right=True)
        page.put(page.amount(so_far), page.right - 3, y, right=True)
    page.foot()
    page.sheet.new_page()
    y = 50.0
    if page.rng.random() < 0.6:
        page.put(f"{page.words.pick('title', 'invoice')} {facts.number}", page.left, y, size=8)
        y += 20
    y = _head(page, facts, columns, y) if page.rng.random() < 0.8 else y
    if so_far is not None:
        page.put(carried, page.right - 150, y, right=True)
        page.put(page.amount(so_far), page.right - 3, y, right=True)
        y += page.line * 1.3
    return y
