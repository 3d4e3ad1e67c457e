"""A vendor's paper: which one it is, whose, its number and until when it holds."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from mailagent.core.vendor import folded
from parsers.opened import Opened
from parsers.paper.sheet import Line, Spot, lines_in, spots
from parsers.paper.table import Known, day_labels, holder_labels, known_papers
from parsers.values.dates import Day, Order, days_in
from parsers.values.names import is_address, is_contact, is_legal, is_name, name_in

_TELLING = ("holder", "number", "valid_until")  # a title alone is no paper
_SHORT = 80  # lines of a paper that says what it is without a title
_OTHERWISE = re.compile(
    r"\b(?:agreement|amendment|contract|lease|vertrag|invoice|rechnung|quote|angebot|application|antrag)\b"
)
_TOP = 25  # lines in which a title stands
_LONGEST_TITLE = 110  # letters of its line
_BEYOND = 4  # words that may stand before a title: who prints it
_NEAR = 25  # letters between a label and what it is the label of
_DIGITS = re.compile(
    r"(?<!\w)(?:[A-Z]{1,4}[ .]?(?=\d))?[A-Z]{0,6}[-/.]?\d[\w./-]*"
    r"(?: [-\u2013]|(?: (?=\S*\d)[\dA-Z./-]+))*"
    r"|(?<!\w)[A-Z]{1,5}(?:[-/.][A-Z0-9]+)*[-/.]\d[\w./-]*"
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SHORTEST = timedelta(days=28)  # of a period
_I = re.IGNORECASE
_AMERICAN = re.compile(r"\bACORD\b|MM/DD/YYYY|\bUSA?\b|(?<![A-Z])\$|Internal Revenue")
_NAME_ENDS = re.compile(r"\s{2,}|\s(?:has|have|is|hat|ist|mit Sitz|whose|located|einen|ein)\b|[;|]")
_LABEL = re.compile(r"^[^:]{2,40}:\s+(?=\S)")
_NO_START = re.compile(r"^(?:the|der|die|das|(?i:as|of|and|on|in|for|at|named|und|zum|im))\b")


class PaperKind:
    """Reads what a vendor has to prove."""

    kinds = frozenset({Kind.CERTIFICATE, Kind.INSURANCE_PAPER, Kind.TAX_PAPER})

    def read(self, document: Opened) -> Reading | None:
        """None where it is none of the papers that are known."""
        if document.xml or document.calendar or document.cover.is_mail:
            return None
        lines = lines_in(document)
        found = _recognised(lines)
        if found is None:
            return None
        known, title = found
        fields = dict(_fields(known, title, lines, document.seen().source))
        if fields.keys().isdisjoint(_TELLING):
            return None
        return Reading(
            kind=known.kind,
            confidence=0.9,
            fields=fields,
            pages=document.pages,
            reason=f"its title is \u201c{title.text[:80]}\u201d",
        )


KIND = PaperKind()


def _recognised(lines: Sequence[Line]) -> tuple[Known, Line] | None:
    """The one whose title stands highest; the longer title where two begin alike."""
    whole = "\n".join(line.text for line in lines)
    top = "\n".join(line.plain for line in lines[:_TOP])
    best: tuple[int, int, Known, Line] | None = None
    for known in known_papers():
        if known.marks and not any(mark.search(whole) for mark in known.marks):
            continue
        titles = [title for title in known.titles if title in top]
        for at, line in enumerate(lines[:_TOP] if titles else ()):
            long = max((len(t) for t in titles if _is_title(line, t)), default=0)
            if long and (best is None or (at, -long) < best[:2]):
                best = (at, -long, known, line)
    if best is not None:
        return best[2], best[3]
    return next(
        (
            (known, lines[0])
            for known in known_papers()
            if 0 < len(lines) <= _SHORT
            and known.untitled
            and all(mark.search(whole) for mark in known.untitled)
        ),
        None,
    )


def _is_title(line: Line, title: str) -> bool:
    """The line is it, begins with it, or ends with it behind the name of who prints it."""
    if len(line.plain) > _LONGEST_TITLE or not line.text[0].isalnum():
        return False
    if line.plain == title:
        return True
    several = " " in title or len(title) > 12
    before, found, _ = f"{line.plain} ".partition(f"{title} ")
    words = before.split()
    if not several or not found or (before and not before.endswith(" ")):
        return False
    if line.text.endswith((".", "?", "!")) or len(words) > _BEYOND:
        return False
    if _OTHERWISE.search(line.plain):
        return False
    begins = re.search(rf"\b{title[0]}", line.text[len(before.strip()) :] or line.text, _I)
    return begins is not None and begins[0].isupper()


def _fields(
    known: Known, title: Line, lines: Sequence[Line], source: Source
) -> Iterator[tuple[str, Field]]:
    yield "paper", _field(known.name, title.text, title, source, 0.9)
    named = _holder(lines, known)
    if named:
        yield "holder", _field(named[0], named[0], named[1], source, 0.8)
    numbered = _number(lines, known)
    if numbered:
        yield "number", _field(_spelled(numbered[0]), numbered[0], numbered[1], source, 0.85)
    order = _order(lines)
    until = _until(lines, order) or _end_of_year(lines, known)
    if isinstance(until, Field):
        yield "valid_until", until
    elif until:
        yield "valid_until", _field(until[0].isoformat(), until[1], until[2], source, 0.85)
    issued = _first_day(spots(lines, day_labels().issued), order)
    if issued and not (isinstance(until, tuple) and issued[0] >= until[0]):
        yield "issue_date", _field(issued[0].isoformat(), issued[1], issued[2], source, 0.75)


def _field(value: str, quote: str, line: Line, source: Source, sure: float) -> Field:
    return Field(
        value=value,
        confidence=sure,
        source=source,
        evidence=Evidence(quote=quote, page=line.page),
    )


def _holder(lines: Sequence[Line], known: Known) -> tuple[str, Line] | None:
    """The first that can be a company's name; one with a legal form goes before one without."""
    found = ((_name(spot), spot) for spot in spots(lines, known.holder))
    said = [(name, spot) for name, spot in found if name and folded(name) not in holder_labels()]
    legal = [one for one in said if is_legal(one[0])]
    best = next(iter(legal or said), None)
    return (best[0], best[1].line) if best else None


def _name(spot: Spot) -> str:
    cut = _NAME_ENDS.split(_LABEL.sub("", spot.text))[0].strip(" ,:\u201c\u201d\"'")
    name = name_in(cut)
    name = cut if cut == f"{name}." and is_legal(cut) else name
    if not name or _NO_START.match(name) or not name[:1].isalnum() or name not in spot.text:
        return ""
    labelled = spot.text.rstrip().endswith(":") or name[:1].islower()
    is_one = is_name(name) and not is_contact(name) and (is_legal(name) or not is_address(name))
    return name if is_one and not labelled and any(c.isupper() for c in name) else ""


def _number(lines: Sequence[Line], known: Known) -> tuple[str, Line] | None:
    for spot in spots(lines, known.number):
        said, at = _numbered(spot.text)
        fits = said and known.shape.fullmatch(said)
        if fits and (spot.below or at < _NEAR):
            return said, spot.line
    if by_row := _beside_period(lines, known):
        return by_row
    for pattern in known.anywhere:
        for line in lines:
            if match := pattern.search(line.text):
                return match[0], line
    return None


def _beside_period(lines: Sequence[Line], known: Known) -> tuple[str, Line] | None:
    """A table's row: the number, then from when and until when."""
    for line in lines if known.rows else ():
        day = next(days_in(line.text), None)
        if day is None or len(list(days_in(line.text))) < 2:
            continue
        for cell in line.text[: day.start].split("  ")[::-1]:
            said, _ = _numbered(cell)
            if said and known.shape.fullmatch(said):
                return said, line
    return None


def _numbered(text: str) -> tuple[str, int]:
    """The first number of a line and where it begins, with the letters before it; no day is one."""
    day = next(days_in(text), None)
    found = _DIGITS.search(text, 0, day.start if day else len(text))
    return (found[0].strip(" ./-"), found.start()) if found else ("", 0)


def _spelled(number: str) -> str:
    return " ".join(number.split())


def _order(lines: Sequence[Line]) -> Order:
    american = any(_AMERICAN.search(line.text) for line in lines)
    return Order.MONTH_FIRST if american else Order.DAY_FIRST


_When = tuple[date, str, Line]


def _until(lines: Sequence[Line], order: Order) -> _When | None:
    """The earliest end: of several policies on one paper the first to run out counts."""
    periods = [found for line in lines if (found := _period(line, order))]
    if periods:
        return min(periods, key=lambda one: one[0])
    return _first_day(spots(lines, day_labels().until), order) or _first_day(
        spots(lines, day_labels().period), order, last=True
    )


def _period(line: Line, order: Order) -> _When | None:
    """Two days of one line, the later at least a month behind the other."""
    said = [(day.on(order), day) for day in days_in(line.text)]
    days = [(on, day) for on, day in said if on]
    if len(days) < 2:
        return None
    (start, _), (end, found) = days[-2], days[-1]
    return _when(end, found, line) if end - start >= _SHORTEST else None


def _first_day(found: Iterator[Spot], order: Order, *, last: bool = False) -> _When | None:
    for spot in found:
        days = list(days_in(spot.text))
        if not days or (spot.below and days[0].start > _NEAR and not last):
            continue
        day = days[-1] if last else days[0]
        if (on := day.on(order)) is not None:
            return on, spot.text[day.start : day.end], spot.line
    return None


def _when(on: date, day: Day, line: Line) -> _When:
    return on, line.text[day.start : day.end], line


def _end_of_year(lines: Sequence[Line], known: Known) -> Field | None:
    """`Tax year 2026`: it ends with the year, which is a rule and not read."""
    for spot in spots(lines, known.year):
        if year := _YEAR.search(spot.text):
            return Field(
                value=f"{year[0]}-12-31",
                confidence=0.8,
                source=Source.DERIVED,
                evidence=Evidence(quote=year[0], page=spot.line.page),
                rule=f"end of {year[0]}",
            )
    return None
