"""One case: what is proposed, asked back and done."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from mailagent.core.capability import Payload
from mailagent.core.gates import Lack
from mailagent.core.letter.envelope import Envelope, Origin, Original
from mailagent.core.policy import Judgement
from mailagent.core.proposal import Proposal, stops
from mailagent.core.said import Said
from mailagent.core.value import Value


class DraftLetter(Value):
    """Asks for a decision."""

    says: Literal["draft"] = "draft"
    envelope: Envelope
    proposal: Proposal
    judgement: Judgement
    expires_at: datetime
    origin: Origin
    approved_by: tuple[str, ...] = ()  # names of those whose word is kept; this is the second
    original: Original | None = None
    picture: bytes | None = None  # PNG of the page, values boxed as `numbered` says

    @property
    def stop(self) -> bool:
        """No buttons, and the document is not sent on."""
        return stops(self.proposal)


class QuestionLetter(Value):
    """A reply was genuine and not understood: nothing happened, two likely answers are ready."""

    says: Literal["question"] = "question"
    envelope: Envelope
    proposal: Proposal | None  # None: it answered a brief
    they_wrote: str
    why: Said | None  # why it was not enough
    likely: tuple[str, ...]
    lacks: Lack | None = None  # understood, but it needs a code or another person
    again: bool = False  # they were asked before


class Settled(StrEnum):
    """How one action ended."""

    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REFUSED = "refused"  # not tried
    LEFT_OUT = "left_out"  # as the answer said


class Line(Value):
    """One action in a receipt."""

    number: int
    payload: Payload
    settled: Settled
    detail: str = ""  # what a system said of it, by its phrase or in its own words
    why: Said | None = None  # it did not work


class ReceiptLetter(Value):
    """One per reply: what was done, what was not, and how to take it back."""

    says: Literal["receipt"] = "receipt"
    envelope: Envelope
    verb: str  # approve, reject, undo
    lines: tuple[Line, ...]
    reason: str = ""  # of a reject
    kept: tuple[Line, ...] = ()  # of an undo: what was done and cannot be taken back
    settle: bool = False  # one of them is unknown: happened, retry or skip settles it
    undo_until: datetime | None = None  # None: nothing to undo
    money_moved: str = ""  # empty: none
