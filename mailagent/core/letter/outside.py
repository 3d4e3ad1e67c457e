"""What leaves the house."""

from datetime import datetime

from mailagent.core.appointment import Itip
from mailagent.core.letter.envelope import Original
from mailagent.core.people import Company
from mailagent.core.value import Value


class OutsideLetter(Value):
    """To somebody who is none of our people: every word of it was approved."""

    company: Company
    to: str
    cc: tuple[str, ...] = ()
    subject: str
    text: str
    message_id: str  # without angle brackets
    in_reply_to: str = ""
    at: datetime
    itip: Itip | None = None  # the same for programs
    encloses: Original | None = None


class OutgoingMail(Value):
    """The very bytes that are sent, also when they are sent again."""

    kind: str
    recipient: str
    copies: tuple[str, ...] = ()  # who else gets these bytes
    message_id: str
    raw: bytes
