"""Contents of attachments travel beside the JSON that names them, so that nobody holds base64."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mailagent.core.message import Attachment, Message

_Bytes = list[bytes]


class Packed(NamedTuple):
    """What a child answers: a value as JSON, and the contents that it leaves out."""

    value: bytes
    contents: Sequence[bytes] = ()


def unloaded(message: Message) -> tuple[Message, _Bytes]:
    """The mail without its contents, and these in their order."""
    attached, contents = emptied(message.attachments)
    inside = [unloaded(nested) for nested in message.nested]
    left = {"attachments": attached, "nested": tuple(mail for mail, _ in inside)}
    return message.model_copy(update=left), [*contents, *(c for _, more in inside for c in more)]


def loaded(message: Message, contents: Iterator[bytes]) -> Message:
    """The way back."""
    attached = filled(message.attachments, contents)
    inside = tuple(loaded(nested, contents) for nested in message.nested)
    return message.model_copy(update={"attachments": attached, "nested": inside})


def emptied(attached: Sequence[Attachment]) -> tuple[tuple[Attachment, ...], _Bytes]:
    """Attachments without their contents, and these."""
    bare = tuple(each.model_copy(update={"content": b""}) for each in attached)
    return bare, [each.content for each in attached]


def filled(attached: Sequence[Attachment], contents: Iterator[bytes]) -> tuple[Attachment, ...]:
    """The way back. Raises ValueError where a content is missing."""
    return tuple(each.model_copy(update={"content": _next(contents)}) for each in attached)


def _next(contents: Iterator[bytes]) -> bytes:
    content = next(contents, None)
    if content is None:
        raise ValueError("a content is missing")
    return content
