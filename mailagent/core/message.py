"""One parsed mail. The raw bytes were kept before anything read them."""

import re
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from mailagent.core.fraud import Signs
from mailagent.core.reply import Claim
from mailagent.core.triage import Look
from mailagent.core.value import Value

TO_US = "an answer"
_REFERENCE = re.compile(rb"^subject:[^\r\n]*\[ops [^\]\r\n]+\]", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^from:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)


def whose_stray(header: bytes, people: Collection[str]) -> str:
    """Whose a mail in Junk is, at a glance: one of our people's, TO_US, or empty: nobody's."""
    sender = b" ".join(_FROM.findall(header)).decode("ascii", "replace").lower()
    named = next((address for address in people if address.lower() in sender), "")
    return named or (TO_US if _REFERENCE.search(header) else "")


class Disposition(StrEnum):
    """What became of a message: exactly one of these."""

    ARRIVED = "arrived"  # kept, not sorted yet
    DECISION = "decision"  # it carries a token of ours: gates and grammar
    REQUEST = "request"
    AUTOMATIC = "automatic"
    DOCUMENTS = "documents"  # it became 0..n cases
    PARKED = "parked"


class Attachment(Value):
    """A part with content of its own; `media_type` is told by the content, not by the label."""

    name: str
    media_type: str
    content: bytes
    inline: bool = False


class Message(Value):
    """What a mail says. Everything in it is foreign data."""

    subject: str = ""
    sender: str = ""  # the From line as people read it: name <address>
    sender_address: str = ""  # lower case; empty when there is no single legal one
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    date: datetime | None = None
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    nested: tuple["Message", ...] = ()
    defects: tuple[str, ...] = ()
    automatic: str = ""  # why a machine must have sent it; empty: nothing says so
    claims: tuple[Claim, ...] = ()  # DKIM signatures as the header announces them
    signed_by: str = ""  # the domain that signed, checked, where it is the sender's own
    first_sender: str = ""  # who wrote it, where it was sent on and says so
    look: Look = Look()
    signs: Signs = Signs()


class Place(Value):
    """Where a mail lies on the server. UIDs mean nothing without their UIDVALIDITY."""

    folder: str
    uidvalidity: int
    uid: int


class Arrival(Value):
    """A mail as it lies in the mailbox, raw."""

    place: Place
    raw: bytes
    received_at: datetime
