"""Whose words in a mail ask for something: the sender's own, or those of a mail sent on."""

import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import getaddresses
from typing import NamedTuple

from mailagent.core.cover import Cover
from parsers.mail.quote_words import FIELDS
from parsers.mail.reply import split_reply
from parsers.meeting.cues import common, fold
from parsers.values.when import find_times

_LONGEST = 12_000  # characters of a mail that are read
_FORWARDS = re.compile(
    r"\s*(?:fwd?|wg|tr|rv|i|enc|fs|doorst|reenv|inoltra|weitergeleitet)\s*:", re.IGNORECASE
)
_PREFIX = re.compile(
    r"\s*(?:(?:re|aw|antw|fwd?|fw|wg|tr|rv|sv|r|i|res|enc|ref)\s*(?:\[\d+\])?\s*:\s*)+",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"\s*(?:re|aw|antw|sv|r|res|rif)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_FIELD = {
    kind: re.compile(rf"[\s>*_|]*(?:{names})[\s*_]*[:\uff1a]\s*(.*)", re.IGNORECASE)
    for kind, names in {"cc": "cc|kopie|copie|copia|kopi", **FIELDS}.items()
}
_HEAD = 8  # lines
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'*]{1,64}@[A-Za-z0-9.-]{1,255}")


class Letter(NamedTuple):
    """What is read, and who wrote it when to whom."""

    own: str
    quoted: str
    subject: str
    name: str
    address: str
    others: tuple[tuple[str, str], ...]  # name and address of everybody else in it
    written: datetime | None
    answers: bool = False
    sent_on: bool = False


class _Head(NamedTuple):
    values: dict[str, str]
    body: str


def letter_of(text: str, cover: Cover) -> Letter:
    """The letter in a mail. A mail sent on speaks for the one who wrote it first."""
    text = text[:_LONGEST]
    subject = _PREFIX.sub("", cover.subject).strip()
    if _FORWARDS.match(cover.subject) or common("forwarded").search(fold(text)):
        head = _head(text)
        if head is not None:
            return _sent_on(head, cover, subject)
    parts = split_reply(text)
    name, address = _person(cover.sender, cover.address)
    return Letter(
        own=parts.own,
        quoted=parts.quoted,
        subject=subject,
        name=name,
        address=address,
        others=_others([*_people(cover.to), *_people(cover.cc)], address, cover.ours),
        written=cover.date,
        answers=bool(_ANSWERS.match(cover.subject)) or bool(parts.quoted.strip()),
    )


def _sent_on(head: _Head, cover: Cover, subject: str) -> Letter:
    parts = split_reply(head.body)
    name, address = _person(head.values["from"], "")
    told = [head.values.get("to", ""), head.values.get("cc", "")]
    others = [*_people(told), *_people((cover.sender,)), *_people(cover.cc)]
    return Letter(
        own=parts.own,
        quoted=parts.quoted,
        subject=_PREFIX.sub("", head.values.get("subject", "")).strip() or subject,
        name=name,
        address=address,
        others=_others(others, address, cover.ours),
        written=_written(head.values, cover),
        sent_on=True,
    )


def _written(values: dict[str, str], cover: Cover) -> datetime | None:
    """By the clock of the one who sent it on: that is how their program shows it."""
    if cover.date is None:
        return None
    for kind in ("date", "sent"):
        found = find_times(values.get(kind, ""), cover.date)
        exact = [when for when in found if when.grain in {"minute", "hour"}]
        if exact and exact[0].start <= cover.date:
            return exact[0].start
    return cover.date


def _head(text: str) -> _Head | None:
    """The first head of a mail within a text, and what stands below it."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if not _FIELD["from"].match(line[:500]):
            continue
        values: dict[str, str] = {}
        end = at
        for end in range(at, min(at + _HEAD, len(lines))):
            kind = _kind(lines[end])
            if not kind:
                break
            values.setdefault(kind, _value(kind, lines[end]))
        if len(values) > 1:
            return _Head(values, "\n".join(lines[end:]))
    return None


def _kind(line: str) -> str:
    return next((kind for kind, field in _FIELD.items() if field.match(line[:500])), "")


def _value(kind: str, line: str) -> str:
    found = _FIELD[kind].match(line[:2000])
    return found[1].strip() if found else ""


def _person(shown: str, address: str) -> tuple[str, str]:
    found = _ADDRESS.search(shown)
    address = address or (found[0].lower().rstrip(".") if found else "")
    name = shown.partition("<")[0].partition("[")[0].strip(" \"'*")
    return ("" if "@" in name else name), address


def _people(lines: Sequence[str]) -> list[tuple[str, str]]:
    """The people of address lines; a name without an address is nobody who can be invited."""
    told = [line.replace("[mailto:", "<").replace("]", ">").replace(";", ",") for line in lines]
    pairs = getaddresses(told)
    return [
        (name.strip(), address.lower()) for name, address in pairs if _ADDRESS.fullmatch(address)
    ]


def _others(
    people: Sequence[tuple[str, str]], writer: str, ours: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for name, address in people:
        if address != writer and address not in ours:
            found[address] = found.get(address) or name
    return tuple((name, address) for address, name in found.items())
