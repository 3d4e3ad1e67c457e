"""How a contract opens: its name, its date, when it takes effect, and between whom it is."""

import re
from datetime import date
from typing import NamedTuple

from parsers.contract.dates import Day, days
from parsers.contract.prose import Passage, Prose

_OPENING = 15_000  # letters; a table of contents may come first
_KINDS = (
    r"AGREEMENT|CONTRACT|LEASE|LICEN[CS]E|DEED|MEMORANDUM OF UNDERSTANDING|ADDENDUM|AMENDMENT|"
    r"TERMS AND CONDITIONS|STATEMENT OF WORK|LETTER OF INTENT|GUARANTEE|POLICY|CHARTER|COVENANT"
)
_NAMED = re.compile(rf"\b(?:{_KINDS})S?\b", re.IGNORECASE)
_LONGEST_NAME = 140
# "This X Agreement is made ... between", "THIS LEASE, dated", "is entered into as of"
_PREAMBLE = re.compile(
    rf"\b(?:This|THIS|The|THE)\s+(?:[\w&/'\u2019,-]+\s+){{0,10}}?(?i:{_KINDS})\b"
    rf"[^;]{{0,400}}?\b(?i:made|entered|dated|effective|between|among|executed|is by|concluded|"
    rf"signed)\b"
)
_OPENS = re.compile(
    rf"\b(?:This|THIS|The|THE)\s+(?:[\w&/'\u2019,-]+\s+){{0,10}}?(?i:{_KINDS})S?[\"\u201d]?\s*"
    r"(?:\([^)]{0,160}\)?|[\"\u201c][^\"\u201d]{0,60}[\"\u201d])*,?\s*(?i:(?:is|was|has been|"
    r"are|dated|made|entered|"
    r"effective|executed|between|by and)\s+(?:hereby\s+|duly\s+|an?\s+|and\s+|"
    r"for\s+reference\s+)?"
    r"(?:made|entered|dated|effective|executed|concluded|signed|between|by|among|as of|on|this|"
    r"into|the|reference|\d))"
)
# "Supply Agreement, dated the 4th day of ...", behind nothing but a title
_TITLED = re.compile(
    r"\b(?:AGREEMENT|CONTRACT|LEASE|DEED|Agreement|Contract|Lease|Deed),?\s+(?:made|dated|entered|executed|concluded)\b"
)
_ENTIRE = re.compile(r"\bentire agreement\b|\bsupersedes?\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|among|amongst)\b", re.IGNORECASE)
_MADE = re.compile(
    r"\b(?:made|entered|dated|date|executed|effective|as of|on|this|signed|concluded)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:(?<!effective )dated?(?:\s+for reference)?(?:\s+as)?(?:\s+of)?|"
    r"effective(?:\s+as)?\s+(?:of|this)|"
    r"as of|(?:made|executed|concluded|signed|entered into)(?:\s+and\s+entered(?:\s+into)?)?\s+"
    r"(?:on|as of|this)|entered into|"
    r"last updated|agreement date)\s*:?\s*(?:the\s+|this\s+)?",
    re.IGNORECASE,
)
_WITNESS = re.compile(
    r"\b(?:in witness whereof|executed (?:this|as of|on)|signed (?:this|on)|"
    r"have (?:duly )?executed)",
    re.IGNORECASE,
)
_THIS_ONE = re.compile(
    r"\bthis\s+(?:[\w-]+\s+){0,4}(?:agreement|contract|lease|amendment)\b"
    r"(?:\s*\([^)]{0,30}\))?\W*$",
    re.IGNORECASE,
)
# Somebody's signature; the date that follows is when they gave it.
_BY = re.compile(r"/s/|\\s\\", re.IGNORECASE)
_SIGNS = re.compile(r"/s/|\bsigned by\b|\b(?:by|name|title)\s*:", re.IGNORECASE)
_BY_WHOM = 120  # letters between a signature and its date
_SIGNED = re.compile(r"\bdated?\s*(?:signed\s*)?:\s*", re.IGNORECASE)
_EFFECTIVE = (
    r"[\"\u201c\u2018']?\s*(?:the\s+)?(?:effective|commencement|start)\s+date\s*[\"\u201d\u2019']?"
)
_CALLED_EFFECTIVE = re.compile(
    rf"[(,]\s*(?:(?:the|such|hereinafter|herein|referred|called|to|as|date|collectively|"
    rf"being)[\s,]+){{0,6}}"
    rf"{_EFFECTIVE}",
    re.IGNORECASE,
)
_EFFECTIVE_IS = re.compile(
    rf"(?<!\w){_EFFECTIVE}\s*(?:of this (?:[\w-]+ ){{0,3}}agreement\s*)?(?::|\bis\b|shall be|"
    rf"shall mean|means?|will be|-)",
    re.IGNORECASE,
)
_EFFECTIVE_ON = re.compile(
    r"\b(?:effective(?:\s+(?:as of|on|from|beginning|upon|retroactive(?:ly)? to))?|"
    r"(?:(?:shall|will|to)\s+(?:be\s+deemed\s+)?(?:commence|begin|start|take effect|"
    r"become effective|(?:come|enter) into (?:force|effect))|takes effect|becomes effective|"
    r"(?:comes|enters) into (?:force|effect))"
    r"(?:\s+at\s+\d{1,2}[.:]\d\d\s*(?:[ap]\.?m\.?|hours)?,?\s*(?:\w+,?\s+){0,3}?(?=on\b))?"
    r"(?:\s*(?:as of|on|upon|from|with effect from))?|(?:starts|begins)\s+(?:on|as of|from)|"
    r"(?:commenc|beginn|start)ing(?:\s+(?:on|"
    r"as of|from))?|"
    r"commences(?:\s+(?:on|as of|from))?|commencement date (?:for|of)[^.]{0,60}?(?:will be|is|"
    r"shall be))"
    r"\s*:?\s*(?:the\s+)?",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:\b[Tt]h(?:is|e)\s+(?:\w+\s+){0,4}(?:Agreement|Contract)(?:\s+\([^)]{0,40}\))?\s+"
    r"(?:shall|will|is|be|takes?|becomes?|commences?|comes)\b[^.;]{0,40}?(?:effective|effect|"
    r"force|commence|begin)\w*"
    r"|Effective Date[\"\u201d]?\s+(?:shall mean|means|is))\s[^.;]{0,50}?"
    r"(?:last (?:party|signatory|date|signature)|later of|the date (?:that|on which|when|the)|"
    r"upon (?:the )?(?:execution|signature|closing|occurrence|approval|receipt))"
)
_NEAR = 90
_NAMES_ANOTHER = re.compile(
    r"\b(?:effective|commencement|expiration|closing|start) date\W*$", re.IGNORECASE
)
_BESIDE = 12  # letters beside a date that stands alone
_COVER = 4000  # letters
_AS_OF = re.compile(r"\b(?:as of|effective)\b", re.IGNORECASE)
_OPENED = 0.9  # how sure a date of the preamble is, or of the cover's "dated as of"


class Dated(NamedTuple):
    """A date, the words it stands in, and how it was found."""

    day: Day
    where: Passage
    sure: float


def document_name(prose: Prose) -> Passage | None:
    """The first line that names itself an agreement; else the words before the preamble."""
    for line in prose.lines[:80]:
        if len(line) <= _LONGEST_NAME and _NAMED.search(line) and _is_title(line):
            at = prose.text.find(line)
            return prose.passage(at, at + len(line))
    if match := re.search(
        rf"\bthis\s+((?:[\w&/'\u2019-]+\s+){{0,8}}?(?:{_KINDS}))\b",
        prose.text[:_OPENING],
        re.IGNORECASE,
    ):
        return prose.passage(match.start(1), match.end(1))
    return None


def _is_title(line: str) -> bool:
    """Titles are in capitals, or every larger word begins with one; a sentence is no title."""
    words = re.findall(r"[A-Za-z][\w'\u2019-]*", line)
    large = [word for word in words if len(word) > 3]
    return (
        bool(large) and all(word[0].isupper() for word in large) and not line.endswith((".", ";"))
    )


def preamble(prose: Prose) -> Passage | None:
    """The sentence that names the parties: the first one that says between whom."""
    opened = _opened(prose)
    if opened is None or not _BETWEEN.search(opened.text):
        opened = _titled_so(prose) or opened
    return opened or _likeliest(prose)


def _opened(prose: Prose) -> Passage | None:
    for match in _OPENS.finditer(prose.text, 0, _OPENING * 3):
        sentence = prose.sentence(match.start())
        found = prose.passage(match.start(), max(sentence.end, match.end()))
        is_it = next(days(found.text), None) or _BETWEEN.search(found.text)
        if is_it and not _ENTIRE.search(found.text):
            return found
    return None


def _likeliest(prose: Prose) -> Passage | None:
    best: tuple[int, Passage] | None = None
    for match in _PREAMBLE.finditer(prose.text, 0, _OPENING * 3):
        sentence = prose.sentence(match.start())
        text = sentence.text
        if _ENTIRE.search(text):
            continue
        if sentence.start < match.start() and not _is_title(
            prose.text[sentence.start : match.start()][-60:]
        ):
            continue  # it speaks of a contract in passing
        rank = 2 * bool(_BETWEEN.search(text))
        rank += bool(re.search(r"[(\"\u201c]\s*(?:the\s+)?[\"\u201c\u2018']?[A-Z]", text)) + bool(
            next(days(text), None)
        )
        if best is None or rank > best[0]:
            best = rank, prose.passage(match.start(), max(sentence.end, match.end()))
        if rank >= 4:
            break
    return best[1] if best and best[0] >= 2 else None


def _titled_so(prose: Prose) -> Passage | None:
    """The title is the first word of its sentence: `AGREEMENT made the ... between`."""
    match = _TITLED.search(prose.text, 0, _COVER)
    if match is None:
        return None
    sentence = prose.sentence(match.start())
    before = prose.text[sentence.start : match.start()][-60:]
    found = prose.passage(match.start(), max(sentence.end, match.end()))
    is_it = _BETWEEN.search(found.text) and next(days(found.text), None)
    return found if is_it and (not before.strip() or _is_title(before)) else None


def agreement_date(prose: Prose, opening: Passage | None, but: date | None = None) -> Dated | None:
    """From the preamble, else from the cover, else from the signatures.

    `but`: the day of another contract, which this one changes.
    """
    if not prose.text:
        return None
    said = _in_preamble(opening, but) if opening is not None else None
    return said or _named(prose, but) or _on_cover(prose) or _titled(prose) or _signed(prose)


def _in_preamble(opening: Passage, but: date | None) -> Dated | None:
    for day in days(opening.text[:1500]):
        is_made = _MADE.search(opening.text, max(0, day.start - _NEAR), day.start)
        if is_made and day.day != but:
            return Dated(day, _quoted(opening, day), 0.97 if day.sure else 0.6)
    return None


def _named(prose: Prose, but: date | None) -> Dated | None:
    """Behind "dated", "made on", "as of", where that speaks of this contract."""
    head = prose.passage(0, _OPENING)
    for match in _DATED.finditer(head.text, 0, _COVER):
        day = next(days(head.text, match.end(), match.end() + 44), None)
        if day is None or day.start - match.end() >= 5 or day.day == but:
            continue
        signs = _SIGNS.search(head.text, max(0, match.start() - _BY_WHOM), match.start())
        if not signs and not _of_another(head.text, match.start()):
            return Dated(day, _quoted(head, day), 0.9 if day.sure else 0.6)
    return None


def _titled(prose: Prose) -> Dated | None:
    """A date right behind the title."""
    for match in re.finditer(rf"\b(?:{_KINDS})\s+(?=[A-Z\d])", prose.text[:_COVER]):
        day = next(days(prose.text, match.end(), match.end() + 24), None)
        if day is not None and day.start == match.end():
            return Dated(day, prose.passage(match.start(), day.end), 0.85)
    return None


def _of_another(text: str, at: int) -> bool:
    """A date of some other paper: "under the Plan dated", "the Lease, dated"."""
    if _THIS_ONE.search(text, max(0, at - 100), at):
        return False
    return bool(
        re.search(
            r"\b(?:certain|under|pursuant to|that|to the|the|by letter|a)\b[^.:]{0,60}$|"
            r"\b(?:under|pursuant to|subject to) (?:an?|the) [^.:;]{0,130}$",
            text[max(0, at - 150) : at],
            re.IGNORECASE,
        )
    )


def _on_cover(prose: Prose) -> Dated | None:
    """A line of the first page that is nothing but a date."""
    for line in prose.lines[:60]:
        day = next(days(line), None)
        if day is not None and len(line) - (day.end - day.start) <= _BESIDE:
            at = prose.text.find(line)
            if not _NAMES_ANOTHER.search(prose.text, max(0, at - 30), at):
                return Dated(day, prose.passage(at + day.start, at + day.end), 0.85)
    return None


def _signed(prose: Prose) -> Dated | None:
    """The last day on which somebody signed."""
    for match in _WITNESS.finditer(prose.text):
        day = next(days(prose.text, match.start(), match.end() + 220), None)
        if day is not None:
            return Dated(day, prose.passage(match.start(), day.end), 0.85)
    signed = [
        (day, match)
        for match in _SIGNED.finditer(prose.text)
        if (day := next(days(prose.text, match.end(), match.end() + 24), None)) is not None
    ]
    if not signed:
        signed = [
            (day, match)
            for match in _BY.finditer(prose.text)
            if (day := next(days(prose.text, match.end(), match.end() + 130), None)) is not None
        ]
    if not signed:
        return None
    day, match = max(signed, key=lambda found: found[0].day)
    return Dated(day, prose.passage(match.start(), day.end), 0.75)


def effective_date(prose: Prose, agreed: Dated | None) -> Dated | None:
    """Where a date is called the effective one; else where the contract begins on a date."""
    for found in (_called(prose), _defined(prose), _begins(prose)):
        if found is not None:
            return found
    if agreed is None or agreed.sure < _OPENED or _LATER.search(prose.text):
        return None
    if not _AS_OF.search(agreed.where.text):
        return None
    return Dated(agreed.day, agreed.where, 0.7)


def _called(prose: Prose) -> Dated | None:
    for match in _CALLED_EFFECTIVE.finditer(prose.text):
        before = max(0, match.start() - _NEAR)
        near = list(days(prose.text, before, match.start() + 1))
        if near:
            return Dated(near[-1], prose.passage(near[-1].start, match.end()), 0.97)
    return None


def _defined(prose: Prose) -> Dated | None:
    for match in _EFFECTIVE_IS.finditer(prose.text):
        day = next(days(prose.text, match.end(), match.end() + 60), None)
        if day is not None:
            return Dated(day, prose.passage(match.start(), day.end), 0.95)
    return None


def _begins(prose: Prose) -> Dated | None:
    for match in _EFFECTIVE_ON.finditer(prose.text):
        day = next(days(prose.text, match.end(), match.end() + 34), None)
        if day is None or day.start - match.end() > 6:
            continue
        sentence = prose.sentence(match.start()).text
        if re.search(
            r"\b(?:agreement|term|contract|lease|licen[cs]e|franchise|concession|agency|appointment|engagement)\b",
            sentence,
            re.IGNORECASE,
        ):
            return Dated(day, prose.passage(match.start(), day.end), 0.85)
    return None


def _quoted(passage: Passage, day: Day) -> Passage:
    start = max(0, day.start - 40)
    return passage.around(start, day.end)
