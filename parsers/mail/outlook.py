"""A mail as Outlook stores it, in winmail.dat and in .msg files: properties by number."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from mailagent.core.gates.shape import plain_address
from mailagent.core.message import Attachment, Message
from parsers.mail.rtf import Body, body_of, decompressed
from parsers.text.charset import clean, decode
from parsers.text.html import html_text
from parsers.values.media import media_type

# Numbers of properties, [MS-OXPROPS].
SUBJECT, BODY, HTML, RTF = 0x0037, 0x1000, 0x1013, 0x1009
NAME, ADDRESS, SMTP, KIND = 0x3001, 0x3003, 0x39FE, 0x0C15
DATA, SHORT_NAME, LONG_NAME, CONTENT_ID, HIDDEN = 0x3701, 0x3704, 0x3707, 0x3712, 0x7FFE
SENT, DELIVERED, MESSAGE_ID, IN_REPLY_TO, REFERENCES = 0x0039, 0x0E06, 0x1035, 0x1042, 0x1039
CODE_PAGE, ANSI_CODE_PAGE = 0x3FDE, 0x3FFD
_SENDERS = ((0x0C1A, (0x5D01, 0x0C1F)), (0x0042, (0x5D02, 0x0065)))  # name, and addresses
_TO, _CC = 1, 2
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,996}>")
# Types of values.
TEXT_8, TEXT_16, BINARY, OBJECT, TIME = 0x001E, 0x001F, 0x0102, 0x000D, 0x0040
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_LONGEST_NAME = 150
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069]")

Value = bytes | int | str | datetime
Properties = Mapping[int, Value]


@dataclass
class Enclosed:
    """A file, or another mail, within one."""

    properties: dict[int, Value] = field(default_factory=dict)
    mail: "Stored | None" = None


@dataclass
class Stored:
    """What a container held, before anything is made of it."""

    properties: dict[int, Value] = field(default_factory=dict)
    recipients: list[Properties] = field(default_factory=list)
    enclosed: list[Enclosed] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def value_of(kind: int, raw: bytes, charset: str) -> Value:
    """A value by its type; what needs no reading stays bytes."""
    if kind == TEXT_16:
        return clean(raw.decode("utf-16-le", "replace")).rstrip("\x00")
    if kind == TEXT_8:
        return decode(raw.rstrip(b"\x00"), charset)
    if kind == TIME:
        return _moment(int.from_bytes(raw[:8], "little"))
    if kind in (2, 3, 0x0B, 0x14):
        return int.from_bytes(raw[:8] if kind == 0x14 else raw[:4], "little")
    return raw


def _moment(ticks: int) -> Value:
    """Of a tenth of a microsecond each."""
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return ticks


def charset_of(code_page: Value | None) -> str:
    """A code page of Windows, by a name that the codecs know."""
    names = {65001: "utf-8", 20127: "ascii", 28591: "iso8859-1", 28605: "iso8859-15"}
    number = code_page if isinstance(code_page, int) else 1252
    return names.get(number, f"cp{number}")


def message_of(stored: Stored) -> Message:
    """The mail, its files and the mails within it."""
    found = stored.properties
    body = _body(found)
    name, address = _sender(found)
    return Message(
        subject=" ".join(_text(found, SUBJECT).split()),
        sender=f"{name} <{address}>" if name and address else name or address,
        sender_address=plain_address(address),
        to=tuple(_recipients(stored, _TO)),
        cc=tuple(_recipients(stored, _CC)),
        date=next((t for n in (SENT, DELIVERED) if isinstance(t := found.get(n), datetime)), None),
        message_id=next(iter(_MESSAGE_ID.findall(_text(found, MESSAGE_ID))), ""),
        in_reply_to=next(iter(_MESSAGE_ID.findall(_text(found, IN_REPLY_TO))), ""),
        references=tuple(_MESSAGE_ID.findall(_text(found, REFERENCES))),
        text=body.text or html_text(body.html),
        html=body.html,
        attachments=tuple(attachments_of(stored)),
        nested=tuple(message_of(e.mail) for e in stored.enclosed if e.mail is not None),
        defects=tuple(stored.defects),
    )


def attachments_of(stored: Stored) -> Iterator[Attachment]:
    """The files within; what each is, is told by its content."""
    for each in stored.enclosed:
        content = each.properties.get(DATA)
        if each.mail is None and isinstance(content, bytes):
            yield Attachment(
                name=_file_name(each.properties),
                media_type=media_type(content),
                content=content,
                inline=bool(each.properties.get(CONTENT_ID)) or bool(each.properties.get(HIDDEN)),
            )


def _file_name(found: Properties) -> str:
    given = _text(found, LONG_NAME) or _text(found, SHORT_NAME) or _text(found, NAME)
    plain = _UNSAFE.sub("", given.replace("\\", "/"))
    return plain.rsplit("/", 1)[-1].strip(" .")[-_LONGEST_NAME:]


def _body(found: Properties) -> Body:
    """Text and HTML as they stand; else what the RTF was made from."""
    html = found.get(HTML, "")
    if isinstance(html, bytes):
        html = decode(html, charset_of(found.get(CODE_PAGE)))
    text = _text(found, BODY)
    packed = found.get(RTF)
    if (text or html) or not isinstance(packed, bytes):
        return Body(text, str(html))
    return body_of(decompressed(packed))


def _sender(found: Properties) -> tuple[str, str]:
    """By an address of the internet where there is one: Exchange has others of its own."""
    for name, addresses in _SENDERS:
        for address in addresses:
            if "@" in (given := _text(found, address)):
                return _text(found, name), given.lower()
    return _text(found, _SENDERS[0][0]), ""


def _recipients(stored: Stored, kind: int) -> Iterator[str]:
    for each in stored.recipients:
        address = _text(each, SMTP) or _text(each, ADDRESS)
        if each.get(KIND) == kind and "@" in address:
            yield address.lower()


def _text(found: Properties, number: int) -> str:
    value = found.get(number, "")
    return value.strip() if isinstance(value, str) else ""
