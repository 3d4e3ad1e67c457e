"""The heading of a list of goods: which column says what, and what stands in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from parsers.invoice.page.labels import Label, Labels, squeezed, table, words_of
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.invoice.page.money import Amounts
from parsers.values.amounts import amount_of, amounts_in

_KINDS = {
    word: kind
    for kind, name in (("quantity", "quantity_heads"), ("price", "price_heads"))
    for word in words_of(name)
}
_SUMS = ("total", "net", "tax")
_AWAY = 45.0  # points between the middle of a number and that of its heading
_RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?%")


class Column(NamedTuple):
    """One column, where its heading stands."""

    kind: str  # quantity, price, amount, words, or empty
    spot: Spot


class Number(NamedTuple):
    """A number of a row of the list, money or not."""

    value: Decimal
    spot: Spot
    marked: bool  # its writing says that it is money


class Heading(NamedTuple):
    """The rows of a heading, and the columns below."""

    last: int  # its last row
    columns: tuple[Column, ...]

    def of(self, kind: str) -> list[int]:
        """The columns of a kind, from the left."""
        return [at for at, column in enumerate(self.columns) if column.kind == kind]


def headings(sheet: Sheet, labels: Labels, listing: frozenset[int]) -> Iterator[Heading]:
    """Each heading of the list: it may stand once more on the next page."""
    for row in sorted(listing):
        if row + 1 in listing:
            continue
        first = row
        while first - 1 in listing:
            first -= 1
        rows = range(first, row + 1)
        found = (label for each in rows for label in labels.by_row.get(each, ()))
        if sheet.rows[first].page == sheet.rows[row].page:
            yield Heading(row, tuple(_columns(found)))


def _columns(found: Iterable[Label]) -> Iterator[Column]:
    best: dict[tuple[int, int], Column] = {}
    for label in found:
        kind = _kind(label)
        at = (label.spot.row, label.spot.start)
        if at not in best or (kind and not best[at].kind):
            best[at] = Column(kind, label.spot)
    yield from sorted(best.values(), key=lambda column: column.spot.x0)


def kind_of(text: str) -> str:
    """What a column with this heading holds; empty for what is of no use to us."""
    key = squeezed(text)
    roles = {entry.role for entry in table().get(key, ())}
    words = "words" if "description" in roles else ""
    return _KINDS.get(key, "") or words or ("amount" if roles & {"total", "net"} else "")


def _kind(label: Label) -> str:
    known = _KINDS.get(squeezed(label.spot.text), "")
    words = "words" if label.role == "description" and label.opens else ""
    return known or words or ("amount" if label.role in _SUMS else "")


def numbers_in(row: Row, amounts: Amounts) -> list[Number]:
    """All numbers of a row, also those that count something."""
    found = list(amounts_in(row.text))
    return [
        Number(
            amount_of(written, amounts.style),
            row.spot(written.start, written.end),
            written.marked,
        )
        for written in found
    ]


def by_column(numbers: Sequence[Number], heading: Heading) -> dict[int, Number]:
    """Each number under the heading that is nearest; the last one, where two are under one."""
    placed: dict[int, Number] = {}
    for number in numbers:
        near = [(_away(number.spot, column.spot), at) for at, column in enumerate(heading.columns)]
        away, at = min(near, default=(_AWAY, -1))
        if away < _AWAY:
            placed[at] = number
    return placed


def _away(spot: Spot, head: Spot) -> float:
    """How far its right edge, its left edge or its middle is from that of a heading."""
    middles = abs((spot.x0 + spot.x1) - (head.x0 + head.x1)) / 2
    apart = max(0.0, head.x0 - spot.x1, spot.x0 - head.x1)
    return apart + min(middles, abs(spot.x1 - head.x1), abs(spot.x0 - head.x0))


def rate_in(row: Row) -> Decimal | None:
    """The one rate of tax that a row of the list names."""
    found = {Decimal(text.replace(",", ".")) for text in _RATE.findall(row.text)}
    return found.pop() if len(found) == 1 else None
