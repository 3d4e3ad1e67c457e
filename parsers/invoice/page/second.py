"""A second opinion on the lines of a page: of the drawn cells, where our own did not add up."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from parsers.invoice.page.columns import kind_of
from parsers.invoice.page.labels import words_of
from parsers.invoice.page.layout import Spot
from parsers.invoice.page.lines import Listed
from parsers.invoice.page.reader import PageInvoice
from parsers.opened import Opened
from parsers.text.ruled import Cell, Table, may_be_ruled, ruled_tables
from parsers.values.amounts import Style, amount_of, amounts_in, style_of
from parsers.values.decimals import spell_amount, spell_number

_SURE = 0.9  # what is that sure needs no second opinion
_PAGES = 2  # a longer paper takes too long
_LETTERS = 15_000  # of a page; one of prose has 3,000
_CENT = Decimal("0.01")
_COMMA = frozenset(words_of("comma"))


class _Line(NamedTuple):
    told: dict[str, str]
    net: Decimal
    cells: tuple[Cell, ...]
    page: int


def second_opinion(document: Opened, page: PageInvoice, before: int) -> Listed | None:
    """The lines by their drawn cells; None where they prove no more than we have."""
    now = page.fields.get("line_items")
    pdf = document.pdf
    headed = now is not None or page.listed
    if pdf is None or not headed or not page.totals.adds_up:
        return None
    if page.sheet.pages > _PAGES or (now is not None and now.confidence >= _SURE):
        return None
    if any(text.letters > _LETTERS for text in document.texts()):
        return None  # pdfminer holds an object for each
    numbers = range(before + 1, before + page.sheet.pages + 1)
    ruled = [number for number in numbers if may_be_ruled(pdf.walls(number))]
    tables = ruled_tables(document.whole, ruled) if ruled else []
    expected = "," if page.labels.language in _COMMA else "."
    found = [line for table in tables for line in _lines(table, expected)]
    made = sum((line.net for line in found), Decimal(0))
    sums = [part.value for part in (page.totals.net, page.totals.total) if part is not None]
    if not found or all(abs(made - each) > _CENT * len(found) for each in sums):
        return None
    return Listed(tuple(line.told for line in found), 0.95, _place(found, before))


def _lines(table: Table, expected: str) -> Iterator[_Line]:
    """Below the row that heads columns of words and of amounts."""
    texts = [cell.text for row in table.rows for cell in row]
    style = style_of([n for text in texts for n in amounts_in(text) if n.marked], expected)
    kinds: list[str] = []
    for row in table.rows:
        heads = [kind_of(" ".join(cell.text.split())) for cell in row]
        if {"words", "amount"} <= set(heads):
            kinds = heads
        elif kinds and len(row) == len(kinds) and (line := _line(row, kinds, style, table.page)):
            yield line


def _line(row: Sequence[Cell], kinds: Sequence[str], style: Style, page: int) -> _Line | None:
    by_kind = dict(zip(kinds, row, strict=True))  # of several amounts the last
    words = " ".join(by_kind["words"].text.split())
    net = _number(by_kind["amount"], style)
    if not words or net is None:
        return None
    told = {"description": words, "net": spell_amount(net)}
    quantity = _number(by_kind["quantity"], style) if "quantity" in by_kind else None
    price = _number(by_kind["price"], style) if "price" in by_kind else None
    if quantity is not None:
        told["quantity"] = spell_number(quantity)
    if price is not None:
        told["unit_price"] = spell_amount(price)
    return _Line(told, net, tuple(row), page)


def _number(cell: Cell, style: Style) -> Decimal | None:
    found = [amount_of(written, style) for written in amounts_in(" ".join(cell.text.split()))]
    return found[0] if len(found) == 1 else None


def _place(found: Sequence[_Line], before: int) -> Spot:
    """Around all lines of the first page that has some."""
    page = found[0].page
    cells = [cell for line in found if line.page == page for cell in line.cells]
    return Spot(
        row=0,
        start=0,
        end=0,
        page=page - before,
        x0=min(cell.x0 for cell in cells),
        top=min(cell.top for cell in cells),
        x1=max(cell.x1 for cell in cells),
        bottom=max(cell.bottom for cell in cells),
        text=found[0].told["description"],
    )
