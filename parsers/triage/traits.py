"""The traits of a mail by which it is likened to others: meanings, words, phrases, and its form."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from parsers.triage.concepts import ENDS, Meant, shipped_concepts
from parsers.triage.envelope import Envelope
from parsers.triage.phrases import Found, tokens_of

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
_ANSWERS = re.compile(r"\s*(?:re|aw|sv|antw|rif|odp)\s*:", re.IGNORECASE)
_ROW = re.compile(r"^[ \t]{0,8}\d{1,4}[ \t]{1,4}(?:x\b|[^\W\d_])", re.MULTILINE | re.IGNORECASE)
_LONG = re.compile(r"(?<!\d)\d(?:[ -]?\d){10,24}(?!\d)")  # parcels, tickets and contracts have such
_WORDS = re.compile(r"[^\W\d_]{3,20}")
# What numbers are, as words that no language has: concepts.toml knows them.
_NUMBER = "xq"
_SHAPES = (
    (MONEY, "money"),
    (re.compile(r"\b\d{1,3}(?:[.,]\d)?\s?%"), "percent"),
    (
        re.compile(
            r"\b\d{1,2}[:h]\d{2}\b|\b\d{1,2}\s?(?:am|pm|h|uhr|uur|o'clock)\b", re.IGNORECASE
        ),
        "clock",
    ),
    (DAY, "day"),
    (re.compile(r"(?<![\d.,])(?:\d{1,3}(?:[.,' ]\d{3})+|\d+(?=[.,]\d\d\b))(?:[.,]\d\d)?\b"), "sum"),
)
# Heads of mails that were sent on name people, and say nothing of the kind.
_ADDRESSED = re.compile(r"^.*@.*$\n?", re.MULTILINE)
_STEM = 5  # letters of a word that count: its endings say little
FORM, _PHRASE, _MEANING, _SENDER = "$", "#", "=", "@"  # what begins so is no word of the text
_SUBJECT = 500  # letters; a longer one is no subject
_PASSAGE = 150  # letters; a mail is so many of them long
_END = 200  # letters, in which people sign
_STRONG, _TOLD = 3, 6  # points of phrases
_EVERYWHERE = frozenset({"i", "we", "you"})  # they stand beside everything


class Mailed(NamedTuple):
    """What is looked at."""

    subject: str
    text: str
    found: Sequence[Found]  # the phrases in it
    envelope: Envelope
    name: str  # who wrote it, as shown
    address: str
    is_role: bool  # an office, or a machine, by its address
    is_designed: bool  # it comes as HTML


def traits(mailed: Mailed) -> dict[str, str]:
    """All that is counted of a mail, each once, with the word of the text that shows it."""
    whole = f"{mailed.subject[:_SUBJECT]}\n.\n{_ADDRESSED.sub('', mailed.text)}"
    plain = LINKS.sub(" ", whole)
    # Names say who writes, not what.
    names = frozenset(tokens_of(f"{mailed.name} {mailed.address}"))
    tokens = [token for token in tokens_of(_shaped(plain)) if token in ENDS or token not in names]
    return {
        **dict.fromkeys(_form(mailed, whole, plain), ""),
        **dict.fromkeys(_sender(mailed), ""),
        **dict.fromkeys(_phrases(mailed.found), ""),
        **dict(_words(tokens)),
        **dict(_meanings(tokens, mailed.subject[:_SUBJECT])),
    }


def _shaped(plain: str) -> str:
    """The text with a word for what each number is."""
    for pattern, name in _SHAPES:
        plain = pattern.sub(f" {_NUMBER}{name} ", plain)
    return plain


def _shown(word: str) -> str:
    return "" if _NUMBER in word else word


def _words(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word in tokens:
        if len(word) > 2 and word.isalpha() and not word.startswith(_NUMBER):
            yield word[:_STEM], word


def _phrases(found: Sequence[Found]) -> Iterator[str]:
    points: Counter[str] = Counter()
    for one in {(f.kind, f.words): f for f in found if f.kind != "common"}.values():
        points[one.kind] += one.points
    for kind, n in points.items():
        yield f"{_PHRASE}{kind}"
        if n >= _STRONG:
            yield f"{_PHRASE}strong {kind}"
        if n >= _TOLD:
            yield f"{_PHRASE}told {kind}"


def _meanings(tokens: Sequence[str], subject: str) -> Iterator[tuple[str, str]]:
    """Each meaning, and which of them stand in one sentence."""
    for said in shipped_concepts().sentences(tokens):
        words = {meant.concept: meant.word for meant in said}
        for concept, word in words.items():
            yield f"{_MEANING}{concept}", _shown(word)
        for one, two in combinations(sorted(set(words) - _EVERYWHERE), 2):
            yield f"{_MEANING}{one} {two}", _shown(f"{words[one]} \u2026 {words[two]}")
    for meant in _meant(subject):
        yield f"{_MEANING}{_MEANING}{meant.concept}", meant.word


def _meant(text: str) -> Iterator[Meant]:
    for said in shipped_concepts().sentences(tokens_of(text)):
        yield from said


def _sender(mailed: Mailed) -> Iterator[str]:
    """What the address calls itself, and whether the name of it stands below the text."""
    local = mailed.address.partition("@")[0][:80]
    for word in _WORDS.findall(local):
        yield f"{_SENDER}{word[:_STEM].lower()}"
    for meant in _meant(re.sub(r"[\W\d_]+", " ", local)):
        yield f"{_SENDER}{_MEANING}{meant.concept}"
    first = mailed.name.strip('" ').partition(" ")[0].lower()
    if len(first) > 1 and first in mailed.text[-_END:].lower():
        yield f"{FORM}signed"


def _form(mailed: Mailed, whole: str, plain: str) -> Iterator[str]:
    envelope = mailed.envelope
    form = {
        "money": MONEY.search(plain),
        "day": DAY.search(plain),
        "link": LINKS.search(whole),
        "code": CODE.search(plain),
        "code alone": _ALONE.fullmatch(mailed.subject[:_SUBJECT]),
        "question": "?" in plain,
        "long number": _LONG.search(plain),
        "payable": PAYABLE.search(plain),
        "bulk": envelope.bulk,
        "machine": envelope.machine,
        "spam": envelope.spam,
        "house": envelope.house,
        "leave": envelope.leave,
        "talk": envelope.talk,
        "thread": envelope.answers,
        "answers": _ANSWERS.match(mailed.subject[:_SUBJECT]),
        "role": mailed.is_role,
        "designed": mailed.is_designed,
    }
    for name, has in form.items():
        yield f"{FORM}{name}" if has else f"{FORM}no {name}"
    yield f"{FORM}length {min(4, len(plain) // _PASSAGE)}"
    yield f"{FORM}amounts {min(3, len(MONEY.findall(plain)))}"
    yield f"{FORM}links {min(3, len(LINKS.findall(whole)))}"
    yield f"{FORM}rows {min(2, len(_ROW.findall(plain)))}"
