"""Writes OLE files, and with them .msg: enough of [MS-CFB] for what Outlook saves."""

import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]
Values = Mapping[tuple[int, int], bytes]  # (number, type): what stands there
_SECTOR, _MINI, _CUT = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STREAM, _STORAGE, _ROOT = 2, 1, 5


def ole(tree: Tree) -> bytes:
    """One file with these storages and streams."""
    return _Writer(tree).file()


def msg(
    properties: Values, recipients: list[Values], files: list[Values | tuple[Values, Tree]]
) -> bytes:
    """A mail as .msg."""
    return ole(mail_tree(properties, recipients, files, head=32))


def mail_tree(
    properties: Values,
    recipients: list[Values],
    files: list[Values | tuple[Values, Tree]],
    head: int = 24,
) -> Tree:
    """The storage of a mail; a file may be another such storage."""
    tree: dict[str, bytes | Tree] = dict(_row(properties, head))
    for number, values in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = _row(values, 8)
    for number, file in enumerate(files):
        values, inner = file if isinstance(file, tuple) else (file, None)
        row = _row(values, 8)
        if inner is not None:
            row["__substg1.0_3701000D"] = inner
        tree[f"__attach_version1.0_#{number:08X}"] = row
    return tree


def _row(values: Values, head: int) -> dict[str, bytes | Tree]:
    table, streams = bytearray(head), dict[str, bytes | Tree]()
    for (number, kind), value in values.items():
        variable = kind in (0x1E, 0x1F, 0x102)
        if variable:
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = value
        last = struct.pack("<Q", len(value)) if variable else value.ljust(8, b"\0")
        table += struct.pack("<HHI", kind, number, 6) + last
    return {**streams, "__properties_version1.0": bytes(table)}


class _Writer:
    def __init__(self, tree: Tree) -> None:
        self._rows: list[list[object]] = []
        self._mini, self._minifat = bytearray(), list[int]()
        self._big: list[tuple[int, bytes]] = []
        self._add("Root Entry", tree, _ROOT)

    def _add(self, name: str, content: "bytes | Tree", kind: int) -> int:
        at = len(self._rows)
        row: list[object] = [name, kind, _FREE, _FREE, _END, 0]  # right, child, start, size
        self._rows.append(row)
        if not isinstance(content, bytes):
            last = _FREE
            for inner, what in reversed(list(content.items())):
                number = self._add(inner, what, _STREAM if isinstance(what, bytes) else _STORAGE)
                self._rows[number][2], last = last, number
            row[3] = last
        elif 0 < len(content) < _CUT:
            row[4], row[5] = len(self._minifat), len(content)
            count = -(-len(content) // _MINI)
            first = len(self._minifat)
            self._minifat += [*range(first + 1, first + count), _END]
            self._mini += content.ljust(count * _MINI, b"\0")
        elif content:
            row[5] = len(content)
            self._big.append((at, content))
        return at

    def file(self) -> bytes:
        sectors, fat = list[bytes](), list[int]()

        def chain(content: bytes) -> int:
            pieces = [content[n : n + _SECTOR] for n in range(0, len(content), _SECTOR)]
            first = len(sectors)
            sectors.extend(piece.ljust(_SECTOR, b"\0") for piece in pieces)
            fat.extend([*range(first + 1, first + len(pieces)), _END] if pieces else [])
            return first if pieces else _END

        for at, content in self._big:
            self._rows[at][4] = chain(content)
        self._rows[0][4], self._rows[0][5] = chain(bytes(self._mini)), len(self._mini)
        minifat = chain(_numbers(self._minifat))
        directory = chain(b"".join(_entry(*row) for row in self._rows))  # type: ignore[arg-type]
        count = 1
        while count * 128 < len(fat) + count:
            count += 1
        first = len(sectors)
        fat += [_FAT] * count
        table = _numbers(fat).ljust(count * _SECTOR, b"\xff")
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        head += struct.pack(
            "<IIIIIIIIII",
            0,
            count,
            directory,
            0,
            _CUT,
            minifat,
            -(-len(self._minifat) // 128),
            _END,
            0,
            first,
        )
        head += _numbers([*range(first + 1, first + count)])
        return head.ljust(_SECTOR, b"\xff") + b"".join(sectors) + table


def _numbers(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    spelt = name.encode("utf-16-le") + b"\0\0"
    return (
        spelt.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(spelt), kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def doc(*pieces: tuple[str, bool], locked: bool = False, second: bool = True) -> bytes:
    """A Word 97 file: its pieces, each a byte a letter or two."""
    main, places, ends = bytearray(0x800), [], [0]
    for text, narrow in pieces:
        at = len(main)
        places.append((2 * at) | 0x40000000 if narrow else at)
        main += text.encode("cp1252" if narrow else "utf-16-le")
        main += bytes(len(main) % 2)
        ends.append(ends[-1] + len(text))
    rows = struct.pack(f"<{len(ends)}I", *ends)
    rows += b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    formats = b"\x01" + struct.pack("<H", 4) + bytes(4)
    table = formats + b"\x02" + struct.pack("<I", len(rows)) + rows
    flags = (0x0100 if locked else 0) | (0x0200 if second else 0)
    struct.pack_into("<H", main, 0, 0xA5EC)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<i", main, 0x4C, ends[-1])
    struct.pack_into("<II", main, 0x1A2, 0, len(table))
    return ole({"WordDocument": bytes(main), "1Table" if second else "0Table": table})
