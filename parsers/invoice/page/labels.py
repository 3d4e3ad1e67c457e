"""Which words of a page are labels, and of what."""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.values.amounts import CODES

_WORDS = 9  # in the longest label, torn words included
_LETTERS = 44
_HEADS = ("number", "issued", "due", "po", "not_number", "not_day", "total", "payable")
_STRONG = 0.9  # of a label that proves something alone
_KEPT = 2048  # words that are squeezed again and again while a page is read
_CURRENCIES = frozenset(code.casefold() for code in CODES) | {"rs", "euro", "euros"}
_OTHER = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "°": "o", "\u0131": "i", "\u2116": "no"}
)


# What heads a column of the list of what was bought.
_LISTED = frozenset({"description", "not_amount", "total", "net", "tax", "rate", "currency"})


_BARE = {code: None for code in range(128) if not (chr(code).isalnum() or chr(code) in "#%")}


class Label(NamedTuple):
    """A word or words that say what stands beside or below them."""

    role: str
    weight: float  # how much it proves alone
    spot: Spot
    opens: bool = False  # it begins its cell
    closes: bool = False  # it ends its cell, or a colon follows


class _Entry(NamedTuple):
    role: str
    weight: float
    languages: frozenset[str]


@lru_cache(_KEPT)
def squeezed(text: str) -> str:
    """Letters and digits only, without accents, in one case; `#` and `%` stay."""
    text = text.casefold()
    if text.isascii():
        return text.translate(_BARE)
    text = unicodedata.normalize("NFKD", text.translate(_OTHER))
    return "".join(c for c in text if c.isalnum() or c in "#%")


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))


def names_an_invoice(text: str) -> bool:
    """Whether one of its words names an invoice, also as a part: `Mietrechnung`."""
    key = squeezed(text)
    return any(stem in key for stem in _content()["stems"]["invoice"])


def names_a_credit(text: str) -> bool:
    """Whether one of its words names a credit note."""
    key = squeezed(text)
    return any(stem in key for stem in _content()["stems"]["credit"])


def words_of(name: str) -> tuple[str, ...]:
    """A list of words that comes with the labels."""
    return tuple(_content()["words"][name])


@cache
def table() -> dict[str, tuple[_Entry, ...]]:
    """Every label as it is looked up."""
    found: dict[str, dict[tuple[str, float], set[str]]] = {}
    for row in _content()["label"]:
        for language, texts in row.items():
            if not isinstance(texts, list):
                continue
            for text in texts:
                roles = found.setdefault(squeezed(text), {})
                roles.setdefault((row["role"], row["weight"]), set()).add(language)
    return {
        key: tuple(_Entry(role, weight, frozenset(said)) for (role, weight), said in roles.items())
        for key, roles in found.items()
    }


@cache
def _with_comma() -> frozenset[str]:
    rows = (texts for row in _content()["label"] for texts in row.values())
    texts = (text for each in rows if isinstance(each, list) for text in each)
    return frozenset(squeezed(text) for text in texts if "," in text)


class Labels:
    """The labels of a sheet, and the languages that they are in."""

    def __init__(self, sheet: Sheet) -> None:
        self.languages: Counter[str] = Counter()
        self.by_row: dict[int, list[Label]] = {}
        for row in sheet.rows:
            for label in _side_by_side(row, list(self._in_row(row))):
                self.by_row.setdefault(row.index, []).append(label)
        for row, after in zip(sheet.rows, sheet.rows[1:], strict=False):
            self._stacked(row, after)
        self.all = [label for labels in self.by_row.values() for label in labels]

    def silence(self, rows: Iterable[int]) -> None:
        """In the heading of a list nothing names a value of the whole invoice."""
        for index in rows:
            kept = [label for label in self.by_row.get(index, ()) if label.role in _LISTED]
            self.by_row[index] = kept
        self.all = [label for labels in self.by_row.values() for label in labels]

    def of(self, *roles: str) -> list[Label]:
        """The labels with one of these roles, from the top."""
        return [label for label in self.all if label.role in roles]

    @property
    def language(self) -> str:
        """The language that most labels are in; empty when none is ahead."""
        ahead = self.languages.most_common(2)
        if not ahead or (len(ahead) > 1 and ahead[0][1] == ahead[1][1]):
            return ""
        return ahead[0][0]

    def _in_row(self, row: Row) -> Iterator[Label]:
        keys = [squeezed(word.text) for word in row.words]
        at = 0
        while at < len(keys):
            found = None if _is_rate(row, keys, at) else _longest(row, keys, at)
            if found is None:
                at += 1
                continue
            upto, entries = found
            end = row.starts[upto - 1] + len(row.words[upto - 1].text)
            yield from self._said(entries, row, row.spot(row.starts[at], end))
            at = upto

    def _said(self, entries: tuple[_Entry, ...], row: Row, spot: Spot) -> Iterator[Label]:
        languages = frozenset[str]().union(*(entry.languages for entry in entries))
        if len(spot.text) > 2:
            for language in languages:
                self.languages[language] += 60 // len(languages)
        start, end = row.cell_at(spot.start)
        opens = not squeezed(row.text[start : spot.start])
        closes = spot.text.endswith(":") or row.text[spot.end : end].lstrip()[:1] in ("", ":", "/")
        for entry in entries:
            yield Label(entry.role, entry.weight, spot, opens, closes)

    def _stacked(self, row: Row, after: Row) -> None:
        """A heading in two lines, `Invoice` above `number`, is one label on the lower line."""
        apart = after.page != row.page or after.top - row.bottom > 0.5 * row.height
        if apart or any(letter.isdigit() for letter in row.text):
            return
        lower = [(cell, squeezed(cell.text)) for cell in after.cells()]
        for upper in row.cells():
            key = squeezed(upper.text)
            if not key or len(key) > _LETTERS:
                continue
            for cell, rest in lower:
                entries = table().get(key + rest) if rest and upper.over(cell, 0) else None
                if entries:
                    self._join(upper, cell, entries, after)

    def _join(self, upper: Spot, lower: Spot, entries: tuple[_Entry, ...], row: Row) -> None:
        for spot in (upper, lower):
            inside = range(spot.start, spot.end)
            kept = [x for x in self.by_row.get(spot.row, []) if x.spot.start not in inside]
            self.by_row[spot.row] = kept
        both = lower._replace(
            x0=min(upper.x0, lower.x0),
            x1=max(upper.x1, lower.x1),
            text=f"{upper.text} {lower.text}",
        )
        self.by_row[lower.row].extend(self._said(entries, row, both))
        self.by_row[lower.row].sort(key=lambda label: label.spot.x0)


def _side_by_side(row: Row, labels: list[Label]) -> list[Label]:
    """Headings set so close that they are one cell: each opens and closes its own."""
    if len(labels) < 2 or any(letter.isdigit() for letter in row.text):
        return labels
    found = []
    for label in labels:
        start, end = row.cell_at(label.spot.start)
        others = [x.spot for x in labels if x.weight >= _STRONG and start <= x.spot.start < end]
        before = max((o.end for o in others if o.end <= label.spot.start), default=-1)
        after = min((o.start for o in others if o.start >= label.spot.end), default=-1)
        opens = before >= 0 and not squeezed(row.text[before : label.spot.start])
        closes = after >= 0 and not squeezed(row.text[label.spot.end : after])
        strong = label.weight >= _STRONG and label.role in _HEADS
        found.append(
            label._replace(
                opens=label.opens or (strong and opens), closes=label.closes or (strong and closes)
            )
        )
    return found


def _is_rate(row: Row, keys: list[str], at: int) -> bool:
    """The sign of `19 % VAT`: it belongs to the number before."""
    return keys[at] == "%" and at > 0 and row.words[at - 1].text[-1:].isdigit()


def _rated(key: str) -> tuple[_Entry, ...] | None:
    """`CGST9`, `VAT20`: a tax with its rate."""
    bare = key.rstrip("0123456789%")
    if not 0 < len(key) - len(bare) < 4 or len(bare) < 3:
        return None
    entries = table().get(bare, ())
    return tuple(entry for entry in entries if entry.role == "tax") or None


def _longest(row: Row, keys: list[str], at: int) -> tuple[int, tuple[_Entry, ...]] | None:
    """The longest label that begins with this word and stays in its cell."""
    found, key, bare = None, "", ""  # bare: without a currency in it, `Montant EUR HT`
    parted = False  # `2 % Skonto, bis 22.3.` are two
    _, cell_end = row.cell_at(row.starts[at])
    for upto in range(at, min(len(keys), at + _WORDS)):
        if row.starts[upto] >= cell_end:
            break
        key += keys[upto]
        bare += keys[upto] if keys[upto] not in _CURRENCIES else ""
        if len(key) > _LETTERS:
            break
        parted = parted or (upto > at and row.words[upto - 1].text.endswith(","))
        entries = table().get(key) or (table().get(bare) if bare != key else None) or _rated(key)
        if entries and keys[upto] and (not parted or key in _with_comma()):
            found = upto + 1, entries
    return found
