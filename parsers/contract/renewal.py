"""How a contract is renewed, and until when notice has to be given so that it is not."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from parsers.contract.cues import cues, weighed
from parsers.contract.dates import Length, lengths
from parsers.contract.prose import Passage, Prose

_RENEWS = re.compile(
    r"\b(?:automatically|shall|will|may|be|option to|right to|renewable|agreement to|"
    r"for)\b[^.;]{0,100}?"
    r"\b(?:renew\w*|extend(?:ed|s)?|extension|roll(?:s|ed)? over|continue)\b|"
    r"\b(?:renew(?:s|ed|al|ing|able)?|extend(?:s|ed)?|extension)\b[^.;]{0,80}?\b(?:term|period|"
    r"year|month|basis)s?\b|"
    r"\b(?:year|month)(?:[- ]to[- ]|\s+by\s+|\s+to\s+\w+\s+)(?:year|month)\b|"
    r"\btacit\w*|\bprolong\w*|"
    r"\b(?:option|right) (?:to|of) (?:renew|extend)\w*|\bextend (?:the|this)\b|"
    r"\bcontinues in (?:force|effect) for\b",
    re.IGNORECASE,
)
_SUCCESSIVE = re.compile(
    r"\b(?:successive(?:ly)?|consecutive|subsequent|each|every|annually|year[- ]to[- ]year|"
    r"at a time|(?:further|like) (?:periods|terms)|"
    r"(?:year|month)s?\W{0,3}(?:renewal |extension |option )?(?:terms|options|renewals|"
    r"increments|intervals|extensions)|"
    r"month[- ]to[- ]month|"
    r"another|then[- ]current (?:renewal )?(?:term|period)|term then in effect|"
    r"one or more|\(1\) or more|periods|(?:renewal|additional) terms|any renewal term)\b",
    re.IGNORECASE,
)
_BASIS = re.compile(
    r"\b(year|month|week)(?:[- ]to[- ](?:\w+ )?|\s+by\s+|\s+to\s+the\s+next\s*)"
    r"(?:year|month|week|\b)|"
    r"\b(annual|yearly|monthly)(?:ly)?\b",
    re.IGNORECASE,
)
_BASIS_UNIT = {
    "year": "year",
    "annual": "year",
    "yearly": "year",
    "month": "month",
    "monthly": "month",
    "week": "week",
}
_AGAIN = re.compile(
    r"\b(?:renew\w*|extend\w*|extension|prolong\w*|roll(?:s|ed)? over|additional (?:term|period)|"
    r"(?:thereafter|automatically)\W+(?:\w+\W+){0,5}(?:continue|effective)\w*|"
    r"continue\b[^.;]{0,60}?\bthereafter\s+until\b|"
    r"(?:continue|run)\w*\W+(?:\w+\W+){0,4}?(?:on an? |from )?(?:year|month)[- ]to[- ]|"
    r"\bfrom (?:\w+ )?(?:year to (?:\w+ )?year|month to month)|be continued for|"
    r"continues? (?:in (?:force|effect) )?for (?:\w+ ){0,2}"
    r"(?:periods|terms|\w+[- ]year (?:periods|terms)))",
    re.IGNORECASE,
)
_BY_AGREEMENT = (
    r"\bmutual(?:ly)?\b|\bby (?:written )?(?:agreement|consent)\b|\bif authorized\b|"
    r"\bagree in writing\b|\bnegotiat\w+|\bapplication to extend\b"
)
_MUTUAL = re.compile(_BY_AGREEMENT, re.IGNORECASE)
_ON_AND_ON = re.compile(
    r"\b(?:thereafter|automatically)\b[^.;]{0,60}?\b(?:continue|"
    r"effect)\b[^.;]{0,40}?\b(?:until|unless)\b[^.;]{0,40}?"
    r"\b(?:terminat|gives|cancel|either|ended)|\bunlimited (?:period|time)|"
    r"\bcontinue\b[^.;]{0,60}?\bthereafter\s+until\b[^.;]{0,20}\bterminat",
    re.IGNORECASE,
)
# "two (2) successive", "up to three additional": how often
_NUMBERS = dict(
    zip(
        ("two", "three", "four", "five", "six", "ten"), ("2", "3", "4", "5", "6", "10"), strict=True
    )
)
_TIMES = re.compile(
    r"\b(?:(?P<word>two|three|four|five|six|ten)\s*)?(?:\(?(?P<digits>\d{1,2})\)?\s+)?"
    r"(?:additional|successive|consecutive|further|renewal|option(?:al)?|extension)"
    r"(?:\s+(?:additional|successive|renewal|periods? of|terms? of|options? of))*\s*$|"
    r"\b(?:two|three|four|five|six|ten)\s*\((?P<bare>\d{1,2})\)\s*$",
    re.IGNORECASE,
)
_OPTIONS = re.compile(
    r"\b(two|three|four|five|six|ten)\s*(?:\(\d\)\s*)?options to (?:renew|extend)\b", re.IGNORECASE
)
_OF_RENEWAL = re.compile(r"[\s-]*(?:renewal|extension|option)", re.IGNORECASE)
_SOUNDS = cues(
    (
        2,
        r"automatic\w*\W+(?:\w+\W+){0,3}(?:renew|extend|continue)",
        r"(?:renew|extend|continue)\w*\W+(?:\w+\W+){0,3}automatic",
        r"\btacitly\b|\b(?:deemed|regarded as) (?:renew|extend)|\bprolonged\b",
        r"\b(?:option|right) (?:to|of) (?:renew|extend)(?:ing)? (?:the|this)\b",
        r"\bextend (?:the|this) (?:\w+ ){0,2}(?:term|period|agreement|contract|lease|licen[cs]e)\b",
        r"\brenewed (?:annually|yearly)|\brolls? over\b",
        (
            r"\bbe (?:extended|continued|renewed)(?: once)?,? for (?:a |an |one )?"
            r"(?:further|another|one|two|three|five)\b"
        ),
        r"[- ]year renewal (?:option|period|term)|[- ]year terms\b",
    ),
    (
        2,
        (
            r"\brenewal term|successive|consecutive|\bfurther (?:period|term)|at a time|"
            r"from (?:\w+ )?year to|continue (?:\w+ )?month to month|year by year|to the next|"
            r"each time|\brenewable for\b|[- ]to[- ](?:year|month) basis"
        ),
        r"additional (?:term|period|year|\w+[- ]\(?\d*\)?[- ]?(?:year|month))",
    ),
    (
        1,
        r"\bthis (?:[\w-]+ ){0,3}(?:agreement|contract|lease|franchise|attachment)",
        r"\bthe (?:initial )?term\b",
    ),
    (1, r"initial term|thereafter|expiration|end of"),
    (
        -3,
        r"^.{0,400}\b(?:non-?compet|force majeure|patents?\b|insurance|payment|confidential",
        r"warranty|audit|indemnif)",
    ),
)
# Terminated at an end of the term, not at any time.
_AT_ITS_END = (
    r"\b(?:terminat|cancel)\w*\b[^.;]{0,90}?\b(?:at|as of|on|upon|effective)\s+the\s+"
    r"(?:end|expiration|expiry|close)\s+of\s+(?:its|the|any|each|such|that|said)\b[^.;]{0,60}?"
    r"\b(?:term|period|year)s?\b"
)
_TERMINATES = re.compile(_AT_ITS_END, re.IGNORECASE)
_NOTICE_SOUNDS = cues(
    (2, r"\brenew|\bextend|extension|prolong|continue|then[- ]current|initial term"),
    (
        1.5,
        r"\b(?:prior to|before|in advance of|preceding)\b[^.;]{0,40}(?:end|expir|renewal",
        r"termination|anniversary|term|such|date|period|year|January|June|July|December)",
        r"\b(?:ahead of|to) the end\b",
    ),
    (2, r"not (?:to )?(?:be )?(?:renew|extend|continue)|non-?renewal|intent|intend|unless|elect"),
    (3, _AT_ITS_END),
    (1, r"\b(?:notice|notif(?:y|ies|ied|ication)|advise|informs?|terminated?|cancel\w*)\b"),
    (
        -3,
        r"\b(?:breach|(?<!not in )default|cure|insolven\w*|material(?:ly)?|without cause|any time",
        r"for convenience|bankrupt\w*|insur\w+|force majeure|delay|payment|invoice|acceptance",
        r"approval|damage|construction)\b",
    ),
    (-3, _BY_AGREEMENT),
    (  # notice that it IS to be renewed
        -4,
        (
            r"^(?!.*(?:\bnot\b(?! (?:less|fewer|later|more|earlier))|unless|fails)).*\b(?:option|"
            r"right|wish\w*|desir\w*|elect\w*|request\w*)\s+(?:to\s+)?(?:so\s+)?(?:renew|extend)"
        ),
        (
            r"^(?!.*\bnot\s(?:\w+\s)?(?:renew|extend|continue)).*\bnotice of (?:\w+ )?"
            r"(?:election|exercise)\b"
        ),
        r"\boption to be (?:declared|exercised)\b|\bexercis(?:able|ed) by\b",
    ),
)
_LIKELY, _NOTICE_LIKELY, _SURE = 1.5, 3, 3
_BEFORE_NOTICE = re.compile(
    r"\b(?:least|than|within|prior|notice of|observing an? (?:notice )?period of)"
    r"\W*(?:\w+\W+){0,1}$",
    re.IGNORECASE,
)
_BEHIND_NOTICE = re.compile(
    r"[\s'\u2019]*(?:\(\w+\)\s*)?(?:(?!(?:unless|each|by|terms?|periods?)\b)\w+\s+){0,3}"
    r"(?:notice|prior to|before|in advance|advance|ahead of)",
    re.IGNORECASE,
)
_NEAR = 220  # letters around a length of notice


class Clause(NamedTuple):
    """What a clause says in few words, and the clause."""

    says: str
    where: Passage
    sure: float


def renewal(prose: Prose) -> Clause | None:
    """For how long it is renewed, and whether again and again."""
    best: tuple[float, Clause] | None = None
    for sentence in prose.sentences(_RENEWS):
        says = _renewed(sentence.text)
        rank = weighed(sentence.text, _SOUNDS) - _LIKELY + 0.5 * ("successive" in says)
        if says and rank > 0 and (best is None or rank > best[0]):
            best = rank, Clause(says, sentence, _how_sure(rank))
    return best[1] if best else None


def _how_sure(rank: float) -> float:
    return 0.85 if rank >= _SURE else 0.6


def _renewed(text: str) -> str:
    """`successive 1 year`, `3 years`, `perpetual`; empty where it says nothing of the kind."""
    cue = _AGAIN.search(text)
    if cue is None or _MUTUAL.search(text, max(0, cue.start() - 120), cue.end() + 160):
        return ""
    from_to = _BASIS.search(text, cue.start(), cue.end() + 40)
    if from_to and from_to[1]:
        return f"successive 1 {_BASIS_UNIT[from_to[1].lower()]}"
    if _ON_AND_ON.search(text, max(0, cue.start() - 40)):
        return "perpetual"
    successive = bool(_SUCCESSIVE.search(text, max(0, cue.start() - 60)))
    basis = _BASIS.search(text, cue.start())
    for length in _of_renewal(text, cue):
        if basis and basis.start() < length.start and successive:
            break
        if not successive:
            return length.words
        times = _TIMES.search(text, max(0, length.start - 40), length.start)
        count = _count(times) if times else _options(text)
        return f"{count}successive {length.words}"
    return f"successive 1 {_BASIS_UNIT[(basis[1] or basis[2]).lower()]}" if basis else ""


def _of_renewal(text: str, cue: re.Match[str]) -> Iterator[Length]:
    """The lengths that are no notice, and stand behind the word that renews or speak of it."""
    for length in lengths(text, max(0, cue.start() - 60)):
        is_before = length.start < cue.start() and not _OF_RENEWAL.match(text, length.end)
        if length.unit not in ("day", "week") and not is_before and not _is_notice(text, length):
            yield length


def _options(text: str) -> str:
    """`two options`, wherever that stands."""
    times = _OPTIONS.search(text)
    return f"{_NUMBERS[times[1].lower()]} " if times else ""


def _count(times: re.Match[str]) -> str:
    """How often, where the clause says so: `4 `."""
    number = times["digits"] or times["bare"] or _NUMBERS.get((times["word"] or "").lower(), "")
    return f"{number} " if number and number != "1" else ""


def _is_notice(text: str, length: Length) -> bool:
    before, behind = length.around(text, 50, 60)
    return bool(_BEFORE_NOTICE.search(before) or _BEHIND_NOTICE.match(behind))


def notice(prose: Prose) -> Clause | None:
    """How long before its end notice has to be given, so that it is not renewed."""
    best: tuple[float, Clause] | None = None
    for sentence in _about_renewal(prose):
        text = sentence.text
        for length in (found for found in lengths(text) if _is_notice(text, found)):
            near = text[max(0, length.start - _NEAR) : length.end + _NEAR]
            rank = weighed(near, _NOTICE_SOUNDS) - _NOTICE_LIKELY
            if rank > 0 and (best is None or rank > best[0]):
                best = rank, Clause(spelled(length), sentence, _how_sure(rank))
    return best[1] if best else None


def spelled(length: Length) -> str:
    """A notice is given in the unit it is written in."""
    return f"{length.number:g} {length.unit}{'s' if length.number > 1 else ''}"


def _about_renewal(prose: Prose) -> Iterator[Passage]:
    """Each sentence that renews or ends the term, with the next one: it may hold the notice."""
    for sentence in prose.sentences(_RENEWS):
        yield sentence
        if sentence.end < len(prose.text):
            following = prose.sentence(sentence.end)
            if following.start >= sentence.end:
                yield following
    yield from prose.sentences(_TERMINATES)


def last_day_for_notice(ends: date, words: str) -> tuple[date, str] | None:
    """The last day on which notice can be given: the earliest reading is taken."""
    length = next(lengths(words), None)
    day = length.before(ends) if length else None
    if day is None:
        return None
    day -= timedelta(days=1)  # "not less than": the day itself may be a day too late
    return day, f"{ends.isoformat()} less {words}, and a day"
