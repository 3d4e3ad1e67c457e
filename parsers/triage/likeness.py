"""Which kind a mail is most like, by all that it says at once: for what no phrase tells.

Counted over mails whose kind is known (`python -m tests.triage.learn` writes the table beside this
file): a word, two words in a row, a phrase, or a trait of its form speaks for the kinds it was seen
in. It is an opinion of words, so it names a kind and sets nothing aside by itself.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from mailagent.core.reading import Kind
from parsers.triage.envelope import Envelope
from parsers.triage.phrases import Found, tokens_of

TABLE = Path(__file__).parent / "likeness.tsv"
MONEY = re.compile(
    r"(?:[$\u20ac\u00a3]|\b(?:EUR|USD|GBP|CHF)\b)\s?\d[\d.,' ]*"
    r"|(?<!\d)\d[\d.,' ]{0,20}\s?(?:[$\u20ac\u00a3]|\b(?:EUR|USD|GBP|CHF|Euro)\b)"
)
DAY = re.compile(
    r"\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.?(?:\s(?:de\s)?\d{4})?\b"
)
CODE = re.compile(r"(?<![\d-])(?:\d{4,8}|\d{3}[ -]\d{3}|[A-Z]{2,4}-\d{4,8})(?![\d-])")
# Who pays with these is told where to; a bill says so, a note that there is one does not.
PAYABLE = re.compile(
    r"\bIBAN\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}|\bsort code\b|\brouting\b", re.IGNORECASE
)
LINKS = re.compile(r"https?://\S+", re.IGNORECASE)
_ALONE = re.compile(r"\s*(?:\d{4,8}|\d{3} \d{3})\s*")
# Heads of mails that were sent on name people, and say nothing of the kind.
_ADDRESSED = re.compile(r"^.*@.*$\n?", re.MULTILINE)
_STEM = 5  # letters of a word that count: its endings say little
_FORM, _PHRASE = "$", "#"  # what begins so is no word
_SUBJECT = 500  # letters; a longer one is no subject
_PASSAGE = 150  # letters; a mail is so many of them long
_RARE = 0.05  # how often a kind has what it was never seen with
_FORM_WEIGHS = 4.0  # against one word


class Like(NamedTuple):
    """The kind, how far it is before the next, and the words that speak most for it."""

    kind: Kind
    ahead: float
    words: tuple[str, ...]


def traits(
    subject: str, text: str, found: Sequence[Found], envelope: Envelope, *, is_role: bool
) -> frozenset[str]:
    """All that is counted of a mail, each once."""
    whole = f"{subject[:_SUBJECT]}\n.\n{_ADDRESSED.sub('', text)}"
    plain = LINKS.sub(" ", whole)
    words = [word for word in tokens_of(plain) if word.isalpha()]
    stems = [word[:_STEM] for word in words]
    said = {stem for stem in stems if len(stem) > 2}
    pairs = {f"{one} {two}" for one, two in pairwise(stems)}
    phrases = {f"{_PHRASE}{one.kind}" for one in found if one.kind != "common"}
    form = {
        "money": MONEY.search(plain),
        "day": DAY.search(plain),
        "link": LINKS.search(whole),
        "code": CODE.search(plain),
        "code alone": _ALONE.fullmatch(subject),
        "question": "?" in plain,
        "payable": PAYABLE.search(plain),
        "bulk": envelope.bulk,
        "machine": envelope.machine,
        "spam": envelope.spam,
        "role": is_role,
    }
    length = min(4, len(plain) // _PASSAGE)
    told = {f"{_FORM}{name}" if has else f"{_FORM}no {name}" for name, has in form.items()}
    return frozenset({*said, *pairs, *phrases, *told, f"{_FORM}length {length}"})


class Likeness:
    """How often each kind was seen, and each trait in it."""

    def __init__(self, kinds: Mapping[str, int], seen: Mapping[str, Mapping[str, int]]) -> None:
        self._kinds, self._seen = kinds, seen

    def most_like(self, shown: Iterable[str]) -> Like:
        """The kind that most of it speaks for."""
        known = sorted(trait for trait in shown if trait in self._seen)
        scores = {kind: 0.5 * math.log(n) for kind, n in self._kinds.items()}
        for trait in known:
            for kind in scores:
                scores[kind] += self._speaks(trait, kind)
        first, second = sorted(scores, key=lambda kind: (scores[kind], kind), reverse=True)[:2]
        words = sorted(
            (trait for trait in known if trait[0] not in (_FORM, _PHRASE)),
            key=lambda trait: self._speaks(trait, first) - self._speaks(trait, second),
            reverse=True,
        )
        return Like(Kind(first), scores[first] - scores[second], tuple(words[:3]))

    def _speaks(self, trait: str, kind: str) -> float:
        weight = 1.0 if trait[0] not in (_FORM, _PHRASE) else _FORM_WEIGHS
        seen, of = self._seen[trait].get(kind, 0), self._kinds[kind]
        return weight * math.log((seen + _RARE) / (of + 20 * _RARE))


@cache
def shipped_likeness() -> Likeness:
    """That of the table beside this file."""
    rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()]
    seen = {row[0]: _counts(row[1]) for row in rows}
    return Likeness(seen.pop("*"), seen)


def _counts(cell: str) -> dict[str, int]:
    parts = (one.rpartition(":") for one in cell.split(" "))
    return {kind: int(n) for kind, _colon, n in parts}
