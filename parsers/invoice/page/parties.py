"""Who sells and who buys: by labels, letterhead, sender line, web address, and who we are."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mailagent.core.value import Value
from parsers.invoice.page.labels import Label, Labels, names_an_invoice, squeezed, words_of
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
    is_person,
    name_in,
    parts_of,
)

_ROLES = ("seller", "buyer", "other_party", "payee")
_LINES = 8  # of an address
_TOP = 12  # rows of a letterhead
_KEPT = ("GLN", "ILN")
_NAMING = tuple(words_of("naming"))
_CALLS = frozenset(words_of("calls"))
_TITLES = frozenset(words_of("titles"))
_SALUTES = frozenset(words_of("salutes"))
_SENDER_PARTS = 3  # `Acme GmbH · Street 1 · 12345 Town`


class Us(Value):
    """Who we are: bills are addressed to us."""

    name: str = ""
    vat_ids: tuple[str, ...] = ()


class Name(NamedTuple):
    """A party's name."""

    value: str
    confidence: float
    spot: Spot


class Block(NamedTuple):
    """The lines that belong to a label of a party."""

    role: str
    lines: tuple[Spot, ...]

    def holds(self, spot: Spot) -> bool:
        """Whether a stretch is one of its lines, or within one."""
        return any(
            line.row == spot.row and line.start <= spot.start < max(line.end, line.start + 1)
            for line in self.lines
        )


class Parties:
    """Finds the names of both sides."""

    def __init__(self, sheet: Sheet, labels: Labels, us: Us) -> None:
        self._sheet, self._labels = sheet, labels
        self._us = squeezed(us.name)
        self._marked = {
            (label.spot.row, label.spot.start)
            for label in labels.all
            if label.opens and label.closes
        }
        self.blocks = list(self._blocks())
        self.hosts = self._hosts()

    # --- blocks ------------------------------------------------------------------------------

    def _blocks(self) -> Iterator[Block]:
        for role in _ROLES:
            for label in self._labels.of(role):
                calls = squeezed(label.spot.text) in _CALLS or role == "payee"
                if label.opens and (label.closes or calls):
                    lines = tuple(self._lines(label))
                    if lines:
                        yield Block(role, lines)

    def _lines(self, label: Label) -> Iterator[Spot]:
        """Behind the label in its cell; then, or instead, below it; else in the next cell."""
        row = self._sheet.rows[label.spot.row]
        _, end = row.cell_at(label.spot.start)
        rest = row.text[label.spot.end : end].strip(" :.,\u2013-")
        beside = None
        if rest:
            beside = row.spot(row.text.index(rest, label.spot.end), end)
        elif not self._has_below(label):
            beside = self._next_cell(row, end)
        if beside is not None:
            if not label.closes and label.role == "buyer" and beside.text[:1].islower():
                return
            yield beside
        yield from self._below(beside or label.spot, label.spot)

    def _has_below(self, label: Label) -> bool:
        return next(self._below(label.spot, label.spot), None) is not None

    def _next_cell(self, row: Row, end: int) -> Spot | None:
        if end >= len(row.text):
            return None
        start, stop = row.cell_at(end + 1)
        return row.spot(start, stop)

    def _below(self, first: Spot, label: Spot) -> Iterator[Spot]:
        last, count = first, 0
        for row in self._sheet.below(first, 200):
            tall = max(5.0, last.bottom - last.top)
            if row.top - last.bottom > (2.6 if count == 0 else 1.5) * tall or count >= _LINES:
                return
            cell = next((c for c in row.cells() if _aligned(c, first, label)), None)
            if cell is None:
                continue
            if self._is_other_label(cell):
                return
            yield cell
            last, count = cell, count + 1

    def _is_other_label(self, cell: Spot) -> bool:
        return any(
            label.role in (*_ROLES, "number", "total", "net", "description")
            and label.opens
            and label.weight > 0.5
            and (label.closes or label.role == "number")
            and label.spot.start == cell.start
            and not squeezed(label.spot.text).startswith(_NAMING)
            for label in self._labels.by_row.get(cell.row, ())
        )

    def _hosts(self) -> set[str]:
        """Of the mail and web addresses outside the other side's lines."""
        theirs = [b for b in self.blocks if b.role in ("buyer", "other_party")]
        found: set[str] = set()
        for row in self._sheet.rows:
            if "@" not in row.text and "." not in row.text:
                continue
            for cell in row.cells():
                if not any(block.holds(cell) for block in theirs):
                    found.update(hosts_in(cell.text))
        return found

    # --- names -------------------------------------------------------------------------------

    def buyer(self) -> Name | None:
        """The name behind or below `Bill to`; without such a label, of the address window."""
        for block in self.blocks:
            if block.role == "buyer" and (found := self._name_of(block)):
                return Name(found[0], 0.9, found[1])
        return self._window()

    def _window(self) -> Name | None:
        """Below the line of the sender stands, as in a window of an envelope, the address."""
        for row in self._sheet.rows:
            if row.page != 1 or row.index > len(self._sheet.rows) // 2:
                return None
            for cell in row.cells():
                if not self._is_sender_line(cell):
                    continue
                block = Block("buyer", tuple(self._below(cell, cell)))
                if any(is_contact(line.text) for line in block.lines):
                    continue
                if len(block.lines) > 1 and (found := self._name_of(block)):
                    self.blocks.append(block)
                    return Name(found[0], 0.9, found[1])
        return None

    def _is_sender_line(self, cell: Spot) -> bool:
        parts = parts_of(cell.text)
        if len(parts) < _SENDER_PARTS:
            parts = [part for piece in parts for part in piece.split(", ")]
        return len(parts) >= _SENDER_PARTS and is_address(" ".join(parts[1:]))

    def seller(self, buyer: Name | None) -> Name | None:
        """The name with the most evidence that is not the buyer's."""
        proofs: dict[str, list[tuple[float, str, Spot]]] = {}
        for weight, name, spot in self._candidates():
            key = _key(name)
            if len(key) > 1 and not self._is_theirs(name, key, spot, buyer):
                proofs.setdefault(key, []).append((weight, name, spot))
        _merge(proofs)
        ranked = sorted(
            ((_together(found), found) for found in proofs.values()), key=lambda pair: -pair[0]
        )
        if not ranked:
            return None
        score, found = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        _, name, spot = max(found, key=lambda each: each[0])
        return Name(name, _confidence(score, second), spot)

    def _is_theirs(self, name: str, key: str, spot: Spot, buyer: Name | None) -> bool:
        if self._us and (key in self._us or self._us in key) and len(key) > 3:
            return True
        theirs = _key(buyer.value) if buyer else ""
        if theirs and (key == theirs or (len(key) > 4 and key in theirs)):
            return True
        return any(b.holds(spot) for b in self.blocks if b.role in ("buyer", "other_party"))

    def _candidates(self) -> Iterator[tuple[float, str, Spot]]:
        """Names with the weight of each place that says they are the seller's."""
        for weight, name, spot in self._places():
            if not self._is_usable(name):
                continue
            matched = self._is_host(name)
            yield weight, name, spot
            if is_legal(name):
                yield 0.3, name, spot
            elif is_organised(name):
                yield 0.12, name, spot
            if matched:
                yield 0.7, name, spot

    def _is_usable(self, name: str) -> bool:
        if not is_name(name) or len(_key(name)) < 2:
            return False
        key = squeezed(name)
        bare = key in _TITLES or (names_an_invoice(name) and not is_legal(name))
        return not bare and not _is_bank(name)

    def _is_host(self, name: str) -> bool:
        key = _key(name)
        return any(
            (len(host) > 3 and (host in key or (len(key) > 0.6 * len(host) and key in host)))
            or (len(host) == 3 and key.startswith(host))
            or _initials(name) == host
            for host in self.hosts
        )

    def _places(self) -> Iterator[tuple[float, str, Spot]]:
        for block in self.blocks:
            if block.role in ("seller", "payee") and (found := self._name_of(block)):
                yield 0.93 if block.role == "seller" else 0.6, *found
        yield from self._letterhead()
        for row in self._sheet.rows:
            for cell in row.cells():
                yield from self._in_line(row, cell)

    def _letterhead(self) -> Iterator[tuple[float, str, Spot]]:
        """The first lines of the first page; large letters say more."""
        rows = [row for row in self._sheet.rows if row.page == 1]
        usual = _median([row.height for row in rows])
        weight = 0.5
        for row in rows[:_TOP]:
            for cell in row.cells():
                tall = cell.bottom - cell.top
                name = name_in(cell.text)
                if not self._is_heading(cell, name):
                    continue
                large = 0.2 if tall > 1.25 * usual else 0.0
                yield weight + large, name, row.spot(cell.start, cell.start + len(name))
                weight *= 0.75

    def _is_heading(self, cell: Spot, name: str) -> bool:
        labelled = any(
            label.spot.start == cell.start
            and (label.closes or label.weight >= 0.7)
            and label.role not in ("description", "seller", "payee")
            and (label.closes or label.role in ("number", "issued", "due", "total", "payable"))
            for label in self._labels.by_row.get(cell.row, ())
        )
        starts, ends = cell.text.lstrip(), cell.text.rstrip()
        if labelled or starts.startswith(("(c)", "\u00a9")) or ":" in name or ends.endswith(":"):
            return False
        return self._is_usable(name) and not name[:1].isdigit() and not _is_dated(name)

    def _in_line(self, row: Row, cell: Spot) -> Iterator[tuple[float, str, Spot]]:
        """A sender line, or a legal form anywhere: letterheads and footers."""
        parts = parts_of(cell.text)
        if len(parts) < _SENDER_PARTS:
            parts = [part for piece in parts for part in piece.split(", ")]
        rest = " ".join(parts[1:])
        name = name_in(cell.text)
        spot = row.spot(cell.start, cell.start + len(name))
        if len(parts) >= _SENDER_PARTS and is_address(rest) and self._starts_name(name):
            yield 0.72, name, spot
        elif is_legal(cell.text) and not _has_money(cell.text):
            found = _legal_name(cell.text)
            if found and len(cell.text) < 160:
                at = cell.start + cell.text.index(found)
                yield (
                    0.35 if len(found) > 0.5 * len(cell.text) else 0.2,
                    found,
                    row.spot(at, at + len(found)),
                )

    def _starts_name(self, name: str) -> bool:
        return self._is_usable(name) and name[:1].isalnum() and not name[:1].isdigit()

    def _name_of(self, block: Block) -> tuple[str, Spot] | None:
        """The first line that is a name; a line with a legal form goes before a person's."""
        found: list[tuple[str, Spot]] = []
        for line in block.lines:
            row = self._sheet.rows[line.row]
            text, at = self._without_label(line)
            start = line.start + at
            if not text and squeezed(line.text).startswith(_NAMING):
                beside = self._next_cell(row, row.cell_at(line.start)[1])
                text, start = (beside.text, beside.start) if beside else ("", 0)
            lead = len(text) - len(text.lstrip(" :"))
            name = name_in(text[lead:])
            if self._is_block_name(name) and not text.rstrip().endswith(":"):
                spot = row.spot(start + lead, start + lead + len(name))
                found.append((name, spot))
        return _continued(found) if found else None

    def _is_block_name(self, name: str) -> bool:
        words = name.split()
        if not words or words[0].upper() in _KEPT or squeezed(name) in _SALUTES or ":" in name:
            return False
        return is_name(name) and not name[:1].isdigit()

    def _without_label(self, line: Spot) -> tuple[str, int]:
        """`Name: Acme` without its label; a line that is another label is nothing."""
        for label in self._labels.by_row.get(line.row, ()):
            if label.spot.start != line.start:
                continue
            rest = line.text[label.spot.end - line.start :]
            kept = rest.lstrip(" :\t.")
            if squeezed(label.spot.text).startswith(_NAMING):
                return kept, len(line.text) - len(kept)
            if label.closes and label.role not in ("seller", "issued"):
                return "", 0
        return line.text, 0


def _continued(found: list[tuple[str, Spot]]) -> tuple[str, Spot]:
    """A name in two lines: the legal form stands in the second."""
    (name, spot), rest = found[0], found[1:]
    if rest and not is_legal(name) and is_legal(rest[0][0]) and not is_person(name):
        name = f"{name} {rest[0][0]}"
        spot = spot._replace(text=name, bottom=rest[0][1].bottom, x1=max(spot.x1, rest[0][1].x1))
    return name, spot


def _is_dated(name: str) -> bool:
    """`April 13`, `due May 2`: the beginning of a date."""
    words = name.split()
    return any(
        month_of(word.strip(".,")) and after.strip(".,").isdigit()
        for word, after in pairwise(words)
    )


def _aligned(cell: Spot, first: Spot, label: Spot) -> bool:
    """Under the first line or the label, from the left; or at least for the larger part."""
    if abs(cell.x0 - first.x0) < 8 or abs(cell.x0 - label.x0) < 8:
        return True
    if abs(cell.x1 - first.x1) < 4 or abs(cell.x1 - label.x1) < 4:
        return True
    shared = min(cell.x1, first.x1) - max(cell.x0, first.x0)
    return shared > 0.6 * min(cell.x1 - cell.x0, first.x1 - first.x0)


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
    return (
        any(word in key for word in ("bank", "sparkasse", "banque", "banco", "banca"))
        and "datenbank" not in key
    )


def _has_money(text: str) -> bool:
    return any(written.marked for written in amounts_in(text))


def _together(found: Sequence[tuple[float, str, Spot]]) -> float:
    """Evidence of different places adds up; the same place does not count twice."""
    doubt = 1.0
    best: dict[tuple[int, float], float] = {}
    for weight, _, spot in found:
        best[(spot.row, weight)] = weight
    for weight in sorted(best.values(), reverse=True)[:6]:
        doubt *= 1 - min(0.95, weight)
    return 1 - doubt


def _merge(proofs: dict[str, list[tuple[float, str, Spot]]]) -> None:
    """`Acme` in the letterhead and `Acme Trading` in the footer are one."""
    for short in sorted(proofs, key=len):
        for long in proofs:
            if short != long and len(short) > 3 and long.startswith(short):
                pair = sorted((short, long), key=lambda key: _together(proofs[key]))
                weak, strong = pair
                proofs[strong] = proofs[strong] + [(w * 0.8, n, s) for w, n, s in proofs[weak]]
                proofs[weak] = [(0.01, n, s) for _, n, s in proofs[weak]]
                break


def _confidence(score: float, second: float) -> float:
    if score > 0.93 and score - second > 0.1:
        return 0.95
    if score > 0.85 and score - second > 0.12:
        return 0.92
    if score > 0.7 and score - second > 0.15:
        return 0.8
    return 0.6 if score > 0.5 else 0.35


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 10.0
