"""Who wrote a mail that somebody sent on: by the attached mail, or by the quoted head."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from mailagent.core.gates.shape import plain_address
from mailagent.core.message import Message
from parsers.mail.quote_words import FIELDS
from parsers.mail.quotes import introduces, is_separator, unflattened

_BEGIN = r"[\s>*_|]*+"
_FROM_NAME = rf"(?:{FIELDS['from']})[\s*_]*"
_FROM = re.compile(rf"{_BEGIN}{_FROM_NAME}[:\uff1a]\s*(.+)", re.IGNORECASE)
# Some clients write no colon; only below a line that announces the mail is that a head.
_BARE_FROM = re.compile(rf"{_BEGIN}{_FROM_NAME}\s(.+)", re.IGNORECASE)
_OTHER = re.compile(
    rf"{_BEGIN}(?:{'|'.join(names for kind, names in FIELDS.items() if kind != 'from')})"
    r"[\s*_]*[:\uff1a]",
    re.IGNORECASE,
)
# A mail list puts its own address into From; whom to answer is who wrote to it.
_ANSWER_NAMES = (
    "reply[ -]to|antwort an|r[ée]pondre [àa]|responder a|rispondi a|antwoord aan|svara till?"
)
_ANSWER_TO = re.compile(rf"{_BEGIN}(?:{_ANSWER_NAMES})[\s*_]*[:\uff1a]\s*(.+)", re.IGNORECASE)
# A service sent it; who wrote it is named behind these words.
_BEHALF = re.compile(
    r"\b(?:on behalf of|im auftrag von|de la part de|en nombre de|per conto di|em nome de"
    r"|namens)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'*]{1,64}@[A-Za-z0-9.-]{1,255}")
_MARKS = re.compile(r"[ \t>|]*+")
_MOST_LINES = 400
_NEAR = 6  # lines of a quoted head
_LONGEST = 500


class Original(NamedTuple):
    """Who wrote it first, and the words that say so."""

    address: str
    quote: str


def original_sender(
    message: Message, ours: Collection[str] = (), *, inline: bool = True
) -> Original | None:
    """Who wrote the mail that was sent on; None: it says nothing about anybody.

    With `inline` it may also be quoted, as in an answer: "On 3 Dec Jo <jo@acme.test> wrote:".

    A colleague who sent it on before is not who wrote it: whoever is ours, or has an address where
    its sender has one, only counts when nobody else is named.
    """
    found = [each for each in _senders(message, inline=inline) if each.address.lower() not in ours]
    home = message.sender_address.rpartition("@")[2]
    outside = (each for each in found if each.address.rpartition("@")[2] != home)
    return next(outside, found[0] if found else None)


def _senders(message: Message, *, inline: bool) -> Iterator[Original]:
    """The outermost first."""
    for nested in message.nested:
        if nested.sender_address:
            yield Original(nested.sender_address, nested.sender or nested.sender_address)
        yield from _senders(nested, inline=inline)
    lines = [_MARKS.sub("", line[:_LONGEST], count=1) for line in _lines(message.text)]
    for at in range(len(lines)):
        found = _head(lines, at) or (_introduced(lines, at) if inline else None)
        if found:
            yield found
            yield from _answered_to(lines, at)


def _answered_to(lines: list[str], at: int) -> Iterator[Original]:
    """Whom the head around this line asks to answer."""
    for line in (*lines[max(0, at - _NEAR) : at], *lines[at + 1 : at + 1 + _NEAR]):
        if (found := _ANSWER_TO.match(line)) and (named := _named(found[1], [])):
            yield named


def _lines(text: str) -> list[str]:
    """Heads that a client put on one line are one field a line again."""
    return [piece for line in text.splitlines()[:_MOST_LINES] for piece in unflattened(line)]


def _head(lines: list[str], at: int) -> Original | None:
    """Whom the head of a mail names, of which this is the line that says so."""
    after = lines[at + 1 : at + 2]
    if (found := _FROM.match(lines[at])) and _is_head(lines, at):
        return _named(found[1], after)
    if (found := _BARE_FROM.match(lines[at])) and _is_announced(lines, at):
        return _named(found[1], after)
    return None


def _introduced(lines: list[str], at: int) -> Original | None:
    count, _ = introduces(lines, at)
    return _named(" ".join(lines[at : at + count]), []) if count else None


def _is_head(lines: list[str], at: int) -> bool:
    """People write `from:` as well; a mail program writes more fields around it."""
    near = [*lines[max(0, at - _NEAR) : at], *lines[at + 1 : at + 1 + _NEAR]]
    return any(_OTHER.match(line) for line in near)


def _is_announced(lines: list[str], at: int) -> bool:
    return any(is_separator(lines, above) for above in range(max(0, at - _NEAR), at))


def _named(value: str, after: list[str]) -> Original | None:
    """The address may stand on the line below a long name."""
    for text in (value, *(f"{value} {line}" for line in after)):
        if (behalf := _BEHALF.search(text[:_LONGEST])) and (
            behind := _named(text[behalf.end() :], [])
        ):
            return behind
        found = _ADDRESS.search(text[:_LONGEST])
        address = plain_address(found[0].rstrip(".>")) if found else ""
        if address:
            return Original(address, text.strip()[:200])
    return None
