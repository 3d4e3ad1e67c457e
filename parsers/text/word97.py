"""The text of a Word file of before 2007, .doc ([MS-DOC]): an OLE file with a table of its pieces.

Macros, pictures and formats are left; of a field its result is read, not what computes it.
"""

import io
import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

import olefile

from mailagent.core.errors import Unreadable

_MAIN, _WORD = "WordDocument", 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FLAGS, _LETTERS_AT, _PIECES_AT = 0x0A, 0x4C, 0x1A2  # in the head of the main stream
_HEAD = _PIECES_AT + 8
_PROPERTIES, _PIECES = 1, 2  # what a part of the table is
_NARROW = 0x40000000  # a byte a letter, from half of the offset that is said
_MOST = 48_000_000  # bytes of a stream
_MOST_PIECES = 200_000
_LETTERS = 4_000_000
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_NESTED = 5
_BREAKS = str.maketrans(
    {"\r": "\n", "\x07": "\t", "\x0b": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "}
)
_ODD = re.compile("[\x00-\x08\x0e-\x1f]")
_BROKEN = (OSError, IndexError, ValueError, TypeError, AttributeError, struct.error, RecursionError)


class _Piece(NamedTuple):
    """A stretch of the text, and where its letters lie."""

    letters: int
    offset: int
    narrow: bool


def word_text(content: bytes) -> str | None:
    """Its text, a form feed between pages; None: an OLE file of another kind.

    Raises Unreadable for one that is locked or broken.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            if not file.exists(_MAIN):
                return None
            return _text(file)
    except _BROKEN as error:
        raise Unreadable(f"a damaged office file of before 2007 ({type(error).__name__})") from None


def _text(file: olefile.OleFileIO) -> str:
    main = _stream(file, _MAIN)
    if len(main) < _HEAD or struct.unpack_from("<H", main)[0] != _WORD:
        raise Unreadable("it is of an office format that is older than 1997")
    (flags,) = struct.unpack_from("<H", main, _FLAGS)
    if flags & _ENCRYPTED:
        raise Unreadable("it needs a password")
    table = _stream(file, "1Table" if flags & _SECOND_TABLE else "0Table")
    (letters,) = struct.unpack_from("<i", main, _LETTERS_AT)
    start, size = struct.unpack_from("<II", main, _PIECES_AT)
    left, said = min(max(letters, 0), _LETTERS), []
    for piece in _pieces(table[start : start + size]):
        part = _read(main, piece, left)
        said.append(part)
        left -= len(part)
        if left <= 0:
            break
    return _plain("".join(said))


def _stream(file: olefile.OleFileIO, name: str) -> bytes:
    with file.openstream(name) as stream:
        return bytes(stream.read(_MOST))


def _pieces(table: bytes) -> Iterator[_Piece]:
    """In the order of the text; formats stand before them."""
    at = 0
    while at < len(table) and table[at] == _PROPERTIES:
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if at >= len(table) or table[at] != _PIECES:
        raise ValueError("no table of pieces")
    (size,) = struct.unpack_from("<I", table, at + 1)
    rows = table[at + 5 : at + 5 + size]
    count = min((len(rows) - 4) // 12, _MOST_PIECES)
    ends = struct.unpack_from(f"<{count + 1}I", rows)
    for number in range(count):
        (offset,) = struct.unpack_from("<I", rows, 4 * (count + 1) + 8 * number + 2)
        narrow = bool(offset & _NARROW)
        place = (offset & ~_NARROW) // 2 if narrow else offset
        yield _Piece(max(0, ends[number + 1] - ends[number]), place, narrow)


def _read(main: bytes, piece: _Piece, most: int) -> str:
    letters = min(piece.letters, most)
    size = letters if piece.narrow else 2 * letters
    found = main[piece.offset : piece.offset + size]
    return found.decode("cp1252" if piece.narrow else "utf-16-le", "replace")


def _plain(text: str) -> str:
    for _ in range(_NESTED):
        text, changed = _FIELD.subn(lambda field: field[1] or "", text)
        if not changed:
            break
    return _ODD.sub("", text.translate(_BREAKS))
