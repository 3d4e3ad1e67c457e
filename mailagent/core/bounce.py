"""A delivery report about a mail of ours: which mail did not arrive, and why."""

import re
from typing import NamedTuple

from mailagent.core.message import Message

_FAILED = re.compile(r"^action:\s*failed\b", re.IGNORECASE | re.MULTILINE)
_REASON = re.compile(r"^diagnostic-code:[^;\n]*;[ \t]*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"^status:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(r"^message-id:\s*<?([^<>\s]+)", re.IGNORECASE | re.MULTILINE)
_LONGEST = 20_000  # of a report that is looked at


class Undelivered(NamedTuple):
    """One mail that did not arrive."""

    message_ids: tuple[str, ...]  # of what came back in the report
    why: str


def undelivered(message: Message) -> Undelivered | None:
    """What a report says of a mail that failed for good; None for a delay, or another mail."""
    status = _part(message, "message/delivery-status")
    if not _FAILED.search(status):
        return None
    returned = [nested.message_id.strip("<> ") for nested in message.nested]
    returned += _MESSAGE_ID.findall(_part(message, "text/rfc822-headers"))
    reason = _REASON.search(status) or _STATUS.search(status)
    return Undelivered(
        message_ids=tuple(filter(None, returned)),
        why=reason[1][:300] if reason else "no reason was given",
    )


def _part(message: Message, media_type: str) -> str:
    found = [a.content for a in message.attachments if a.media_type == media_type]
    return b"\n".join(found)[:_LONGEST].decode("utf-8", "replace").replace("\r\n", "\n")
