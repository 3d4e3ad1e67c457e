"""Every place that says who sells, with its weight: letterhead, sender line, footer, address."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.invoice.page.blocks import Block, Blocks
from parsers.invoice.page.labels import Labels, names_an_invoice, squeezed, words_of
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.invoice.papers import is_title
from parsers.values.amounts import amounts_in
from parsers.values.dates import days_in, month_of
from parsers.values.names import (
    LEGAL,
    is_address,
    is_contact,
    is_form,
    is_legal,
    is_name,
    is_organised,
    name_in,
    parts_of,
)

_TOP = 12  # rows of a letterhead
_TITLES = frozenset(words_of("titles"))
# A register of companies, or the capital, behind a name.
_REGISTER = re.compile(
    r"registered (?:in|office|no|number)|company (?:no|number|reg)|reg\.? ?no|\bco\.? ?reg"
    r"|\bHR[AB]\b"
    r"|amtsgericht|handelsregister|\bFN \d|\bRCS\b|au capital|\bSIRE[TN]\b|\bKvK\b|\bRPR\b"
    r"|cap(?:itale|\.) ?soc|\bREA\b|sede legale|registro mercantil|capital social|\bKRS\b"
    r"|kapitał zakładowy|conservatória|org\.? ?nr|\bCNPJ\b|\bCIN\b",
    re.IGNORECASE,
)
_BEFORE_NAME = 16  # letters of a label before it: `Sprzedawca: `
_SENDER_PARTS = 3  # `Acme GmbH · Street 1 · 12345 Town`

Proof = tuple[float, str, Spot]  # weight, the name as it stands there, where


class Proofs:
    """Looks for the names that may be the seller's."""

    def __init__(
        self,
        sheet: Sheet,
        labels: Labels,
        finder: Blocks,
        blocks: Sequence[Block],
        addresses: Sequence[Block],
        hosts: set[str],
        listing: frozenset[int],
    ) -> None:
        self._sheet, self._labels, self._listing = sheet, labels, listing
        self._finder, self._blocks, self._addresses = finder, blocks, addresses
        self._hosts = hosts

    def candidates(self) -> Iterator[Proof]:
        """Names with the weight of each place that says they are the seller's."""
        for weight, name, spot in self._places():
            if not is_usable(name):
                continue
            yield weight, name, spot
            if is_legal(name):
                yield 0.3, name, spot
            elif is_organised(name):
                yield 0.12, name, spot
            if self._is_host(name):
                yield 0.7, name, spot

    def _is_host(self, name: str) -> bool:
        key = key_of(name)
        return any(
            (len(host) > 3 and (host in key or (len(key) > 0.6 * len(host) and key in host)))
            or (len(host) == 3 and key.startswith(host))
            or _initials(name) == host
            for host in self._hosts
        )

    def _places(self) -> Iterator[Proof]:
        for block in self._blocks:
            if block.role in ("seller", "payee") and (found := self._finder.name_of(block)):
                yield (0.75 if block.role == "payee" else 0.3 if block.weak else 0.93), *found
        theirs = [block for block in self._addresses if not self._may_sell(block)]
        for weight, name, spot in (*self._letterhead(), *self._lines()):
            held = any(block.holds(spot) for block in theirs)
            yield weight * (0.3 if held else 1.0), name, spot
        opposite = self._opposite()
        for block in self._addresses:
            if block not in theirs and (found := self._finder.name_of(block)):
                reached = self._finder.is_reached(block)
                known = reached or self._finder.has_tax_number(block) or block is opposite
                yield 0.55 if reached else 0.52 if known else 0.3, *found

    def _lines(self) -> Iterator[Proof]:
        for row in self._sheet.rows:
            for cell in row.cells():
                yield from self._in_line(row, cell)

    def _opposite(self) -> Block | None:
        """Of two addresses side by side that say no more: the higher one, or at one height the one
        on the right, where the title heads the left one: the window of the envelope is on the left.
        """
        bare = [
            block
            for block in self._addresses[:4]
            if not self._finder.is_reached(block) and not self._finder.has_tax_number(block)
        ]
        for one, other in pairwise(bare):
            left, right = sorted((one, other), key=lambda block: block.lines[0].x0)
            beside = left.lines[0].row <= right.lines[-1].row <= right.lines[0].row + 8
            apart = left.lines[0].x1 < right.lines[0].x0
            if beside and apart and self._is_headed(left):
                return right
        return None

    def _is_headed(self, block: Block) -> bool:
        """Whether the title of a paper stands above, in the column of a block."""
        first = block.lines[0]
        above = (row for row in self._sheet.rows[: first.row] if row.page == first.page)
        return any(
            is_title(cell.text) and abs(cell.x0 - first.x0) < 40
            for row in above
            for cell in row.cells()
        )

    def _may_sell(self, block: Block) -> bool:
        """Who sells says how to reach him; the address below his, without that, is not his."""
        first = self._addresses[0]
        return (
            self._finder.is_reached(block)
            or self._finder.has_tax_number(block)
            or block.lines[0].row <= first.lines[-1].row
            or (self._finder.is_low(block.lines[0]) and not self._finder.is_on_slip(block.lines[0]))
        )

    def _letterhead(self) -> Iterator[Proof]:
        """The first lines of the first page; large letters say more."""
        rows = [row for row in self._sheet.rows if row.page == 1]
        usual = sorted(row.height for row in rows)[len(rows) // 2] if rows else 10.0
        weight = 0.5
        for row in rows[:_TOP]:
            if row.index in self._listing:
                return
            for cell in row.cells():
                name = name_in(cell.text)
                if not self._is_heading(cell, name) or _is_priced(row, cell):
                    continue
                if names_an_invoice(cell.text) and not is_fuller(name):
                    continue
                large = 0.2 if cell.bottom - cell.top > 1.25 * usual else 0.0
                yield weight + large, name, row.spot(cell.start, cell.start + len(name))
                weight *= 0.75

    def _is_heading(self, cell: Spot, name: str) -> bool:
        labelled = any(
            label.spot.start == cell.start
            and (label.closes or label.role in ("number", "issued", "due", "total", "payable"))
            and (label.closes or label.weight >= 0.7)
            for label in self._labels.by_row.get(cell.row, ())
        )
        starts, ends = cell.text.lstrip(), cell.text.rstrip()
        if labelled or starts.startswith(("(c)", "\u00a9")) or ends.endswith(":"):
            return False
        return is_usable(name) and not name[:1].isdigit() and not _is_dated(name)

    def _in_line(self, row: Row, cell: Spot) -> Iterator[Proof]:
        """A sender line, or a legal form anywhere: letterheads and footers."""
        name = name_in(cell.text)
        if is_sender_line(cell.text) and self._starts_name(name) and not self._is_called(cell):
            # Below the name itself such a line says what it does, or where: `Stationers, ...`.
            weight = 0.72 if is_legal(name) or not self._is_below_heading(cell) else 0.2
            yield weight, name, row.spot(cell.start, cell.start + len(name))
        elif cell.start == 0 and self._is_imprint(row, cell) and self._starts_name(name):
            yield 0.6, name, row.spot(cell.start, cell.start + len(name))
        elif (imprint := _registered(cell.text)) and self._starts_name(imprint):
            at = cell.start + cell.text.index(imprint)
            yield 0.66, imprint, row.spot(at, at + len(imprint))
        elif is_legal(cell.text) and not _has_money(cell.text) and row.index not in self._listing:
            found = _legal_name(cell.text)
            if found and len(cell.text) < 160:
                at = cell.start + cell.text.index(found)
                weight = 0.35 if len(found) > 0.5 * len(cell.text) else 0.2
                yield weight, found, row.spot(at, at + len(found))

    def _is_below_heading(self, cell: Spot) -> bool:
        """Within the letterhead, with other lines above it in its column, or centred above it."""
        return 0 < cell.row < _TOP and self._finder.line_above(cell, centred=True) is not None

    def _is_imprint(self, row: Row, cell: Spot) -> bool:
        """A footer in columns: beside the name stand telephone, bank or tax number."""
        if row.index < len(self._sheet.rows) // 2 or cell.end == len(row.text):
            return False
        if sum(written.marked for written in amounts_in(row.text)) > 1:
            return False  # something that was bought
        rest = row.text[cell.end :]
        labelled = any(
            label.role in ("vat", "not_number", "bic", "iban") and label.spot.start > cell.end
            for label in self._labels.by_row.get(row.index, ())
        )
        return labelled and (is_contact(rest) or any(c.isdigit() for c in rest))

    def _is_called(self, cell: Spot) -> bool:
        """Behind `Invoice to:` stands no sender."""
        return any(
            label.spot.start == cell.start and label.closes
            for label in self._labels.by_row.get(cell.row, ())
        )

    def _starts_name(self, name: str) -> bool:
        return is_usable(name) and name[:1].isalnum() and not name[:1].isdigit()


def _registered(text: str) -> str:
    """`Acme Limited. Registered in England No 123`: who writes has to say so, by law."""
    match = _REGISTER.search(text)
    found = _legal_name(text[: match.start()]) if match else ""
    return found if found and text.lstrip(" \u00a9").find(found) < _BEFORE_NAME else ""


def is_usable(name: str) -> bool:
    """Whether it can be a party's name: no title, no bank, no label."""
    if not is_name(name) or len(key_of(name)) < 2 or ":" in name:
        return False
    key = squeezed(name)
    if is_form(name) or _is_spoken(name):
        return False
    bare = key in _TITLES or is_title(name) or (names_an_invoice(name) and not is_legal(name))
    return not bare and not _is_bank(name)


def _is_spoken(name: str) -> bool:
    """`Service carried out under article 1`: mostly small words, as in a sentence."""
    words = name.split()
    small = sum(word[:1].islower() for word in words)
    return len(words) > 4 and 2 * small > len(words) and not is_legal(name)


def is_sender_line(text: str) -> bool:
    parts = parts_of(text)
    if len(parts) < _SENDER_PARTS:
        parts = [part for piece in parts for part in piece.split(", ")]
    spoken = len(parts) < _SENDER_PARTS or any(days_in(text))
    return not spoken and is_address(" ".join(parts[1:]))


def _is_dated(name: str) -> bool:
    """`April 13`, `due May 2`: the beginning of a date."""
    return any(
        month_of(word.strip(".,")) and after.strip(".,").isdigit()
        for word, after in pairwise(name.split())
    )


def key_of(name: str) -> str:
    """A name to compare: without its legal form."""
    return squeezed(LEGAL.sub(" ", name)) or squeezed(name)


def _initials(name: str) -> str:
    words = [w for w in LEGAL.sub(" ", name).split() if w[:1].isalnum()]
    letters = "".join(w[0] for w in words).casefold()
    return letters if len(letters) > 2 else "-"


def _legal_name(text: str) -> str:
    """The words up to a legal form: capitals, joined by small words."""
    for part in parts_of(text):
        form = LEGAL.search(part)
        if not form or not form.start():
            continue
        name = part[: form.end()].strip(" ,:")
        name = name.rpartition(": ")[2]
        words = name.split()
        while len(words) > 1 and (words[0][:1].islower() or len(words) > 8):
            words.pop(0)
        name = " ".join(words)
        if name in text and is_name(name) and LEGAL.sub("", name).strip(" ,.&"):
            return name
    return ""


def _is_bank(name: str) -> bool:
    key = squeezed(name)
    banks = ("bank", "sparkasse", "banque", "banco", "banca")
    if "&" in name and not any(squeezed(word) in banks for word in name.split()):
        return False  # `Marchbank & Ewing`: people
    return any(word in key for word in banks) and "datenbank" not in key


def _is_priced(row: Row, cell: Spot) -> bool:
    """Whether the next cell is an amount: what stands there was bought."""
    beside = row.text[cell.end :].strip("\t").partition("\t")[0]
    first = next((written for written in amounts_in(beside) if written.marked), None)
    return first is not None and not beside[: first.start].strip()


def _has_money(text: str) -> bool:
    return is_contact(text) is False and any(written.marked for written in amounts_in(text))


def is_fuller(name: str) -> bool:
    return is_legal(name) or is_organised(name)
