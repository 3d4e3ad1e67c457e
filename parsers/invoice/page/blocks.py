"""The lines of an address: below a label, or by themselves."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.invoice.page.labels import (
    Label,
    Labels,
    names_an_invoice,
    squeezed,
    words_of,
)
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.values.names import (
    is_address,
    is_contact,
    is_form,
    is_legal,
    is_name,
    is_organised,
    is_person,
    name_in,
)

ROLES = ("seller", "buyer", "other_party", "payee")
_LINES = 8
_ASIDE = 60.0  # points beside an address in which its tax number may stand
_APART = 1.6  # of the distance between the lines before: a paragraph ends
_KEPT = ("GLN", "ILN")
_LARGER = 1.35  # so much taller than the next line: a heading, no line of the address below it
_PLAIN_NUMBER = re.compile(r"\d[.,]\d")
# A person or an office at a party's: never its name.
_CARE_OF = re.compile(
    r"(?:c/o|z\. ?hd|z\. ?h\.|zu hd|zu händen|zhd|attn|attention|fao|f\.a\.o|t\.?a\.?v|att\b"
    r"|à l'attention|a l'attention|all'att|alla c\.?a|a la at|a/c\b|do rąk|dept\b|vorstand$)",
    re.IGNORECASE,
)
_NAMING = tuple(words_of("naming"))
_CALLS = frozenset(words_of("calls"))
_PERSONS = frozenset(words_of("persons"))
_SALUTES = frozenset(words_of("salutes"))
_SLIPS = words_of("slips")
_LOOSE = frozenset(words_of("loose_calls"))
_VALUES = ("issued", "due", "not_day", "po", "number", "total", "payable", "net", "tax")
_ENDS = (*ROLES, "number", "total", "net", "description", "not_amount")


class Block(NamedTuple):
    """The lines that belong to one party."""

    role: str
    lines: tuple[Spot, ...]
    weak: bool = False  # a person is called, not the party
    called: str = ""  # the label

    def holds(self, spot: Spot) -> bool:
        """Whether a stretch is one of its lines, or within one."""
        return any(
            line.row == spot.row
            and spot.start < max(line.end, line.start + 1)
            and spot.end > line.start
            for line in self.lines
        )


class Blocks:
    """Finds the blocks of a sheet."""

    def __init__(self, sheet: Sheet, labels: Labels) -> None:
        self._sheet, self._labels = sheet, labels
        slips = (row.index for row in sheet.rows if _is_slip(row.text))
        self._slip = next(slips, len(sheet.rows))

    def labelled(self) -> Iterator[Block]:
        """`Bill to` and the like, each with its lines."""
        for role in ROLES:
            for label in self._labels.of(role):
                if role == "other_party" and self._is_office(label):
                    continue
                calls = squeezed(label.spot.text) in _CALLS or role == "payee"
                if label.opens and (label.closes or calls or self._leads(label)):
                    lines = tuple(self._lines(label))
                    if lines:
                        called = squeezed(label.spot.text)
                        weak = called in _PERSONS or label.weight < 1
                        yield Block(self._meant(role, label), lines, weak, called)

    def _is_office(self, label: Label) -> bool:
        """`Vorstand`, alone below a club's name and above its street: a line of an address."""
        row = self._sheet.rows[label.spot.row]
        cell = row.spot(*row.cell_at(label.spot.start))
        if cell.text.strip() != label.spot.text or cell.text.rstrip().endswith(":"):
            return False
        above, below = self.line_above(cell), next(self.below(cell, cell), None)
        named = above is not None and is_name(above.text) and not self._is_label(above)
        return named and below is not None and is_address(below.text)

    def is_reached(self, block: Block) -> bool:
        """A telephone, a web page or an account stands in it: people sell who say such things."""
        return has_contact(block) or any(
            line.row == label.spot.row and label.spot.over(line, _ASIDE)
            for label in self._labels.of("iban", "bic")
            for line in block.lines[1:]
        )

    def has_tax_number(self, block: Block) -> bool:
        """Who states a tax number below an address is mostly the one who sells.

        In a footer it may stand in another column; further up, that is another party's.
        """
        return any(
            line.row == label.spot.row and (label.spot.over(line, _ASIDE) or self.is_low(line))
            for label in self._labels.of("vat")
            for line in block.lines
        )

    def is_low(self, spot: Spot) -> bool:
        """Whether it stands in the lower half, where footers are."""
        return spot.row > len(self._sheet.rows) // 2

    def is_on_slip(self, spot: Spot) -> bool:
        """Whether it stands on the part that goes back with the money."""
        return spot.row > self._slip

    def _meant(self, role: str, label: Label) -> str:
        """On a slip that goes back with the money, `To` is who gets it."""
        goes_back = role == "buyer" and self.is_on_slip(label.spot)
        return "payee" if goes_back and squeezed(label.spot.text) in _LOOSE else role

    def _leads(self, label: Label) -> bool:
        """`Rechnungsadresse Acme GmbH`, `Cliente Acme SRL, Via Roma 1`: without a colon."""
        if label.role != "buyer" or label.weight < 1:
            return False
        row = self._sheet.rows[label.spot.row]
        rest = row.text[label.spot.end : row.cell_at(label.spot.start)[1]].strip()
        named = is_address(rest) or (len(squeezed(label.spot.text)) > 9 and is_legal(rest))
        return rest[:1].isupper() and named

    def addresses(self) -> Iterator[Block]:
        """Names with an address below them, wherever they stand."""
        seen: set[tuple[int, int]] = set()
        for row in self._sheet.rows:
            for cell in row.cells():
                if (cell.row, cell.start) in seen or not self._is_headline(cell):
                    continue
                lines = (cell, *self.below(cell, cell))
                if any(is_address(line.text) for line in lines[1:6]):
                    seen.update((line.row, line.start) for line in lines)
                    yield Block("address", lines)

    def _is_headline(self, cell: Spot) -> bool:
        if self._is_label(cell) or is_address(cell.text) or ":" in cell.text or _is_slip(cell.text):
            return False
        if _PLAIN_NUMBER.search(cell.text) and not is_legal(cell.text):
            return False
        titled = names_an_invoice(cell.text) and not is_legal(cell.text)
        begins = cell.text[:1].isalnum() and not cell.text[:1].isdigit()
        return is_name(cell.text) and begins and not titled

    def _is_label(self, cell: Spot) -> bool:
        return any(
            label.spot.start == cell.start and (label.closes or label.weight > 0.9)
            for label in self._labels.by_row.get(cell.row, ())
            if label.role != "description" or label.closes
        )

    def below(self, first: Spot, label: Spot) -> Iterator[Spot]:
        """The lines under a line, in its column, as long as they follow each other."""
        last, count, pitch = first, 0, 0.0
        for row in self._sheet.below(first, 200):
            tall = max(5.0, last.bottom - last.top)
            if row.top - last.bottom > (2.6 if count == 0 else 1.5) * tall or count >= _LINES:
                return
            if pitch and row.top - last.top > _APART * pitch:
                return  # its lines stood closer: this is the next paragraph
            cell = next((c for c in row.cells() if _aligned(c, first, label)), None)
            if cell is None:
                continue
            small = max(5.0, cell.bottom - cell.top)
            if tall > _LARGER * small and cell.top - last.bottom > 0.8 * small:
                return  # a heading in large letters
            if self._ends(cell) or (count == 0 and self._is_named(cell)):
                return
            yield cell
            # Below a label in small letters the next lines stand farther apart than it does.
            apart = max(cell.top - last.top, cell.bottom - cell.top)
            pitch = apart if count == 0 else min(pitch, apart)
            last, count = cell, count + 1

    def line_above(self, label: Spot, *, centred: bool = False) -> Spot | None:
        """The line of the same column just above, where it is near; or of the same middle."""
        if not label.row:
            return None
        row = self._sheet.rows[label.row - 1]
        if row.page != label.page or label.top - row.bottom > label.bottom - label.top:
            return None
        return next(
            (
                cell
                for cell in row.cells()
                if abs(cell.x0 - label.x0) < 8
                or (centred and abs(cell.x0 + cell.x1 - label.x0 - label.x1) < 8)
            ),
            None,
        )

    def name_of(self, block: Block) -> tuple[str, Spot] | None:
        """The first line that is a name, with the next where the legal form stands there."""
        found: list[tuple[str, Spot]] = []
        for line in block.lines:
            row = self._sheet.rows[line.row]
            text, start = self._without_label(row, line)
            lead = len(text) - len(text.lstrip(" :"))
            name = name_in(text[lead:])
            if _is_block_name(name) and not text.rstrip().endswith(":"):
                spot = row.spot(start + lead, start + lead + len(name))
                found.append((name, spot))
        if found and block.role in ("buyer", "address", "seller"):
            found = _without_person(found)
        return _continued(found) if found else None

    def _lines(self, label: Label) -> Iterator[Spot]:
        """Behind the label in its cell; then, or instead, below it; else in the next cell."""
        row = self._sheet.rows[label.spot.row]
        _, end = row.cell_at(label.spot.start)
        rest = self._untranslated(row, row.text[label.spot.end : end].strip(" :.,\u2013-"))
        beside = None
        if rest:
            beside = row.spot(row.text.index(rest, label.spot.end), end)
        elif next(self.below(label.spot, label.spot), None) is None:
            beside = _next_cell(row, end)
        if beside is not None:
            if label.role == "buyer" and _is_sentence(label, beside.text):
                return
            yield beside
        yield from self.below(beside or label.spot, label.spot)

    def _untranslated(self, row: Row, rest: str) -> str:
        """`Bill to / Facturer à`: behind the stroke stands the same label once more."""
        if not rest.startswith("/"):
            return rest
        again = [
            label
            for label in self._labels.by_row.get(row.index, ())
            if label.role in ROLES and squeezed(label.spot.text) in squeezed(rest)
        ]
        if not again:
            return rest
        said = again[-1].spot.text
        return rest.partition(said)[2].strip(" :.,\u2013-")

    def _is_named(self, cell: Spot) -> bool:
        """A label with a value of its own: no line of an address begins one."""
        return any(
            label.spot.start == cell.start and label.closes and label.weight > 0.7
            for label in self._labels.by_row.get(cell.row, ())
            if not squeezed(label.spot.text).startswith(_NAMING) and label.role in _VALUES
        )

    def _ends(self, cell: Spot) -> bool:
        """Another label begins another block."""
        return any(
            label.role in _ENDS
            and label.opens
            and label.weight > 0.5  # `Nummer` may be the customer's
            and (label.closes or label.role == "number")
            and label.spot.start == cell.start
            and not squeezed(label.spot.text).startswith(_NAMING)
            and not (label.role == "other_party" and self._is_office(label))
            for label in self._labels.by_row.get(cell.row, ())
        )

    def _without_label(self, row: Row, line: Spot) -> tuple[str, int]:
        """`Name: Acme` without its label; a line that is another label is nothing."""
        for label in self._labels.by_row.get(line.row, ()):
            if label.spot.start != line.start:
                continue
            kept = line.text[label.spot.end - line.start :].lstrip(" :\t.")
            if squeezed(label.spot.text).startswith(_NAMING):
                beside = None if kept else _next_cell(row, row.cell_at(line.start)[1])
                if beside is not None:
                    return beside.text, beside.start
                return kept, line.start + len(line.text) - len(kept)
            if label.closes and label.role not in ("seller", "issued"):
                return "", line.start
        head, colon, rest = line.text.partition(":")
        if colon and squeezed(head) in _NAMING:
            if rest.strip():
                return rest.strip(), line.end - len(rest.lstrip())
            beside = _next_cell(row, row.cell_at(line.start)[1])
            return (beside.text, beside.start) if beside is not None else ("", line.start)
        return line.text, line.start


def _is_slip(text: str) -> bool:
    key = squeezed(text)
    return len(key) < 90 and any(word in key for word in _SLIPS)


def _is_sentence(label: Label, rest: str) -> bool:
    """`To ensure ...`, `For professional services rendered from June 1`: nobody is called."""
    if label.closes:
        return False
    dated = any(c.isdigit() for c in rest) and not is_address(rest)
    loose = squeezed(label.spot.text) in _LOOSE
    return rest[:1].islower() or (loose and (dated or "services" in rest.casefold()))


def _without_person(found: list[tuple[str, Spot]]) -> list[tuple[str, Spot]]:
    """`Jane Roe`, and below her the company that she works for: that one is the party."""
    (first, _), rest = found[0], found[1:2]
    if rest and is_person(first) and not is_legal(first):
        name = rest[0][0]
        # `Brand & web design` is what somebody does; a name is written in capitals.
        called = is_organised(name) and sum(w[:1].islower() for w in name.split()) < 1
        if (is_legal(name) and not is_form(name)) or called:
            return rest
    return found


def _next_cell(row: Row, end: int) -> Spot | None:
    if end >= len(row.text):
        return None
    start, stop = row.cell_at(end + 1)
    return row.spot(start, stop)


def _is_block_name(name: str) -> bool:
    words = name.split()
    if not words or words[0].upper() in _KEPT or squeezed(name) in _SALUTES or ":" in name:
        return False
    if _CARE_OF.match(name):
        return False
    return is_name(name) and not name[:1].isdigit()


def _continued(found: list[tuple[str, Spot]]) -> tuple[str, Spot]:
    """A name in two lines: the legal form stands in the second."""
    (name, spot), rest = found[0], found[1:]
    if rest and is_legal(rest[0][0]) and squeezed(name) in squeezed(rest[0][0]):
        return rest[0]  # the sign above the name itself
    bare = rest and is_form(rest[0][0])  # the form alone is the end of a name
    if rest and not is_legal(name) and is_legal(rest[0][0]) and (bare or not is_person(name)):
        name = f"{name} {rest[0][0]}"
        spot = spot._replace(text=name, bottom=rest[0][1].bottom, x1=max(spot.x1, rest[0][1].x1))
    return name, spot


def _aligned(cell: Spot, first: Spot, label: Spot) -> bool:
    """Under the first line or the label, from the left; or at least for the larger part."""
    if abs(cell.x0 - first.x0) < 8 or abs(cell.x0 - label.x0) < 8:
        return True
    if abs(cell.x1 - first.x1) < 4 or abs(cell.x1 - label.x1) < 4:
        return True
    shared = min(cell.x1, first.x1) - max(cell.x0, first.x0)
    return shared > 0.6 * min(cell.x1 - cell.x0, first.x1 - first.x0)


def has_contact(block: Block) -> bool:
    """Whether a telephone number, a mail address or a web page stands in it."""
    return any(is_contact(line.text) for line in block.lines)
