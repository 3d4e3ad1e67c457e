"""What a mail brings: the documents in it, and in the mails forwarded in it."""

from typing import NamedTuple

from mailagent.core.document import Document, Origin
from mailagent.core.message import Attachment, Message
from mailagent.core.value import sha256

# Parts that belong to the mail's technique, not to its content.
_TECHNICAL = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
        "application/applefile",  # the half of a file that only a Mac understands
        "text/x-amp-html",
        "message/delivery-status",
        "message/disposition-notification",
        "text/rfc822-headers",
    }
)
CALENDAR = "text/calendar"
# Programs send invitations and pages without a name; with one they can be opened.
_NAMELESS = {CALENDAR: "invitation.ics", "application/pdf": "attachment.pdf"}
_SHOWN_INLINE = ("image/", "text/")


class Found(NamedTuple):
    """A document, and what is in it."""

    document: Document
    content: bytes


def contents_of(message: Message) -> list[Found]:
    """The attachments that are content; the body when there is none."""
    attached = [a for a in _attachments(message) if _is_content(a)]
    found = [
        _found(a.name, a.media_type, a.content, Origin.ATTACHMENT) for a in _each_once(attached)
    ]
    return found or [body_of(message)]


def body_of(message: Message) -> Found:
    """What the mail itself says, as a document."""
    body = (message.text or message.html).encode("utf-8", "replace")
    return _found(message.subject or "mail", "text/plain", body, Origin.BODY)


def _attachments(message: Message) -> list[Attachment]:
    """Of the mail, and of the mails forwarded in it."""
    inside = [found for nested in message.nested for found in _attachments(nested)]
    return [*message.attachments, *inside]


def _each_once(attached: list[Attachment]) -> list[Attachment]:
    """An invitation comes twice, as a part of the text and as a file; it is one all the same."""
    found: dict[object, Attachment] = {}
    for at, part in enumerate(attached):
        is_calendar = part.media_type == CALENDAR
        found.setdefault(b"".join(part.content.split()) if is_calendar else at, part)
    return [*found.values()]


def _is_content(part: Attachment) -> bool:
    """Inline says little: some mailers show every PDF so. Only pictures in a text belong to it."""
    inline = part.inline and part.media_type != CALENDAR
    shown = inline and part.media_type.startswith(_SHOWN_INLINE)
    return bool(part.content) and not shown and part.media_type not in _TECHNICAL


def _found(name: str, media_type: str, content: bytes, origin: Origin) -> Found:
    document = Document(
        name=name[:200] or _NAMELESS.get(media_type, "attachment"),
        media_type=media_type,
        sha256=sha256(content),
        size=len(content),
        origin=origin,
    )
    return Found(document, content)
