"""A mail as Outlook saves it to disk, .msg ([MS-OXMSG]): an OLE file with its properties."""

import io
import struct

import olefile

from mailagent.core.errors import Unreadable
from parsers.mail.outlook import (
    ANSI_CODE_PAGE,
    BINARY,
    CODE_PAGE,
    DATA,
    OBJECT,
    TEXT_8,
    TEXT_16,
    Enclosed,
    Stored,
    Value,
    charset_of,
    value_of,
)

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TABLE = "__properties_version1.0"
_FIXED = frozenset({2, 3, 4, 5, 6, 7, 10, 11, 0x14, 0x40})
_HEADS = {"top": 32, "mail": 24, "row": 8}  # bytes before the entries of a table
_DEEPEST = 5
_MOST = 2_000  # entries of one table
_Path = tuple[str, ...]
_BROKEN = (OSError, IndexError, ValueError, TypeError, AttributeError, struct.error, RecursionError)


def is_msg(content: bytes) -> bool:
    """Whether this OLE file is a mail: Word, Excel and PowerPoint once saved such files as well."""
    return content.startswith(MAGIC) and _TABLE.encode("utf-16-le") in content


def read_msg(content: bytes) -> Stored:
    """The mail. Raises Unreadable where it is none, or broken."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            return _Storage(file).mail((), 0)
    except _BROKEN as error:
        raise Unreadable(f"a damaged .msg file ({type(error).__name__})") from None


class _Storage:
    """The streams of one file."""

    def __init__(self, file: olefile.OleFileIO) -> None:
        self._file = file
        self._inside: dict[_Path, list[str]] = {}
        for path in file.listdir(streams=True, storages=True):
            self._inside.setdefault(tuple(path[:-1]), []).append(path[-1])

    def mail(self, at: _Path, depth: int) -> Stored:
        """The mail in this storage, and what is enclosed in it."""
        stored = Stored(self._properties(at, "mail" if at else "top"))
        for name in self._inside.get(at, [])[:_MOST]:
            if name.startswith("__recip_version1.0_"):
                stored.recipients.append(self._properties((*at, name), "row"))
            elif name.startswith("__attach_version1.0_"):
                stored.enclosed.append(self._enclosed((*at, name), depth))
        return stored

    def _enclosed(self, at: _Path, depth: int) -> Enclosed:
        found = Enclosed(self._properties(at, "row"))
        inner = (*at, _stream(DATA, OBJECT))
        if (*inner, _TABLE)[-1] in self._inside.get(inner, ()) and depth < _DEEPEST:
            found.mail = self.mail(inner, depth + 1)
        return found

    def _properties(self, at: _Path, head: str) -> dict[int, Value]:
        names = set(self._inside.get(at, ()))
        if _TABLE not in names:
            raise Unreadable("an OLE file that is no mail")
        table = self._read((*at, _TABLE))[_HEADS[head] :]
        entries = [struct.unpack_from("<HH4x8s", table, n) for n in range(0, len(table) - 15, 16)]
        fixed = {
            number: value_of(kind, raw, "cp1252")
            for kind, number, raw in entries[:_MOST]
            if kind in _FIXED
        }
        charset = charset_of(fixed.get(ANSI_CODE_PAGE, fixed.get(CODE_PAGE)))
        for kind, number, _ in entries[:_MOST]:
            name = _stream(number, kind)
            if kind in (TEXT_8, TEXT_16, BINARY) and name in names:
                fixed[number] = value_of(kind, self._read((*at, name)), charset)
        return fixed

    def _read(self, path: _Path) -> bytes:
        with self._file.openstream(list(path)) as stream:
            return bytes(stream.read())


def _stream(number: int, kind: int) -> str:
    return f"__substg1.0_{number:04X}{kind:04X}"
