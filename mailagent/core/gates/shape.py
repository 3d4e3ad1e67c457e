"""G1 and G2: where a mail lies, and whether its header can be read in one way only."""

import re
from collections import Counter

from mailagent.core.gates.context import Context, Gate, Pass, Refusal, Ruling
from mailagent.core.reply import Reply

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_FIELD = re.compile(rb"([!-9;-~]+):")
_ONCE = (b"from", b"date", b"message-id")
_AT_MOST_ONCE = (
    *(b"sender", b"reply-to", b"to", b"cc", b"subject", b"in-reply-to", b"references"),
    # two of these, and two readers may read two different bodies
    *(b"content-type", b"content-transfer-encoding"),
)

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
# A name is a quoted string or bare words; whatever could be a second address, a group or a
# comment makes it illegal.
_MAILBOX = re.compile(
    r'(?:"(?:[^"\\]|\\.)*+"[ \t]*+|[^"<>()\[\]:;@\\,]++)?<([^<>\s]*+)>', re.DOTALL
)
_LONGEST_FROM = 1000


def g1_place(reply: Reply, context: Context) -> Ruling:
    """It came through the INBOX, is small, and is not a mail of ours come back."""
    if reply.folder.upper() != "INBOX":
        return Refusal(gate=Gate.PLACE, reason=f"it lies in {reply.folder}, not in the INBOX")
    if reply.size > context.largest:
        return Refusal(gate=Gate.PLACE, reason=f"it is larger than {context.largest} bytes")
    if context.is_ours or _without_tag(reply.sender) in context.own_addresses:
        return Refusal(gate=Gate.PLACE, reason="it is our own message, come back")
    return Pass(gate=Gate.PLACE)


def g2_shape(reply: Reply) -> Ruling:
    """Its raw header can be read in one way only."""
    why = misshapen(reply.header)
    return Refusal(gate=Gate.SHAPE, reason=why) if why else Pass(gate=Gate.SHAPE)


def misshapen(header: bytes) -> str:
    """Why a raw header block is not plain; empty when it is."""
    if b"\0" in header:
        return "the header holds a NUL"
    if _BARE.search(header):
        return "the header holds a bare CR or LF"
    fields: list[tuple[bytes, bytes]] = []
    for line in header.removesuffix(b"\r\n").split(b"\r\n"):
        match = _FIELD.match(line)
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] = (fields[-1][0], fields[-1][1] + line)
        elif match:
            fields.append((match.group(1).lower(), line[match.end() :]))
        elif line:
            return "a header line is no legal field"
    return _miscounted(Counter(name for name, _ in fields)) or _odd_sender(dict(fields)[b"from"])


def _miscounted(count: Counter[bytes]) -> str:
    for name in _ONCE:
        if count[name] != 1:
            return f"there are {count[name]} {name.decode()} fields, not one"
    for name in _AT_MOST_ONCE:
        if count[name] > 1:
            return f"there are {count[name]} {name.decode()} fields"
    return ""


def _odd_sender(value: bytes) -> str:
    if not value.isascii():
        return "From is not written in ASCII"
    return "" if plain_address(value.decode()) else "From is not one plain address"


def plain_address(value: str) -> str:
    """The one plain address of a From field, lower case; empty when it is anything else."""
    value = value.strip(" \t")
    if not value.isascii() or len(value) > _LONGEST_FROM:
        return ""
    mailbox = _MAILBOX.fullmatch(value)
    address = mailbox.group(1) if mailbox else value
    # RFC 2047 forbids encoded words in an address, and readers differ in what they make of one.
    if "=?" in address or not _ADDRESS.fullmatch(address):
        return ""
    return address.lower()


def _without_tag(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return local.split("+")[0] + at + domain
