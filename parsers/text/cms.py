"""What a signature envelope holds: CAdES, as .p7m files carry it (CMS, RFC 5652).

Only the content is taken out; who signed it is not looked at.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from typing import NamedTuple

from mailagent.core.errors import Unreadable

_SIGNED = bytes.fromhex("06092a864886f70d010702")  # the type signedData
_START = 64  # bytes within which it stands
_SEQUENCE, _EXPLICIT, _OCTETS, _PARTS = 0x30, 0xA0, 0x04, 0x24
_DEPTH = 20
_MOST = 200_000  # elements beside each other: a file of 64 MB in pieces of 1,000 bytes has fewer
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
_ARMOUR = re.compile(rb"-----(?:BEGIN|END) [A-Z0-9 ]{1,40}-----")


class _Tlv(NamedTuple):
    """A tag, and where its content begins and ends; `after`: where the next one begins."""

    tag: int
    start: int
    end: int
    after: int


def is_signed(content: bytes) -> bool:
    """Whether it is an envelope with a signature, as bytes or in base64."""
    head = content[: 4 * _START].lstrip()
    return _SIGNED in content[:_START] or _SIGNED in _decoded(head)[:_START]


def signed_content(content: bytes) -> bytes:
    """What was signed. Raises Unreadable where it is not there, or the envelope breaks."""
    der = content if _SIGNED in content[:_START] else _decoded(content)
    try:
        return _content(der)
    except (IndexError, RecursionError):
        raise Unreadable("the signed file is cut off") from None


def _decoded(content: bytes) -> bytes:
    """Out of base64, with or without the lines around it; nothing where it is something else."""
    inside = b"".join(_ARMOUR.sub(b"", content).split())
    if not inside.startswith(b"MI") or not _BASE64.fullmatch(inside):
        return b""
    try:
        return b64decode(inside[: len(inside) // 4 * 4])
    except (ValueError, binascii.Error):
        return b""


def _content(der: bytes) -> bytes:
    """ContentInfo / [0] SignedData / encapContentInfo / [0] eContent."""
    (envelope,) = _first(_children(der, 0, len(der)), _SEQUENCE)
    (explicit,) = _first(_inside(der, envelope), _EXPLICIT)
    (signed,) = _first(_inside(der, explicit), _SEQUENCE)
    (enclosed,) = _first(_inside(der, signed), _SEQUENCE)
    (content,) = _first(_inside(der, enclosed), _EXPLICIT)
    return b"".join(_octets(der, content, 0))


def _first(found: Iterator[_Tlv], tag: int) -> tuple[_Tlv]:
    for each in found:
        if each.tag == tag:
            return (each,)
    raise Unreadable("a signature without the file that was signed")


def _octets(der: bytes, holder: _Tlv, depth: int) -> Iterator[bytes]:
    """The bytes of an octet string, which may come in pieces that are such strings themselves."""
    if depth > _DEPTH:
        raise Unreadable("the signed file is nested too deeply")
    for each in _inside(der, holder):
        if each.tag == _OCTETS:
            yield der[each.start : each.end]
        elif each.tag == _PARTS:
            yield from _octets(der, each, depth + 1)


def _inside(der: bytes, holder: _Tlv) -> Iterator[_Tlv]:
    return _children(der, holder.start, holder.end)


def _children(der: bytes, start: int, end: int) -> Iterator[_Tlv]:
    """The elements one after the other, up to the end or to the mark of an open length."""
    at = start
    for _ in range(_MOST):
        if at >= end or der[at : at + 2] == b"\x00\x00":
            return
        found = _element(der, at, end, 0)
        yield found
        at = found.after
    raise Unreadable("the signed file is in too many pieces")


def _element(der: bytes, at: int, end: int, depth: int) -> _Tlv:
    tag, length = der[at], der[at + 1]
    if length == 0x80:
        start = at + 2
        close = _close(der, start, end, depth)
        return _Tlv(tag, start, close, close + 2)
    start = at + 2
    if length > 0x80:
        width = length & 0x7F
        if width > 4:
            raise Unreadable("the signed file is damaged")
        length = int.from_bytes(der[start : start + width])
        start += width
    # A file that was cut off is read as far as it goes: the XML inside says what is missing.
    return _Tlv(tag, start, min(start + length, end), min(start + length, end))


def _close(der: bytes, at: int, end: int, depth: int) -> int:
    """Where an element of open length ends: at two zeros that no element inside has."""
    if depth > _DEPTH:
        raise Unreadable("the signed file is nested too deeply")
    for _ in range(_MOST):
        if at >= end or der[at : at + 2] == b"\x00\x00":
            return at
        at = _element(der, at, end, depth + 1).after
    raise Unreadable("the signed file is in too many pieces")
