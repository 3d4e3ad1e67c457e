"""Which amounts the labels of a sheet claim: totals, nets, taxes and what changes them."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from parsers.invoice.page.labels import Label, Labels
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.invoice.page.money import Amount, Amounts

ROLES = ("total", "payable", "net", "tax", "prepaid", "off", "added")
_COLUMN = ("total", "net", "tax")
_UNDER = 2.4  # line heights below a label in which its amount may stand
_COLUMN_ROWS = 14
_COLUMNS = 5  # cells of a row without a number: the heading of some table
_TAXED = Decimal("0.6")  # the tax of a net amount is less than that
_WITHIN = 0.92  # of a label of what is left to pay, with other words before it in its cell
_BASE = re.compile(
    r"(?:/|\b(?:on|of|auf|von|aus|sur|su|de|sobre|over|van|od|af|z|base|basis|netto|net|ex))"
    r"[ \u00a0(:]*$",
    re.IGNORECASE,
)


_NO = re.compile(
    r"(?:\bno|\bnot|\bnon|\bwithout|\bohne|\bsans|\bsenza|\bsin|\bsem|\bzonder)\W*$", re.IGNORECASE
)


class Claim(NamedTuple):
    """An amount, and how strongly a label says what it is."""

    role: str
    value: Decimal
    weight: float
    spots: tuple[Spot, ...]  # several: their sum is meant
    label: str


def claims_of(
    sheet: Sheet, labels: Labels, amounts: Amounts, listing: frozenset[int]
) -> list[Claim]:
    """All that the labels claim; one amount may be claimed for several roles."""
    found: list[Claim] = []
    for index, in_row in labels.by_row.items():
        if index in listing:
            continue
        found.extend(_of_row(sheet, labels, amounts, in_row))
    return found


def line_headings(sheet: Sheet, labels: Labels, amounts: Amounts) -> frozenset[int]:
    """The rows that head the list of what was bought."""
    found: set[int] = set()
    for index, in_row in labels.by_row.items():
        if amounts_marked(amounts, index):
            continue
        rates = {label.spot.start for label in in_row if label.role == "rate"}
        texts = {x.spot.start for x in in_row if x.role == "description" and x.opens}
        prices = {x.spot.start for x in in_row if x.role == "not_amount"} - rates
        sums = {x.spot.start for x in in_row if x.role in _COLUMN} | rates
        wide = len(sheet.rows[index].cells()) >= _COLUMNS and bool(prices)
        if (texts and (prices or sums - texts)) or (prices and sums - prices) or wide:
            found.add(index)
    for index in list(found):
        for near in (index - 1, index + 1):
            if near in found or not _is_more_heading(sheet, labels, amounts, index, near):
                continue
            found.add(near)
    return frozenset(found)


def amounts_marked(amounts: Amounts, index: int) -> bool:
    """Whether an amount of money stands in this row."""
    return any(amount.marked for amount in amounts.by_row.get(index, ()))


def _is_more_heading(sheet: Sheet, labels: Labels, amounts: Amounts, index: int, near: int) -> bool:
    """A heading in two lines."""
    if not 0 <= near < len(sheet.rows) or amounts.by_row.get(near):
        return False
    one, two = sheet.rows[min(index, near)], sheet.rows[max(index, near)]
    close = one.page == two.page and two.top - one.bottom < 0.4 * one.height
    roles = {label.role for label in labels.by_row.get(near, ())}
    return close and bool(roles & {*_COLUMN, "not_amount"})


def _of_row(sheet: Sheet, labels: Labels, amounts: Amounts, in_row: list[Label]) -> Iterator[Claim]:
    ours = [label for label in in_row if label.role in ROLES and not _is_denied(sheet, label)]
    starts = sorted({label.spot.start for label in ours if not _names_base(sheet, label, ours)})
    for label in in_row:
        if label.role == "not_amount" and label.opens and (last := _last_of(label, amounts)):
            yield Claim("before", last.value, label.weight, (last.spot,), label.spot.text)
    for label in map(_less_within, ours):
        after = [start for start in starts if start > label.spot.start]
        upto = after[0] if after else 1_000_000
        right = [
            a
            for a in amounts.by_row.get(label.spot.row, ())
            if label.spot.end < a.spot.end
            and a.spot.start < upto
            and not (label.role == "tax" and _is_base(sheet, label, a.spot))
            and (a.marked or not amounts.exact or _is_close(sheet, label, a.spot))
        ]
        if right:
            yield from _in_full(label, right)
            yield from _beside(label, right, labels, sheet)
            continue
        column = list(_column(sheet, labels, amounts, label))
        if column:
            yield from _under(label, column)
        elif left := _left_of(label, amounts):
            yield Claim(label.role, left.value, label.weight * 0.5, (left.spot,), label.spot.text)


def _less_within(label: Label) -> Label:
    """`Supervision, saldo   1.200,00`: what was bought, that ends in such a word."""
    if label.role != "payable" or label.opens:
        return label
    return label._replace(weight=label.weight * _WITHIN)


def _names_base(sheet: Sheet, label: Label, ours: list[Label]) -> bool:
    """`10 % USt von netto 1.320,00   132,00`: of what the tax is taken, then the tax."""
    taxes = [x for x in ours if x.role == "tax" and x.spot.end < label.spot.start]
    between = (
        sheet.rows[label.spot.row].text[taxes[-1].spot.end : label.spot.start] if taxes else ""
    )
    return label.role == "net" and bool(_BASE.search(between)) and "\t" not in between


def _beside(label: Label, right: list[Amount], labels: Labels, sheet: Sheet) -> Iterator[Claim]:
    """The last amount of the row is meant; in a table the heading above each may know better."""
    best = max((a.marked for a in right), default=False)
    fit = [a for a in right if a.marked or not best]
    for amount in fit:
        last = amount is fit[-1]
        in_table = len(fit) > 1 and label.role in _COLUMN
        head = _heading(sheet, labels, amount.spot) if in_table else None
        near = (1.0 if last else 0.72) * (1.0 if amount.marked else 0.6)
        if head is not None and head.role != label.role:
            yield Claim(head.role, amount.value, head.weight * 0.9, (amount.spot,), head.spot.text)
            near *= 0.6
        yield Claim(label.role, amount.value, label.weight * near, (amount.spot,), label.spot.text)


def _in_full(label: Label, right: list[Amount]) -> Iterator[Claim]:
    """`Total  1,000.00  200.00  1,200.00`: net, tax and total in the row of a table's end."""
    marked = [amount for amount in right if amount.marked]
    if label.role != "total" or len(marked) < 3:
        return
    *_, net, tax, total = marked
    if net.value + tax.value == total.value and abs(tax.value) < abs(net.value) * _TAXED:
        text = label.spot.text
        for role, amount in (("net", net), ("tax", tax), ("total", total)):
            yield Claim(role, amount.value, 0.95, (amount.spot,), text)


def _heading(sheet: Sheet, labels: Labels, spot: Spot) -> Label | None:
    """The nearest label for an amount that stands above in the same column."""
    for index in range(spot.row - 1, max(-1, spot.row - _COLUMN_ROWS), -1):
        row = sheet.rows[index]
        if row.page != spot.page:
            return None
        for label in labels.by_row.get(index, ()):
            if (
                label.role in _COLUMN
                and label.spot.over(spot, 0)
                and not _has_right(label, row.text)
            ):
                return label
    return None


def _has_right(label: Label, text: str) -> bool:
    return any(
        c.isdigit() for c in text[label.spot.end : label.spot.end + 12].split("\t", maxsplit=1)[0]
    )


def _column(sheet: Sheet, labels: Labels, amounts: Amounts, label: Label) -> Iterator[Amount]:
    """The amounts straight below a label, as far as they follow each other."""
    label = label._replace(spot=_widened(sheet, labels, label))
    last = label.spot
    for row in sheet.below(label.spot, 400):
        if row.top - last.bottom > _UNDER * max(4.0, last.bottom - last.top):
            return
        under = [
            a for a in amounts.by_row.get(row.index, ()) if a.spot.over(label.spot, 0) and a.marked
        ]
        if not under and _is_ended(row, label, labels):
            return
        if under:
            yield under[-1]
            last = under[-1].spot


def _widened(sheet: Sheet, labels: Labels, label: Label) -> Spot:
    """To the end of its cell, `GST 10% / AUD 8014.73`, or to the next label in it."""
    row = sheet.rows[label.spot.row]
    _, end = row.cell_at(label.spot.start)
    starts = [x.spot.start for x in labels.by_row[row.index] if x.role in ROLES]
    upto = min([end, *(start for start in starts if start > label.spot.start)])
    wide = row.spot(label.spot.start, upto)
    return wide._replace(x0=min(wide.x0, label.spot.x0), x1=max(wide.x1, label.spot.x1))


def _is_ended(row: Row, label: Label, labels: Labels) -> bool:
    """Other words stand in the column."""
    return any(
        other.spot.over(label.spot, 0) and other.role in (*ROLES, "not_amount")
        for other in labels.by_row.get(row.index, ())
    )


def _under(label: Label, column: list[Amount]) -> Iterator[Claim]:
    """One amount below is meant; of several the sum, which may stand last itself."""
    text = label.spot.text
    if len(column) == 1:
        yield Claim(label.role, column[0].value, label.weight * 0.88, (column[0].spot,), text)
        return
    values = [amount.value for amount in column]
    if values[-1] == sum(values[:-1], Decimal(0)):
        yield Claim(label.role, values[-1], label.weight * 0.9, (column[-1].spot,), text)
        return
    if label.role == "payable":
        return
    yield Claim(label.role, column[0].value, label.weight * 0.7, (column[0].spot,), text)
    if label.role in _COLUMN:
        spots = tuple(amount.spot for amount in column)
        yield Claim(label.role, sum(values, Decimal(0)), label.weight * 0.75, spots, text)


def _is_close(sheet: Sheet, label: Label, spot: Spot) -> bool:
    """A bare number counts straight behind its label: `VAT is not charged, see section 19`."""
    between = sheet.rows[spot.row].text[label.spot.end : spot.start]
    return sum(letter.isalpha() for letter in between) <= 8


def _is_base(sheet: Sheet, label: Label, spot: Spot) -> bool:
    """`VAT 19 % of 100.00`: what the tax is made on, not the tax; `includes GST of 9.00` is."""
    return bool(_BASE.search(sheet.rows[spot.row].text[label.spot.end : spot.start]))


def _last_of(label: Label, amounts: Amounts) -> Amount | None:
    """The last amount of money behind a label."""
    row = amounts.by_row.get(label.spot.row, ())
    return next((a for a in reversed(row) if a.marked and a.spot.start >= label.spot.end), None)


def _is_denied(sheet: Sheet, label: Label) -> bool:
    """`Disbursements (no VAT)`: what is not taxed is no tax."""
    before = sheet.rows[label.spot.row].text[: label.spot.start]
    return label.role == "tax" and bool(_NO.search(before))


def _left_of(label: Label, amounts: Amounts) -> Amount | None:
    """`€99.00 due`: the amount stands before its label."""
    before = [a for a in amounts.by_row.get(label.spot.row, ()) if a.spot.end <= label.spot.start]
    near = before[-1] if before else None
    if near is None or not near.marked or label.spot.x0 - near.spot.x1 > 30:
        return None
    return near


def of_role(claims: Iterable[Claim], role: str) -> list[Claim]:
    """The claims for a role, each value once with its strongest claim, the strongest first."""
    best: dict[Decimal, Claim] = {}
    for claim in claims:
        if claim.role == role and (
            claim.value not in best or claim.weight >= best[claim.value].weight
        ):
            best[claim.value] = claim
    return sorted(best.values(), key=lambda claim: -claim.weight)
