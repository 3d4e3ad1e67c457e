"""Whose law governs a contract."""

import re
from collections.abc import Iterator

from parsers.contract.prose import Passage, Prose

_GOVERNED = re.compile(
    r"\b(?:govern(?:s|ed|ing)?|construed|interpreted|enforced|subject to|accordance with|under|"
    r"submit to)\b"
    r"[^.;]{0,160}?\blaws?\b|\blaws?\b[^.;]{0,120}?\b(?:shall|will|to)?\s?(?:govern|appl(?:y|ies)|"
    r"control|prevail)|\bgoverning law\s*[:.\u2013\u2014-]",
    re.IGNORECASE,
)
_NAME = (
    r"(?:(?:the\s+)?(?:(?:[A-Z][\w'\u2019&-]*|U\.\s?S\.(?:\s?A\.)?)"
    r"(?:\s+(?:of\s+(?:the\s+)?|and\s+)?(?=[A-Z]))?){1,6})"
)
_KIND = (
    r"(?:(?:the\s+)?(?:internal\s+|substantive\s+|domestic\s+)?"
    r"(?:[Ss]tate|STATE|[Cc]ommonwealth|COMMONWEALTH|[Pp]rovince|PROVINCE|"
    r"(?:Federal\s+)?[Rr]epublic|[Cc]anton|[Kk]ingdom)"
    r"\s+(?:of|OF)\s+)"
)
_LAW_OF = re.compile(
    rf"\b(?:[Ll]aws?|LAWS?)(?:\s+\([^)]{{0,200}}\))?(?:\s+and\s+(?:judicial\s+)?decisions)?"
    rf"(?:\s+(?:of|OF|in\s+(?:force|effect)\s+(?:in|of)|applicable\s+(?:in|to|within)|"
    rf"as\s+in\s+effect\s+in))"
    rf"\s+(?P<kind>{_KIND})?(?P<name>{_NAME})"
)
_S_LAW = re.compile(
    rf"(?P<kind>(?!))?(?P<name>{_NAME})(?:\s+[Ss]tate)?(?:'s)?\s+"
    rf"(?:(?:substantive|material|internal|domestic)\s+)?(?:[Ll]aws?|LAWS?)\b"
)
# "the laws, other than choice of law rules, of the state of Florida", "... and the State of Texas"
_ASIDE = re.compile(rf"\b[Ll]aws?,[^.;]{{0,120}}?,?\s+of\s+(?P<kind>{_KIND})(?P<name>{_NAME})")
_ALSO = re.compile(
    rf"\b[Ll]aws?\s+of\s+[^.;]{{3,60}}?\band\s+(?:of\s+)?(?P<kind>{_KIND})(?P<name>{_NAME})"
)
_THEREOF = re.compile(
    rf"\bin\s+(?:[A-Z]\w+\s+County,\s+)?(?P<kind>{_KIND})(?P<name>{_NAME}).{{0,160}}?\b(?:laws\s+(?:thereof|of\s+(?:that|"
    rf"such|said)\b)|its\s+laws\b)"
)
# The law is named after the people as often as after the place.
_PLACE_OF = {
    "english": "England", "scottish": "Scotland", "german": "Germany", "french": "France",
    "swiss": "Switzerland", "dutch": "Netherlands", "belgian": "Belgium", "italian": "Italy",
    "spanish": "Spain", "swedish": "Sweden", "danish": "Denmark", "norwegian": "Norway",
    "finnish": "Finland", "austrian": "Austria", "irish": "Ireland", "israeli": "Israel",
    "canadian": "Canada", "australian": "Australia", "indian": "India", "japanese": "Japan",
    "chinese": "People's Republic of China", "prc": "People's Republic of China",
    "united mexican states": "Mexico",
    "korean": "Korea", "brazilian": "Brazil", "mexican": "Mexico", "polish": "Poland",
}  # fmt: skip
_UNNAMED = frozenset(
    [
        "agreement",
        "parties",
        "party",
        "section",
        "article",
        "contract",
        "state",
        "conflict",
        "conflicts",
        "law",
        "laws",
        "this",
        "the",
        "applicable",
        "federal",
        "such",
        "choice",
        "bankruptcy",
        "securities",
        "lease",
        "united",
        "governing",
        "mandatory",
        "patent",
        "copyright",
        "trademark",
        "tax",
        "local",
        "civil",
        "corporate",
        "antitrust",
        "general",
        "laws'",
        "any",
        "all",
        "that",
        "venue",
        "entire",
        "arbitration",
        "jurisdiction",
        "uniform",
    ]
)
_UPPER_SMALL = frozenset({"OF", "AND", "THE"})
# A federal law beside a state's says nothing of its own.
_FEDERAL = re.compile(r"United States(?: of America)?|U\.\s?S\.(?:\s?A\.)?|USA", re.IGNORECASE)
_LIKELY = 3


def governing_law(prose: Prose) -> tuple[str, Passage] | None:
    """The place whose law governs, and the sentence that says so; the likeliest sentence wins."""
    best: tuple[int, str, Passage] | None = None
    for sentence in prose.sentences(_GOVERNED):
        places = _in_full(list(dict.fromkeys(_places(sentence.text))))
        if not places:
            continue
        rank = _rank(sentence.text)
        if rank >= _LIKELY and (best is None or rank > best[0]):
            best = rank, "; ".join(places[:2]), sentence
    return best[1:] if best else None


# "this Agreement", and what a contract calls itself: "this MSA"
_OF_ITSELF = re.compile(
    r"\b[Tt]h(?:is|e present) (?:(?i:(?:[\w-]+ ){0,4}(?:agreement|contract|lease|licen[cs]e|"
    r"franchise|deed|amendment|addendum))|[A-Z]{2,6}\b)|\bTHIS (?:[\w-]+ ){0,4}(?:AGREEMENT|"
    r"CONTRACT|"
    r"LEASE|LICEN[CS]E|FRANCHISE)|\bThe (?:Agreement|Contract)\s+(?:is|shall be|will be)\b"
)


def _rank(text: str) -> int:
    """How much a sentence sounds like the clause; 0: it speaks of other laws."""
    lower = text.lower()
    rank = 0
    if re.search(r"govern(?:ed|s|ing)?\b", lower):
        rank += 3
    if re.search(r"constru|interpret|enforce|determined (?:under|by|in)", lower):
        rank += 2
    if re.search(r"submits? to the laws|\blaws? of [^.;]{3,80} (?:shall |will )apply\b", lower):
        rank += 3
    if re.search(r"subject (?:exclusively |only )?to (?:the )?(?:[\w-]+ ){0,3}laws?\b", lower):
        rank += 1
    if re.search(
        r"conflict|choice of law|cisg|convention on (?:contracts|the international)", lower
    ):
        rank += 2
    if _OF_ITSELF.search(text) or re.search(
        r"rights [\w ]{0,20}of the parties|legal relations", lower
    ):
        rank += 2
    if re.search(r"organized|incorporated|existing|duly|corporation law|compliance with", lower):
        rank -= 3
    return max(0, rank)


# Behind a heading, and no sentence: "Governing Law: State of California."
_HEADED = re.compile(
    rf"\b[Gg](?:overning|OVERNING) (?:[Ll]aw|"
    rf"LAW)\s*[:.\u2013\u2014-]+\s*(?P<kind>{_KIND})?(?P<name>{_NAME})"
    r"(?=\s*(?:[.;,]|$))"
)
_COUNTRIES = {
    "Canada": (
        *("Ontario", "British Columbia", "Alberta", "Quebec", "Qu\u00e9bec", "Manitoba"),
        *("Nova Scotia", "New Brunswick", "Saskatchewan", "Newfoundland and Labrador"),
        "Prince Edward Island",
    ),
    "Australia": (
        *("Victoria", "New South Wales", "Queensland", "Tasmania", "South Australia"),
        "Western Australia",
    ),
}
_COUNTRY_OF = {place: land for land, places in _COUNTRIES.items() for place in places}


def _in_full(places: list[str]) -> list[str]:
    """`Ontario, Canada`: a province with its country, which says nothing beside it."""
    lands = {_COUNTRY_OF[place] for place in places if place in _COUNTRY_OF}
    full = [f"{place}, {_COUNTRY_OF[place]}" if place in _COUNTRY_OF else place for place in places]
    return [place for place in full if place not in lands]


# "... but without regard to the laws of New York": what does not govern.
_BARRED = re.compile(
    r"\b(?:without\s+(?:regard|reference|giving\s+effect|application)|regardless\s+of|excluding|"
    r"exclusive\s+of|other\s+than|irrespective\s+of)\b[^.;]*",
    re.IGNORECASE,
)
_WAYS = ((_LAW_OF, _ALSO, _ASIDE, _THEREOF), (_HEADED,), (_S_LAW,))


def _places(text: str) -> Iterator[str]:
    """The first way of naming a place counts; one behind an exclusion where there is no other."""
    barred = [match.span() for match in _BARRED.finditer(text)]
    named: list[str] = []
    for ways in _WAYS:
        found = [
            (_place(match), match.start("name")) for way in ways for match in way.finditer(text)
        ]
        named += [name for name, _at in found if name]
        free = [n for n, at in found if n and not any(start <= at < end for start, end in barred)]
        if free:
            named = free
            break
    states = [name for name in named if not _FEDERAL.fullmatch(name)]
    yield from states or named


def _place(match: re.Match[str]) -> str:
    name = re.sub(r"\s+", " ", match["name"]).strip()
    name = re.sub(r"^(?:the|THE)\s+", "", name)
    name = re.sub(r"^(?:State|STATE|Commonwealth|Province)\s+(?:of|OF)\s+", "", name)
    name = re.split(r"\s(?:without|WITHOUT|EXCLUDING|APPLICABLE|AND THE|REGARDLESS)\b", name)[0]
    if name.isupper() and len(name) > 3:
        name = " ".join(
            word.lower() if word in _UPPER_SMALL else word.capitalize() for word in name.split()
        )
    name = re.sub(r"\s+(?:and|of|the)$", "", name).rstrip("'\u2019 ")
    name = _PLACE_OF.get(name.lower(), name)
    return "" if name.split() and name.split()[0].lower() in _UNNAMED - {"united"} else name
