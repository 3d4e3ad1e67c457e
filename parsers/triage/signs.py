"""Facts of a mail that frauds show: where answers go, links that lie, files that act, urgency."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, Self

from mailagent.core.fraud import Link, Signs
from mailagent.core.gates.shape import plain_address
from mailagent.core.lookalike import site
from mailagent.core.message import Attachment, Message
from parsers.mail.headers import Fields, first
from parsers.text.html import markup
from parsers.triage.accounts import another_account
from parsers.triage.concepts import ENDS
from parsers.triage.files import danger
from parsers.triage.phrases import shipped_phrases, tokens_of

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
_LISTS = ("list-post", "list-id", "mailing-list", "precedence")


def signs_of(headers: Fields, message: Message) -> Signs:
    """All of them."""
    said = [_Sentence.of(one) for one in _sentences(message)]
    return Signs(
        reply_to=_reply_to(headers, message),
        links=tuple(_lying(message.html)),
        files=tuple(filter(None, map(danger, _enclosed(message))))[:_MOST],
        hurry=next(filter(None, map(_hurry, zip_longest(said, said[1:], said[2:]))), ""),
        new_account=next(
            filter(None, (another_account(one.tokens, one.found) for one in said)), ""
        ),
    )


class _Sentence(NamedTuple):
    """One sentence, and the phrases in it."""

    tokens: Sequence[str]
    found: Mapping[str, str]

    @classmethod
    def of(cls, tokens: Sequence[str]) -> Self:
        return cls(tokens, {one.kind: one.words for one in shipped_phrases().found(tokens)})

    @property
    def urges(self) -> str:
        """Its words of haste or secrecy; empty where it says that there is none."""
        hurries = "" if _NOT.intersection(self.tokens) else self.found.get("urgent", "")
        return hurries or self.found.get("secrecy", "")


def _hurry(near: Sequence[_Sentence | None]) -> str:
    """Money and haste in sentences that follow each other."""
    said = [one for one in near if one is not None]
    urges = next(filter(None, (one.urges for one in said)), "")
    pays = next(filter(None, (one.found.get("transfer", "") for one in said)), "")
    return f"{urges} \u2026 {pays}" if urges and pays else ""


def _sentences(message: Message) -> Iterator[list[str]]:
    said: list[str] = []
    for token in tokens_of(f"{message.subject}\n.\n{message.text[:_LONGEST]}"):
        if token in ENDS:
            yield said
            said = []
        else:
            said.append(token)
    yield said


def _reply_to(headers: Fields, message: Message) -> str:
    """Where answers go; that a list wants them for itself is no sign of anything."""
    said = first(headers, "reply-to")
    address = plain_address(said.rpartition("<")[2].rstrip("> ")) if said else ""
    is_list = any(first(headers, name) for name in _LISTS)
    return "" if is_list and any(address in one.lower() for one in message.to) else address


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
