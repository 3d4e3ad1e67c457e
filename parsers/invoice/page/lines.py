"""What was bought: the rows between the heading of the list and the sums."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from parsers.invoice.page.labels import Label, Labels
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.invoice.page.money import Amount, Amounts
from parsers.invoice.page.totals import Totals
from parsers.values.decimals import spell_amount, spell_number

_MOST = 400
_CENT = Decimal("0.01")
_SUMS = ("total", "net", "tax", "payable")


class Listed(NamedTuple):
    """The lines, how sure they are, and where they stand."""

    lines: tuple[dict[str, str], ...]
    confidence: float
    spot: Spot


def lines_of(
    sheet: Sheet, labels: Labels, amounts: Amounts, listing: frozenset[int], totals: Totals
) -> Listed | None:
    """Every row that ends in money; that they add up to a sum of the invoice is their proof."""
    if not listing:
        return None
    head = max(row for row in listing if row - 1 in listing or row == min(listing))
    heading = [label for row in listing if row <= head for label in labels.by_row.get(row, ())]
    found = list(_lines(sheet, labels, amounts, heading, head))[:_MOST]
    if not found:
        return None
    made = sum((amount.value for _, amount, _ in found), Decimal(0))
    sums = [part.value for part in (totals.net, totals.total) if part is not None]
    sums += [a.value for a in amounts.all if a.marked and a.spot.row > found[-1][1].spot.row][:4]
    proved = any(abs(made - each) <= _CENT * len(found) for each in sums)
    lines = tuple(_line(text, amount, quantity) for text, amount, quantity in found)
    return Listed(lines, 0.95 if proved else 0.5, found[0][1].spot)


_Found = tuple[str, Amount, Amount | None]


def _lines(
    sheet: Sheet, labels: Labels, amounts: Amounts, heading: Sequence[Label], head: int
) -> Iterator[_Found]:
    counted = [x.spot for x in heading if x.role == "not_amount"][:1]
    for row in sheet.rows[head + 1 :]:
        in_row = amounts.by_row.get(row.index, [])
        marked = [amount for amount in in_row if amount.marked]
        if marked and _is_sum(labels, row):
            return
        text = _description(row)
        if marked and text:
            quantity = next((a for a in in_row for c in counted if a.spot.over(c, 6)), None)
            yield text, marked[-1], quantity if quantity is not marked[-1] else None


def _is_sum(labels: Labels, row: Row) -> bool:
    return any(label.role in _SUMS and label.opens for label in labels.by_row.get(row.index, ()))


def _description(row: Row) -> str:
    """The first cell of words: numbers of positions and days stand before it."""
    for cell in row.cells():
        letters = sum(letter.isalpha() for letter in cell.text)
        if letters > 2 and letters > sum(letter.isdigit() for letter in cell.text):
            return cell.text.strip()
    return ""


def _line(text: str, amount: Amount, quantity: Amount | None) -> dict[str, str]:
    line = {"description": text, "net": spell_amount(amount.value)}
    if quantity is not None:
        line["quantity"] = spell_number(quantity.value)
    return line
