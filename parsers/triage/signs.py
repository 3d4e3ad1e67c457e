"""Facts of a mail that frauds show: where answers go, links that lie, files that act, urgency."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from mailagent.core.fraud import Link, Signs
from mailagent.core.gates.shape import plain_address
from mailagent.core.lookalike import site
from mailagent.core.message import Attachment, Message
from parsers.mail.headers import Fields, first
from parsers.text.html import markup
from parsers.triage.concepts import ENDS
from parsers.triage.files import danger
from parsers.triage.phrases import Found, shipped_phrases, tokens_of

_TABLES = tomllib.loads((Path(__file__).parent / "tables.toml").read_text("utf-8"))
_SHOWN = re.compile(
    r"\s*(?:https?://)?((?:[a-z0-9\u00df-\u024f-]{1,63}\.){1,5}[a-z]{2,24})(?:[/:?#]\S*)?\s*",
    re.IGNORECASE,
)
_TARGET = re.compile(r"\s*https?://(?:[^\s/@]*@)?([^\s/:?#]{1,255})", re.IGNORECASE)
_FILES = re.compile(
    r".*\.(?:pdf|docx?|xlsx?|pptx?|html?|txt|csv|xml|zip|ics|jpe?g|png)\s*", re.IGNORECASE
)
_MOST = 5
_LONGEST = 6_000  # characters that are looked at
_NOT = frozenset(_TABLES["negations"]["words"])


def signs_of(headers: Fields, message: Message, found: Sequence[Found]) -> Signs:
    """All of them; `found` are the phrases of its text."""
    kinds = {one.kind: one.words for one in found}
    urged = _urged(message)
    hurries = [urged] if urged else [kinds["secrecy"]] if "secrecy" in kinds else []
    pays = kinds.get("transfer", "")
    return Signs(
        reply_to=_reply_to(headers),
        links=tuple(_lying(message.html)),
        files=tuple(filter(None, map(danger, _enclosed(message))))[:_MOST],
        hurry=f"{hurries[0]} \u2026 {pays}" if hurries and pays else "",
        new_account=kinds.get("new_account", ""),
    )


def _urged(message: Message) -> str:
    """Its words of haste; empty where a sentence says that there is none."""
    if not message.text:
        return ""
    tokens = tokens_of(f"{message.subject}\n.\n{message.text[:_LONGEST]}")
    for sentence in _sentences(tokens):
        found = [one.words for one in shipped_phrases().found(sentence) if one.kind == "urgent"]
        if found and not _NOT.intersection(sentence):
            return found[0]
    return ""


def _sentences(tokens: Sequence[str]) -> Iterator[list[str]]:
    said: list[str] = []
    for token in tokens:
        if token in ENDS:
            yield said
            said = []
        else:
            said.append(token)
    yield said


def _reply_to(headers: Fields) -> str:
    said = first(headers, "reply-to")
    return plain_address(said.rpartition("<")[2].rstrip("> ")) if said else ""


def _enclosed(message: Message) -> list[Attachment]:
    inside = [found for nested in message.nested for found in _enclosed(nested)]
    return [*message.attachments, *inside]


def _lying(html: str) -> Iterator[Link]:
    """Links whose text names another site than they lead to."""
    root = markup(html) if html else None
    links = root.iter("a") if root is not None else ()
    seen: set[tuple[str, str]] = set()
    for link in links:
        text = "".join(map(str, link.itertext()))[:500]
        shown, target = _SHOWN.fullmatch(text), _TARGET.match(link.get("href") or "")
        if not shown or not target or _FILES.fullmatch(text):
            continue
        pair = (site(shown[1]), site(target[1]))
        if pair[0] != pair[1] and pair not in seen and len(seen) < _MOST:
            seen.add(pair)
            yield Link(shown=shown[1][:100], target=target[1][:100])
