"""The bytes of a mail, written out by hand: the same letter gives the same bytes, always.

The standard library's writer folds long Message-IDs into encoded words, which breaks threads,
and takes several times the time of everything else here.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from email.header import Header
from typing import NamedTuple
from urllib.parse import quote

from mailagent.core.value import sha256

CRLF = "\r\n"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")
_SPECIAL = re.compile(r'[\\"]')
_PLAIN = re.compile(r"[\x20-\x7e]*")
_ID = re.compile(r"<[!-;=?-~]{1,500}>")
_ADDRESS = re.compile(r"[!-~]{1,254}")


class Part(NamedTuple):
    """A part of a mail: its own headers, and its body in transfer encoding."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


def text_part(text: str, subtype: str) -> Part:
    """Text as quoted-printable: it stays readable in the source."""
    lines = text.replace("\r\n", "\n").encode()
    # b2a_qp keeps line ends as it finds them, but writes its own soft breaks as a bare LF.
    body = binascii.b2a_qp(lines, istext=True).replace(b"\n", b"\r\n")
    return Part(
        (
            ("Content-Type", f'text/{subtype}; charset="utf-8"'),
            ("Content-Transfer-Encoding", "quoted-printable"),
        ),
        body,
    )


def attached(content: bytes, media_type: str, name: str) -> Part:
    """A file beside the text."""
    return _file(content, media_type, f"attachment; {_named(name)}")


def calendar_part(content: bytes, method: str) -> Part:
    """What programs take for an invitation: the method stands in the header as well."""
    return Part(
        (
            ("Content-Type", f'text/calendar; charset="utf-8"; method={method}'),
            ("Content-Transfer-Encoding", "base64"),
        ),
        base64.encodebytes(content).replace(b"\n", b"\r\n"),
    )


def inline_picture(content: bytes, name: str, content_id: str) -> Part:
    """A picture that the HTML shows as cid:..."""
    part = _file(content, "image/png", f"inline; {_named(name)}")
    return part._replace(headers=(*part.headers, ("Content-ID", f"<{content_id}>")))


def multipart(subtype: str, boundary: str, parts: Iterable[Part]) -> Part:
    """Several parts as one."""
    body = b"".join(
        b"--%b\r\n%b\r\n%b\r\n" % (boundary.encode(), _block(part.headers), part.body)
        for part in parts
    )
    kind = f'multipart/{subtype};{CRLF} boundary="{boundary}"'
    return Part((("Content-Type", kind),), body + b"--%b--\r\n" % boundary.encode())


def boundary(message_id: str, place: str) -> str:
    """Two signs that neither base64 nor quoted-printable can hold, and a name of its own."""
    return f"=_{place}_{sha256(message_id.encode())[:24]}"


def whole(headers: Iterable[tuple[str, str]], part: Part) -> bytes:
    """The mail."""
    return _block((*headers, ("MIME-Version", "1.0"), *part.headers)) + b"\r\n" + part.body


def words(text: str) -> str:
    """Header text, encoded where it is more than ASCII; nothing in it can end the line."""
    safe = _UNSAFE.sub(" ", text)
    charset = "us-ascii" if _PLAIN.fullmatch(safe) and "=?" not in safe else "utf-8"
    return Header(safe, charset, maxlinelen=68).encode(linesep=CRLF)


def mailbox(name: str, address: str) -> str:
    """A display name and an address; an address that is none is a mistake of ours."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"no mail address: {address!r}")
    if not name:
        return address
    safe = _UNSAFE.sub(" ", name)
    if _PLAIN.fullmatch(safe):
        return f'"{_SPECIAL.sub("", safe)}"{CRLF} <{address}>'
    return f"{words(safe)}{CRLF} <{address}>"


def message_id(given: str) -> str:
    """A Message-ID of ours with its brackets."""
    if not _ID.fullmatch(f"<{given}>"):
        raise ValueError(f"no Message-ID: {given!r}")
    return f"<{given}>"


def thread(ids: Iterable[str]) -> str:
    """What others call their mails: only what has the shape of a Message-ID goes on."""
    kept = [i for i in ids if _ID.fullmatch(i)]
    return f"{CRLF} ".join(kept[:1] + kept[1:][-20:])


def _file(content: bytes, media_type: str, disposition: str) -> Part:
    # A mail or multipart must not be in base64; as plain bytes it may.
    wrong = media_type.startswith(("message/", "multipart/"))
    known = re.fullmatch(r"[\w.+-]+/[\w.+-]+", media_type, re.ASCII) and not wrong
    return Part(
        (
            ("Content-Type", media_type if known else "application/octet-stream"),
            ("Content-Transfer-Encoding", "base64"),
            ("Content-Disposition", disposition),
        ),
        base64.encodebytes(content).replace(b"\n", b"\r\n"),
    )


def _named(name: str) -> str:
    # A second, plain spelling beside the extended one would be taken first by many readers.
    plain = re.fullmatch(r'[^"\\%\x00-\x1f\x7f-\U0010ffff]*', name)
    return (
        f'{CRLF} filename="{name}"' if plain else f"{CRLF} filename*=UTF-8''{quote(name, safe='')}"
    )


def _block(headers: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {value}{CRLF}" for name, value in headers if value).encode("ascii")
