"""Many cases in one letter, and the one receipt for its answer."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from mailagent.core.brief import Seen
from mailagent.core.digest import Digest
from mailagent.core.letter.drafts import Line
from mailagent.core.letter.envelope import Envelope
from mailagent.core.policy import Judgement
from mailagent.core.proposal import Proposal
from mailagent.core.said import Said
from mailagent.core.value import Value


class BriefLine(Value):
    """One decision in a brief."""

    number: int
    ready: bool
    proposal: Proposal
    judgement: Judgement
    overdue: bool = False
    days: int = 0  # undecided for so long
    asked: Said | None = None  # in a mail of its own, which stays good


class BriefLetter(Value):
    """Asks for many decisions at once; every morning it is the sign that all is well, too."""

    says: Literal["brief"] = "brief"
    envelope: Envelope
    lines: tuple[BriefLine, ...]
    seen: Seen
    more: int = 0  # that wait as well, and come when these are answered
    unsorted: int = 0  # mails that were kept long ago and not sorted: trouble
    standing: tuple[str, ...] = ()  # refs of cases that do not move on: trouble
    paused: tuple[str, ...] = ()  # tasks; an empty name means all of them
    digest: Digest | None = None  # once a week it tells of the week as well
    missed: tuple[Said, ...] = ()  # what should have come and did not
    late: tuple[Said, ...] = ()  # drafts in mails of their own, without a number here
    expires_at: datetime


class Ending(StrEnum):
    """What came of one item of a brief."""

    APPROVED = "approve"  # and carried out, or on its way: its lines say it
    REJECTED = "reject"
    UNDONE = "undo"
    LATER = "later"
    REVISED = "revise"
    DELEGATED = "delegated"
    WRONG = "wrong"
    WRONG_HOW = "wrong_how"  # of what was done before: it was not said what
    RIGHT = "right"  # of what was done before
    ANSWERED = "answered"  # in a mail of its own
    FIRST_WORD = "first_word"
    SETTLED_SO = "happened"
    SETTLED_AGAIN = "retry"
    SETTLED_SKIP = "skip"
    NOT_COVERED = "not_covered"  # by `rest`
    UNCLEAR = "unclear"
    DOUBTED = "doubted"  # a test fails that passed when it was shown
    LATE = "late"  # it went on meanwhile
    MOVED = "moved"  # a newer version took its place
    DECIDED = "decided"
    EXPIRED = "expired"
    FROZEN = "frozen"
    ALTERED = "altered"  # in the store
    NOT_YOURS = "not_yours"
    FORBIDDEN = "forbidden"
    PARKED = "parked"
    RUNNING = "running"  # not finished when the receipt was due


# What uses a draft up: its case is carried out, closed or taken back by it.
DECIDING = frozenset(
    {Ending.APPROVED, Ending.REJECTED, Ending.UNDONE}
    | {Ending.SETTLED_SO, Ending.SETTLED_AGAIN, Ending.SETTLED_SKIP}
)


class ItemEnd(Value):
    """One item in the receipt of an answer to a brief."""

    number: int
    title: str
    ending: Ending
    detail: str = ""
    lines: tuple[Line, ...] = ()  # the actions, where it was carried out
    kept: tuple[Line, ...] = ()  # of an undo: what cannot be taken back
    until: datetime | None = None


class Handback(Value):
    """For whom somebody stood in, and since when."""

    substitute: str
    since: datetime
    waiting: int  # cases that nobody decided


class ItemsLetter(Value):
    """The one receipt for an answer to a brief, however many items it settled."""

    says: Literal["items"] = "items"
    envelope: Envelope
    items: tuple[ItemEnd, ...]
    undo: tuple[int, ...] = ()  # the numbers that `undo 1` works for
    undo_until: datetime | None = None
    settle: bool = False
    money_moved: str = ""  # empty: none
    handback: Handback | None = None  # what somebody else decided while they were away
