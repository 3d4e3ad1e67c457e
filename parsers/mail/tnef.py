"""winmail.dat: what Outlook wraps a mail in when it takes us for Outlook ([MS-OXTNEF])."""

import struct
from collections.abc import Iterator

from mailagent.core.errors import Unreadable
from parsers.mail.outlook import (
    BODY,
    CODE_PAGE,
    DATA,
    SHORT_NAME,
    SUBJECT,
    TEXT_8,
    Enclosed,
    Stored,
    Value,
    charset_of,
    value_of,
)

MAGIC = b"\x78\x9f\x3e\x22"
_SUBJECT, _BODY, _CODE_PAGE, _PROPERTIES, _RECIPIENTS = 0x8004, 0x800C, 0x9007, 0x9003, 0x9004
_NEW_FILE, _FILE_NAME, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_SEVERAL, _NAMED = 0x1000, 0x8000
_VARIABLE = frozenset({0x1E, 0x1F, 0x0D, 0x102})
_DEEPEST = 5
_MOST = 5_000  # properties, or attributes, of one mail


def read_tnef(content: bytes, depth: int = 0) -> Stored:
    """What it holds, as far as it goes. Raises Unreadable where it is no such file."""
    if not content.startswith(MAGIC):
        raise Unreadable("no winmail.dat")
    stored, charset = Stored(), "cp1252"
    try:
        for number, data in _attributes(content):
            if number == _CODE_PAGE:
                charset = charset_of(int.from_bytes(data[:4], "little"))
            else:
                _take(stored, number, data, charset, depth)
    except (struct.error, IndexError):
        stored.defects.append("winmail.dat is cut off or damaged")
    return stored


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    for _ in range(_MOST):
        if at + 9 > len(content):
            return
        number, length = struct.unpack_from("<II", content, at + 1)
        data = content[at + 9 : at + 9 + length]
        if len(data) < length:
            raise IndexError
        yield number & 0xFFFF, data
        at += 11 + length


def _take(stored: Stored, number: int, data: bytes, charset: str, depth: int) -> None:
    found = stored.properties
    if number == _SUBJECT:
        found.setdefault(SUBJECT, value_of(TEXT_8, data, charset))
    elif number == _BODY:
        found.setdefault(BODY, value_of(TEXT_8, data, charset))
    elif number == _PROPERTIES:
        found.update(_properties(data, charset)[0])
    elif number == _RECIPIENTS:
        stored.recipients.extend(_rows(data, charset))
    elif number == _NEW_FILE:
        stored.enclosed.append(Enclosed())
    elif stored.enclosed:
        _take_file(stored.enclosed[-1], number, data, charset, depth)


def _take_file(file: Enclosed, number: int, data: bytes, charset: str, depth: int) -> None:
    if number == _FILE_NAME:
        file.properties[SHORT_NAME] = value_of(TEXT_8, data, charset)
    elif number == _FILE_DATA:
        file.properties[DATA] = data
    elif number == _FILE_PROPERTIES:
        found, _ = _properties(data, charset)
        inner = found.pop(DATA, None)
        file.properties.update(found)
        if isinstance(inner, bytes) and inner[16:20] == MAGIC and depth < _DEEPEST:
            file.mail = read_tnef(inner[16:], depth + 1)  # behind the name of its interface
        elif isinstance(inner, bytes):
            file.properties.setdefault(DATA, inner)


def _rows(data: bytes, charset: str) -> Iterator[dict[int, Value]]:
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for _ in range(min(count, _MOST)):
        found, used = _properties(data[at:], charset)
        yield found
        at += used


def _properties(data: bytes, charset: str) -> tuple[dict[int, Value], int]:
    """Each by its number, and how many bytes they took. Of several values the first."""
    (count,) = struct.unpack_from("<I", data)
    at, found = 4, dict[int, Value]()
    for _ in range(min(count, _MOST)):
        kind, number = struct.unpack_from("<HH", data, at)
        at += 4
        if number >= _NAMED:
            at = _behind_name(data, at)
        several, kind = bool(kind & _SEVERAL), kind & ~_SEVERAL
        values, at = _values(data, at, kind, several=several)
        if values and number < _NAMED:
            found[number] = value_of(kind, values[0], charset)
        if number == CODE_PAGE:
            charset = charset_of(found.get(CODE_PAGE))
    return found, at


def _behind_name(data: bytes, at: int) -> int:
    (is_text,) = struct.unpack_from("<I", data, at + 16)
    (length,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + (_padded(length) if is_text else 0)


def _values(data: bytes, at: int, kind: int, *, several: bool) -> tuple[list[bytes], int]:
    count, is_variable = 1, kind in _VARIABLE
    if several or is_variable:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    values = []
    for _ in range(min(count, _MOST)):
        length = _SIZES.get(kind)
        if is_variable:
            (length,) = struct.unpack_from("<I", data, at)
            at += 4
        if length is None or at + length > len(data):
            raise IndexError
        values.append(data[at : at + length])
        at += _padded(length)
    return values, at


def _padded(length: int) -> int:
    return (length + 3) & ~3
