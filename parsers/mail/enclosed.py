"""Files within a text, as mail programs sent them before MIME: uuencode, yEnc, BinHex."""

import binascii
import re
from collections.abc import Callable
from typing import NamedTuple

_BEGIN = re.compile(rb"^begin (?:0?[0-7]{3}) ([^\r\n]{1,255})\r?\n(?=[ -`])", re.MULTILINE)
_END = re.compile(rb"^(?:`|[ ])?\r?\n?^end[ \t]*\r?$", re.MULTILINE)
_YENC = re.compile(
    rb"^=ybegin [^\r\n]*?name=([^\r\n]{1,255})\r?\n(?:=ypart [^\r\n]*\r?\n)?", re.MULTILINE
)
_YEND = re.compile(rb"^=yend [^\r\n]*\r?$", re.MULTILINE)
_BINHEX = re.compile(rb"^:([!-z\r\n]{40,}):", re.MULTILINE)
_ALPHABET = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
_SIXES = {letter: value for value, letter in enumerate(_ALPHABET)}
_BINHEX_SAYS = b"(This file must be converted with BinHex"
_REPEATED = 0x90
_MOST = 50  # files in one text
_LARGEST = 64 * 1024 * 1024


class File(NamedTuple):
    """A file by the name that its sender gave it."""

    name: bytes
    content: bytes


class _Form(NamedTuple):
    """How a file stands in a text."""

    begin: re.Pattern[bytes]
    end: re.Pattern[bytes]
    decode: Callable[[bytes], bytes]


def files_in(text: bytes) -> tuple[bytes, list[File]]:
    """The text without the files in it, and these."""
    files: list[File] = []
    if b"begin " in text:
        text = _cut(text, _Form(_BEGIN, _END, uudecoded), files)
    if b"=ybegin " in text:
        text = _cut(text, _Form(_YENC, _YEND, _ydecoded), files)
    if _BINHEX_SAYS in text and (file := binhex(text)):
        files.append(file)
        text = text[: text.find(_BINHEX_SAYS)]
    return text, files


def _cut(text: bytes, form: _Form, files: list[File]) -> bytes:
    kept, at = [], 0
    while len(files) < _MOST and (start := form.begin.search(text, at)):
        stop = form.end.search(text, start.end())
        if stop is None:
            break
        content = form.decode(text[start.end() : stop.start()])
        if content:
            files.append(File(start[1].strip(), content))
            kept.append(text[at : start.start()])
        else:
            kept.append(text[at : stop.end()])
        at = stop.end()
    return b"".join((*kept, text[at:]))


def uudecoded(body: bytes) -> bytes:
    """The lines of it that are whole."""
    pieces = []
    for line in body.splitlines():
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:  # a damaged line: the others are still good
            continue
    return b"".join(pieces)


_SHIFTED = bytes((number - 42) % 256 for number in range(256))
_ESCAPED = bytes((number - 106) % 256 for number in range(256))


def _ydecoded(body: bytes) -> bytes:
    first, *rest = body.translate(None, b"\r\n").split(b"=")
    pieces = [first.translate(_SHIFTED)]
    pieces += [piece[:1].translate(_ESCAPED) + piece[1:].translate(_SHIFTED) for piece in rest]
    return b"".join(pieces)


def binhex(text: bytes) -> File | None:
    """The data fork of the file in BinHex 4.0; None where it is none, or damaged."""
    found = _BINHEX.search(text)
    plain = _unrepeated(_from_sixes(found[1])) if found else b""
    if len(plain) < 2:
        return None
    at = 2 + plain[0] + 9  # length, name, version, type and creator (8 with flags after it)
    head = plain[at + 1 : at + 9]
    if len(head) < 8 or plain[1 + plain[0]] != 0:
        return None
    size = int.from_bytes(plain[at + 1 : at + 5], "big")
    data = plain[at + 11 : at + 11 + size]
    return File(plain[1 : 1 + plain[0]], data) if data else None


def _from_sixes(letters: bytes) -> bytes:
    values = [_SIXES[letter] for letter in letters if letter in _SIXES]
    whole = len(values) // 4 * 4
    out = bytearray()
    for at in range(0, whole, 4):
        a, b, c, d = values[at : at + 4]
        out += bytes((a << 2 | b >> 4, (b & 15) << 4 | c >> 2, (c & 3) << 6 | d))
    if len(rest := values[whole:]) > 1:
        bits = sum(value << 18 - 6 * place for place, value in enumerate(rest))
        out += bits.to_bytes(3, "big")[: len(rest) - 1]
    return bytes(out)


def _unrepeated(packed: bytes) -> bytes:
    """0x90 and a number: the letter before it, so many times; with 0 it is itself."""
    first, *rest = packed.split(bytes((_REPEATED,)))
    out = bytearray(first)
    for piece in rest:
        times = piece[0] if piece else 0
        if times == 0:
            out.append(_REPEATED)
        elif out:
            out += out[-1:] * (times - 1)
        out += piece[1:]
        if len(out) > _LARGEST:
            break
    return bytes(out)
