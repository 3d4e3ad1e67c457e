"""The block of sums: net, taxes, total, what is paid already, what is left."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from tests.papers.facts import Facts, Share
from tests.papers.page import Page


class Row(NamedTuple):
    """A label and its amount."""

    label: str
    amount: Decimal
    bold: bool = False


def draw_sums(page: Page, facts: Facts, y: float) -> float:
    """Draws them in this paper's way, on a page of their own where there is no room."""
    rows = _rows(page, facts)
    if y + page.line * (len(rows) + 4) > page.bottom + 40:
        page.foot()
        page.sheet.new_page()
        y = 60.0
    return _WAYS.get(page.layout["sums"], _right)(page, facts, rows, y + page.line)


def _rows(page: Page, facts: Facts) -> list[Row]:
    sums, words, sign = facts.sums, page.words, _sign(page, facts)
    rows: list[Row] = []
    has_more = sums.prepaid or sums.forward or sums.received
    total = words.pick(
        "sum",
        "credit_total" if facts.kind == "credit_note" else "sum_total" if has_more else "total",
    )
    total = _with_currency(page, facts, total)
    if sums.gross_prices:
        rows.append(Row(total, sums.total * sign, bold=True))
        rows += [Row(_thereof(page, share), share.amount * sign) for share in sums.shares]
        page.shown.add("tax")
    else:
        rows += _before_tax(page, facts, sign)
        rows += [Row(_tax_label(page, share), share.amount * sign) for share in sums.shares]
        rows.append(Row(total, sums.total * sign, bold=True))
    page.shown.update(("total", "payable"))
    return rows + _after_total(page, facts)


def _sign(page: Page, facts: Facts) -> int:
    return -1 if facts.kind == "credit_note" and is_negative(page) else 1


def is_negative(page: Page) -> bool:
    """Some papers print a credit note with a minus, or in brackets."""
    return page.layout.name[-1] in "27"


def _before_tax(page: Page, facts: Facts, sign: int) -> list[Row]:
    sums, words, rows = facts.sums, page.words, []
    if sums.discount or sums.shipping:
        rows.append(Row(words.pick("sum", "lines"), sums.lines * sign))
    if sums.discount:
        label = words.pick("sum", "discount").format(rate=page.rate(sums.discount_rate))
        rows.append(Row(label, -sums.discount * sign))
    if sums.shipping:
        rows.append(Row(words.pick("sum", "shipping"), sums.shipping * sign))
    if sums.shares or page.rng.random() < 0.5:
        rows.append(Row(words.pick("sum", "net"), sums.net * sign))
        page.shown.add("net")
    if sums.shares:
        page.shown.add("tax")
    elif page.rng.random() < 0.5:
        rows.append(Row(f"{page.tax_name.split('+')[0]} 0%", Decimal(0)))
        page.shown.add("tax")
    return rows


def _after_total(page: Page, facts: Facts) -> list[Row]:
    sums, words, rows = facts.sums, page.words, []
    if sums.forward:
        rows.append(Row(words.pick("sum", "forward"), sums.forward))
    if sums.received:
        rows.append(Row(words.pick("sum", "received"), -sums.received))
    if sums.prepaid:
        rows.append(Row(words.pick("sum", "prepaid"), -sums.prepaid))
    if rows:
        rows.append(Row(_payable_label(page), sums.payable, bold=True))
    return rows


def _payable_label(page: Page) -> str:
    """Not the word that this paper has for its total."""
    ways = [
        way
        for way in page.words.all("sum", "payable")
        if way != page.words.pick("sum", "sum_total")
    ]
    return ways[len(page.layout.name) % len(ways)]


def _with_currency(page: Page, facts: Facts, label: str) -> str:
    if "currency" in page.shown or page.rng.random() < 0.3:
        return label
    page.shown.add("currency")
    return label + page.rng.choice([" ({})", " {}", " in {}"]).format(facts.currency)


def _tax_label(page: Page, share: Share) -> str:
    rate, name = page.rate(share.rate), share.name
    name = (
        name
        if name in ("CGST", "SGST", "IGST", "GST", "PST", "QST", "HST")
        else page.tax_name.split("+")[0]
    )
    ways = [
        f"{name} {rate}%",
        f"{name} ({rate}%)",
        f"{rate}% {name}",
        f"{name} {rate} %",
        f"{name} @ {rate}%",
        f"+ {rate} % {name}",
    ]
    base = page.amount(share.base)
    ways += [f"{name} {rate}% / {base}", name]
    return ways[page.rng.randrange(len(ways))] if page.layout["sums"] != "summary" else ways[0]


def _thereof(page: Page, share: Share) -> str:
    name = page.tax_name.split("+")[0]
    return page.words.pick("sum", "thereof").format(rate=page.rate(share.rate), tax=name)


def _right(page: Page, _: Facts, rows: list[Row], y: float) -> float:
    """Labels left in the right half, amounts against the edge."""
    for label, amount, bold in rows:
        if bold:
            page.sheet.rule(page.middle, y - page.line, page.right)
        page.put(label, page.middle, y, bold=bold)
        page.put(page.amount(amount, is_total=bold), page.right - 3, y, bold=bold, right=True)
        y += page.line * 1.15
    return y


def _labels_right(page: Page, _: Facts, rows: list[Row], y: float) -> float:
    """Labels end where the amounts' column begins."""
    for label, amount, bold in rows:
        page.put(page.label(label), page.right - 95, y, bold=bold, right=True)
        page.put(page.amount(amount, is_total=bold), page.right - 3, y, bold=bold, right=True)
        y += page.line * 1.15
    return y


def _boxed(page: Page, _: Facts, rows: list[Row], y: float) -> float:
    for label, amount, bold in rows:
        if bold:
            page.sheet.box(page.middle - 6, y - page.line, page.right, y + 5, (228, 232, 240))
        page.sheet.box(page.middle - 6, y - page.line, page.right, y + 5)
        page.put(label, page.middle, y, bold=bold)
        page.put(page.amount(amount, is_total=bold), page.right - 3, y, bold=bold, right=True)
        y += page.line + 5
    return y


def _wide(page: Page, _: Facts, rows: list[Row], y: float) -> float:
    """Labels at the left edge, amounts at the right one: far apart."""
    for label, amount, bold in rows:
        page.put(label, page.left + 3, y, bold=bold)
        page.put(page.amount(amount, is_total=bold), page.right - 3, y, bold=bold, right=True)
        y += page.line * 1.15
    return y


def _left(page: Page, _: Facts, rows: list[Row], y: float) -> float:
    for label, amount, bold in rows:
        page.put(
            f"{page.label(label)} {page.amount(amount, is_total=bold)}", page.left, y, bold=bold
        )
        y += page.line * 1.15
    return y


def _leader(page: Page, _: Facts, rows: list[Row], y: float) -> float:
    dot = page.sheet.width_of(".", page.size)
    for label, amount, bold in rows:
        room = page.right - 80 - page.middle - page.sheet.width_of(label, page.size, bold=bold)
        page.put(label + " " + "." * max(2, int(room / dot)), page.middle, y, bold=bold)
        page.put(page.amount(amount, is_total=bold), page.right - 3, y, bold=bold, right=True)
        y += page.line * 1.15
    return y


def _across(page: Page, _: Facts, rows: list[Row], y: float) -> float:
    """Labels in a row, amounts in the row below."""
    for start in range(0, len(rows), 4):
        part = rows[start : start + 4]
        wide = (page.right - page.left) / len(part)
        page.sheet.rule(page.left, y - page.line, page.right)
        for at, (label, amount, bold) in enumerate(part):
            edge = page.left + (at + 1) * wide - 3
            page.put(label, edge, y, right=True, size=page.size - 1)
            page.put(
                page.amount(amount, is_total=bold), edge, y + page.line * 1.1, bold=bold, right=True
            )
        y += page.line * 2.8
    return y


def _summary(page: Page, facts: Facts, rows: list[Row], y: float) -> float:
    """A table of the taxes on the left, the total on the right: as many European programs do."""
    if not facts.sums.shares:
        return _right(page, facts, rows, y)
    words, x, top = page.words, page.left, y
    wide = (page.middle - 30 - x) / 3
    heads = (
        words.pick("column", "base"),
        f"{page.tax_name.split('+')[0]} %",
        words.pick("column", "tax"),
    )
    for at, head in enumerate(heads):
        page.put(head, x + (at + 1) * wide, y, right=True, size=page.size - 1, bold=True)
    sign = _sign(page, facts)
    for share in facts.sums.shares:
        y += page.line
        cells = (
            page.amount(share.base * sign, in_line=True),
            f"{page.rate(share.rate)} %",
            page.amount(share.amount * sign, in_line=True),
        )
        for at, cell in enumerate(cells):
            page.put(cell, x + (at + 1) * wide, y, right=True)
    return max(y + page.line, _right(page, facts, rows, top))


_WAYS: dict[str, Callable[[Page, Facts, list[Row], float], float]] = {
    "labels right": _labels_right,
    "boxed": _boxed,
    "wide": _wide,
    "left": _left,
    "across": _across,
    "summary": _summary,
    "leader": _leader,
}
