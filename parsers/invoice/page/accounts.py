"""Bank accounts and tax numbers: by their form, their check digits and where they stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.invoice.page.labels import Label, Labels
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.invoice.page.parties import Parties
from parsers.values.accounts import iban_at, is_iban_shaped
from parsers.values.dates import days_in

_START = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[ ]?\d{2}(?=[ \u00a0\t]?[A-Z0-9])")
# As accounts are written in Poland: the digits of the IBAN without its country.
_POLISH = re.compile(r"(?<![A-Z0-9])\d{2}(?:[ ]?\d{4}){6}(?!\d)")
_NAMED = re.compile(r"IBAN[\s:.]{0,4}([A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){8,30})")
_LOOSE = re.compile(r"(?<![A-Z0-9])([A-Z]{2}\d{2}(?:[ ]?\d{4}){3,6}(?:[ ]?\d{1,3})?)(?![A-Z0-9])")
# The account that money is taken from is the payer's.
_DEBITED = re.compile(
    r"lastschrift|abgebucht|abbuch|einzug|eingezogen|mandat|direct debit|will be debited"
    r"|your account|prélev"
    r"|domiciliaci|addebit|incasso|débito direto|polecenie zapłaty|ihr konto|ihrem konto"
    r"|von ihrem|votre compte",
    re.IGNORECASE,
)
_VAT = re.compile(
    r"(?<![A-Z0-9])(?:ATU ?\d{8}|BE ?[01]?\d{3}[. ]?\d{3}[. ]?\d{3}|BG ?\d{9,10}"
    r"|CHE[- ]?\d{3}\.?\d{3}\.?\d{3}(?: ?(?:MWST|TVA|IVA))?"
    r"|CY ?\d{8}[A-Z]|CZ ?\d{8,10}|DE ?\d{3} ?\d{3} ?\d{3}|DK ?(?:\d{2} ?){3}\d{2}|EE ?\d{9}"
    r"|EL ?\d{9}|ES ?[A-Z0-9] ?\d{7} ?[A-Z0-9]"
    r"|EU ?\d{9}|FI ?\d{8}|FR ?[A-Z0-9]{2} ?\d{3} ?\d{3} ?\d{3}|GB ?\d{3} ?\d{4} ?\d{2}"
    r"|HR ?\d{11}|HU ?\d{8}|IE ?\d[A-Z0-9+*]\d{5}[A-Z]{1,2}"
    r"|IT ?\d{11}|LT ?\d{9,12}|LU ?\d{8}|LV ?\d{11}|MT ?\d{8}"
    r"|NL ?\d{3}\.?\d{3}\.?\d{3}\.? ?B\.?\d{2}|NO ?\d{9} ?MVA|PL ?\d{10}|PT ?\d{9}"
    r"|RO ?\d{2,10}|SE ?\d{10}01|SI ?\d{8}|SK ?\d{10}|\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]"
    r"|XI ?\d{9}|\d{9} ?R[TCP] ?\d{4})(?![A-Z0-9])"
)
_TAX = re.compile(r"[A-Z0-9][A-Z0-9 .\-/]{5,22}[A-Z0-9]")
_THEIRS = re.compile(
    r"\b(?:customer|client|buyer|your|ihre|kunden?|cliente|klant|uw|nabywc|acheteur|votre|deres"
    r"|er[t]?)\b|kunden",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d[\d \-]{3,22}\d|\d{3,}")


class Found(NamedTuple):
    """A number of an account or a tax office."""

    value: str
    confidence: float
    spot: Spot


class Accounts:
    """Where the money goes, and the sellers' tax numbers."""

    def __init__(self, sheet: Sheet, labels: Labels, parties: Parties) -> None:
        self._sheet, self._labels, self._parties = sheet, labels, parties

    def iban(self) -> Found | None:
        """The first account that money is paid to; one whose digits do not add up is doubtful."""
        found = list(self._ibans())
        ours = [each for each in found if not self._is_debited(each.spot)]
        if ours:
            several = len({each.value for each in ours}) > 1
            return ours[0]._replace(confidence=0.93 if several else 0.98)
        if found:
            return found[0]._replace(confidence=0.6)
        return self._loose_iban()

    def _ibans(self) -> Iterator[Found]:
        for row in self._sheet.rows:
            for match in _START.finditer(row.text):
                text = row.text[match.start() :].replace("\t", " ")
                value, length = iban_at(text)
                if not value:
                    value, length = self._wrapped(row, match.start())
                if value:
                    end = min(match.start() + length, len(row.text))
                    yield Found(value, 0.98, row.spot(match.start(), end))
            for match in _POLISH.finditer(row.text):
                value, _ = iban_at(f"PL{match[0]}")
                if value:
                    yield Found(value, 0.97, row.spot(match.start(), match.end()))

    def _wrapped(self, row: Row, start: int) -> tuple[str, int]:
        """An account that goes on in the line below, in the same column."""
        _, end = row.cell_at(start)
        head = row.text[start:end]
        spot = row.spot(start, end)
        breaks = end == len(row.text)  # a sentence goes on where the next line begins
        for below in self._sheet.below(spot, 2.0 * max(5.0, spot.bottom - spot.top)):
            for at, cell in enumerate(below.cells()):
                if cell.over(spot, 1) or (breaks and at == 0):
                    value, _ = iban_at(f"{head} {cell.text}")
                    if value:
                        return value, len(head)
            return "", 0
        return "", 0

    def _is_debited(self, spot: Spot) -> bool:
        rows = self._sheet.rows[max(0, spot.row - 1) : spot.row + 1]
        return any(_DEBITED.search(row.text) for row in rows if row.page == spot.page)

    def _loose_iban(self) -> Found | None:
        """Named as one, or of the right form; but its check digits are wrong."""
        for shape, sure in ((_NAMED, 0.6), (_LOOSE, 0.5)):
            for row in self._sheet.rows:
                match = shape.search(row.text)
                if match and "*" not in row.text:
                    value = re.sub(r"\s", "", match[1])
                    if shape is _NAMED or is_iban_shaped(value):
                        return Found(value, sure, row.spot(match.start(1), match.end(1)))
        return None

    # --- accounts of other countries ---------------------------------------------------------

    def other(self) -> dict[str, Found]:
        """Parts of accounts by their scheme: ABA routing, sort code, BSB, IFSC, account number."""
        found: dict[str, Found] = {}
        for role, shape in _SHAPES.items():
            values = (self._beside(label, shape) for label in self._labels.of(role))
            value = next((value for value in values if value is not None), None)
            if value is not None:
                found[role] = value
        return found

    def _beside(self, label: Label, shape: re.Pattern[str]) -> Found | None:
        row = self._sheet.rows[label.spot.row]
        rows = [(row, label.spot.end)]
        rows += [(r, -1) for r in self._sheet.below(label.spot, 26)][:2]
        for each, start in rows:
            for match in shape.finditer(each.text, max(0, start)):
                spot = each.spot(match.start(), match.end())
                near = match.start() - start < 14 if start >= 0 else spot.over(label.spot, 4)
                if near:
                    return Found(match[0].strip(), 0.9, spot)
            if start >= 0 and row.text[start:].strip(" :\t"):
                return None
        return None

    # --- tax numbers -------------------------------------------------------------------------

    def seller_vat(self, ours: frozenset[str]) -> Found | None:
        """A tax number that stands neither with the buyer nor behind a word of theirs."""
        found = [each for each in self._vats() if plain(each.value) not in ours]
        sellers = [each for each in found if not self._is_theirs(each.spot)]
        if not sellers:
            return None
        best = sellers[0]
        several = len({plain(each.value) for each in sellers}) > 1
        return best._replace(confidence=0.7 if several else best.confidence)

    def _vats(self) -> Iterator[Found]:
        """By their form; else beside a label that names them."""
        for row in self._sheet.rows:
            for match in _VAT.finditer(row.text):
                if not iban_at(row.text[match.start() :])[0]:
                    yield Found(match[0], 0.95, row.spot(match.start(), match.end()))
        for label in self._labels.of("vat"):
            short = len(label.spot.text.strip(":. ")) < 4
            if short and not label.opens and not _is_led(label, self._sheet):
                continue
            found = self._beside(label, _TAX)
            if found is None or any(days_in(found.value)):
                continue
            if sum(c.isdigit() for c in found.value) >= 6:
                yield found._replace(value=_until_words(found.value), confidence=0.85)

    def _is_theirs(self, spot: Spot) -> bool:
        row = self._sheet.rows[spot.row]
        cell_start, _ = row.cell_at(spot.start)
        if _THEIRS.search(row.text[cell_start : spot.start]):
            return True
        return any(b.holds(spot) for b in self._parties.blocks if b.role == "buyer") or any(
            b.role == "buyer" and b.lines and _is_within(b.lines, spot)
            for b in self._parties.blocks
        )


_SHAPES = {
    "routing": re.compile(r"(?<!\d)\d{9}(?!\d)"),
    "sort_code": re.compile(r"(?<!\d)\d{2}[- ]?\d{2}[- ]?\d{2}(?!\d)"),
    "bsb": re.compile(r"(?<!\d)\d{3}[- ]?\d{3}(?!\d)"),
    "ifsc": re.compile(r"\b[A-Z]{4}0[A-Z0-9]{6}\b"),
    "account": re.compile(r"(?<!\d)\d[\d -]{4,20}\d(?!\d)"),
    "bic": re.compile(r"\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b"),
}


def _is_within(lines: tuple[Spot, ...], spot: Spot) -> bool:
    """Right below the lines of an address, in the same column."""
    last = lines[-1]
    return (
        last.page == spot.page
        and abs(lines[0].x0 - spot.x0) < 120
        and lines[0].row <= spot.row <= last.row + 2
        and spot.x0 < last.x1 + 60
    )


def _is_led(label: Label, sheet: Sheet) -> bool:
    """A sign stands before it: `Acme Ltd · ABN: 12 345`."""
    before = sheet.rows[label.spot.row].text[: label.spot.start].rstrip()
    return before[-1:] in ("\u00b7", "|", "\u2022", "-", "\u2013", ",", "/")


def _until_words(text: str) -> str:
    """`12 345 678 Tel`: the number alone."""
    pieces = text.split()
    kept: list[str] = []
    for piece in pieces:
        if kept and not any(c.isdigit() for c in piece):
            break
        kept.append(piece)
    return " ".join(kept).strip(" .-/")


def plain(text: str) -> str:
    """To compare: letters and digits only."""
    return "".join(c for c in text.casefold() if c.isalnum())
