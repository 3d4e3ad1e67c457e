"""Between whom a contract is: the names in its preamble, and what each is called in it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.contract.prose import Passage, Prose

_BETWEEN = re.compile(
    r"\b(?:by and (?:between|among|amongst)|between|among|amongst)\b\s*:?", re.IGNORECASE
)
_BY = re.compile(
    r"(?:\b(?:entered into|made|executed|granted|\d{4},?)|[)\u201d\"]\)?,?)\s+by\s+"
    r"(?!and\b|the parties)",
    re.IGNORECASE,
)
# Names behind a word for what they are: Party A, Licensor, and a colon.
_LABEL = re.compile(
    r"(?:^|\s)(?P<role>Party [A-C1-3]|(?:The )?(?:Licens|Less|Distribut|Franchis|Sell|Suppli|"
    r"Provid|Contract|Vend|Manufactur|Lend|Consult|"
    r"Employ|Sponsor|Promot|Advertis|Agent|Client|Customer|Buyer|Purchaser|Company|Tenant|"
    r"Landlord|Transporter|Shipper|Affiliate)"
    r"(?:or|ee|er|ant|or's|ing)?)\s*(?:\([\w ]*\))?:\s*(?=[A-Z0-9])"
)
_TWO = 2
_ENDS = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?|Recitals?|WITNESSETH|W I T N E S S|BACKGROUND|Background|"
    r"NOW,? THEREFORE|"
    r"Now,? therefore|IT IS AGREED|PREAMBLE|INTRODUCTION|1\.\s*(?:DEFINITIONS|Definitions)|"
    r"(?:the|The) [Pp]arties (?:hereto )?(?:hereby )?agree|IN CONSIDERATION|In consideration)"
)
_UNENDED = 1800  # where no recitals follow
_SPAN = 5000  # letters between "between" and the recitals
_NAME_QUOTES = "\"\u201c\u201d\u2018\u2019'?"
_SUFFIX = (
    r"(?:Inc|INC|L\.?L\.?C|L\.?L\.?P|L\.?P|P\.?L\.?C|Ltd|LTD|Limited|LIMITED|Corp|CORP|"
    r"Corporation|CORPORATION|Co|CO|Company|"
    r"N\.?A|S\.?A(?:\.?[RS]\.?L?)?|A\.?G|GmbH|B\.?V|N\.?V|S\.?p\.?A|S\.?R\.?L|K\.?K|P\.?C|"
    r"P\.?A|A/S|AB|Oy|AS|SE|Pty|PTY|inc|llc|ltd|"
    r"Incorporated|INCORPORATED|LLLP|Trust|Group|Lp)"
)
# ("Company"), (the "Licensor"), (hereinafter referred to as "X" or "Y"), (the Company)
_CALLED = re.compile(
    rf"[(\[]\s*(?P<inside>[^()\[\]]{{0,160}}?[{_NAME_QUOTES}]\s*(?P<role>[A-Z\w][^{_NAME_QUOTES}()]{{0,60}})[{_NAME_QUOTES}][^()\[\]]{{0,200}})[)\]]"
    r"|\((?P<plain>(?:the|hereinafter|referred to as)\s+[A-Z][\w ]{1,40})\)"
    rf"|\((?P<short>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){{0,2}})\)(?!\s*{_SUFFIX}\b)"
    rf"|,?\s+(?:hereinafter|herein|collectively|referred to as|called|"
    rf"known as)[^\"\u201c;.()]{{0,60}}[\"\u201c](?P<bare>[^\"\u201d]{{1,60}})[\"\u201d]"
)
_NO_PARTY = re.compile(
    r"^(?:the\s+)?(?:part(?:y|ies)|agreement|effective date|term|contract|date|affiliates|"
    r"execution date|commencement date|"
    r"lease|amendment|closing date|plan|products?|services?|program|territory|original|master)\b",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(r"(?:\d{4}|date|hereof|written)\s*,?\s*$", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:[\s,;:.]|\band\b|\bAND\b|\bby\b|\bbetween\b|\bBETWEEN\b|\bamong\b|\bwith\b|"
    r"\bthe parties\b|&|"
    r"on (?:the )?(?:one|other|first|second) (?:hand|part)|of the (?:one|other|first|"
    r"second) part|"
    r"\(?(?:[a-z]|[ivx]{1,4}|\d)\)|\d\.\s|-+|\*+)+",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    rf",(?!\s*(?:{_SUFFIX})\b)|\s*\(|;|:|\s+(?:an?|the)\s+(?:[A-Z][\w.]*\s+){{0,4}}(?:limited|"
    rf"corporation|company|partnership|"
    r"individual|public|private|non|municipal|statutory|national|banking|trust|joint|society|"
    r"nonprofit|not-for-profit|Delaware|close|general|domestic)\b|"
    r"\s+(?:having|with its|with (?:a|an|offices|principal|registered)|whose|located|"
    r"incorporated (?:in|under)|organi[sz]ed|existing|acting|"
    r"on behalf|individually|(?:hereinafter|herein|hereafter)|referred|[dpat]/(?:[bk]/)?a\b|dba|"
    r"doing business|formerly|f/k/a|as (?:of|the|a|an|set)|"
    r"a company|a corporation|at \d|of \d|registered|duly|which|who|residing|domiciled|"
    r"including|its|each|not in|both|and/or|"
    r"established|represented|solely|A[CB]N \d|\(?(?:company|registration|reg\.) n|-{2,}|_{2,}|"
    r"\u2013|is\b|this\b|\"|\u201c)",
)
# Behind one of these a name is over, unless another one follows ("Co., Ltd.").
_FORM = re.compile(
    r"\b(?:Inc|INC|L\.?L\.?C|L\.?L\.?P|L\.P|LP|P\.?L\.?C|Ltd|LTD|Limited|LIMITED|Corp|CORP|"
    r"N\.A|NA|GmbH|AG|B\.V|N\.V|"
    rf"Incorporated|INCORPORATED|inc)\b\.?(?!,?\s*(?:{_SUFFIX})\b)"
)
# What is said of the party before: "a Nevada corporation", "with its principal place of business"
_SAID = re.compile(
    r"(?:an?\b|part(?:y|ies) of the|having|with\b|located|whose|which|who\b|at\b|of\b|for\b|in\b|"
    r"incorporated|"
    r"organi[sz]ed|existing|the (?:laws|one|other|state)|"
    r"its\b|acting|on behalf|residing|registered|individually|together|collectively|each|is\b|"
    r"hereinafter|as\b|under\b|herein|"
    r"represented|by\b|\d)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\band\b:?|\bAND\b:?|;|(?:(?<=\s)|^)\(?(?:[a-h]|[ivx]{1,4}|\d)\)", re.IGNORECASE
)
_SENTENCE = re.compile(
    r"\s+(?:may|shall|are|is|will|hereby|sometimes|has|have|was|were|would|agrees?)\b"
)
_WORDS = frozenset(
    [
        "in",
        "under",
        "each",
        "the",
        "all",
        "any",
        "this",
        "such",
        "and",
        "or",
        "of",
        "on",
        "to",
        "for",
        "by",
        "as",
        "it",
        "both",
        "whereas",
        "affiliate",
        "you",
    ]
)
# What a party is called without being named so: "Licensor", "the Company and the Trust".
_ROLE = re.compile(
    r"^(?:the\s+)?(?:licens[oe]r|licensee|less[oe]r|lessee|distributor|franchis[oe]r|franchisee|"
    r"seller|supplier|provider|contractor|vendor|manufacturer|lender|borrower|consultant|client|"
    r"employ(?:er|ee)|sponsor|agent|customer|buyer|purchaser|company|tenant|landlord|developer|"
    r"affiliate|reseller|marketer|executive|owner|operator|service provider|trust)s?"
    r"(?:\s+(?:and|on|or)\b.*)?$",
    re.IGNORECASE,
)
# A sentence that is over: the next one speaks of something else.
_OVER = re.compile(
    r"(?<![A-Z])(?<!\bCo)(?<!\bNo)(?<!\bSt)(?<!\bInc)(?<!\bLtd)(?<!\bMrs)"
    r"(?<!Corp)[a-z)\"\u201d]\.[\"\u201d)]?\s+[A-Z]"
)
_BROKEN = re.compile(r"[a-z]{4,}\. [A-Z]|^(?:[A-Z]\. |R E C I T|RECITAL)")
# The name right before what it is called, and what companies and the like are.
_BEFORE_CALLED = re.compile(
    r"(?:(?:[A-Z0-9][\w&'\u2019./-]*|of|the|for|&),?\s+){1,10}$|[A-Z][\w&'\u2019.-]{2,}\s*$"
)
_BODY = re.compile(
    rf"\b(?:{_SUFFIX}|Trustees?|Bank|Fund|Association|University|Foundation|Partners(?:hip)?)\b"
)
_MAKES_A_NAME = re.compile(r"[A-Za-z\u00c0-\u024f]{2}")
_LONGEST = 120
_HEAD = 6000  # letters
_SIGNS = re.compile(r"(?:by|/s/|name|signature|its)\s*:|/s/|_{5,}", re.IGNORECASE)
_TAIL = 12_000  # letters in which it is signed
_BY_HAND = re.compile(r"\b(?:By|BY)\s*:|/s/")
_SIGNING = re.compile(
    rf"(?:[A-Z0-9][\w&'\u2019./-]*,?\s+(?:of\s+|and\s+|&\s+)?){{1,7}}{_SUFFIX}\b\.?[\s:]*$"
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
# "(1) Alder Ltd ... ; (2) Birch GmbH ...", without any word before them.
_NUMBERED = re.compile(
    r"\(1\)\s+(?=[A-Z].{3,300}?\((?:the )?[\"\u201c\u2018'])(?=.{20,900}?\(2\)\s+[A-Z])"
)
_PARTIES = re.compile(r"\W*(?:the )?parties\W*", re.IGNORECASE)
_RECITES = re.compile(
    r"(?:background|recitals?|operative|introduction|[A-C1][.)])\b", re.IGNORECASE
)
_CAPITAL = 0.7  # of the longer words of a name begin with a capital


class Party(NamedTuple):
    """A name, what it is called in the contract, and where it stands."""

    name: str
    role: str
    where: Passage


def parties(prose: Prose, opening: Passage | None) -> list[Party]:
    """From the preamble; where that names nobody, from the cover."""
    best: list[Party] = []
    for span in _spans(prose, opening):
        found = _unique(_in(span))
        if len(found) >= _TWO:
            return found
        best = best or found
    for read in (_listed, _defined, _labelled, _on_cover, _signed, _described):
        found = _unique(iter([*best, *read(prose)]))
        if len(found) >= _TWO:
            return found
    return best


def _spans(prose: Prose, opening: Passage | None) -> Iterator[Passage]:
    if opening is not None:
        begins = _BETWEEN.search(prose.text, opening.start, opening.start + 1500)
        begins = begins or _BY.search(prose.text, opening.start, opening.start + 600)
        if begins:
            yield _until_recitals(prose, begins.end())
    for begins in _NUMBERED.finditer(prose.text, 0, _HEAD):
        yield _until_recitals(prose, begins.start())
    for begins in _BETWEEN.finditer(prose.text, 0, 12_000):
        yield _until_recitals(prose, begins.end())


def _until_recitals(prose: Prose, start: int) -> Passage:
    ends = _ENDS.search(prose.text, start + 1, start + _SPAN)
    return prose.passage(start, ends.start() if ends else start + _UNENDED)


def _in(span: Passage) -> Iterator[Party]:
    """Each name stands before what it is called."""
    text, behind, found = span.text, 0, 0
    for match in _CALLED.finditer(text):
        role, chunk = _role(match), text[behind : match.start()]
        if role.lower().startswith("part") and found > 1:
            return  # "each a Party": all have been named
        if found >= _TWO and _OVER.search(chunk):
            return  # what follows the preamble
        named = [] if _NO_PARTY.match(role) else _named(span, behind, match.start(), role)
        found += len(named)
        yield from named
        if named or _DATE_BEFORE.search(chunk):
            behind = match.end()
    if not found:
        yield from _uncalled(span)


def _named(span: Passage, start: int, end: int, role: str) -> list[Party]:
    """The names in a stretch that may still speak of the party before: the last has the role.

    Before it only what has a legal form is a name.
    """
    chunk = span.text[start:end]
    found: list[Party] = []
    begins = [0, *(joint.end() for joint in _JOINT.finditer(chunk))]
    for at in begins:
        lead = _LEADING.match(chunk, at)
        offset = lead.end() if lead else at
        if _SAID.match(chunk, offset):
            continue
        if party := _name(span, start + offset, end, role):
            if found and _FORM.search(party.name) and _FORM.search(found[-1].name):
                found[-1] = found[-1]._replace(role="")
                found.append(party)
            elif not found:
                found.append(party)
    return found


def _uncalled(span: Passage) -> Iterator[Party]:
    """Two names joined by "and", without any word for them."""
    text = span.text[:600]
    at = 0
    for joint in re.finditer(r"\s+(?:and|AND|&)\s+(?=[A-Z])|$", text):
        yield from _named(span, at, joint.start(), "")[:1]
        at = joint.end()


def _role(match: re.Match[str]) -> str:
    role = (
        match["role"]
        or match["bare"]
        or match["short"]
        or re.sub(r"^(?:the|hereinafter|referred to as)\s+", "", match["plain"] or "")
    )
    return role.strip(" ,.;")


def _name(span: Passage, start: int, end: int, role: str) -> Party | None:
    """The name at the beginning of a stretch."""
    chunk = span.text[start:end]
    lead = _LEADING.match(chunk)
    start += lead.end() if lead else 0
    chunk = re.sub(r"^(?:the|The|THE)\s+", lambda lead: " " * len(lead[0]), span.text[start:end])
    stop, form = _NAME_ENDS.search(chunk), _FORM.search(chunk)
    ends = min(stop.start() if stop else len(chunk), form.end() if form else len(chunk))
    name = chunk[:ends].strip(" ,;.:-*_")
    if _SENTENCE.match(chunk, ends) or name.split(" ")[:1] == [""] or _SENTENCE.search(name):
        return None
    if name[:1].islower() and form is None:
        return None
    if _ROLE.match(name) or _BROKEN.search(name) or _FORM.fullmatch(name):
        return None
    if len(name) > _LONGEST or not _MAKES_A_NAME.search(name) or not name[0].isalnum():
        return None
    large = [word for word in name.split() if len(word) > 3]
    capital = sum(not word[0].islower() for word in large)
    is_name = name[0].isupper() and capital >= _CAPITAL * len(large)
    if (
        form is None
        and not _same(role, name)
        and not (is_name and name.split()[0].lower() not in _WORDS)
    ):
        return None
    at = span.text.find(name, start)
    return Party(name, role, span.around(at, at + len(name)))


def _same(role: str, name: str) -> bool:
    """Called by a part of its own name: ("Skype") for Skype Communications."""
    short = re.sub(r"\W", "", role.lower())
    return len(short) > 2 and short in re.sub(r"\W", "", name.lower())[: 3 * len(short)]


def short_names(named: list[Party]) -> list[str]:
    """What parties are called by a part of their own name: "Skype" for Skype Technologies, S.A."""
    return [party.role for party in named if _same(party.role, party.name)]


def _unique(found: Iterator[Party]) -> list[Party]:
    seen: dict[str, Party] = {}
    for party in found:
        seen.setdefault(re.sub(r"\W", "", party.name.lower()), party)
    return list(seen.values())[:12]


def _defined(prose: Prose) -> Iterator[Party]:
    """Names that are given a word for them, wherever that is at the beginning: in a letter, say."""
    if not prose.text:
        return
    head = prose.passage(0, _HEAD)
    for match in _CALLED.finditer(head.text):
        role = _role(match)
        before = _BEFORE_CALLED.search(head.text, max(0, match.start() - _LONGEST), match.start())
        if before is None or _NO_PARTY.match(role):
            continue
        party = _name(head, before.start(), match.start(), role)
        if party and (_BODY.search(party.name) or _same(role, party.name)):
            yield party


def _labelled(prose: Prose) -> Iterator[Party]:
    """Names behind a word for what they are."""
    for match in _LABEL.finditer(prose.text, 0, _HEAD):
        if party := _name(
            prose.passage(match.end(), match.end() + _LONGEST), 0, _LONGEST, match["role"]
        ):
            yield party


def _signed(prose: Prose) -> Iterator[Party]:
    """The names above or before those who sign for them."""
    for at, line in enumerate(prose.lines):
        if at and _SIGNS.match(line):
            for above in prose.lines[max(0, at - 2) : at]:
                form = _FORM.search(above)
                if form and len(above) < _LONGEST and (party := _whole_line(prose, above)):
                    yield party
    for sign in _BY_HAND.finditer(prose.text, max(0, len(prose.text) - _TAIL)):
        start = max(0, sign.start() - _LONGEST)
        before = _SIGNING.search(prose.text, start, sign.start())
        if before is None:
            continue
        offices = _OFFICE.match(prose.text, before.start(), before.end())
        span = prose.passage(offices.end() if offices else before.start(), before.end())
        if party := _name(span, 0, len(span.text), ""):
            yield party


def _described(prose: Prose) -> Iterator[Party]:
    """What a name is said to be: Alder Works, a California corporation."""
    if not prose.text:
        return
    head = prose.passage(0, _HEAD)
    for match in _IS_A.finditer(head.text):
        if party := _name(head, match.start(), match.end(), ""):
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
        if _ENDS.match(line) or _RECITES.match(line):
            return
        if _BODY.search(line) and (party := _whole_line(prose, line)):
            yield party


def _whole_line(prose: Prose, line: str) -> Party | None:
    at = prose.text.find(line)
    return _name(prose.passage(at, at + len(line)), 0, len(line), "") if line.strip() else None
