"""FETCH with the next question already asked: a server never waits for us, nor we for it.

The driver reads and parses one answer whole before the next question goes out. For a backlog of
thousands of mails that costs more than everything else, so here the literals are read as they
come, on the driver's own connection, between two of its commands.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError
from imapclient.response_parser import parse_fetch_response

_LITERAL = re.compile(rb"\{(\d{1,12})\+?\}\r?\n\Z")
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_DATE = re.compile(
    rb'\b(?i:INTERNALDATE) "([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"'
)
_ONE_BODY = re.compile(rb"BODY\[[^\]]*\](?:<\d+>)? \{\d+\}\r?\n\Z", re.IGNORECASE)
_FETCHED = re.compile(rb"^\* (\d+) FETCH \(", re.IGNORECASE)
_MONTHS = {
    m: n for n, m in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
}
_IN_FLIGHT = 2  # questions on their way at once
_LONGEST_LINE = 1_000_000
_LARGEST = 1 << 31
_PIECE = 1 << 20  # of a mail that is not to be held whole

Take = Callable[[Any, int], bytes]  # reads a literal of so many bytes; what of it is kept


class Fetched(NamedTuple):
    """What a server said of one mail."""

    uid: int
    content: bytes | None  # None: it said nothing about it
    size: int
    received_at: datetime | None


def fetch(client: IMAPClient, windows: Iterable[Sequence[int]], what: str) -> Iterator[Fetched]:
    """Every mail of these windows of UIDs, as the server sends them.

    To be read to its end: until then the connection carries nothing else.
    """
    driver = client._imap  # noqa: SLF001 - beside it on the same connection, as the module says
    asked: list[bytes] = []
    waiting = iter(windows)
    for _ in range(_IN_FLIGHT):
        _ask(driver, next(waiting, None), what, asked)
    while asked:
        yield from _answer(driver, asked.pop(0))
        _ask(driver, next(waiting, None), what, asked)


def pour(client: IMAPClient, uid: int, write: Callable[[bytes], object]) -> bool:
    """One mail in pieces, as they come; False: it is gone."""
    driver = client._imap  # noqa: SLF001
    asked: list[bytes] = []

    def take(file: Any, size: int) -> bytes:
        for at in range(0, size, _PIECE):
            write(_read(file, min(_PIECE, size - at)))
        return b""

    _ask(driver, [uid], "BODY.PEEK[]", asked)
    found = [each for each in _answer(driver, asked[0], take) if each.content is not None]
    if any(each.uid != uid for each in found) or len(found) > 1:
        raise IMAPClientAbortError("the server sent another mail than the one it was asked for")
    return bool(found)


def _ask(driver: Any, uids: Sequence[int] | None, what: str, asked: list[bytes]) -> None:
    if uids:
        tag = driver._new_tag()  # noqa: SLF001
        driver.send(b"%s UID FETCH %s (UID %s)\r\n" % (tag, _ranges(uids), what.encode()))
        asked.append(tag)


def _ranges(uids: Sequence[int]) -> bytes:
    """Neighbours as a range: lines are bounded, and some servers count what is on them."""
    found: list[list[int]] = []
    for uid in sorted(uids):
        if found and uid == found[-1][1] + 1:
            found[-1][1] = uid
        else:
            found.append([uid, uid])
    return b",".join(b"%d" % a if a == b else b"%d:%d" % (a, b) for a, b in found)


def _read(file: Any, size: int) -> bytes:
    content: bytes = file.read(size)
    if len(content) < size:
        raise IMAPClientAbortError("the connection broke in the middle of a mail")
    return content


def _answer(driver: Any, tag: bytes, take: Take = _read) -> Iterator[Fetched]:
    """All that comes before the line with our tag."""
    while True:
        line = _line(driver)
        if line.startswith(tag + b" "):
            said = line[len(tag) + 1 :].strip()
            if not said.upper().startswith(b"OK"):
                raise IMAPClientError(f"FETCH: {said[:200].decode('ascii', 'replace')}")
            return
        if line[:6].upper() == b"* BYE ":
            raise IMAPClientAbortError(line[2:200].decode("ascii", "replace").strip())
        pieces = _pieces(driver, line, take)
        if _FETCHED.match(line) and (found := _fetched(pieces)).uid:
            yield found
        # All else is news of the folder, which the next look at it finds as well.


def _line(driver: Any) -> bytes:
    line: bytes = driver.file.readline(_LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise IMAPClientAbortError("the connection broke in the middle of an answer")
    return line


def _pieces(driver: Any, line: bytes, take: Take) -> list[Any]:
    """The line, with each literal that stands in it and what follows that."""
    pieces: list[Any] = []
    while found := _LITERAL.search(line):
        size = int(found[1])
        if size > _LARGEST:
            raise IMAPClientAbortError("the server announces more than any mail can hold")
        pieces.append((line.rstrip(b"\r\n"), take(driver.file, size)))
        line = _line(driver)
    pieces.append(line.rstrip(b"\r\n"))
    return pieces


def _fetched(pieces: list[Any]) -> Fetched:
    """By hand where it is what nearly every server sends, else by the driver's parser."""
    if len(pieces) == 2:
        (head, content), tail = pieces
        said = head + b" " + tail
        uid, date, size = _UID.search(said), _DATE.search(said), _SIZE.search(said)
        told = date is not None or b"INTERNALDATE" not in said.upper()
        if uid and told and _ONE_BODY.search(head + b"\r\n"):
            moment = _moment(date) if date else None
            return Fetched(int(uid[1]), content, int(size[1]) if size else -1, moment)
    pieces = [(_bare(p[0]), p[1]) if isinstance(p, tuple) else _bare(p) for p in pieces]
    parsed: Mapping[int, Mapping[bytes, Any]] = parse_fetch_response(pieces, normalise_times=False)
    for uid_, row in parsed.items():
        body = next((v for k, v in row.items() if k.startswith(b"BODY[")), None)
        content = body.encode() if isinstance(body, str) else body
        date_ = row.get(b"INTERNALDATE")
        moment = date_.astimezone(UTC) if date_ else None
        return Fetched(int(uid_), content, int(row.get(b"RFC822.SIZE", -1)), moment)
    return Fetched(0, None, -1, None)


def _bare(line: bytes) -> bytes:
    """As the driver's parser wants it: it begins at the number."""
    return _FETCHED.sub(rb"\1 (", line)


def _moment(found: re.Match[bytes]) -> datetime | None:
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    away = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        zone = timezone(-away if sign == b"-" else away)
        numbers = (int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second))
        return datetime(*numbers, tzinfo=zone).astimezone(UTC)
    except (ValueError, KeyError):
        return None
