"""Where a document is filed: templates of the settings, what is on file already, what was learned.

The same rules serve bills, contracts and every other paper.
"""

import re
from collections.abc import Mapping
from datetime import date
from email.utils import parseaddr
from typing import Literal

from mailagent.core.appointment import Kept
from mailagent.core.capability import StoreFile
from mailagent.core.said import Said, say
from mailagent.core.value import Value
from mailagent.core.vendor import plain, slug

AMENDS = "amends "  # a tag: what follows is the reference of the case whose paper it changes
GAPS = frozenset({"kind", "party", "date", "year", "month", "title"})
_GAP = re.compile(r"\{([^{}]*)\}")
_ODD = re.compile(r"[{}\\\x00-\x1f]")
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/pkcs7-mime": ".p7m",
    "text/plain": ".txt",
    "text/html": ".html",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "application/rtf": ".rtf",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
}
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")

Group = Literal["bills", "contracts", "papers"]


class FilingRules(Value):
    """The templates of the settings: `{kind} {party} {date} {year} {month} {title}`."""

    bills: str = "bills/{year}/{party}"
    contracts: str = "contracts/{party}"
    papers: str = "{kind}/{year}/{party}"
    sensitive: str = "private/{kind}/{year}"
    name: str = "{date} {party} {title}"

    def folder(self, group: Group, *, sensitive: bool) -> str:
        """The template of a folder. What is sensitive lies apart from everything else."""
        return self.sensitive if sensitive else str(getattr(self, group))


class Paper(Value):
    """What is known of a document that is to be filed."""

    group: Group
    kind: str
    party: str = ""
    day: date  # its own; where it has none, the day it is filed
    title: str = ""
    number: str = ""
    valid_until: date | None = None
    file_name: str = ""  # as it came
    media_type: str = ""
    content: str  # sha256
    tags: tuple[str, ...] = ()
    sensitive: bool = False


class AskFiled(Value):
    """Is this very content on file, and where does its owner keep what this party sends?"""

    asks: Literal["files.known"] = "files.known"
    party: str = ""
    kind: str = ""
    document: str = ""  # its content's hash
    changes: date | None = None  # the day of the paper that this one changes
    overtakes: bool = False  # what was set for the paper that it changes may stand no more


class Reminded(Value):
    """A reminder that is set and was not sent."""

    reminder: str
    person: str
    day: date
    text: str


class KnownFiled(Value):
    """What the register of filed documents says."""

    answers: Literal["files.known"] = "files.known"
    path: str = ""  # where the same content lies
    case: str = ""  # by the reference of that case
    folder: str = ""  # that its owner chose for the last of this party and kind
    taught: str = ""  # by the reference of the case that taught it
    lesson: int = 0  # and the number of what was learned
    before: str = ""  # what this one changes, else the last of this kind that this party has there
    before_case: str = ""
    reminded: tuple[Reminded, ...] = ()  # for what this one changes, and for what changed it before
    entered: Kept | None = None  # in a calendar, for the same


class Filed(Value):
    """A document on file."""

    path: str
    content: str
    name: str
    kind: str
    party: str
    day: date
    tags: tuple[str, ...] = ()
    case: str  # its reference


class Found(Value):
    """What a search came to: the best first, and how many there are."""

    filed: tuple[Filed, ...] = ()
    total: int = 0
    capped: bool = False  # there are more than were counted


def sent_by(sender: str, ours: str) -> str:
    """Whose paper it is where it does not say so: its sender's domain, if that is not ours."""
    domain = parseaddr(sender)[1].lower().rpartition("@")[2]
    ours = ours.lower()
    return "" if domain == ours or domain.endswith(f".{ours}") else domain


def party_key(party: str) -> str:
    """Under which a party is known in the register."""
    return plain(party)


def folder_key(kind: str, party: str) -> str:
    """By which a folder is learned that their owner chose for such papers; empty: of nobody."""
    key = party_key(party)
    return f"folder:{kind}:{key}" if key else ""


def template(text: str) -> str:
    """A template as it can be used; ValueError says what is wrong with it."""
    unknown = [gap for gap in _GAP.findall(text) if gap not in GAPS]
    if unknown:
        known = ", ".join(sorted(GAPS))
        raise ValueError(f"has no gap {{{unknown[0]}}}; there are {known}")
    filled = _GAP.sub("x", text)
    if _ODD.search(filled) or not all(part.strip(" .") for part in filled.split("/")):
        raise ValueError("is no template: write it like {kind}/{year}/{party}")
    return text


def place(rules: FilingRules, paper: Paper, known: KnownFiled, typed: str = "") -> StoreFile:
    """The owner's word goes first, then where it lies already, then what was learned."""
    if known.path and not typed:
        where, _, name = known.path.rpartition("/")
    else:
        learned = "" if paper.sensitive else known.folder
        where = (
            typed or learned or _filled(rules.folder(paper.group, sensitive=paper.sensitive), paper)
        )
        name = _filled(rules.name, paper) + _ending(paper)
    return StoreFile(
        folder=where,
        name=name,
        content=paper.content,
        kind=paper.kind,
        party=paper.party[:100],
        day=paper.day,
        number=paper.number[:100],
        valid_until=paper.valid_until,
        tags=paper.tags,
        sensitive=paper.sensitive,
        chosen=bool(typed),
    )


def notes(known: KnownFiled, typed: str = "") -> tuple[Said, ...]:
    """What the owner is told of that."""
    if typed:
        return ()
    if known.path:
        return (say("filing.again", path=known.path, ref=known.case),)
    if known.folder:
        taught, number = known.taught, known.lesson
        return (say("filing.learned", folder=known.folder, ref=taught, number=number),)
    return ()


def _ending(paper: Paper) -> str:
    """By what it is; else as it was called."""
    given = _ENDING.search(paper.file_name)
    return _ENDINGS.get(paper.media_type) or (given[0].lower() if given else "")


def _filled(text: str, paper: Paper) -> str:
    """A template with its gaps filled; a part that comes out empty is left out."""
    gaps = _gaps(paper)
    filled = _GAP.sub(lambda gap: gaps[gap[1]], text)
    parts = (" ".join(part.split()) for part in filled.split("/"))
    return "/".join(part for part in parts if part)


def _gaps(paper: Paper) -> Mapping[str, str]:
    return {
        "kind": slug(paper.kind),
        "party": slug(paper.party) if paper.party else "",
        "date": paper.day.isoformat(),
        "year": str(paper.day.year),
        "month": f"{paper.day.month:02}",
        "title": slug(paper.title or paper.kind),
    }
