"""Contracts written down with what they say, and how much of it a reader finds.

Clauses that say lengths and days of other things are put among theirs.
"""

import random
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mailagent.core.reading import Kind, Reading
from parsers.kinds import read_document

_HERE = Path(__file__).parent
# Clauses on other things, a line each.
_FILLERS = """\
Confidentiality. Each party shall keep the other's Confidential Information secret during the
 term and for a period of five (5) years after the termination or expiration hereof.
Payment. All undisputed invoices are payable within thirty (30) days after receipt; late
 amounts bear interest at one and one-half percent per month.
Insurance. Each policy shall provide that it may not be cancelled without at least ten (10)
 days' prior written notice, and shall remain in force for two (2) years after the work is done.
Records. Books and records shall be kept for three (3) years after the end of the year to
 which they relate, and may be audited once every twelve months.
Default. Either party may terminate this Agreement if the other commits a material breach
 and fails to cure it within thirty (30) days after written notice thereof.
Indemnity. Each party shall indemnify and hold harmless the other against third-party claims
 brought within one (1) year of the event, to the extent permitted by applicable law.
Force Majeure. If an event of force majeure continues for more than sixty (60) days, the
 other party may suspend its performance.
Warranty. The goods are warranted for a period of twelve (12) months from delivery.
""".replace("\n ", " ").splitlines()
_GAP = "\n...\n"
_PAGE = 48  # lines
_AMONG = 3  # fillers in each
_FIELDS = (
    *("agreement_date", "effective_date", "expiration_date"),
    *("renewal_term", "notice_to_terminate_renewal", "governing_law"),
)
_NONE, _NOT_ASKED = "-", "?"


class Fresh(NamedTuple):
    """A contract and what it says."""

    title: str
    truth: dict[str, str]
    text: str


def contracts(name: str) -> Iterator[Fresh]:
    """Those of a set."""
    for number, block in enumerate((_HERE / f"{name}.txt").read_text().split("\n=====\n")[1:]):
        head, text = block.split("\n-----\n")
        truth = dict(line.split(": ", 1) for line in head.strip().splitlines())
        whole = _filed if _GAP in text else _among
        yield Fresh(text.strip().splitlines()[0], truth, whole(text.strip(), number))


def _among(text: str, number: int) -> str:
    """With clauses on other things before its last lines."""
    lines = text.splitlines()
    fillers = [_FILLERS[(number * _AMONG + n) % len(_FILLERS)] for n in range(_AMONG)]
    return "\n".join([*lines[:-2], *fillers, *lines[-2:]])


def _filed(text: str, number: int) -> str:
    """A long contract: clauses on other things where its gaps are, on pages as they are filed."""
    others = (_HERE / "boilerplate.txt").read_text().splitlines()
    random.Random(number).shuffle(others)
    share = len(others) // text.count(_GAP)
    while _GAP in text:
        some, others = others[:share], others[share:]
        text = text.replace(_GAP, "\n".join(["", *some, ""]), 1)
    return "\n\n".join(_LAYOUTS[number % len(_LAYOUTS)](text))


def _typed(text: str) -> Iterator[str]:
    """Lines of seventy letters, a number at the foot of each page."""
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, 70)]
    for page, start in enumerate(range(0, len(lines), _PAGE), 1):
        yield "\n".join([*lines[start : start + _PAGE], f"{page:>36}", "<PAGE>"])


def _indented(text: str) -> Iterator[str]:
    """Two spaces behind full stops, and every paragraph set in."""
    for line in text.splitlines():
        spaced = line.replace(". ", ".  ")
        yield textwrap.fill(spaced, 64, initial_indent=" " * 8, subsequent_indent="   ")


_LAYOUTS = (str.splitlines, _typed, _indented)


class Score(NamedTuple):
    """One contract: of each field whether it was asked for, given, and right."""

    title: str
    kind: Kind
    fields: dict[str, tuple[int, int, int]]
    misses: tuple[str, ...]


def score(one: Fresh) -> Score:
    """What a reader makes of it."""
    reading = read_document(one.text.encode())
    fields, misses = {}, []
    for field in _FIELDS:
        want, got = one.truth[field], reading.text(field)
        if want == _NOT_ASKED:
            continue
        right = want != _NONE and bool(got) and _same(want, got)
        fields[field] = int(want != _NONE), int(bool(got)), int(right)
        if not right and (got or want != _NONE):
            misses.append(f"{field}: {want!r}, read {got!r}")
    named = _named(reading)
    wanted = {_plain(name) for name in one.truth["parties"].split(";")}
    hit = [name for name in wanted if any(name in got or got in name for got in named)]
    good = [got for got in named if any(name in got or got in name for name in wanted)]
    fields["parties"] = len(wanted), 0, len(hit)
    fields["parties given"] = 0, len(named), len(good)
    if len(hit) < len(wanted) or len(good) < len(named):
        misses.append(f"parties: {one.truth['parties']!r}, read {sorted(named)!r}")
    return Score(one.title, reading.kind, fields, tuple(misses))


def _named(reading: Reading) -> list[str]:
    field = reading.fields.get("parties")
    return [name for one in (field.value if field else ()) if len(name := _plain(str(one))) > 4]


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _same(want: str, got: str) -> bool:
    return _plain(want) == _plain(got) or _plain(want) in _plain(got)


class Figures(NamedTuple):
    """Of each field how many were asked for, given, and right."""

    wanted: Counter[str]
    read: Counter[str]
    right: Counter[str]
    scores: tuple[Score, ...]

    def recall(self, field: str) -> float:
        """Of what was asked for."""
        return self.right[field] / self.wanted[field] if self.wanted[field] else 1.0

    def precision(self, field: str) -> float:
        """Of what was given."""
        return self.right[field] / self.read[field] if self.read[field] else 1.0


def figures(given: Iterable[Fresh]) -> Figures:
    """All of them counted together."""
    wanted, read, right = Counter[str](), Counter[str](), Counter[str]()
    scores = [score(one) for one in given]
    for one in scores:
        for field, (w, g, r) in one.fields.items():
            wanted[field] += w
            read[field] += g
            right[field] += r
    return Figures(wanted, read, right, tuple(scores))


def told(given: Iterable[Fresh]) -> Iterator[str]:
    """The figures, and what was missed, line by line."""
    found = figures(given)
    for one in found.scores:
        yield from (f"  {one.title[:40]:42}{miss}" for miss in one.misses)
    known = sum(one.kind is Kind.CONTRACT for one in found.scores)
    yield f"  {'contract':30}{known} of {len(found.scores)}"
    for field, wanted in found.wanted.items():
        recall, precision = found.recall(field), found.precision(field)
        yield f"  {field:30}recall {recall:.3f} ({wanted})  precision {precision:.3f}"
