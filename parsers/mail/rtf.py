"""The text of a body in RTF, as Outlook stores it ([MS-OXRTFCP], [MS-OXRTFEX])."""

import re
from typing import NamedTuple

from parsers.text.charset import decode

_MOST = 4_000_000  # bytes of one body
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_SIZE = 4096  # of the dictionary, which is a ring
_TOKEN = re.compile(
    rb"\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]|\\"
)
_BREAKS = {b"par": b"\n", b"line": b"\n", b"tab": b"\t", b"cell": b"\t", b"row": b"\n"}
# Groups that hold no text of the body.
_ASIDE = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer generator themedata".split()
)
_SIGNS = {b"~": b" ", b"_": b"-", b"*": b""}
_DEEPEST = 200


def decompressed(content: bytes) -> bytes:
    """RTF out of its compression; empty where it is none."""
    raw_size, kind = content[4:8], content[8:12]
    if kind == b"MELA":
        return content[16 : 16 + min(int.from_bytes(raw_size, "little"), _MOST)]
    if kind != b"LZFu":
        return b""
    return _unpacked(content[16:], min(int.from_bytes(raw_size, "little"), _MOST))


def _unpacked(packed: bytes, size: int) -> bytes:
    """A flag byte says of the next eight: a letter, or a place and a length in what came before."""
    ring = bytearray(_DICTIONARY.ljust(_SIZE, b"\0"))
    write, at, out = len(_DICTIONARY), 0, bytearray()
    while at < len(packed) and len(out) < size:
        flags, at = packed[at], at + 1
        for bit in range(8):
            width = 2 if flags >> bit & 1 else 1
            token, at = packed[at : at + width], at + width
            if len(token) < width:
                return bytes(out)
            if width == 1:
                piece = token
            else:
                place, length = token[0] << 4 | token[1] >> 4, (token[1] & 15) + 2
                if place == write % _SIZE:
                    return bytes(out)
                piece = b""
                for step in range(length):  # it may read what it writes
                    letter = ring[(place + step) % _SIZE]
                    ring[write % _SIZE] = letter
                    write, piece = write + 1, piece + bytes((letter,))
                out += piece
                continue
            ring[write % _SIZE] = piece[0]
            write += 1
            out += piece
    return bytes(out)


class Body(NamedTuple):
    """What an RTF body was made from."""

    text: str
    html: str


class _Group(NamedTuple):
    """What holds within one pair of braces."""

    aside: bool = False  # nothing of it is shown
    tag: bool = False  # it is a piece of the HTML that the RTF was made from
    hidden: bool = False  # it is there for RTF only, the HTML says it otherwise
    skip: int = 1  # letters after a \\u that say the same to older programs


def body_of(rtf: bytes) -> Body:
    """HTML or text, whichever it was made from. Raises nothing."""
    is_html = b"\\fromhtml" in rtf[:1000]
    charset = re.search(rb"\\ansicpg(\d{3,5})", rtf[:1000])
    plain = _plain(rtf[:_MOST], f"cp{charset[1].decode()}" if charset else "cp1252", is_html)
    return Body("", plain) if is_html else Body(plain, "")


def _plain(rtf: bytes, charset: str, is_html: bool) -> str:
    walk = _Walk(charset, is_html)
    for token in _TOKEN.finditer(rtf):
        walk.take(token)
    walk.flush()
    return "".join(walk.out)


class _Walk:
    """Goes through the words of RTF and keeps what a reader would see."""

    def __init__(self, charset: str, is_html: bool) -> None:
        self.out: list[str] = []
        self._charset, self._is_html = charset, is_html
        self._pending = bytearray()  # letters of the code page
        self._groups: list[_Group] = []
        self._now = _Group()
        self._skip = 0

    def take(self, token: re.Match[bytes]) -> None:
        if token["brace"]:
            self._brace(token["brace"])
        elif token["word"] == b"u" and token["number"]:
            self._unicode(int(token["number"]))
        elif token["word"] or token["sign"] == b"*":
            self._now = _changed(self._now, token, self._is_html)
            self._show(_BREAKS.get(token["word"] or b"", b""))
        else:
            text = _bytes_of(token)
            self._show(text[self._skip :])
            self._skip = max(0, self._skip - len(text))

    def flush(self) -> None:
        if self._pending:
            self.out.append(decode(bytes(self._pending), self._charset))
            self._pending.clear()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{" and len(self._groups) < _DEEPEST:
            self._groups.append(self._now)
        elif brace == b"}" and self._groups:
            self._now = self._groups.pop()

    def _unicode(self, number: int) -> None:
        if _is_shown(self._now, self._is_html):
            self.flush()
            self.out.append(chr(number % 0x10000))  # over 32,767 they are written as negative
        self._skip = self._now.skip

    def _show(self, text: bytes) -> None:
        if _is_shown(self._now, self._is_html):
            self._pending += text


def _is_shown(now: _Group, is_html: bool) -> bool:
    return not (now.aside or (is_html and now.hidden and not now.tag))


def _changed(now: _Group, token: re.Match[bytes], is_html: bool) -> _Group:
    """What a control word says of the rest of its group."""
    word, number = token["word"], token["number"]
    if word == b"htmltag":
        return now._replace(aside=False, tag=True)
    if word == b"htmlrtf":
        return now._replace(hidden=is_html and number != b"0")
    if word == b"uc" and number:
        return now._replace(skip=min(abs(int(number)), 8))
    if token["sign"] == b"*" or word in _ASIDE:
        return now._replace(aside=True)
    return now


def _bytes_of(token: re.Match[bytes]) -> bytes:
    if token["byte"]:
        return bytes.fromhex(token["byte"].decode())
    if token["sign"]:
        return _SIGNS.get(token["sign"], token["sign"])
    return token["text"] or b""
