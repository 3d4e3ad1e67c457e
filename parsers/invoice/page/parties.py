"""Who sells and who buys: by labels, letterhead, sender line, web address, and who we are."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mailagent.core.people import Us
from parsers.invoice.page.blocks import Block, Blocks, has_contact
from parsers.invoice.page.labels import Labels, names_an_invoice, squeezed, words_of
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.values.amounts import amounts_in
from parsers.values.dates import month_of
from parsers.values.names import (
    LEGAL,
    hosts_in,
    is_address,
    is_contact,
    is_legal,
    is_name,
    is_organised,
    name_in,
    parts_of,
)

_TOP = 12  # rows of a letterhead
_TITLES = frozenset(words_of("titles"))
_SELF_BILLED = words_of("self_billed")
_SENDER_PARTS = 3  # `Acme GmbH · Street 1 · 12345 Town`
_THEIRS = ("buyer", "other_party")

_Proof = tuple[float, str, Spot]  # weight, the name as it stands there, where


class Name(NamedTuple):
    """A party's name."""

    value: str
    confidence: float
    spot: Spot


class Parties:
    """Finds the names of both sides."""

    def __init__(self, sheet: Sheet, labels: Labels, us: Us, listing: frozenset[int]) -> None:
        self._sheet, self._labels, self._listing = sheet, labels, listing
        self._us = squeezed(us.name)
        self._finder = Blocks(sheet, labels)
        self.blocks = list(self._finder.labelled())
        self._addresses = list(self._finder.addresses())
        self.hosts = self._hosts()

    def both(self) -> tuple[Name | None, Name | None]:
        """Seller and buyer. On a self-billed invoice the buyer writes to the seller."""
        buyer = self._buyer()
        seller = self._seller(buyer)
        if buyer is None and seller is not None:
            buyer = self._other_address(seller) or self._called(weak=True)
        if self._is_self_billed():
            return buyer, seller
        return seller, buyer

    def _is_self_billed(self) -> bool:
        head = squeezed(" ".join(row.text for row in self._sheet.rows[:40] if len(row.text) < 90))
        return any(word in head for word in _SELF_BILLED)

    def _hosts(self) -> set[str]:
        """Of the mail and web addresses outside the other side's lines."""
        theirs = [block for block in self.blocks if block.role in _THEIRS]
        found: set[str] = set()
        for row in self._sheet.rows:
            if "@" not in row.text and "." not in row.text:
                continue
            for cell in row.cells():
                if not any(block.holds(cell) for block in theirs):
                    found.update(hosts_in(cell.text))
        return found

    # --- the buyer ---------------------------------------------------------------------------

    def _buyer(self) -> Name | None:
        """The name behind or below `Bill to`; without such a label, of the address window."""
        return self._called(weak=False) or self._window()

    def _called(self, *, weak: bool) -> Name | None:
        for block in self.blocks:
            if block.role != "buyer" or block.weak is not weak:
                continue
            if weak and (above := self._above_person(block)):
                return above
            if found := self._finder.name_of(block):
                return Name(found[0], 0.7 if weak else 0.92, found[1])
        return None

    def _above_person(self, block: Block) -> Name | None:
        """`Attn: Jane Roe` stands below the company she works for, or above it."""
        first = block.lines[0]
        row = self._sheet.rows[first.row]
        start, _ = row.cell_at(first.start)
        if row.text[start : first.start].strip() == "":
            return None  # the label stands in a line of its own
        label = row.spot(start, first.end)
        before = self._line_above(label)
        after = block.lines[1] if len(block.lines) > 1 else None
        for line in (before, after):
            if line is not None and self._is_company(line):
                return Name(name_in(line.text), 0.88, line)
        return None

    def _line_above(self, label: Spot) -> Spot | None:
        """The line of the same column just above, where it is near."""
        if not label.row:
            return None
        row = self._sheet.rows[label.row - 1]
        if row.page != label.page or label.top - row.bottom > label.bottom - label.top:
            return None
        return next((cell for cell in row.cells() if abs(cell.x0 - label.x0) < 8), None)

    def _is_company(self, line: Spot) -> bool:
        """A name that is no address and stands behind no label."""
        name = name_in(line.text)
        labelled = any(
            label.spot.start == line.start for label in self._labels.by_row.get(line.row, ())
        )
        return not labelled and self._is_usable(name) and not is_address(line.text)

    def _window(self) -> Name | None:
        """Below the line of the sender stands, as in a window of an envelope, the address."""
        for row in self._sheet.rows[: len(self._sheet.rows) // 2 + 1]:
            if row.page != 1:
                return None
            for cell in row.cells():
                if not _is_sender_line(cell.text):
                    continue
                block = Block("buyer", tuple(self._finder.below(cell, cell)))
                if has_contact(block) or len(block.lines) < 2:
                    continue
                if found := self._finder.name_of(block):
                    self.blocks.append(block)
                    return Name(found[0], 0.9, found[1])
        return None

    def _other_address(self, seller: Name) -> Name | None:
        """An address on the first page that is not the seller's, and has no telephone."""
        ours = _key(seller.value)
        middle = len(self._sheet.rows) * 2 // 3
        for block in self._addresses:
            first = block.lines[0]
            names = [_key(line.text) for line in block.lines]
            if first.page > 1 or first.row > middle or has_contact(block):
                continue
            if any(ours in name or (len(name) > 4 and name in ours) for name in names):
                continue
            if found := self._finder.name_of(block):
                self.blocks.append(Block("buyer", block.lines))
                return Name(found[0], 0.75, found[1])
        return None

    # --- the seller --------------------------------------------------------------------------

    def _seller(self, buyer: Name | None) -> Name | None:
        """The name with the most evidence that is not the buyer's."""
        proofs: dict[str, list[_Proof]] = {}
        for weight, name, spot in self._candidates():
            key = _key(name)
            if len(key) > 1 and not self._is_theirs(name, key, spot, buyer):
                proofs.setdefault(key, []).append((weight, name, spot))
        _merge(proofs)
        scored = ((_together(found) + _by_law(found), found) for found in proofs.values())
        ranked = sorted(scored, key=lambda pair: -pair[0])
        if not ranked:
            return None
        score, found = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        _, name, spot = max(found, key=lambda proof: (_is_fuller(proof[1]), proof[0]))
        return Name(name, _confidence(score, second), spot)

    def _is_theirs(self, name: str, key: str, spot: Spot, buyer: Name | None) -> bool:
        if self._us and (key in self._us or self._us in key) and len(key) > 3:
            return True
        theirs = squeezed(buyer.value) if buyer else ""
        whole = squeezed(name)
        if theirs and (whole == theirs or (len(whole) > 3 and whole in theirs)):
            return not any(block.holds(spot) for block in self.blocks if block.role == "seller")
        return any(block.holds(spot) for block in self.blocks if block.role in _THEIRS)

    def _candidates(self) -> Iterator[_Proof]:
        """Names with the weight of each place that says they are the seller's."""
        for weight, name, spot in self._places():
            if not self._is_usable(name):
                continue
            yield weight, name, spot
            if is_legal(name):
                yield 0.3, name, spot
            elif is_organised(name):
                yield 0.12, name, spot
            if self._is_host(name):
                yield 0.7, name, spot

    def _is_usable(self, name: str) -> bool:
        if not is_name(name) or len(_key(name)) < 2 or ":" in name:
            return False
        bare = squeezed(name) in _TITLES or (names_an_invoice(name) and not is_legal(name))
        return not bare and not _is_bank(name)

    def _is_host(self, name: str) -> bool:
        key = _key(name)
        return any(
            (len(host) > 3 and (host in key or (len(key) > 0.6 * len(host) and key in host)))
            or (len(host) == 3 and key.startswith(host))
            or _initials(name) == host
            for host in self.hosts
        )

    def _places(self) -> Iterator[_Proof]:
        for block in self.blocks:
            if block.role in ("seller", "payee") and (found := self._finder.name_of(block)):
                yield (0.75 if block.role == "payee" else 0.3 if block.weak else 0.93), *found
        yield from self._letterhead()
        for block in self._addresses:
            if found := self._finder.name_of(block):
                known = has_contact(block) or self._has_tax_number(block)
                yield 0.5 if known else 0.3, *found
        for row in self._sheet.rows:
            for cell in row.cells():
                yield from self._in_line(row, cell)

    def _letterhead(self) -> Iterator[_Proof]:
        """The first lines of the first page; large letters say more."""
        rows = [row for row in self._sheet.rows if row.page == 1]
        usual = sorted(row.height for row in rows)[len(rows) // 2] if rows else 10.0
        weight = 0.5
        for row in rows[:_TOP]:
            if row.index in self._listing:
                return
            for cell in row.cells():
                name = name_in(cell.text)
                if not self._is_heading(cell, name):
                    continue
                if names_an_invoice(cell.text) and not _is_fuller(name):
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
        return self._is_usable(name) and not name[:1].isdigit() and not _is_dated(name)

    def _in_line(self, row: Row, cell: Spot) -> Iterator[_Proof]:
        """A sender line, or a legal form anywhere: letterheads and footers."""
        name = name_in(cell.text)
        if _is_sender_line(cell.text) and self._starts_name(name) and not self._is_called(cell):
            # Below the name itself such a line says what it does, or where: `Stationers, ...`.
            weight = 0.72 if is_legal(name) or not self._is_below_heading(cell) else 0.2
            yield weight, name, row.spot(cell.start, cell.start + len(name))
        elif cell.start == 0 and self._is_imprint(row, cell) and self._starts_name(name):
            yield 0.6, name, row.spot(cell.start, cell.start + len(name))
        elif is_legal(cell.text) and not _has_money(cell.text) and row.index not in self._listing:
            found = _legal_name(cell.text)
            if found and len(cell.text) < 160:
                at = cell.start + cell.text.index(found)
                weight = 0.35 if len(found) > 0.5 * len(cell.text) else 0.2
                yield weight, found, row.spot(at, at + len(found))

    def _is_below_heading(self, cell: Spot) -> bool:
        """Within the letterhead, with other lines above it in its column."""
        return 0 < cell.row < _TOP and self._line_above(cell) is not None

    def _has_tax_number(self, block: Block) -> bool:
        """Who states a tax number below an address is mostly the one who sells."""
        rows = {line.row for line in block.lines}
        return any(label.role == "vat" and label.spot.row in rows for label in self._labels.all)

    def _is_imprint(self, row: Row, cell: Spot) -> bool:
        """A footer in columns: beside the name stand telephone, bank or tax number."""
        if row.index < len(self._sheet.rows) // 2 or cell.end == len(row.text):
            return False
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
        return self._is_usable(name) and name[:1].isalnum() and not name[:1].isdigit()


def _is_sender_line(text: str) -> bool:
    parts = parts_of(text)
    if len(parts) < _SENDER_PARTS:
        parts = [part for piece in parts for part in piece.split(", ")]
    return len(parts) >= _SENDER_PARTS and is_address(" ".join(parts[1:]))


def _is_dated(name: str) -> bool:
    """`April 13`, `due May 2`: the beginning of a date."""
    return any(
        month_of(word.strip(".,")) and after.strip(".,").isdigit()
        for word, after in pairwise(name.split())
    )


def _key(name: str) -> str:
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
    return any(word in key for word in banks) and "datenbank" not in key


def _has_money(text: str) -> bool:
    return is_contact(text) is False and any(written.marked for written in amounts_in(text))


def _is_fuller(name: str) -> bool:
    return is_legal(name) or is_organised(name)


def _by_law(found: Sequence[_Proof]) -> float:
    """The name that signs goes before the name on the sign: `Baker & Sons Ltd`, `THE OVEN`."""
    return 0.12 if any(is_legal(name) for _, name, _ in found) else 0.0


def _together(found: Sequence[_Proof]) -> float:
    """Evidence of different places adds up; the same place does not count twice."""
    doubt = 1.0
    best = {(spot.row, weight): weight for weight, _, spot in found}
    for weight in sorted(best.values(), reverse=True)[:6]:
        doubt *= 1 - min(0.95, weight)
    return 1 - doubt


def _merge(proofs: dict[str, list[_Proof]]) -> None:
    """`ACME` in the letterhead and `Acme Trading Ltd` in the footer are one.

    Where both have a legal form they are two companies: the weaker is a partner of the other.
    """
    for short in sorted(proofs, key=len):
        for long in proofs:
            if short == long or len(short) < 4 or not long.startswith(short):
                continue
            whole = any(is_legal(name) for _, name, _ in proofs[short])
            into, out = (short, long) if whole else (long, short)
            proofs[into] = proofs[into] + [(w * 0.8, n, s) for w, n, s in proofs[out]]
            proofs[out] = [(0.01, n, s) for _, n, s in proofs[out]]
            break


def _confidence(score: float, second: float) -> float:
    if score > 0.93 and score - second > 0.1:
        return 0.95
    if score > 0.85 and score - second > 0.12:
        return 0.92
    if score > 0.7 and score - second > 0.15:
        return 0.8
    return 0.6 if score > 0.5 else 0.35
