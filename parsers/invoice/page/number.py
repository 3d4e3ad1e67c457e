"""The number of an invoice and of the order behind it."""

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.invoice.page.labels import Label, Labels, names_a_credit, names_an_invoice
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.values.amounts import CODES
from parsers.values.dates import days_in
from parsers.values.names import is_address

_UNDER = 3.4  # line heights
_PIECE = re.compile(r"[^\s\t]+")
_SKIPPED = re.compile(r"(?:[\s:.=>|*\u2022\u2013-]|\([^()\t]{0,24}\)|#|[nN][°º](?!\w))*")
_PREFIX = re.compile(r"[A-Z]{1,6}[-/.]?|[A-Z][a-z]{0,3}[-/.]")
_JOINT = re.compile(r"[-/\u2013]")
_AMOUNT = re.compile(r"[€$£₹]|\d[.,]\d{2}$|%$")
_GROUP = re.compile(r"\d{1,6}(?:[-/]\d{1,4})?[,;)]?")
# `PO-7781` under `Reference`, `P.O.#66120` anywhere: it says itself what it is.
_ORDER = re.compile(r"P\.?O\.?[ ]?(?:#|-|/|[Nn]o\.?:?|[Nn]umber:?)[ ]?[A-Z0-9-]*\d[A-Z0-9/-]*")
_LONGEST = 40
_TITLE = 60
_HEAD = 12  # rows of a short letter that may hold its number
_ALONE = re.compile(r"#\s?([A-Za-z0-9][A-Za-z0-9/_.-]*\d[A-Za-z0-9/_.-]*|\d{2,})")
_WEBLIKE = re.compile(r"@|://|^www\.|^\+")


class Number(NamedTuple):
    """A number and how strongly it is the one."""

    value: str
    confidence: float
    spot: Spot


class _Candidate(NamedTuple):
    value: str
    score: float
    spot: Spot


class Numbers:
    """Looks for identifiers beside and below labels."""

    def __init__(self, sheet: Sheet, labels: Labels) -> None:
        self._sheet, self._labels = sheet, labels
        # On a credit note `Invoice number` is often the number of the invoice it corrects.
        titles = [row.text for row in sheet.rows[:25] if len(row.text) < 60]
        self._is_credit = any(names_a_credit(title) for title in titles)

    def of(self, role: str) -> Number | None:
        """The best identifier for a role; none when another label claims it more."""
        alone = self._alone() if role == "number" else self._named() if role == "po" else ()
        candidates = [*self._candidates(role), *alone]
        found = sorted(candidates, key=lambda c: (-round(c.score, 2), c.spot.row))
        others = self._claimed_by_others(role)
        found = [c for c in found if others.get(c.value, 0.0) < c.score]
        if not found:
            return None
        best = found[0]
        rivals = {_plain(c.value) for c in found if c.score > best.score - 0.08}
        return Number(best.value, self._confidence(best, len(rivals)), best.spot)

    def _confidence(self, best: _Candidate, rivals: int) -> float:
        if rivals > 1:
            return 0.65
        if best.score >= 0.9:
            return 0.98
        if best.score >= 0.66:
            return 0.93
        return 0.7 if best.score >= 0.4 else 0.4

    def _claimed_by_others(self, role: str) -> dict[str, float]:
        """Values that stand beside `Customer no` and the like, with the strength of that."""
        taken: dict[str, float] = {}
        others = ("not_number", "po", "vat") if role == "number" else ("number", "vat")
        for other in others:
            for candidate in self._candidates(other, strict=True):
                taken[candidate.value] = max(taken.get(candidate.value, 0.0), candidate.score)
        return taken

    def _candidates(self, role: str, *, strict: bool = False) -> Iterator[_Candidate]:
        for in_row in self._labels.by_row.values():
            ours = [label for label in in_row if label.role == role]
            for label in ours:
                if strict and (label.weight < 0.9 or _is_short(label)):
                    continue
                yield from self._near(label, self._chained(label, ours))

    def _chained(self, label: Label, ours: list[Label]) -> Label | None:
        """`Rechnung (380) Nr.`: two labels after each other are a strong one."""
        row = self._sheet.rows[label.spot.row]
        for other in ours:
            between = row.text[label.spot.end : other.spot.start]
            if other.spot.start > label.spot.start and _SKIPPED.fullmatch(between):
                return other
        return None

    def _near(self, label: Label, chained: Label | None) -> Iterator[_Candidate]:
        row = self._sheet.rows[label.spot.row]
        start = chained.spot.end if chained else label.spot.end
        weight = self._weight(label, row, chained)
        right = self._at(row, start, own=weight > 0.9)
        if right is not None:
            beyond = "\t" in row.text[start : right.start]
            plain_title = label.weight < 0.8 and not chained
            if plain_title and not label.opens:
                weight *= 0.6
            if plain_title and not self._is_shaped(right.text):
                weight *= 0.7
            under = self._straight_below(label, row) if beyond else None
            if under is not None:
                yield under
                weight *= 0.75
            yield _Candidate(_clean(right.text), weight * (0.97 if beyond else 1.0), right)
            return
        if not (label.opens and (chained.closes if chained else label.closes)):
            return
        yield from self._under(label)

    def _straight_below(self, label: Label, row: Row) -> _Candidate | None:
        """No colon, and a value in line below: what stands right is of another column."""
        if row.text[label.spot.start : label.spot.end + 2].rstrip().endswith(":"):
            return None
        for candidate in self._under(label):
            if abs(candidate.spot.x0 - label.spot.x0) < 4 and candidate.spot.row == row.index + 1:
                return candidate
        return None

    def _weight(self, label: Label, row: Row, chained: Label | None) -> float:
        """`Nr.` is strong behind a word that names an invoice: `Mietrechnung Nr. 7`."""
        if label.role == "number" and (chained or label.weight < 0.5):
            cell_start, _ = row.cell_at(label.spot.start)
            before = row.text[max(cell_start, label.spot.start - _TITLE) : label.spot.end]
            if names_an_invoice(before):
                return max(label.weight, 0.95)
        if label.role == "number" and self._is_credit and not names_a_credit(label.spot.text):
            return label.weight - (0.3 if names_an_invoice(label.spot.text) else 0.0)
        return label.weight

    def _under(self, label: Label) -> Iterator[_Candidate]:
        near = 0.92
        tall = max(6.0, label.spot.bottom - label.spot.top)
        for row in self._sheet.below(label.spot, _UNDER * tall):
            for cell in row.cells():
                if not cell.over(label.spot, 0):
                    continue
                other = self._is_label(row, cell) or _is_place(cell.text)
                found = None if other else self._in_cell(row, cell, label.spot)
                if found is not None:
                    yield _Candidate(_clean(found.text), label.weight * near, found)
                    return
                near -= 0.2

    def _in_cell(self, row: Row, cell: Spot, label: Spot) -> Spot | None:
        """The identifier of a cell; of one that holds two columns, the one under the label."""
        found = self._at(row, cell.start, own=False, before=self._next_heading(label))
        if found is not None and found.over(label, 4):
            return found
        for at, word in zip(row.starts, row.words, strict=True):
            if cell.start < at < cell.end and label.x0 - 6 < word.x0 < label.x1:
                return self._at(row, at, own=False)
        return None

    def _next_heading(self, label: Spot) -> float:
        """Where the next column begins, whose values may stand close to ours."""
        labels = self._labels.by_row.get(label.row, ())
        return min((x.spot.x0 for x in labels if x.spot.x0 > label.x1), default=math.inf)

    def _alone(self) -> Iterator[_Candidate]:
        """`#1043`, in a cell of its own: no label says more."""
        for row in self._sheet.rows[: max(_HEAD, len(self._sheet.rows) // 2 + 1)]:
            for cell in row.cells():
                match = _ALONE.fullmatch(cell.text.strip())
                if match:
                    yield _Candidate(match[1], 0.62, cell)

    def _named(self) -> Iterator[_Candidate]:
        """The number of an order that is written with its kind, in a cell of its own."""
        for row in self._sheet.rows:
            for cell in row.cells():
                text = cell.text.strip()
                if match := _ORDER.fullmatch(text.rpartition(": ")[2]):
                    at = cell.start + cell.text.index(match[0])
                    yield _Candidate(match[0], 0.6, row.spot(at, at + len(match[0])))

    def _is_label(self, row: Row, cell: Spot) -> bool:
        return any(
            label.spot.start == cell.start and label.weight > 0.7
            for label in self._labels.by_row.get(row.index, ())
        )

    def _is_shaped(self, text: str) -> bool:
        """Whether it looks like a number someone gave: digits with letters or signs, or many."""
        digits = sum(c.isdigit() for c in text)
        mixed = any(c.isalpha() or c in "-/#" for c in text)
        return digits >= 3 and (mixed or digits >= 4)

    def _at(self, row: Row, start: int, *, own: bool, before: float = math.inf) -> Spot | None:
        """The identifier that begins here; `own`: straight behind a label that names it."""
        skipped = _SKIPPED.match(row.text, start)
        at = skipped.end() if skipped else start
        if row.text.count("\t", start, at) > 1:
            return None
        _, cell_end = row.cell_at(at)
        beyond = (
            s for s, w in zip(row.starts, row.words, strict=True) if w.x0 > before - 4 and s > at
        )
        upto = min([cell_end, *self._label_starts(row, at), *beyond])
        end = _identifier_end(row.text, at, upto, own=own)
        return row.spot(at, end) if end > at else None

    def _label_starts(self, row: Row, at: int) -> list[int]:
        return [
            label.spot.start
            for label in self._labels.by_row.get(row.index, ())
            if label.spot.start >= at and (len(label.spot.text) > 2 or label.role == "issued")
        ]


def _is_place(text: str) -> bool:
    """A line of an address, with words in it: six digits alone are a number."""
    return is_address(text) and any(word.isalpha() and len(word) > 2 for word in text.split())


def _identifier_end(text: str, start: int, upto: int, *, own: bool) -> int:
    """Where an identifier ends that begins at `start`; `start` itself when none does."""
    end, has_digit = start, False
    for pieces, match in enumerate(_PIECE.finditer(text, start, upto)):
        piece = match[0]
        digits = any(c.isdecimal() for c in piece)  # the sign of `m²` is none
        if pieces > 4 or match.end() - start > _LONGEST or _WEBLIKE.search(piece):
            break
        if digits and not _is_other(text, match, own=own and not has_digit):
            if has_digit and not _continues(text, end, match):
                break
            end, has_digit = match.end(), True
        elif not has_digit and not digits and pieces < 2 and _is_prefix(piece):
            pass
        elif not (has_digit and _JOINT.fullmatch(piece)):
            break
        if piece.endswith((",", ";", ")")) and has_digit:
            break
    return end if has_digit else start


def _is_prefix(piece: str) -> bool:
    return bool(_PREFIX.fullmatch(piece)) and piece not in CODES


def _continues(text: str, end: int, match: re.Match[str]) -> bool:
    """Whether a second piece with digits belongs to the first: `2024 / 001`, `RE 2024 001`."""
    between = text[end : match.start()]
    return bool(re.search(r"[-/]", between + text[end - 1])) or (
        between == " " and bool(_GROUP.fullmatch(match[0]))
    )


def _is_other(text: str, match: re.Match[str], *, own: bool) -> bool:
    """A date, an amount or a percentage."""
    if _AMOUNT.search(match[0].rstrip(",;)")):
        return not own or not re.fullmatch(r"[\dA-Z]+[.]\d{2}", match[0])
    for day in days_in(text[match.start() : match.end() + 20]):
        if day.start == 0:
            return not (own and "/" in match[0] and match[0].count("/") == 2)
    return False


def _is_short(label: Label) -> bool:
    """A word of two or three letters counts where it begins its cell: `dni` is a day as well."""
    return len(label.spot.text.strip(":. ")) < 4 and not label.opens


def _clean(text: str) -> str:
    kept = text.strip().strip(".,;:|*").strip()
    if kept.endswith(")") and "(" not in kept:
        kept = kept[:-1]
    return kept.lstrip("#(").strip()


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
