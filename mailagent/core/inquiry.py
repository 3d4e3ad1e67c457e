"""What somebody outside is asked about a case, and what becomes of it."""

from datetime import datetime, timedelta
from enum import StrEnum

from mailagent.core.reading import Reading
from mailagent.core.said import Said, say
from mailagent.core.value import Value

# So long an answer is waited for; then the case comes back without it.
PATIENCE = timedelta(days=5)
# Who writes this word in a reply to us is read by no rule.
HUMAN = "human"


class InquiryState(StrEnum):
    """How far a question got."""

    DRAFTED = "drafted"  # its mail waits for approval
    WAITING = "waiting"  # it went out
    ANSWERED = "answered"
    HUMAN = "human"  # they want to talk to a person
    SILENT = "silent"  # no answer in time
    LOST = "lost"  # the mail did not arrive
    GIVEN_UP = "given_up"  # it was not approved


# Somebody is asked, or is about to be.
OPEN = frozenset({InquiryState.DRAFTED, InquiryState.WAITING})
# An answer counts: also one that comes late, or before we know that the mail went out.
ANSWERABLE = frozenset({InquiryState.DRAFTED, InquiryState.WAITING, InquiryState.SILENT})


class Inquiry(Value):
    """A question. Its mail is a case of its own, about another case."""

    case: int
    about: int
    person: str  # who wants to know
    words: str = ""  # the question, as they wrote it
    unbidden: bool = False  # nobody asked for it: where nobody can be asked it is dropped
    address: str = ""  # who is asked
    state: InquiryState = InquiryState.DRAFTED
    message_id: str = ""  # of our mail; empty until it is about to be sent
    until: datetime | None = None  # as long as it waits
    answered_by: str = ""
    answer: str = ""  # their own words, shortened; foreign text
    reading: Reading | None = None  # the same, as far as it speaks of times


def told(inquiry: Inquiry) -> Said | None:
    """A line about it for the next version of the case; the answer is foreign text."""
    match inquiry.state:
        case InquiryState.ANSWERED:
            words = " ".join(inquiry.answer.split())[:400]
            return say("inquiry.answered", by=inquiry.answered_by, words=words)
        case InquiryState.SILENT | InquiryState.LOST:
            return say(f"inquiry.{inquiry.state}", to=inquiry.address)
        case InquiryState.HUMAN:
            return say("inquiry.human", by=inquiry.answered_by)
    return None
