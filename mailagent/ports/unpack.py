"""Archives in a mail: what is in them are its documents as much as what lies beside them."""

from mailagent.core.errors import Unreadable
from mailagent.core.message import Attachment, Message
from mailagent.ports.outside import Reader

ARCHIVES = frozenset({"application/zip", "message/rfc822"})


async def unpacked(reader: Reader, message: Message) -> Message:
    """The mail with its archives opened. One that cannot be opened stays, and is asked about."""
    inside = [await unpacked(reader, nested) for nested in message.nested]
    attached: list[Attachment] = []
    for attachment in message.attachments:
        attached += await _opened(reader, attachment)
    return message.model_copy(update={"attachments": tuple(attached), "nested": tuple(inside)})


async def _opened(reader: Reader, attachment: Attachment) -> tuple[Attachment, ...]:
    if attachment.media_type not in ARCHIVES:
        return (attachment,)
    try:
        return await reader.unpack(attachment.content, attachment.name) or (attachment,)
    except Unreadable:  # reading it says why, to its owner
        return (attachment,)
