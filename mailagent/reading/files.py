"""Files read the way the agent reads its mail: for the command line."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mailagent.core.cover import BARE, Cover, cover_of
from mailagent.core.document import Document, Origin
from mailagent.core.errors import Unreadable
from mailagent.core.message import Attachment, Message
from mailagent.core.reading import UNREADABLE, Kind, Reading
from mailagent.core.value import sha256
from mailagent.reading.pool import Pool

_LARGEST = 64 * 1024 * 1024
_ATTACHMENTS = 20  # of one mail
_PARTS = 20  # documents in one file
_MAILS = (".eml", ".mail", ".msg")
_NOTHING = frozenset({Kind.OTHER, Kind.UNREADABLE})


class Wish(NamedTuple):
    """How files are to be read."""

    as_kind: Kind | None = None
    page_text_only: bool = False


AS_THEY_ARE = Wish()


class FileReading(NamedTuple):
    """What stands in one file, or why that is not known."""

    path: Path
    reading: Reading
    error: str | None = None
    further: tuple[Reading, ...] = ()  # of the other documents in the same file


async def read_files(
    pool: Pool, paths: Sequence[Path], wish: Wish = AS_THEY_ARE
) -> AsyncIterator[FileReading]:
    """All of them, several at once, in their order. A file that fails does not stop the others."""
    at_once = asyncio.Semaphore(2 * pool.size)

    async def one(path: Path) -> FileReading:
        async with at_once:
            return await _read_file(pool, path, wish)

    tasks = [asyncio.create_task(one(path)) for path in paths]
    try:
        for task in tasks:
            yield await task
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read_file(pool: Pool, path: Path, wish: Wish) -> FileReading:
    try:
        content = content_of(path)
    except OSError as error:
        return FileReading(path, UNREADABLE, error.strerror or type(error).__name__)
    try:
        if path.suffix.lower() in _MAILS:
            return FileReading(path, await _read_mail(pool, await pool.open(content), wish))
        reading = await _read(pool, path.name, content, wish, Origin.FILE)
        return FileReading(path, reading, None, await _further(pool, path, content, wish, reading))
    except Unreadable as error:
        return FileReading(path, UNREADABLE, error.what)


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises OSError, also where it is too large."""
    if path.is_dir():
        raise IsADirectoryError(21, "a folder: name the files in it")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise OSError(27, f"larger than {_LARGEST >> 20} MiB")
    return content


async def _further(
    pool: Pool, path: Path, content: bytes, wish: Wish, first: Reading
) -> tuple[Reading, ...]:
    parts = range(2, min(first.parts, _PARTS) + 1)
    read = [await _read(pool, path.name, content, wish, Origin.FILE, part) for part in parts]
    return tuple(read)


async def _read(
    pool: Pool,
    name: str,
    content: bytes,
    wish: Wish,
    origin: Origin,
    part: int = 1,
    cover: Cover = BARE,
) -> Reading:
    document = Document(
        name=name,
        media_type="",
        sha256=sha256(content),
        size=len(content),
        origin=origin,
        part=part,
    )
    return await pool.read(
        content, document, page_text_only=wish.page_text_only, as_kind=wish.as_kind, cover=cover
    )


async def _read_mail(pool: Pool, message: Message, wish: Wish) -> Reading:
    """The first attachment that is something, else the body.

    Raises Unreadable when an attachment is, and nothing else in the mail says what it is about.
    """
    refusal: Unreadable | None = None
    cover = cover_of(message)
    for attachment in _attachments(message)[:_ATTACHMENTS]:
        try:
            reading = await _read(
                pool, attachment.name, attachment.content, wish, Origin.ATTACHMENT, cover=cover
            )
        except Unreadable as error:
            refusal = refusal or error
            continue
        if reading.kind not in _NOTHING and (reading.fields or wish.as_kind is None):
            return reading
    if refusal is not None:
        raise refusal
    body = message.text.encode()
    return await _read(pool, "body.txt", body, wish, Origin.BODY, cover=cover)


def _attachments(message: Message) -> list[Attachment]:
    """Of the mail, and of the mails forwarded in it."""
    inside = [found for nested in message.nested for found in _attachments(nested)]
    return [*message.attachments, *inside]
