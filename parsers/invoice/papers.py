"""What kind of paper a page is, told by its title, its labels and what it says of itself."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from mailagent.core.reading import Kind
from parsers.invoice.page.layout import Sheet, Spot
from parsers.values.dates import days_in

_WORDS = 8  # a title has no more, its number and date apart
_LONGEST = 100  # letters of a title with all that
_CELLS = 400  # of a document are looked at for titles
_LETTERS = 60_000  # of a document are searched for sentences
_BILLS = ("invoice", "credit_note")
_ENOUGH = 1.0  # a number that is called the invoice's, and one word of its trade
_SAYS_SO = 1.5  # a title at the top, or two sentences
_KEPT = 512  # cells that are looked at again while one paper is read
_TORN = 3  # cells that one word may have come apart into
_MARKS = re.compile(r"[\W_]+")
_SUBJECT = re.compile(
    r"(?:re|subject|betreff|betr|objet|oggetto|asunto|assunto|onderwerp|betreft|dotyczy|temat)"
    r"\s?:\s*",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\s*([^\W\d]{4,20}):\s*\S*\d\S*\s*$")
_ASIDE = re.compile(r"\s*\([^()\d]{3,40}\)")  # `Tax Invoice (Original for Recipient)`
_HEADING = 14  # words of several labels in one cell
_YEAR = re.compile(r"20\d\d$")
_LARGE = 1.4  # of the usual letters' height: more than the heading of a section
_SPACED = 4  # letters with blanks between, as in "I N V O I C E"


class Sight(NamedTuple):
    """What a paper is, how sure that is, and why."""

    name: str  # a Kind's value, or a word for what has none
    confidence: float
    reason: str
    titled: bool = False

    @property
    def kind(self) -> Kind:
        """Its kind; `other` for what the agent has no work with."""
        name = self.name.replace(" ", "_")
        return Kind(name) if name in _KINDS else Kind.OTHER


class _Title(NamedTuple):
    name: str
    weight: float
    text: str


_KINDS = frozenset(kind.value for kind in Kind)


def sighted(sheet: Sheet) -> Sight | None:
    """What a document is; None where it says nothing of that."""
    titles = _titles(sheet)
    sentences = _sentences(sheet)
    scores: dict[str, float] = {}
    for name in {*titles, *sentences}:
        weight = titles[name].weight if name in titles else 0.0
        scores[name] = weight + sentences.get(name, 0.0)
    bill = max(_BILLS, key=lambda name: scores.get(name, 0.0))
    called = bill in titles and titles[bill].weight >= 1.0
    proof = _bill_proof(sheet, called)
    if not called and max(scores.values(), default=0.0) >= _SAYS_SO:
        proof /= 2  # a reminder has the labels of its bill
    proof += scores.pop(bill, 0.0)
    bill = "invoice" if _is_self_billing(sheet) else bill
    scores[bill] = max(proof, scores.get(bill, 0.0))
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _ENOUGH:
        return None
    rest = max((score for name, score in scores.items() if _rivals(name, best)), default=0.0)
    sure = min(0.99, 0.6 + 0.2 * (scores[best] - rest))
    said = f"it says {titles[best].text!r}" if best in titles else "its labels and sentences say so"
    return Sight(best, max(0.5, sure), said, titled=best in titles and titles[best].weight >= 1.0)


def _is_self_billing(sheet: Sheet) -> bool:
    text = f" {plain(sheet.text[:_LETTERS])} "
    return any(f" {words} " in text for words in _data()["self_billing"]["words"])


def _rivals(name: str, best: str) -> bool:
    return name != best and not {name, best} <= set(_BILLS)


# --- titles --------------------------------------------------------------------------------------


def _titles(sheet: Sheet) -> dict[str, _Title]:
    """The weightiest title of each kind."""
    usual = _usual_height(sheet)
    length = max((row.bottom for row in sheet.rows), default=1.0)
    found: dict[str, _Title] = {}
    for cell, beside in _cells(sheet):
        title = _title(cell, beside, usual, length)
        if title is None or title.weight <= _weight(found, title.name):
            continue
        small = cell.bottom - cell.top < _LARGE * usual
        if title.name not in _BILLS and small and _is_listed(sheet, cell):
            continue  # `Lieferschein  LS-17` between `Kunden-Nr.` and `Datum` names another paper
        found[title.name] = title
    return found


def _weight(found: Mapping[str, _Title], name: str) -> float:
    return found[name].weight if name in found else 0.0


def _is_listed(sheet: Sheet, cell: Spot) -> bool:
    """Whether it is a label with a value, above or below another one."""
    return _has_value(sheet, cell.row, cell.x0) and any(
        _has_value(sheet, near, cell.x0) for near in (cell.row - 1, cell.row + 1)
    )


def _has_value(sheet: Sheet, row: int, left: float) -> bool:
    """Whether words without a digit begin there, and a number stands on their right."""
    if not 0 <= row < len(sheet.rows):
        return False
    return any(
        round(cell.x0) == round(left) and not _has_digit(cell.text) and _has_digit(after.text)
        for cell, after in pairwise(sheet.rows[row].cells())
    )


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _cells(sheet: Sheet) -> Iterator[tuple[Spot, str | None]]:
    """Cells, each with the one on its right; None where it has its row for itself."""
    seen = 0
    for row in sheet.rows:
        cells = list(row.cells())
        for cell, after in zip(cells, [*(c.text for c in cells[1:]), ""], strict=True):
            seen += 1
            yield cell, after if len(cells) > 1 else None
        if 1 < len(cells) <= _TORN and row.text.replace("\t", "").replace(" ", "").isalpha():
            yield row.spot(0, len(row.text)), None  # "RECH   NUNG", one word with air in it
        if seen > _CELLS:
            return


def _usual_height(sheet: Sheet) -> float:
    heights = sorted(word.height for row in sheet.rows for word in row.words)
    return heights[len(heights) // 2] if heights else 1.0


def _title(cell: Spot, beside: str | None, usual: float, length: float) -> _Title | None:
    text = cell.text.strip()
    if len(text) > _LONGEST or (text[:1].islower() and text.endswith(".")):
        return None  # too long, or the end of a sentence: "... from the date of\nreceipt."
    text = _ASIDE.sub("", text) or text
    subject = _SUBJECT.match(text)
    text = text[subject.end() :] if subject else text
    match = _named_by_parts(text)
    if match is None or (_is_label(match, text, beside) and not subject):
        return None
    if subject and match.name in _BILLS:
        return None  # a letter about a bill is none
    height = (cell.bottom - cell.top) / max(1.0, usual)
    weight = match.weight + _by_size(height) + _by_place(cell, length)
    weight += 0.3 if beside is None else -0.3 if _is_numbered(beside) else 0.0
    weight += 0.4 if text.isupper() else 0.0
    weight -= 1.0 if ":" in text else 0.0
    weight -= 1.2 if height < _LARGE and plain(text) in _data()["sections"]["words"] else 0.0
    return _Title(match.name, weight * (1.0 if cell.page == 1 else 0.4), text[:40])


def _is_numbered(beside: str) -> bool:
    """What follows is a number; a day alone is when the paper was written."""
    day = next(days_in(beside), None)
    return _has_digit(beside[day.end :] if day and not beside[: day.start].strip() else beside)


def _is_label(match: "_Match", text: str, beside: str | None) -> bool:
    """`Order no.` and `Order : 4711` name another paper; they do not say what this one is."""
    if beside is not None and beside.lstrip().startswith(":"):
        return True
    return bool(match.rest) and not any(c.isdigit() for c in text)


def _by_size(ratio: float) -> float:
    return next(
        (gain for least, gain in ((1.8, 2.0), (1.4, 1.2), (1.15, 0.5)) if ratio >= least), 0
    )


def _by_place(cell: Spot, length: float) -> float:
    down = cell.top / max(1.0, length)
    return 0.6 if down < 0.4 else 0.0 if down < 0.6 else -0.5


class _Match(NamedTuple):
    name: str
    weight: float
    rest: list[str]  # the words after the title


def _named_by_parts(text: str) -> "_Match | None":
    """`Guest Folio / Invoice`, `Lieferschein/Rechnung`: what is a bill as well is a bill."""
    parts = [_named(plain(part).split()) for part in text.split("/")] if "/" in text else []
    bill = next((part for part in parts if part is not None and part.name in _BILLS), None)
    named = bill or _named(plain(text).split())
    if named is None and " - " in text:  # "RELANCE - Facture impayée"
        first = _named(plain(text.partition(" - ")[0]).split())
        is_known = first is not None and first.weight >= 1.0 and text[0].isalpha()
        return first if first is not None and is_known and first.name not in _BILLS else None
    return named


def _named(words: list[str]) -> _Match | None:
    """The kind whose title the words begin with, the longest first."""
    if len(words) > 1 and words[0][0].isdigit() and (len(words[0]) < 4 or _YEAR.match(words[0])):
        words = words[1:]  # "2. Mahnung", "2e rappel", "2025 property tax statement"
    for count in range(min(_WORDS, len(words)), 0, -1):
        name = _titles_known().get("".join(words[:count]))
        if name and (match := _followed(name, 1.0, words[count:])):
            return match
    if len(words) > 1 and words[0] in _data()["ordinals"]["words"]:
        return _named(words[1:])
    name = _by_ending(words[0]) if words else ""
    return _followed(name, 0.8, words[1:]) if name else _qualified(words)


def _qualified(words: list[str]) -> _Match | None:
    """`Berichtigte Rechnung` is a bill; `Ihre Rechnung` is somebody else's."""
    if len(words) != 2 or words[0] in _data()["between"]["not_before"] or words[0] in _between():
        return None
    name = _titles_known().get(words[1], "")
    is_bill = name in _BILLS and words[1] in _data()["label"]["bill"]
    return _Match(name, 0.7, []) if is_bill else None


def _followed(name: str, weight: float, rest: list[str]) -> _Match | None:
    """A title may be followed by numbers and dates; by other words only if a number follows."""
    has_digits = any(c.isdigit() for word in rest for c in word)
    if not rest or (has_digits and all(_is_value(word) for word in rest)):
        return _Match(name, weight, rest)
    if all(word in _between() for word in rest):
        return _Match(name, weight, rest)
    again = _titles_known().get(rest[0])  # `Rechnungskorrektur (Gutschrift) RK-17`
    if again == name or {again, name} == set(_BILLS):
        return _followed(name, weight, rest[1:])
    numbered = any(
        word in _data()["label"]["number"] and any(c.isdigit() for c in after)
        for word, after in pairwise(rest)
    )
    return _Match(name, weight - 0.2, rest) if numbered and name in _BILLS else None


def _by_ending(word: str) -> str:
    """Sanitärrechnung is a Rechnung; an Abrechnung is none."""
    endings = _data()["endings"]
    if word.endswith(tuple(endings["none"])):
        return ""
    return next((name for name in endings if word.endswith(tuple(endings[name]))), "")


def _is_value(word: str) -> bool:
    """What may follow a title: numbers, dates, single letters, the words between them."""
    return len(word) < 4 or any(c.isdigit() for c in word) or word in _between()


# --- labels and sentences ------------------------------------------------------------------------


def _bill_proof(sheet: Sheet, has_title: bool) -> float:
    """What the labels say for a bill; they count for less where nothing calls itself one."""
    number, date = _bill_labels(sheet)
    text = f" {plain(sheet.text[:_LETTERS])} "
    trade = sum(any(f" {word} " in text for word in words) for words in _data()["trade"].values())
    proof = 0.9 * number + 0.4 * date
    return proof + (0.25 if has_title or number else 0.1) * trade


def _bill_labels(sheet: Sheet) -> tuple[bool, bool]:
    number = date = False
    for cell, beside in _cells(sheet):
        words = plain(cell.text[:60]).split()[:4]
        has_number, has_date = _is_bill_label(words)
        if not has_number and _is_heading(cell.text):  # several labels, set close together
            more = plain(cell.text).split()
            has_number = any(_is_bill_label(more[at : at + 4])[0] for at in range(1, len(more)))
        if len(words) == 1 and cell.text.rstrip().endswith(":") and beside and _has_digit(beside):
            has_number |= words[0] in _data()["label"]["bill"]  # "Rechnung:   HR-120"
        if match := _CALLED.match(cell.text):
            has_number |= plain(match[1]) in _data()["label"]["bill"]  # "Invoice: 77120034"
        number, date = number or has_number, date or has_date
    return number, date


def _is_heading(text: str) -> bool:
    """Words over columns: capitals now and then, no digit, no sentence."""
    words = text.split()
    capitals = sum(word[:1].isupper() for word in words)
    return (
        3 < len(words) <= _HEADING
        and capitals > 1
        and not _has_digit(text)
        and text[-1] not in ".:"
    )


def _is_bill_label(words: list[str]) -> tuple[bool, bool]:
    label = _data()["label"]
    for word in words:
        if word.startswith(tuple(label["start"])) and word.endswith(tuple(label["end"])):
            return not word.endswith("datum"), word.endswith("datum")
        if word.startswith(tuple(label["start"])) and word.endswith(tuple(label["sum"])):
            return False, True
    called = words[:1] == ["bill"] and len(words) > 1  # elsewhere "bill" is a way to pay
    if not called and not any(word in label["bill"] for word in words):
        return False, False
    rest = words[1:2] if called else words
    is_number = any(word in label["number"] for word in rest)
    return is_number, any(word in label["date"] or word in label["sum"] for word in rest)


def _sentences(sheet: Sheet) -> dict[str, float]:
    """What the paper says of itself, in sentences."""
    text = f" {plain(sheet.text[:_LETTERS])} "
    found: dict[str, float] = {}
    for name, sentences in _data()["sentences"].items():
        hits = sum(f" {sentence} " in text for sentence in sentences)
        if hits:
            found[name] = 0.9 * min(3, hits)
    return found


def is_title(text: str) -> bool:
    """Whether these words alone are what some kind of paper is called."""
    return plain(text).replace(" ", "") in _titles_known()


def plain(text: str) -> str:
    """Small letters without accents and marks; spaced letters as the word they spell."""
    return _plain_cell(text) if len(text) <= _LONGEST else _made_plain(text)


@lru_cache(_KEPT)
def _plain_cell(text: str) -> str:
    return _made_plain(text)


def _made_plain(text: str) -> str:
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded.replace("ł", "l"))
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    words = _MARKS.sub(" ", folded).split()
    if len(words) >= _SPACED and all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words)


# --- data ----------------------------------------------------------------------------------------


@cache
def _data() -> Mapping[str, Any]:
    with Path(__file__).with_name("papers.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _titles_known() -> Mapping[str, str]:
    """Title -> kind; what bills are called goes last, so that nothing else is hidden by it."""
    return {
        plain(title).replace(" ", ""): str(paper["kind"])
        for paper in reversed(_data()["paper"])
        for language, titles in paper.items()
        if language != "kind"
        for title in titles
    }


@cache
def _between() -> frozenset[str]:
    return frozenset(_data()["between"]["words"])
