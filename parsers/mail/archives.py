"""Archives, and mails that came as files: what is in them, within limits."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from mailagent.core.errors import Unreadable
from mailagent.core.message import Attachment, Message
from parsers.mail.mime import read_message
from parsers.text.office import kind_of
from parsers.text.package import Package
from parsers.values.media import media_type

DEPTH = 3  # archives inside one another
COUNT = 100
BYTES = 48 * 1024 * 1024  # of all that is taken out
ARCHIVES = frozenset({"application/zip", "message/rfc822"})


def taken_out(content: bytes, name: str) -> tuple[Attachment, ...]:
    """The documents in an archive; a document that is none itself.

    Raises Unreadable for one that exceeds a limit or is locked.

    Nothing is written anywhere, so a name that would lead out of a folder is only a name.
    """
    kind = kind_of(content)
    if kind not in ARCHIVES:
        return (Attachment(name=name, media_type=kind, content=content),)
    found: list[Attachment] = []
    size = 0
    for attachment in _inside(content, DEPTH):
        found.append(attachment)
        size += len(attachment.content)
        if len(found) > COUNT:
            raise Unreadable(f"the archive holds more than {COUNT} files")
        if size > BYTES:
            raise Unreadable(f"the archive holds more than {BYTES >> 20} MB")
    return tuple(found)


def _inside(content: bytes, depth: int) -> Iterator[Attachment]:
    if depth <= 0:
        raise Unreadable(f"the archive has archives in it, more than {DEPTH} deep")
    if media_type(content) == "message/rfc822":
        yield from _of_mail(read_message(content), depth)
        return
    package = Package(content)
    for entry in package.files:
        name = PurePosixPath(entry.filename.replace("\\", "/")).name
        if "__MACOSX/" in entry.filename or name.startswith("."):
            continue
        yield from _one(name, package.read(entry), depth)


def _one(name: str, content: bytes, depth: int) -> Iterator[Attachment]:
    kind = kind_of(content)
    if kind in ARCHIVES:
        yield from _inside(content, depth - 1)
    elif content:
        yield Attachment(name=name[:200] or "unnamed", media_type=kind, content=content)


def _of_mail(message: Message, depth: int) -> Iterator[Attachment]:
    """What is attached to it, also to the mails in it; its own words where that is nothing."""
    attached = [*message.attachments]
    for nested in message.nested:
        attached += nested.attachments
    seen = [a for a in attached if not (a.inline and a.media_type.startswith(("image/", "text/")))]
    for attachment in seen:
        yield from _one(attachment.name, attachment.content, depth)
    if not seen and (body := message.text or message.html).strip():
        name = f"{message.subject or 'mail'}.txt"
        yield Attachment(name=name[:200], media_type="text/plain", content=body.encode())
