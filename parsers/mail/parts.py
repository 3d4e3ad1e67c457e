"""The parts of a mail, cut out of the raw bytes within limits.

The standard library's parser goes line by line, recurses with the depth of the mail and has no
limits; this one searches for the delimiter lines and stops where a limit says so.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message as Header
from typing import Any

from parsers.mail.enclosed import files_in
from parsers.text.charset import lettered

PARTS = 1000
DEPTH = 20  # of multiparts and mails inside one another
HEADER_BYTES = 256 * 1024
FIELD_BYTES = 64 * 1024
PARAMETER_BYTES = 4 * 1024  # the standard library takes quadratic time over parameters
FIELDS = 500

_HEADER = re.compile(rb"(?:[!-9;-~]++[ \t]*+:[^\n]*+\n?|[ \t][^\n]*+\n?)++")
_EMPTY_LINE = re.compile(rb"\r?\n")
# A line that may part a body: what follows it begins as the header of a part does.
_A_BOUNDARY = re.compile(
    rb"^--([^\s-][^\r\n]{0,69}+)\r?\n(?=content-[a-z-]{1,40}[ \t]*:)", re.IGNORECASE | re.MULTILINE
)
_FOLD = re.compile(rb"\r?\n(?![ \t])")
_ENCODED_WORD = re.compile(rb"=\?[!->@-~]+\?[qQ]\?[^?\s]*+\?=")
_STRUCTURAL = frozenset(
    {"content-type", "content-disposition", "content-transfer-encoding", "content-id"}
)
_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)


@dataclass(frozen=True)
class Part:
    """A part without parts of its own."""

    header: Header
    body: bytes  # as it stands in the mail, still encoded
    depth: int = 0

    @property
    def label(self) -> str:
        """The media type that the sender claims. A multipart that has no parts is plain text."""
        label = self.header.get_content_type()
        return "text/plain" if label.startswith("multipart/") else label

    @property
    def content(self) -> bytes:
        """The body, its transfer encoding undone."""
        coding = str(self.header.get("content-transfer-encoding", "")).strip().lower()
        if coding == "base64":
            return _base64(self.body)
        if coding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if coding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            return _uuencoded(self.body)
        return self.body

    def parameter(self, of: str, name: str) -> str:
        """A parameter of a header field as text; empty when it is missing or nonsense.

        Where it stands there twice, for old programs and for those that know RFC 2231, the latter.
        """
        try:
            # Typeshed knows nothing of the tuples, which are RFC 2231's: charset, language, text.
            given: list[tuple[str, Any]] = self.header.get_params([], of)
            found = [value for key, value in given if key.lower() == name]
            value = next((v for v in found if isinstance(v, tuple)), next(iter(found), ""))
            if isinstance(value, tuple):
                charset, _, text = value
                value = text.encode("latin-1").decode(charset or "utf-8", "replace")
        except (ValueError, LookupError, TypeError):  # broken RFC 2231
            return ""
        return str(value)


@dataclass
class Walk:
    """The leaf parts in order, and what was wrong on the way."""

    defects: list[str] = field(default_factory=list)
    count: int = 0

    def leaves(self, raw: bytes) -> Iterator[Part]:
        """Depth first, without recursion: depth is the sender's choice."""
        waiting = [(raw, 0, "text/plain")]
        while waiting:
            content, depth, unlabelled = waiting.pop()
            self.count += 1
            if self.count > PARTS:
                self.note(f"more than {PARTS} parts; the rest was left out")
                return
            header, body = self.split(content)
            header.set_default_type(unlabelled)
            part = Part(header, body, depth)
            inner = self._inner(part)
            if inner is None:
                yield part
            else:
                digest = header.get_content_type() == "multipart/digest"
                kind = "message/rfc822" if digest else "text/plain"
                waiting.extend((piece, depth + 1, kind) for piece in reversed(inner))

    def note(self, defect: str) -> None:
        """Remembers a defect once."""
        if defect not in self.defects:
            self.defects.append(defect)

    def split(self, raw: bytes) -> tuple[Header, bytes]:
        """The header of a part, with the fields that say how to read it, and its body."""
        block, body = split_header(raw)
        if len(block) > HEADER_BYTES:
            self.note("the header is too long; its end was left out")
        header = Header()
        for name, value in fields(block):
            if name.lower() in _STRUCTURAL and name not in header:
                # A boundary is bytes, whatever they mean; a file's name is to be read.
                is_name = name.lower() == "content-disposition"
                header[name] = (lettered(value) if is_name else value)[:PARAMETER_BYTES]
        return header, body

    def _inner(self, part: Part) -> list[bytes] | None:
        """The parts of a multipart; None when there are none to be had."""
        if part.header.get_content_maintype() != "multipart":
            return None
        if part.depth >= DEPTH:
            self.note(f"parts more than {DEPTH} deep; they were not opened")
            return None
        boundary = part.parameter("content-type", "boundary").rstrip()
        named = boundary.encode("utf-8", "surrogateescape")
        pieces = _between(part.body, named) if named else []
        if not pieces:
            self.note("a boundary that never comes" if named else "a multipart without a boundary")
            found = _A_BOUNDARY.search(part.body)  # what parts the body, whatever the header says
            pieces = _between(part.body, found[1].rstrip()) if found else []
        return pieces or None


def split_header(raw: bytes) -> tuple[bytes, bytes]:
    """The header block and the body. A mail that starts with an empty line has no header."""
    start = 0
    if raw.startswith((b"From ", b">From ")):  # the line of an mbox
        start = raw.find(b"\n") + 1
    match = _HEADER.match(raw, start)
    end = match.end() if match else start
    empty = _EMPTY_LINE.match(raw, end)
    return raw[start:end], raw[empty.end() if empty else end :]


def fields(block: bytes) -> Iterator[tuple[str, str]]:
    """Name and value of each header field, unfolded; bytes beyond ASCII as UTF-8 or escaped."""
    lines = _FOLD.split(block[:HEADER_BYTES], maxsplit=FIELDS)[:FIELDS]
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon and not line.startswith((b" ", b"\t")):
            unfolded = re.sub(rb"\r?\n", b"", value[:FIELD_BYTES]).strip()
            yield name.decode("ascii", "replace").strip(), _field_text(unfolded)


def _field_text(value: bytes) -> str:
    value = value.replace(b"\x00", b"").replace(b"\r", b" ")
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return _ENCODED_WORD.sub(_escape, value).decode("ascii", "surrogateescape")


def _escape(word: re.Match[bytes]) -> bytes:
    """Raw bytes inside a Q-encoded word belong to the charset the word names."""
    return b"".join(b"=%02X" % byte if byte > 126 else bytes((byte,)) for byte in word[0])


def _between(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the delimiter lines; the last piece may lack its end."""
    # It starts with what is to be found, letter by letter: that is what `re` is fast at.
    delimiter = re.compile(re.escape(b"--" + boundary) + rb"(--)?[ \t]*+(?=\r?\n|\Z)")
    pieces: list[bytes] = []
    start: int | None = None
    for match in delimiter.finditer(body):
        at = match.start()
        if at and body[at - 1 : at] != b"\n":
            continue
        if start is not None:
            pieces.append(_without_first_newline(body[start : _line_end(body, at)]))
        start = None if match[1] else match.end()
        if match[1] or len(pieces) > PARTS:
            break
    if start is not None and len(pieces) <= PARTS:
        pieces.append(_without_first_newline(body[start:]))
    return pieces


def _line_end(body: bytes, at: int) -> int:
    """Where the text before a delimiter line ends: its newline belongs to the delimiter."""
    return at - 2 if body[at - 2 : at] == b"\r\n" else max(0, at - 1)


def _without_first_newline(piece: bytes) -> bytes:
    newline = _EMPTY_LINE.match(piece)
    return piece[newline.end() :] if newline else piece


def _base64(body: bytes) -> bytes:
    """What can be decoded: foreign characters are skipped, a torn end is dropped."""
    letters = body.translate(None, _NOT_BASE64)
    letters = letters[: letters.find(b"=")] if b"=" in letters else letters
    whole = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _uuencoded(body: bytes) -> bytes:
    _, files = files_in(body)
    return files[0].content if files else b""
