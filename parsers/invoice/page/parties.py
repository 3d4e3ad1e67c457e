"""Who sells and who buys: by labels, letterhead, sender line, web address, and who we are."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mailagent.core.people import Us
from parsers.invoice.page.blocks import Block, Blocks
from parsers.invoice.page.labels import Labels, squeezed, words_of
from parsers.invoice.page.layout import Sheet, Spot
from parsers.invoice.page.proofs import Proof, Proofs, is_fuller, is_sender_line, is_usable, key_of
from parsers.values.names import (
    hosts_in,
    is_address,
    is_contact,
    is_legal,
    is_person,
    name_in,
)

_SELF_BILLED = words_of("self_billed")
_SALUTES = frozenset(words_of("salutes")) - {"firma", "spettle"}
_GREETED = 8  # rows in which a letter begins
_GREETING = re.compile(
    r"(?:dear|hello|hi|hallo|liebe[rs]?|bonjour|hola|ciao|olá|beste|estimad[oa]|gentile|caro|cara)"
    r"[ ](?P<name>[^,!:\t]{4,40})[,!:]\s*$",
    re.IGNORECASE,
)
_BRAND = 5  # letters: shorter first words are anybody's
_WHOLE = 2  # lines of an address at least
_LARGE = 1.5  # times as tall: a sign, not a line of text
_SUPPLIED = frozenset(words_of("supplied"))
_THEIRS = ("buyer", "other_party")


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
        self.blocks = _outermost(list(self._finder.labelled()))
        found = self._finder.addresses()
        self._addresses = [block for block in found if block.lines[0].row not in listing]
        self.hosts = self._hosts()

    def _proofs(self) -> Proofs:
        return Proofs(
            self._sheet,
            self._labels,
            self._finder,
            self.blocks,
            self._addresses,
            self.hosts,
            self._listing,
        )

    def both(self) -> tuple[Name | None, Name | None]:
        """Seller and buyer. On a self-billed invoice the buyer writes to the seller."""
        buyer = self._buyer() or self._below_the_sign()
        seller = self._seller(buyer)
        if buyer is None and seller is not None:
            buyer = (
                self._other_address(seller)
                or self._called(weak=True)
                or self._under_heading(seller)
                or self._supplied()
                or self._greeted()
            )
        if self._is_self_billed():
            return buyer, seller
        return seller, buyer

    def _is_self_billed(self) -> bool:
        """It says so; where a label says who sells as well, that label is right as it stands."""
        if any(block.role == "seller" and not block.weak for block in self.blocks):
            return False
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
            if (weak or block.called in _SALUTES) and (above := self._above_person(block)):
                return above
            if found := self._finder.name_of(block):
                return Name(found[0], 0.7 if weak else _called_surely(block), found[1])
        return None

    def _above_person(self, block: Block) -> Name | None:
        """`Attn: Jane Roe` stands below the company she works for, or above it."""
        first = block.lines[0]
        row = self._sheet.rows[first.row]
        start, _ = row.cell_at(first.start)
        if row.text[start : first.start].strip() == "":
            return None  # the label stands in a line of its own
        label = row.spot(start, first.end)
        before = self._finder.line_above(label)
        after = block.lines[1] if block.weak and len(block.lines) > 1 else None
        for line in (before, after):
            if line is not None and self._is_company(line):
                return Name(name_in(line.text), 0.88, line)
        return None

    def _is_company(self, line: Spot) -> bool:
        """A name that is no address and stands behind no label."""
        name = name_in(line.text)
        labelled = any(
            label.spot.start == line.start for label in self._labels.by_row.get(line.row, ())
        )
        return not labelled and is_usable(name) and not is_address(line.text)

    def _window(self) -> Name | None:
        """Below the line of the sender stands, as in a window of an envelope, the address."""
        for row in self._sheet.rows[: len(self._sheet.rows) // 2 + 1]:
            if row.page != 1:
                return None
            for cell in row.cells():
                if not is_sender_line(cell.text) or is_contact(cell.text):
                    continue
                block = Block("buyer", tuple(self._finder.below(cell, cell)))
                if self._finder.is_reached(block) or len(block.lines) < 2:
                    continue
                if found := self._finder.name_of(block):
                    self.blocks.append(block)
                    return Name(found[0], 0.9, found[1])
        return None

    def _below_the_sign(self) -> Name | None:
        """The only address, which says no telephone, below a name in large letters."""
        blocks = [block for block in self._addresses if block.lines[0].page == 1]
        if len(blocks) != 1 or any(block.role == "buyer" for block in self.blocks):
            return None
        (block,) = blocks
        first = block.lines[0]
        low = first.row > len(self._sheet.rows) // 2
        if low or self._finder.is_reached(block) or self._finder.has_tax_number(block):
            return None
        found = self._finder.name_of(block)
        if found is None or not self._has_sign(first):
            return None
        self.blocks.append(Block("buyer", block.lines))
        return Name(found[0], 0.7, found[1])

    def _has_sign(self, below: Spot) -> bool:
        """Whether a name stands above, larger than what it stands above, and is no title."""
        least = _LARGE * (below.bottom - below.top)
        cells = (cell for row in self._sheet.rows[: below.row] for cell in row.cells())
        return any(
            cell.bottom - cell.top >= least
            and is_usable(name_in(cell.text))
            and key_of(cell.text) != key_of(below.text)
            for cell in cells
        )

    def _other_address(self, seller: Name) -> Name | None:
        """An address on the first page that is not the seller's, and has no telephone."""
        ours = key_of(seller.value)
        middle = len(self._sheet.rows) * 2 // 3
        for block in self._addresses:
            first = block.lines[0]
            names = [key_of(line.text) for line in block.lines]
            low = first.row > middle and not self._finder.is_on_slip(first)
            if first.page > 1 or low or self._finder.is_reached(block):
                continue
            if any(ours in name for name in names) or _is_of(first.text, seller.value):
                continue
            if found := self._finder.name_of(block):
                self.blocks.append(Block("buyer", block.lines))
                return Name(found[0], 0.75, found[1])
        return None

    def _supplied(self) -> Name | None:
        """Who is supplied with water or power mostly pays for it."""
        for block in self.blocks:
            if block.called in _SUPPLIED and (found := self._finder.name_of(block)):
                return Name(found[0], 0.6, found[1])
        return None

    def _greeted(self) -> Name | None:
        """`Dear Beth Arlen,`: nothing else says whom it is for."""
        for row in self._sheet.rows[:_GREETED]:
            match = _GREETING.match(row.text)
            if match and is_person(match["name"]):
                return Name(match["name"], 0.5, row.spot(*match.span("name")))
        return None

    def _under_heading(self, seller: Name) -> Name | None:
        """The seller's name as a heading, and right below it whom the letter goes to."""
        for block in self._addresses:
            if self._finder.is_reached(block) or self._finder.has_tax_number(block):
                continue
            named = [
                at for at, line in enumerate(block.lines[:3]) if _is_of(line.text, seller.value)
            ]
            rest = block.lines[named[-1] + 1 :] if named else ()
            if len(rest) < _WHOLE:
                continue
            name = name_in(rest[0].text)
            if is_usable(name) and not is_address(rest[0].text):
                return Name(name, 0.7, rest[0])
        return None

    # --- the seller --------------------------------------------------------------------------

    def _seller(self, buyer: Name | None) -> Name | None:
        """The name with the most evidence that is not the buyer's."""
        proofs: dict[str, list[Proof]] = {}
        for weight, name, spot in self._proofs().candidates():
            key = key_of(name)
            if len(key) > 1 and not self._is_theirs(name, key, spot, buyer):
                proofs.setdefault(key, []).append((weight, name, spot))
        _merge(proofs)
        scored = ((_together(found) + _by_law(found), found) for found in proofs.values())
        ranked = sorted(scored, key=lambda pair: -pair[0])
        if not ranked:
            return None
        score, found = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        _, name, spot = max(found, key=lambda proof: (is_fuller(proof[1]), proof[0]))
        return Name(name, _confidence(score, second), spot)

    def _is_theirs(self, name: str, key: str, spot: Spot, buyer: Name | None) -> bool:
        if self._us and (key in self._us or self._us in key) and len(key) > 3:
            return True
        theirs = squeezed(buyer.value) if buyer else ""
        whole = squeezed(name)
        if theirs and (whole == theirs or (len(whole) > 3 and whole in theirs)):
            return not any(block.holds(spot) for block in self.blocks if block.role == "seller")
        return any(block.holds(spot) for block in self.blocks if block.role in _THEIRS)


def _by_law(found: Sequence[Proof]) -> float:
    """The name that signs goes before the name on the sign: `Baker & Sons Ltd`, `THE OVEN`."""
    return 0.12 if any(is_legal(name) for _, name, _ in found) else 0.0


def _is_of(line: str, seller: str) -> bool:
    """Whether a line of an address is the seller's name, begins with it, or is his brand."""
    key, ours = key_of(name_in(line)), key_of(seller)
    if len(key) <= 3:
        return False
    brand, name = (squeezed(text.split()[0]) for text in (line, seller))
    return key in ours or ours in key or (len(brand) > _BRAND and brand == name)


def _called_surely(block: Block) -> float:
    """Less where a person stands above what may be the name of the company."""
    first, *rest = [line.text for line in block.lines[:2]]
    person = is_person(name_in(first)) and not is_legal(first)
    return 0.8 if person and rest and is_usable(name_in(rest[0])) else 0.92


def _outermost(blocks: list[Block]) -> list[Block]:
    """`Company: Acme` among the lines of the guest: that is no other party."""
    buyers = [block for block in blocks if block.role == "buyer"]
    inside = [
        block
        for block in blocks
        if block.role == "seller" and any(buyer.holds(block.lines[0]) for buyer in buyers)
    ]
    return [block for block in blocks if block not in inside]


def _together(found: Sequence[Proof]) -> float:
    """Evidence of different places adds up; the same place does not count twice."""
    doubt = 1.0
    best = {(spot.row, weight): weight for weight, _, spot in found}
    for weight in sorted(best.values(), reverse=True)[:6]:
        doubt *= 1 - min(0.95, weight)
    return 1 - doubt


def _merge(proofs: dict[str, list[Proof]]) -> None:
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
