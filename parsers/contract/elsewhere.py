"""Names of parties beside the preamble: on the cover, in lists, where it is signed."""

import re
from collections.abc import Iterator

from parsers.contract.names import (
    CALLED,
    FORM,
    LONGEST,
    NO_PARTY,
    RECITALS,
    SUFFIX,
    Party,
    is_short_for,
    name_at,
    role_in,
)
from parsers.contract.prose import Prose

# Names behind a word for what they are: Party A, Licensor, and a colon.
_LABEL = re.compile(
    r"(?:^|\s)(?P<role>Party [A-C1-3]|(?:The )?(?:Licens|Less|Distribut|Franchis|Sell|Suppli|"
    r"Provid|Contract|Vend|Manufactur|Lend|Consult|"
    r"Employ|Sponsor|Promot|Advertis|Agent|Client|Customer|Buyer|Purchaser|Company|Tenant|"
    r"Landlord|Transporter|Shipper|Affiliate)"
    r"(?:or|ee|er|ant|or's|ing)?)\s*(?:\([\w ]*\))?:\s*(?=[A-Z0-9])"
)
# The name right before what it is called, and what companies and the like are.
_BEFORE_CALLED = re.compile(
    r"(?:(?:[A-Z0-9][\w&'\u2019./-]*|of|the|for|&),?\s+){1,10}$|[A-Z][\w&'\u2019.-]{2,}\s*$"
)
_BODY = re.compile(
    rf"\b(?:{SUFFIX}|Trustees?|Bank|Fund|Association|University|Foundation|Partners(?:hip)?)\b"
)
HEAD = 6000  # letters
_SIGNS = re.compile(r"(?:by|/s/|name|signature|its)\s*:|/s/|_{5,}", re.IGNORECASE)
_TAIL = 12_000  # letters in which it is signed
_BY_HAND = re.compile(r"\b(?:By|BY)\s*:|/s/")
_SIGNING = re.compile(
    rf"(?:[A-Z0-9][\w&'\u2019./-]*,?\s+(?:of\s+|and\s+|&\s+)?){{1,7}}{SUFFIX}\b\.?[\s:]*$"
)
# What the one who signed before is, or the day: it stands before the next name.
_OFFICE = re.compile(
    r".*\b(?:Officer|President|Director|Secretary|Treasurer|Manager|Attorney-in-fact|Counsel|"
    r"Member|Developer|Client|20\d\d\.?|CEO|CFO)\s+",
)
_IS_A = re.compile(
    r"(?:[A-Z][\w&'\u2019.-]*\s+){0,6}[A-Z][\w&'\u2019.-]*,?"
    r"(?=,?\s+an?\s+(?:[A-Z][\w.]*\s+){1,4}(?:[Cc]orporation|bank|"
    r"(?:limited |public )?(?:liability )?company|(?:limited )?partnership)\b)"
)
_PARTIES = re.compile(r"\W*(?:the )?parties\W*", re.IGNORECASE)
_RECITES = re.compile(
    r"(?:background|recitals?|operative|introduction|[A-C1][.)])\b", re.IGNORECASE
)


def _defined(prose: Prose) -> Iterator[Party]:
    """Names that are given a word for them, wherever that is at the beginning: in a letter, say."""
    if not prose.text:
        return
    head = prose.passage(0, HEAD)
    for match in CALLED.finditer(head.text):
        role = role_in(match)
        before = _BEFORE_CALLED.search(head.text, max(0, match.start() - LONGEST), match.start())
        if before is None or NO_PARTY.match(role):
            continue
        party = name_at(head, before.start(), match.start(), role)
        if party and (_BODY.search(party.name) or is_short_for(role, party.name)):
            yield party


def _labelled(prose: Prose) -> Iterator[Party]:
    """Names behind a word for what they are."""
    for match in _LABEL.finditer(prose.text, 0, HEAD):
        if party := name_at(
            prose.passage(match.end(), match.end() + LONGEST), 0, LONGEST, match["role"]
        ):
            yield party


def _signed(prose: Prose) -> Iterator[Party]:
    """The names above or before those who sign for them."""
    for at, line in enumerate(prose.lines):
        if at and _SIGNS.match(line):
            for above in prose.lines[max(0, at - 2) : at]:
                form = FORM.search(above)
                if form and len(above) < LONGEST and (party := _whole_line(prose, above)):
                    yield party
    for sign in _BY_HAND.finditer(prose.text, max(0, len(prose.text) - _TAIL)):
        start = max(0, sign.start() - LONGEST)
        before = _SIGNING.search(prose.text, start, sign.start())
        if before is None:
            continue
        offices = _OFFICE.match(prose.text, before.start(), before.end())
        span = prose.passage(offices.end() if offices else before.start(), before.end())
        if party := name_at(span, 0, len(span.text), ""):
            yield party


def _described(prose: Prose) -> Iterator[Party]:
    """What a name is said to be: Alder Works, a California corporation."""
    if not prose.text:
        return
    head = prose.passage(0, HEAD)
    for match in _IS_A.finditer(head.text):
        if party := name_at(head, match.start(), match.end(), ""):
            yield party


def _on_cover(prose: Prose) -> list[Party]:
    """Two names on lines of their own, an "and" between them."""
    lines = prose.lines[:60]
    for at, line in enumerate(lines):
        if line.strip(" -:").lower() not in ("and", "&", "between", "by and between"):
            continue
        beside = [lines[i] for i in (at - 1, at + 1) if 0 <= i < len(lines)]
        names = [_whole_line(prose, name) for name in beside]
        found = [party for party in names if party]
        if len(found) == 2:
            return found
    return []


def _listed(prose: Prose) -> Iterator[Party]:
    """Lines under the heading "Parties", each a name with what is said of it."""
    headed = next(
        (at for at, line in enumerate(prose.lines[:80]) if _PARTIES.fullmatch(line)), None
    )
    if headed is None:
        return
    for line in prose.lines[headed + 1 : headed + 13]:
        if RECITALS.match(line) or _RECITES.match(line):
            return
        if _BODY.search(line) and (party := _whole_line(prose, line)):
            yield party


def _whole_line(prose: Prose, line: str) -> Party | None:
    at = prose.text.find(line)
    return name_at(prose.passage(at, at + len(line)), 0, len(line), "") if line.strip() else None


# The likeliest place first.
WAYS = (_listed, _defined, _labelled, _on_cover, _signed, _described)
