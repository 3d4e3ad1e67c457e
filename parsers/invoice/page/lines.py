"""What was bought: the rows between the heading of the list and the sums."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from parsers.invoice.page.columns import (
    Heading,
    Number,
    by_column,
    headings,
    numbers_in,
    rate_in,
)
from parsers.invoice.page.labels import Labels
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.invoice.page.money import Amounts
from parsers.invoice.page.totals import Totals
from parsers.values.decimals import spell_amount, spell_number

_MOST = 400
_WORD = 6  # letters: longer than a unit or a currency
_MANY = 99  # numbers in one line
_CENT = Decimal("0.01")
_ROUNDED = Decimal("0.0051")  # of a unit price, half of its last digit
_CHANGES = ("tax", "off", "added", "prepaid", "payable")
_SUMS = ("total", "net", "tax", "payable")


class Listed(NamedTuple):
    """The lines, how sure they are, and where they stand."""

    lines: tuple[dict[str, str], ...]
    confidence: float
    spot: Spot


class _Line(NamedTuple):
    row: Row
    text: str
    placed: dict[int, Number]
    numbers: list[Number]
    heading: Heading


def lines_of(
    sheet: Sheet, labels: Labels, amounts: Amounts, listing: frozenset[int], totals: Totals
) -> Listed | None:
    """Every row that ends in money; that they add up to a sum of the invoice is their proof."""
    heads = list(headings(sheet, labels, listing))
    found: list[_Line] = []
    for at, head in enumerate(heads):
        upto = heads[at + 1].last if at + 1 < len(heads) else len(sheet.rows)
        found += _below(sheet, labels, amounts, head, upto)
    found = found[:_MOST]
    if not found:
        return None
    sums = [part.value for part in (totals.net, totals.total) if part is not None]
    below = found[-1].row.index
    sums += [a.value for a in amounts.all if a.marked and a.spot.row > below][:4]
    nets, proved = _nets(found, sums)
    lines = tuple(_told(line, net, proved) for line, net in zip(found, nets, strict=True))
    return Listed(lines, 0.95 if proved else 0.5, _together(found))


def _below(
    sheet: Sheet, labels: Labels, amounts: Amounts, head: Heading, upto: int
) -> Iterator[_Line]:
    running, fewest, summed = Decimal(0), _MANY, False
    for row in sheet.rows[head.last + 1 : upto]:
        numbers = numbers_in(row, amounts)
        marked = [number.value for number in numbers if number.marked]
        if not marked:
            continue
        carried = bool(running) and len(numbers) == 1 and marked[0] == running
        if _is_sum(labels, row, begun=bool(running)) and not carried:
            return
        text = _description(row, head)
        if carried or not text or _opens_with(labels, row, ("not_amount",)):
            summed = summed or carried
            continue
        if (summed or _is_beside(labels, row)) and running and len(numbers) < max(2, fewest):
            return  # below their sum stand discounts, freight and taxes
        running, fewest = running + marked[-1], min(fewest, len(numbers))
        yield _Line(row, text, by_column(numbers, head), numbers, head)


def _is_beside(labels: Labels, row: Row) -> bool:
    """Whether a label calls it something that changes the sum of the lines."""
    in_row = labels.by_row.get(row.index, ())
    return any(label.role in _CHANGES and label.opens for label in in_row)


def _is_sum(labels: Labels, row: Row, *, begun: bool) -> bool:
    """`Cuota mensual` may be what is bought, or a tax: that stands below the lines."""
    return _opens_with(labels, row, _SUMS if begun else ("total", "net", "payable"))


def _opens_with(labels: Labels, row: Row, roles: Sequence[str]) -> bool:
    """Whether it is the row of a sum, or of what is carried to the next page."""
    return any(
        (label.role in roles and label.opens and label.closes)
        or (label.role in _SUMS and label.role in roles and label.opens)
        for label in labels.by_row.get(row.index, ())
    )


def _description(row: Row, head: Heading) -> str:
    """The words under the heading for them, else the first cell of words."""
    cells = [cell for cell in row.cells() if _is_words(cell.text)]
    told = [head.columns[at].spot for at in head.of("words")]
    under = [cell for spot in reversed(told) for cell in cells if cell.over(spot, 0)]
    return next((cell.text.strip() for cell in [*under, *cells]), "")


def _is_words(text: str) -> bool:
    """More letters than digits: numbers of positions and days stand before the words."""
    letters = sum(letter.isalpha() for letter in text)
    return letters > 2 and letters > sum(letter.isdigit() for letter in text)


def _nets(found: Sequence[_Line], sums: Sequence[Decimal]) -> tuple[list[Decimal], bool]:
    """The amounts of the lines: of the column that adds up, else the last of each row."""
    ways = [[_last(line) for line in found]]
    columns = max((len(line.heading.columns) for line in found), default=0)
    for at in reversed(range(columns)):
        values = [line.placed[at].value for line in found if at in line.placed]
        if len(values) == len(found) and "amount" in {
            line.heading.columns[at].kind for line in found if at < len(line.heading.columns)
        }:
            ways.append(values)
    for total in sums:
        for values in ways:
            if abs(sum(values, Decimal(0)) - total) <= _CENT * len(found):
                return values, True
    return ways[0], False


def _last(line: _Line) -> Decimal:
    return next(number.value for number in reversed(line.numbers) if number.marked)


def _told(line: _Line, net: Decimal, proved: bool) -> dict[str, str]:
    quantity, price = _factors(line, net)
    told = {"description": line.text, "net": spell_amount(net)}
    if quantity is not None:
        told["quantity"] = spell_number(quantity)
    if price is not None:
        told["unit_price"] = spell_amount(price)
    if proved and (rate := rate_in(line.row)) is not None:
        told["tax_rate"] = spell_number(rate)
    return told


def _factors(line: _Line, net: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """How many, and for how much each: what their headings say, where it makes the amount."""
    counted = [line.placed[at].value for at in line.heading.of("quantity") if at in line.placed]
    priced = [line.placed[at].value for at in line.heading.of("price") if at in line.placed]
    for quantity in counted:
        for price in priced:
            if _makes(quantity, price, net):
                return quantity, price
    before = [
        number
        for number in line.numbers
        if (number.value != net or number.value == 1) and not _is_in_words(line.row, number.spot)
    ]
    made = [
        (one.value, other.value)
        for one, other in combinations([*before, *_net_itself(line, net)], 2)
        if _makes(one.value, other.value, net)
    ]
    if len(set(made)) == 1:
        one, two = made[0]
        return (two, one) if two in counted or one in priced else (one, two)
    return (counted[0], None) if len(counted) == 1 and not priced else (None, None)


def _is_in_words(row: Row, spot: Spot) -> bool:
    """`Hex cap screw 3/8-16 x 2`: that is no quantity."""
    start, end = row.cell_at(spot.start)
    return sum(letter.isalpha() for letter in row.text[start:end]) > _WORD


def _net_itself(line: _Line, net: Decimal) -> list[Number]:
    """`1   250.00   250.00`: the price of one is the amount, and stands there twice."""
    same = [number for number in line.numbers if number.value == net]
    return same[:1] if len(same) > 1 else []


def _makes(quantity: Decimal, price: Decimal, net: Decimal) -> bool:
    return bool(net) and abs(quantity * price - net) <= _CENT + abs(quantity) * _ROUNDED


def _together(found: Sequence[_Line]) -> Spot:
    """The place of all lines of the first page that has some."""
    page = [line.row for line in found if line.row.page == found[0].row.page]
    first = page[0].spot(0, len(page[0].text))
    return first._replace(
        x0=min(row.words[0].x0 for row in page),
        x1=max(row.words[-1].x1 for row in page),
        bottom=page[-1].bottom,
    )
