"""A raw mail as a Message. It never raises: what is wrong is told in `defects`."""

import logging
import re
from collections.abc import Iterable
from datetime import datetime
from email.errors import MessageError
from email.message import Message as Header
from typing import Any

from mailparser import MailParser

from mailagent.core.errors import Unreadable
from mailagent.core.message import Attachment, Message
from parsers.mail.automatic import why_automatic
from parsers.mail.dkim import claims_in
from parsers.mail.enclosed import binhex, files_in
from parsers.mail.headers import written_at
from parsers.mail.msg import is_msg, read_msg
from parsers.mail.outlook import message_of
from parsers.mail.parts import Part, Walk, fields, split_header
from parsers.mail.tnef import read_tnef
from parsers.text.charset import clean, decode
from parsers.text.cms import is_signed, signed_content
from parsers.text.html import html_text
from parsers.values.media import UNKNOWN, media_type

SIZE = 64 * 1024 * 1024
NESTED = 5  # mails inside mails
TEXT_BYTES = 2 * 1024 * 1024  # of one body part
_NAME_LENGTH = 150

_TNEF, _OLE = "application/ms-tnef", "application/x-ole-storage"
_CONTAINERS = frozenset({_TNEF, _OLE})
_ENVELOPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_HEAD = 4096
_ENTITY = re.compile(rb"\s*(?:content-|mime-version)[a-z-]*[ \t]*:", re.IGNORECASE)
_BINHEXED = "binhex"
_APPLE_DOUBLE = b"\x00\x05\x16\x07"  # what a Mac knows of a file, beside the file (RFC 1740)
_PIECES = {
    "message/partial": "a piece of a mail that was sent in several; it was not put together",
    "message/external-body": "its content is kept elsewhere; it was not fetched",
}
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,996}>")
_FORBIDDEN_IN_NAMES = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069]")
# What mail-parser and the codecs below it raise on nonsense; each is a defect of the mail.
_NONSENSE = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)

logging.getLogger("mailparser").setLevel(logging.CRITICAL)  # its log quotes the mail


def read_message(raw: bytes) -> Message:
    """The mail, its attachments by content and the mails inside it."""
    return _read(raw, NESTED).model_copy(update={"automatic": why_automatic(raw) or ""})


def _read(raw: bytes, levels: int) -> Message:
    walk = Walk()
    if len(raw) > SIZE:
        walk.note(f"larger than {SIZE >> 20} MiB; its end was left out")
        raw = raw[:SIZE]
    raw = _with_lines(raw)
    block, _ = split_header(raw)
    if not block:
        walk.note("no header")
    bodies = _Bodies(walk, levels)
    for part in walk.leaves(raw):
        bodies.add(part)
    head = _head(list(fields(block)), walk)
    html = "\n".join(bodies.html)
    return Message(
        **head,
        text="\n".join(bodies.text) if bodies.text else html_text(html),
        html=html,
        attachments=tuple(bodies.attachments),
        nested=tuple(bodies.nested),
        defects=tuple(walk.defects),
    )


def bodies_of(raw: bytes) -> tuple[list[str], list[str]]:
    """The text parts and the HTML parts that a reader sees as the mail itself, also named ones."""
    bodies = _Bodies(Walk(), 0)
    for part in bodies.walk.leaves(_with_lines(raw[:SIZE])):
        if part.header.get_content_disposition() != "attachment":
            bodies.add_text(part)
    return bodies.text, bodies.html


def _with_lines(raw: bytes) -> bytes:
    """A mail whose lines end with CR only has lines all the same."""
    return raw if b"\n" in raw else raw.replace(b"\r", b"\n")


class _Bodies:
    """The leaf parts of one mail, sorted into what they are."""

    def __init__(self, walk: Walk, levels: int) -> None:
        self.walk = walk
        self.levels = levels
        self.text: list[str] = []
        self.html: list[str] = []
        self.attachments: list[Attachment] = []
        self.nested: list[Message] = []

    def add(self, part: Part) -> None:
        name = file_name(part, self.walk)
        if part.label == "message/rfc822" and self.levels:
            self.nested.append(_read(part.content, self.levels - 1))
        elif part.label in _ENVELOPES and self._opened(part.content):
            return
        elif part.label == "text/plain" and self._is_body(part, name, self.text):
            self.text.append(self._body_text(part))
        elif part.label == "text/html" and self._is_body(part, name, self.html):
            self.html.append(self._body_text(part))
        else:
            self._attach(part, name)

    def _opened(self, content: bytes) -> bool:
        """Takes out what was signed. Who signed it is not looked at, and never claimed."""
        if not self.levels or not is_signed(content[:_HEAD]):
            return False
        try:
            inner = signed_content(content)
        except Unreadable as error:
            self.walk.note(error.what)
            return False
        if not _ENTITY.match(inner):  # a file that was signed: a bill, as a rule
            return False
        self.levels -= 1
        for part in self.walk.leaves(_with_lines(inner)):
            self.add(part)
        self.levels += 1
        return True

    def add_text(self, part: Part) -> None:
        """A part that is text, whatever its name."""
        if part.label == "text/plain":
            self.text.append(self._body_text(part))
        elif part.label == "text/html":
            self.html.append(self._body_text(part))

    def _is_body(self, part: Part, name: str, so_far: list[str]) -> bool:
        """A named text is a body only where it is the first: some mailers name the body."""
        return part.header.get_content_disposition() != "attachment" and not (name and so_far)

    def _body_text(self, part: Part) -> str:
        content, files = files_in(part.content)
        self.attachments.extend(
            Attachment(
                name=shown_name(decode(file.name), self.walk),
                media_type=media_type(file.content),
                content=file.content,
            )
            for file in files
        )
        if len(content) > TEXT_BYTES:
            self.walk.note("a very long text; its end was left out")
        return decode(content[:TEXT_BYTES], part.parameter("content-type", "charset"))

    def _attach(self, part: Part, name: str) -> None:
        content = part.content
        if part.label == "application/applefile" and content.startswith(_APPLE_DOUBLE):
            return
        found = media_type(content)
        if part.label == "message/rfc822":
            self.walk.note(f"mails more than {NESTED} deep; they were not opened")
        elif found == "message/rfc822" and name.lower().endswith(".eml") and self.levels:
            self.nested.append(_read(content, self.levels - 1))
            return
        elif found in _CONTAINERS and self.levels and self._unpacked(content, found):
            return
        elif part.label in _PIECES:
            self.walk.note(_PIECES[part.label])
        if _BINHEXED in part.label and (file := binhex(content)):
            name, content = name or shown_name(decode(file.name), self.walk), file.content
            found = media_type(content)
        if found in (UNKNOWN, "text/plain") and part.label.startswith(("text/", "message/")):
            found = part.label  # the bytes do not tell one kind of text from another
        self.attachments.append(
            Attachment(name=name, media_type=found, content=content, inline=_is_inline(part))
        )

    def _unpacked(self, content: bytes, found: str) -> bool:
        """Takes out what Outlook put in; a container that holds no mail stays as it is."""
        try:
            if found == _TNEF:
                self._take_over(message_of(read_tnef(content)))
            elif is_msg(content):
                self.nested.append(message_of(read_msg(content)))
            else:
                return False
        except Unreadable as error:
            self.walk.note(error.what)
            return False
        return True

    def _take_over(self, packed: Message) -> None:
        """winmail.dat is the mail once more: its files, and its text where there was none."""
        self.attachments.extend(packed.attachments)
        self.nested.extend(packed.nested)
        if not any(text.strip() for text in self.text) and not self.html:
            self.text += [packed.text] if packed.text else []
            self.html += [packed.html] if packed.html else []
        for defect in packed.defects:
            self.walk.note(defect)


def _is_inline(part: Part) -> bool:
    disposition = part.header.get_content_disposition()
    return disposition == "inline" or (disposition is None and "content-id" in part.header)


def file_name(part: Part, walk: Walk) -> str:
    """The name the sender gave, safe to show: no path, no control characters."""
    claimed = part.parameter("content-disposition", "filename")
    claimed = claimed or part.parameter("content-type", "name")
    return shown_name(claimed, walk)


def shown_name(claimed: str, walk: Walk) -> str:
    """A name without what would lead somewhere or mislead the eye."""
    text = _FORBIDDEN_IN_NAMES.sub("", _words(claimed, walk).replace("\\", "/"))
    return text.rsplit("/", 1)[-1].strip(" .")[-_NAME_LENGTH:]


def _head(lines: list[tuple[str, str]], walk: Walk) -> dict[str, Any]:
    """The header fields people read, each taken from its first occurrence."""
    first: dict[str, str] = {}
    for name, value in lines:
        if name.lower() == "from" and "from" in first:
            walk.note(_TWO_SENDERS)
        first.setdefault(name.lower(), value)
    senders = _addresses(first, "from", walk)
    plain = [address for _, address in senders if address.isascii()]
    alone = len(senders) == len(plain) == 1 and _TWO_SENDERS not in walk.defects
    ids = {name: _MESSAGE_ID.findall(clean(first.get(name, ""))) for name in _ID_FIELDS}
    return {
        "subject": re.sub(r"\s+", " ", _words(first.get("subject", ""), walk)).strip(),
        "sender": _shown(senders) or _words(first.get("from", ""), walk),
        "sender_address": plain[0].lower() if alone else "",
        "to": tuple(clean(address) for _, address in _addresses(first, "to", walk)),
        "cc": tuple(clean(address) for _, address in _addresses(first, "cc", walk)),
        "date": _date(first, walk),
        "message_id": next(iter(ids["message-id"]), ""),
        "in_reply_to": next(iter(ids["in-reply-to"]), ""),
        "references": tuple(ids["references"]),
        "claims": claims_in(tuple((name.lower(), value) for name, value in lines)),
    }


_TWO_SENDERS = "more than one From"
_ID_FIELDS = ("message-id", "in-reply-to", "references")


def _parsed(name: str, value: str, attribute: str, walk: Walk) -> Any:
    """What mail-parser makes of one field; None where it fails: then only this field is lost."""
    header = Header()
    header[name] = clean(value)
    try:
        return getattr(MailParser(header), attribute)
    except _NONSENSE as error:
        walk.note(f"{name}: not readable ({type(error).__name__})")
        return None


def _addresses(first: dict[str, str], name: str, walk: Walk) -> list[tuple[str, str]]:
    if name not in first:
        return []
    found = _parsed(name, first[name], "from_" if name == "from" else name, walk)
    return [(str(shown), str(address)) for shown, address in found or () if address]


def _date(first: dict[str, str], walk: Walk) -> datetime | None:
    """By the clock of its sender, where the field says so."""
    found = _parsed("date", first["date"], "date", walk) if "date" in first else None
    if not isinstance(found, datetime):
        return None
    written = written_at(first["date"])
    return found.astimezone(written.tzinfo) if written else found


def _words(value: str, walk: Walk) -> str:
    """A header value with its encoded words decoded, or as it stands where they are broken."""
    found = _parsed("subject", value, "subject", walk) if value else ""
    return clean(str(value if found is None else found)).strip()


def _shown(addresses: Iterable[tuple[str, str]]) -> str:
    return ", ".join(
        clean(f"{name} <{address}>" if name else address) for name, address in addresses
    )
