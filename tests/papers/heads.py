"""The top of a bill: who sells, who buys, what it is, its number and dates."""

from tests.papers.facts import Facts, Party
from tests.papers.page import Page

_TOP = 52.0
_TITLE_OF = {
    "invoice": "invoice",
    "credit_note": "credit_note",
    "prepayment": "prepayment",
    "final": "invoice",
    "corrected": "corrected",
    "self_billing": "self_billing",
    "receipt": "receipt",
    "balance": "invoice",
}


def title(page: Page, facts: Facts) -> str:
    """What the paper calls itself."""
    return page.words.pick("title", _TITLE_OF[facts.kind])


def parties(facts: Facts) -> tuple[Party, Party]:
    """Who writes, and to whom; in self-billing it is the buyer who writes."""
    swapped = facts.kind == "self_billing"
    return (facts.buyer, facts.seller) if swapped else (facts.seller, facts.buyer)


def draw(page: Page, facts: Facts) -> float:
    """All of it; where the lines can begin."""
    writer, reader = parties(facts)
    head = page.layout["head"]
    y = _HEADS.get(head, _left)(page, writer)
    y = max(_title(page, facts, y), y) + page.line
    if head == "parties":
        return _meta(page, facts, _both(page, facts, y), wide=True)
    return _who_and_what(page, facts, reader, y)


def _contact(page: Page, party: Party) -> list[str]:
    more = [f"{page.words.label('phone')} {party.phone}", party.mail]
    return [line for line in more if page.rng.random() < 0.6]


def tax_line(page: Page, party: Party) -> str:
    """The party's tax number with its label."""
    return f"{page.label(party.tax_label)} {party.tax_number}" if party.tax_number else ""


def _address(page: Page, party: Party) -> list[str]:
    tax = [tax_line(page, party)] if page.layout["foot"] == "none" else []
    if tax and tax[0]:
        page.shown.add("seller_vat")
    page.shown.add("seller_name")
    return [line for line in [party.street, party.town, *_contact(page, party), *tax] if line]


def _left(page: Page, party: Party) -> float:
    page.put(
        party.name,
        page.left,
        _TOP,
        size=page.rng.choice([12.0, 15.0, 18.0]),
        bold=True,
        coloured=True,
    )
    return page.lines(_address(page, party), page.left, _TOP + 18)


def _right(page: Page, party: Party) -> float:
    page.put(party.name, page.right, _TOP, size=13, bold=True, right=True)
    return page.lines(_address(page, party), page.right, _TOP + 16, right=True)


def _centre(page: Page, party: Party) -> float:
    middle = page.sheet.width / 2
    page.put(party.name, middle, _TOP, size=15, bold=True, centre=True)
    y = _TOP + 16
    for line in _address(page, party):
        page.put(line, middle, y, centre=True)
        y += page.line
    page.sheet.rule(page.left, y, page.right)
    return y + 14


def _window(page: Page, party: Party) -> float:
    """The German way: the sender in a small line above the window, more of it on the right."""
    page.sheet.blob(page.right - 44, 30, page.colour)
    small = f"{party.name} · {party.street} · {party.town}"
    page.put(small, page.left, 128, size=6.5)
    page.shown.add("seller_name")
    if page.rng.random() < 0.6:
        page.lines([party.name, *_address(page, party)], page.middle + 40, 84, size=8)
    return 138


def _footer(page: Page, _: Party) -> float:
    """Only a picture above; the seller stands at the foot of the page."""
    page.sheet.blob(page.left, 34, page.colour)
    page.layout.chosen["foot"] = "columns"
    return 92


def _band(page: Page, party: Party) -> float:
    page.sheet.box(0, 0, page.sheet.width, 78, page.colour)
    page.put(party.name, page.left, 46, size=17, bold=True, white=True)
    y = 26.0
    for line in _address(page, party)[:4]:
        page.put(line, page.right, y, size=8, right=True, white=True)
        y += 11
    return 98


def _beside(page: Page, party: Party) -> float:
    """The name on the left, all else on the right in one line each."""
    page.put(party.name, page.left, _TOP, size=12, bold=True)
    page.put(", ".join(_address(page, party)[:2]), page.left, _TOP + 14, size=8)
    page.sheet.rule(page.left, _TOP + 22, page.right, wide=1.2)
    rest = " | ".join(_address(page, party)[2:])
    page.put(rest, page.left, _TOP + 33, size=7.5)
    return _TOP + 46


def _brand(page: Page, party: Party) -> float:
    """A brand above; the name that counts is in the small print."""
    page.put(party.brand.upper(), page.right, _TOP, size=20, bold=True, right=True, coloured=True)
    page.layout.chosen["foot"] = "columns"
    return _TOP + 24


def _nothing(_page: Page, _party: Party) -> float:
    """Seller and buyer stand below, beside each other."""
    return 48.0


def _below(page: Page, party: Party) -> float:
    page.put(page.label(page.words.label("from")), page.left, _TOP, size=8)
    return page.lines([party.name, *_address(page, party)], page.left, _TOP + 14, bold_first=True)


_HEADS = {
    "left": _left,
    "right": _right,
    "centre": _centre,
    "window": _window,
    "footer": _footer,
    "band": _band,
    "beside": _beside,
    "brand": _brand,
    "below": _below,
    "parties": _nothing,
}


def _title(page: Page, facts: Facts, y: float) -> float:
    said, kind = title(page, facts), page.layout["title"]
    right_is_free = page.layout["head"] not in ("right", "brand", "window", "band")
    if kind == "big right" and right_is_free:
        page.put(said, page.right, _TOP, size=20, bold=True, right=True)
        return y
    if kind == "with number":
        sign = page.rng.choice([" ", " ", " #", ": ", " Nr. ", " n° "])
        page.put(f"{said}{sign}{facts.number}", page.left, y + 22, size=15, bold=True)
        page.shown.add("invoice_number")
        return y + 30
    if kind == "centre":
        page.put(said, page.sheet.width / 2, y + 18, size=16, bold=True, centre=True)
    elif kind == "spaced":
        page.put(" ".join(said.upper()), page.left, y + 20, size=14, bold=True)
    elif kind == "banner":
        page.sheet.box(page.left, y + 6, page.right, y + 26, page.colour)
        page.put(said, page.left + 6, y + 20, size=12, bold=True, white=True)
    elif kind == "small":
        page.put(said, page.left, y + 14, bold=True)
    else:
        page.put(said, page.left, y + 22, size=20, bold=True)
    return y + 32


def _both(page: Page, facts: Facts, y: float) -> float:
    """Seller and buyer beside each other, each under its label."""
    writer, reader = parties(facts)
    ends = [
        _party(page, writer, "from", page.left, y),
        _party(page, reader, "bill_to", page.middle, y),
    ]
    page.shown.update(("seller_name", "buyer_name"))
    return max(ends) + page.line


def _party(page: Page, party: Party, label: str, x: float, y: float) -> float:
    page.put(page.label(page.words.label(label)), x, y, bold=True, size=page.size - 0.5)
    tax = [tax_line(page, party)] if page.rng.random() < 0.6 else []
    if tax and tax[0] and label == "from":
        page.shown.add("seller_vat")
    return page.lines([*party.lines, *tax], x, y + page.line)


def _who_and_what(page: Page, facts: Facts, reader: Party, y: float) -> float:
    """The buyer, and the number and dates beside or below."""
    page.shown.add("buyer_name")
    place = page.layout["buyer"]
    wide = page.layout["meta"] in ("columns", "boxes", "inline", "sentence", "table")
    if place == "inline":
        page.put(
            f"{page.label(page.words.label('bill_to'))} {', '.join(reader.lines)}", page.left, y
        )
        return _meta(page, facts, y + page.line * 2, wide=True)
    if place == "beneath meta":
        y = _meta(page, facts, y, wide=True) + page.line
        return _buyer(page, reader, page.left, y, labelled=True)
    if place == "with ship-to":
        left = _buyer(page, reader, page.left, y, labelled=True)
        page.put(page.label(page.words.label("ship_to")), page.middle, y, bold=True)
        right = page.lines(
            [reader.name, page.rng.choice(page.country.streets).format(n=7), reader.town],
            page.middle,
            y + page.line,
        )
        return _meta(page, facts, max(left, right) + page.line, wide=True)
    buyer_x, meta_x = (page.middle, page.left) if place == "right" else (page.left, page.middle)
    end = _buyer(page, reader, buyer_x, y, labelled=place != "left")
    if wide:
        return _meta(page, facts, end + page.line, wide=True)
    return max(end, _meta(page, facts, y, wide=False, x=meta_x))


def _buyer(page: Page, party: Party, x: float, y: float, *, labelled: bool) -> float:
    if labelled:
        page.put(page.label(page.words.label("bill_to")), x, y, bold=page.rng.random() < 0.6)
        y += page.line
    return page.lines(party.lines, x, y)


def _rows(page: Page, facts: Facts) -> list[tuple[str, str]]:
    """Label and value of what is said about the bill, in this paper's order."""
    from tests.papers.terms import due_rows

    words = page.words
    number = "credit_number" if facts.kind == "credit_note" else "number"
    rows = [(words.label(number), facts.number), (words.label("date"), page.day(facts.issued))]
    more = due_rows(page, facts)
    if facts.po:
        more.append((words.label("po"), facts.po))
    if facts.customer:
        more.append((words.label("customer"), facts.customer))
    if facts.delivered:
        more.append((words.label("delivered"), page.day(facts.delivered)))
    if facts.original:
        more.append((words.label("original"), facts.original))
    if page.rng.random() < 0.3:
        who = f"{words.any('people', 'first')} {words.any('people', 'last')}"
        more.append((words.label("contact"), who))
    page.rng.shuffle(more)
    rows = rows if page.rng.random() < 0.7 else rows[::-1]
    return rows + more if page.rng.random() < 0.8 else [more.pop(), *rows, *more] if more else rows


def _meta(page: Page, facts: Facts, y: float, *, wide: bool, x: float = 0.0) -> float:
    from tests.papers.meta import draw_meta

    page.shown.update(("invoice_number", "issue_date"))
    if facts.po:
        page.shown.add("po_number")
    return draw_meta(page, facts, _rows(page, facts), y, x=x or page.left, wide=wide)
