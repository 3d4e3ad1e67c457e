"""Who wrote a mail that somebody sent on: by the attached mail, or by the quoted head."""

import re
from typing import NamedTuple

from mailagent.core.gates.shape import plain_address
from mailagent.core.message import Message
from parsers.mail.quote_words import FIELDS

_BEGIN = r"[\s>*_|]*+"
_FROM = re.compile(rf"{_BEGIN}(?:{FIELDS['from']})[\s*_]*[:\uff1a]\s*(.+)", re.IGNORECASE)
_OTHER = re.compile(
    rf"{_BEGIN}(?:{'|'.join(names for kind, names in FIELDS.items() if kind != 'from')})"
    r"[\s*_]*[:\uff1a]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'*]{1,64}@[A-Za-z0-9.-]{1,255}")
_MOST_LINES = 400
_NEAR = 6  # lines of a quoted head
_LONGEST = 500


class Original(NamedTuple):
    """Who wrote it first, and the words that say so."""

    address: str
    quote: str


def original_sender(message: Message) -> Original | None:
    """The sender of the mail that was sent on; None: it says nothing about one."""
    for nested in message.nested:
        if nested.sender_address:
            return Original(nested.sender_address, nested.sender or nested.sender_address)
    lines = message.text.splitlines()[:_MOST_LINES]
    for at, line in enumerate(lines):
        found = _FROM.match(line[:_LONGEST])
        if found and _is_head(lines, at):
            return _named(found[1], lines[at + 1 : at + 2])
    return None


def _is_head(lines: list[str], at: int) -> bool:
    """People write `from:` as well; a mail program writes more fields around it."""
    near = [*lines[max(0, at - _NEAR) : at], *lines[at + 1 : at + 1 + _NEAR]]
    return any(_OTHER.match(line[:_LONGEST]) for line in near)


def _named(value: str, after: list[str]) -> Original | None:
    """The address may stand on the line below a long name."""
    for text in (value, *(f"{value} {line}" for line in after)):
        found = _ADDRESS.search(text[:_LONGEST])
        address = plain_address(found[0].rstrip(".>")) if found else ""
        if address:
            return Original(address, text.strip()[:200])
    return None
