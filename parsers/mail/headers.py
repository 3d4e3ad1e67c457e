"""The header of a raw mail: its block, its fields, and what servers wrote into it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mailagent.core.reply import ServerResult, ServerVerdict
from parsers.mail.parts import fields
from parsers.text.charset import clean

Fields = tuple[tuple[str, str], ...]

_EMPTY_LINE = re.compile(rb"\n\r?\n")
_PAIR = re.compile(
    r"\s*([a-z][\w.-]*+)\s*(?:/\s*\w+\s*)?=\s*(?:\"((?:[^\"\\]|\\.)*+)\"|([^\s;\"]++))",
    re.IGNORECASE,
)
_SERVER_ID = re.compile(r"\s*(?:\"([^\"\\]*+)\"|([^\s;=\"]++))(?:\s+[0-9]+)?\s*")


def header_block(raw: bytes) -> bytes:
    """The raw header, up to and with the empty line that ends it."""
    if raw.startswith((b"\n", b"\r\n")):
        return b""
    end = _EMPTY_LINE.search(raw)
    return raw[: end.end()] if end else raw


def fields_of(block: bytes) -> Fields:
    """Every field, unfolded, in order, its name in lower case."""
    return tuple((clean(name).lower(), clean(value)) for name, value in fields(block))


def values_of(headers: Fields, *names: str) -> tuple[str, ...]:
    """The values of the fields of these names, in the order of the mail."""
    return tuple(value for name, value in headers if name in names)


def first(headers: Fields, name: str) -> str:
    """The first value of a field; empty when there is none."""
    return next(iter(values_of(headers, name)), "")


def date_of(value: str) -> datetime | None:
    """A Date field as an aware time in UTC; None when it cannot be read."""
    found = written_at(value)
    return found.astimezone(UTC) if found else None


def written_at(value: str) -> datetime | None:
    """A Date field by the clock that it was written by; None when it cannot be read."""
    try:
        found = parsedate_to_datetime(value)
        # RFC 5322: -0000 is a time in UTC that says nothing about the zone it was written in.
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found
        found.astimezone(UTC)  # in the year 1 it fails
        return found
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def server_verdict(headers: Fields) -> ServerVerdict | None:
    """The topmost Authentication-Results; None when it is missing or not wholly legal.

    Only the topmost was written by the server that delivered to us. A local part that holds
    `;`, quotes or parentheses can bend what a careless server writes, so one odd character
    makes the whole field worth nothing. Exchange Online leaves its own name out.
    """
    value = first(headers, "authentication-results")
    bare = _without_comments(value)
    if not bare:
        return None
    name, *pieces = _split(bare)
    server = _SERVER_ID.fullmatch(name)
    if server is None:
        pieces = [name, *pieces]
    results: list[ServerResult] = []
    for piece in (p for p in pieces if p.strip() and p.strip().lower() != "none"):
        result = _result(piece)
        if result is None:
            return None
        results.append(result)
    if server is None and not results:
        return None
    authserv_id = (server[1] or server[2] or "") if server else ""
    return ServerVerdict(authserv_id=authserv_id, results=tuple(results))


def _result(piece: str) -> ServerResult | None:
    pairs: list[tuple[str, str]] = []
    end = 0
    while match := _PAIR.match(piece, end):
        pairs.append((match[1].lower(), match[2] if match[2] is not None else match[3]))
        end = match.end()
    if not pairs or piece[end:].strip():
        return None
    (method, result), *properties = pairs
    return ServerResult(method=method, result=result.lower(), properties=tuple(properties))


def _without_comments(value: str) -> str:
    """The value with a space for every comment; empty when a comment or a quote never ends."""
    kept: list[str] = []
    depth = 0
    quoted = False
    for character in _unescaped(value):
        if character == '"' and not depth:
            quoted = not quoted
        if not quoted and character in "()":
            depth += 1 if character == "(" else -1
            if depth < 0:
                return ""
            kept.append(" ")
        elif not depth:
            kept.append(character)
    return "" if depth or quoted else "".join(kept)


def _unescaped(value: str) -> Iterator[str]:
    """The characters, an escaped one together with its backslash."""
    at = 0
    while at < len(value):
        length = 2 if value[at] == "\\" else 1
        yield value[at : at + length]
        at += length


def _split(bare: str) -> list[str]:
    """The pieces between the semicolons that are not quoted."""
    pieces = [""]
    quoted = False
    for character in _unescaped(bare):
        if character == '"':
            quoted = not quoted
        if character == ";" and not quoted:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces
