"""Sheets drawn with letters in text files, and their truth: layouts of many programs, in fonts.

    @@ name of the layout
    number=17 total=120.00
    seller=Acme Ltd
    --
    ^INVOICE            Acme Ltd

`^`: large; `-----` alone: a rule; `====` alone: the next page. Two spaces or more divide what
stands side by side. Each sheet gets a font, a size of paper and an order in the file.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.papers.sheet import Sheet, families

SETS = Path(__file__).with_name("sheets")
_NAMES = {
    "number": "invoice_number",
    "date": "issue_date",
    "due": "due_date",
    "cur": "currency",
    "seller": "seller_name",
    "buyer": "buyer_name",
    "pay": "payable",
    "po": "po_number",
    "from": "service_start",
    "to": "service_end",
    "disc": "discount_rate",
    "until": "discount_until",
}
_WHOLE_LINES = ("seller", "buyer", "lines")
_PAIR = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|$)")
_CELL = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(
    r"\^?[-(+]?\s?(?:[A-Z]{0,3}[$£€₹]|[A-Z]{3} ?)?[\d.,' ]*\d[\d.,' ]*\)?\s?[€$%A-Z]{0,3}"
)
_LEFT, _TOP, _LINE, _SIZE, _LARGE = 34.0, 44.0, 11.6, 8.4, 14.0


class Lettered(NamedTuple):
    """A drawn sheet and what stands on it."""

    name: str
    truth: dict[str, str]
    pages: tuple[str, ...]

    @property
    def doc_type(self) -> str:
        """What it is."""
        return self.truth.get("doc", "invoice")


def lettered(name: str) -> Iterator[Lettered]:
    """All sheets of a set: the files that begin with its name."""
    for path in sorted(SETS.glob(f"{name}_*.txt")):
        yield from sheets_in(path)


def sheets_in(path: Path) -> Iterator[Lettered]:
    """The sheets of one file."""
    for block in path.read_text(encoding="utf-8").split("@@ ")[1:]:
        head, _, drawing = block.partition("\n--\n")
        title, *facts = head.split("\n")
        yield Lettered(title.strip(), _truth(facts), tuple(drawing.split("\n====\n")))


def _truth(lines: list[str]) -> dict[str, str]:
    truth: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition("=")
        pairs = [(name, value)] if name in _WHOLE_LINES else _PAIR.findall(line)
        truth |= {_NAMES.get(key, key): text.strip() for key, text in pairs}
    return truth


def pdf_of(sheet: Lettered) -> bytes:
    """The file. The same sheet is always set in the same way."""
    rng = Random(sheet.name)
    beyond = any(ord(c) > 0x2FF or c in "łŁśźżćńąęğşı" for page in sheet.pages for c in page)
    drawn = Sheet(
        rng,
        letter=rng.random() < 0.5,
        family=rng.choice(families(beyond_latin=beyond)),
        split=rng.choice(["whole", "whole", "words", "letters"]),
        order=rng.choice(["rows", "rows", "columns", "shuffled"]),
    )
    for number, page in enumerate(sheet.pages):
        if number:
            drawn.new_page()
        _draw(drawn, page)
    return drawn.done("", datetime(2025, 1, 1, tzinfo=UTC))


def _draw(sheet: Sheet, page: str) -> None:
    lines = page.rstrip().split("\n")
    wide = max(len(line) for line in lines)
    step = min(5.6, (sheet.width - 2 * _LEFT) / max(wide, 1))
    for number, line in enumerate(lines):
        y = _TOP + number * _LINE
        if set(line.strip()) == {"-"}:
            sheet.rule(_LEFT + step * (len(line) - len(line.lstrip())), y - 3, sheet.width - _LEFT)
            continue
        cells = list(_CELL.finditer(line))
        for at, cell in enumerate(cells):
            after = cells[at + 1].start() if at + 1 < len(cells) else wide + 8
            _put(sheet, cell, y, step, after)


def _put(sheet: Sheet, cell: re.Match[str], y: float, step: float, after: int) -> None:
    """Figures end where their column ends; what is too wide for its column is set smaller."""
    text, large = cell[0].lstrip("^"), cell[0].startswith("^")
    size, room = (_LARGE if large else _SIZE), (after - cell.start() - 1) * step
    right = bool(_FIGURE.fullmatch(cell[0])) and cell.start() > 0
    while not right and size > 5 and sheet.width_of(text, size, bold=large) > room:
        size -= 0.4
    x = _LEFT + step * (cell.end() if right else cell.start())
    sheet.put(text, x, y, size=size, bold=large, right=right)


def label_of(sheet: Lettered, at: int, name: str) -> dict[str, Any]:
    """In the shape of the corpus's manifest."""
    bill = sheet.doc_type in ("invoice", "credit_note")
    return {
        "id": f"{name}-{at:03d}",
        "kind": "plain-pdf",
        "doc_type": sheet.doc_type,
        "expected": sheet.doc_type,
        "is_invoice": bill,
        "cluster": sheet.name,
        "locale": sheet.name[:28],
        "truth": {key: value for key, value in sheet.truth.items() if key not in ("doc", "lines")},
        "visible": {},
    }
