"""What a party of a contract is called: its name, and the word that the contract has for it."""

import re
from typing import NamedTuple

from parsers.contract.prose import Passage

# Where the preamble is over.
RECITALS = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?|Recitals?|WITNESSETH|W I T N E S S|BACKGROUND|Background|"
    r"NOW,? THEREFORE|"
    r"Now,? therefore|IT IS AGREED|PREAMBLE|INTRODUCTION|1\.\s*(?:DEFINITIONS|Definitions)|"
    r"(?:the|The) [Pp]arties (?:hereto )?(?:hereby )?agree|IN CONSIDERATION|In consideration)"
)
_NAME_QUOTES = "\"\u201c\u201d\u2018\u2019'?"
SUFFIX = (
    r"(?:Inc|INC|L\.?L\.?C|L\.?L\.?P|L\.?P|P\.?L\.?C|Ltd|LTD|Limited|LIMITED|Corp|CORP|"
    r"Corporation|CORPORATION|Co|CO|Company|"
    r"N\.?A|S\.?A(?:\.?[RS]\.?L?)?|A\.?G|GmbH|B\.?V|N\.?V|S\.?p\.?A|S\.?R\.?L|K\.?K|P\.?C|"
    r"P\.?A|A/S|AB|Oy|AS|SE|Pty|PTY|inc|llc|ltd|"
    r"Incorporated|INCORPORATED|LLLP|Trust|Group|Lp)"
)
# ("Company"), (the "Licensor"), (hereinafter referred to as "X" or "Y"), (the Company)
CALLED = re.compile(
    rf"[(\[]\s*(?P<inside>[^()\[\]]{{0,160}}?[{_NAME_QUOTES}]\s*(?P<role>[A-Z\w][^{_NAME_QUOTES}()]{{0,60}})[{_NAME_QUOTES}][^()\[\]]{{0,200}})[)\]]"
    r"|\((?P<plain>(?:the|hereinafter|referred to as)\s+[A-Z][\w ]{1,40})\)"
    rf"|\((?P<short>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){{0,2}})\)(?!\s*{SUFFIX}\b)"
    rf"|,?\s+(?:hereinafter|herein|collectively|referred to as|called|"
    rf"known as)[^\"\u201c;.()]{{0,60}}[\"\u201c](?P<bare>[^\"\u201d]{{1,60}})[\"\u201d]"
)
NO_PARTY = re.compile(
    r"^(?:the\s+)?(?:part(?:y|ies)|agreement|effective date|term|contract|date|affiliates|"
    r"execution date|commencement date|"
    r"lease|amendment|closing date|plan|products?|services?|program|territory|original|master)\b",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"^(?:[\s,;:.]|\band\b|\bAND\b|\bby\b|\bbetween\b|\bBETWEEN\b|\bamong\b|\bwith\b|"
    r"\bthe parties\b|&|"
    r"on (?:the )?(?:one|other|first|second) (?:hand|part)|of the (?:one|other|first|"
    r"second) part|"
    r"\(?(?:[a-z]|[ivx]{1,4}|\d)\)|\d\.\s|-+|\*+)+",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    rf",(?!\s*(?:{SUFFIX})\b)|\s*\(|;|:|\s+(?:an?|the)\s+(?:[A-Z][\w.]*\s+){{0,4}}(?:limited|"
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
FORM = re.compile(
    r"\b(?:Inc|INC|L\.?L\.?C|L\.?L\.?P|L\.P|LP|P\.?L\.?C|Ltd|LTD|Limited|LIMITED|Corp|CORP|"
    r"N\.A|NA|GmbH|AG|B\.V|N\.V|"
    rf"Incorporated|INCORPORATED|inc)\b\.?(?!,?\s*(?:{SUFFIX})\b)"
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
_BROKEN = re.compile(r"[a-z]{4,}\. [A-Z]|^(?:[A-Z]\. |R E C I T|RECITAL)")
_MAKES_A_NAME = re.compile(r"[A-Za-z\u00c0-\u024f]{2}")
LONGEST = 120
_CAPITAL = 0.7  # of the longer words of a name begin with a capital


class Party(NamedTuple):
    """A name, what it is called in the contract, and where it stands."""

    name: str
    role: str
    where: Passage


def role_in(match: re.Match[str]) -> str:
    """What `CALLED` found that a party is called."""
    role = (
        match["role"]
        or match["bare"]
        or match["short"]
        or re.sub(r"^(?:the|hereinafter|referred to as)\s+", "", match["plain"] or "")
    )
    return role.strip(" ,.;")


def name_at(span: Passage, start: int, end: int, role: str) -> Party | None:
    """The name at the beginning of a stretch."""
    chunk = span.text[start:end]
    lead = LEADING.match(chunk)
    start += lead.end() if lead else 0
    chunk = re.sub(r"^(?:the|The|THE)\s+", lambda lead: " " * len(lead[0]), span.text[start:end])
    stop, form = _NAME_ENDS.search(chunk), FORM.search(chunk)
    ends = min(stop.start() if stop else len(chunk), form.end() if form else len(chunk))
    name = chunk[:ends].strip(" ,;.:-*_")
    if _SENTENCE.match(chunk, ends) or name.split(" ")[:1] == [""] or _SENTENCE.search(name):
        return None
    if name[:1].islower() and form is None:
        return None
    if _ROLE.match(name) or _BROKEN.search(name) or FORM.fullmatch(name):
        return None
    if len(name) > LONGEST or not _MAKES_A_NAME.search(name) or not name[0].isalnum():
        return None
    large = [word for word in name.split() if len(word) > 3]
    capital = sum(not word[0].islower() for word in large)
    is_name = name[0].isupper() and capital >= _CAPITAL * len(large)
    if (
        form is None
        and not is_short_for(role, name)
        and not (is_name and name.split()[0].lower() not in _WORDS)
    ):
        return None
    at = span.text.find(name, start)
    return Party(name, role, span.around(at, at + len(name)))


def is_short_for(role: str, name: str) -> bool:
    """Called by a part of its own name: ("Skype") for Skype Communications."""
    short = re.sub(r"\W", "", role.lower())
    return len(short) > 2 and short in re.sub(r"\W", "", name.lower())[: 3 * len(short)]


def short_names(named: list[Party]) -> list[str]:
    """What parties are called by a part of their own name: "Skype" for Skype Technologies, S.A."""
    return [party.role for party in named if is_short_for(party.role, party.name)]
