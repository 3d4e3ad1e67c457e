"""What every letter has around it."""

from datetime import datetime

from mailagent.core.people import Company, Person
from mailagent.core.value import Value


class Envelope(Value):
    """What every mail of ours carries, whatever it says."""

    company: Company
    person: Person
    at: datetime
    ref: str = ""  # [ops 4F7Q]; empty where there is no case
    subject: str  # stays the same through the versions of a case; empty: the letter's phrase
    message_id: str  # without angle brackets; holds the token where an answer counts
    reply_to: str = ""  # ops+token@..., where plus-addressing works
    in_reply_to: str = ""  # Message-IDs with their angle brackets
    references: tuple[str, ...] = ()
    anchor: str  # seq:hash of the audit head, 16 hex digits
    audit_hash: str  # seq:hash whole, for the header


class Origin(Value):
    """Where the document came from, for the line at the foot of a draft."""

    sender: str
    received_at: datetime
    forwarded_by: str = ""  # the name of the enrolled person, where one sent it on


class Original(Value):
    """The document itself, attached."""

    name: str
    media_type: str
    content: bytes
