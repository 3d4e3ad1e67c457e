"""What the agent says to its own people, before it has a form: render/ makes the mail."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from mailagent.core.appointment import Itip
from mailagent.core.brief import Seen
from mailagent.core.capability import Payload
from mailagent.core.digest import Digest
from mailagent.core.filing import Found
from mailagent.core.gates import Lack
from mailagent.core.people import Company, Person
from mailagent.core.policy import Judgement
from mailagent.core.proposal import Proposal, stops
from mailagent.core.routine import Pause
from mailagent.core.said import Said
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


class Notice(StrEnum):
    """Why a notice is sent."""

    REFUSED = "refused"  # a reply failed a gate
    REFUSED_REQUEST = "refused_request"
    UNPROVEN = "unproven"  # a reply in an enrolled person's name, without the pinned proof
    ENROLLED = "enrolled"  # an address was measured and pinned anew, for a code
    SIGN_IN = "sign_in"  # to the mailbox: it ends soon
    DOUBTED = "doubted"  # what people are known by does not arrive, or can be forged
    NOT_ENROLLED = "not_enrolled"  # the same, with a code that was not good enough
    PARKED = "parked"  # a step could not be done, for a reason nobody foresaw
    BEGUN = "begun"  # the same, in the middle of an action
    UNOPENED = "unopened"  # a mail could not be opened
    TOO_LARGE = "too_large"  # a mail was not read
    STANDS_STILL = "stands_still"  # the daily count does not come out
    CODE = "code"  # a mail with a code or a link to confirm lies in the ops mailbox
    WELCOME = "welcome"
    FROZEN = "frozen"  # five failed attempts with a draft's own token
    HUMAN = "human"  # somebody outside wants to talk to a person
    OUTSIDE = "outside"  # what somebody outside wrote about a case that is over
    COMES = "comes"  # a guest of ours accepted
    WITHDRAWN = "withdrawn"  # an invitation, by whoever sent it, before it was answered
    NOT_TAKEN = "not_taken"  # the own calendar did not answer our invitation
    FIRST_WORD = "first_word"  # kept until a second person says the same
    STANDS_IN = "stands_in"  # for somebody who is away
    HANDED = "handed"  # who got a bill answered, and it is not clear what
    STEPPED_DOWN = "stepped_down"  # too much of a task went wrong
    NARROWED = "narrowed"  # a standing approval ended: what it covered was changed or wrong
    NOT_HANDED = "not_handed"  # who was to get a bill did not take it
    PROOF = "proof"  # to be answered: what comes back is measured


class NoticeLetter(Value):
    """Something a person should know; asks for nothing."""

    says: Literal["notice"] = "notice"
    envelope: Envelope
    notice: Notice
    facts: tuple[tuple[str, str | Said], ...] = ()  # label and value; foreign text only here
    original: Original | None = None  # the mail that it is about


class ReminderLetter(Value):
    """The day has come."""

    says: Literal["reminder"] = "reminder"
    envelope: Envelope
    day: date
    text: str
    others: tuple[str, ...] = ()  # what falls on this day as well
    instead_of: str = ""  # a copy, for whoever decides while this person is away


class About(StrEnum):
    """What was asked for, and is answered."""

    WHY = "why"
    LATER = "later"
    DELEGATED = "delegated"
    WRONG = "wrong"
    HELP = "help"
    QUEUE = "queue"
    STATUS = "status"
    REPORT = "report"
    FOUND = "found"
    CONTRACTS = "contracts"
    ORDERS = "orders"
    PAPERS = "papers"
    PAUSED = "paused"
    RESUMED = "resumed"
    NO_TASK = "no_task"  # to be paused or resumed
    LESSONS = "lessons"
    TASKS = "tasks"
    FORGOTTEN = "forgotten"
    NO_LESSON = "no_lesson"  # to be forgotten
    RENEWALS = "renewals"
    PACK = "pack"
    NO_MONTH = "no_month"  # to be packed
    AWAY = "away"
    NOT_AWAY = "not_away"  # why not
    BACK = "back"
    MODE = "mode"
    NARROWED = "narrowed"
    WIDENING = "widening"  # drafted, to be approved with a code
    NO_MODE = "no_mode"
    UNCLEAR = "unclear"
    TAUGHT = "taught"  # what mails of a sender are


class WaitsFor(StrEnum):
    """Why a case stands where it stands."""

    STATE = "state"  # as its state says
    OTHER = "other"  # somebody else's answer
    PUT_OFF = "put_off"
    SECOND = "second"  # a second person
    IN_BRIEF = "in_brief"  # an answer with its number
    NEXT_BRIEF = "next_brief"
    OUTSIDER = "outsider"  # somebody who was asked by mail
    PAUSED = "paused"
    FROZEN = "frozen"
    SILENT = "silent"  # asked again and again, and never answered


class Waits(Value):
    """A line of the queue."""

    ref: str
    state: str
    title: str
    on: WaitsFor = WaitsFor.STATE
    who: str = ""  # whom it waits for
    until: datetime | None = None


class Held(Value):
    """An answer whose proof cannot be checked at the moment."""

    sender: str
    subject: str
    received_at: datetime
    why: str


class Status(Value):
    """How the agent itself is."""

    since: datetime | None = None  # it runs
    mailbox: str
    waiting: int = 0
    held: int = 0
    troubles: tuple[str, ...] = ()  # the latest first
    paused: tuple[Pause, ...] = ()


class AnswerLetter(Value):
    """Answers a command or a request; changes nothing by itself."""

    says: Literal["answer"] = "answer"
    envelope: Envelope
    about: About
    number: int = 0  # of the item of a brief that is meant
    gaps: dict[str, str] = {}  # what fills the phrase
    until: datetime | None = None  # of `later`
    proposal: Proposal | None = None  # of `why`
    judgement: Judgement | None = None
    waits: tuple[Waits, ...] = ()  # of `queue`
    held: tuple[Held, ...] = ()
    status: Status | None = None
    counts: dict[str, int] = {}  # of `report`
    since: datetime | None = None  # counted from then on
    rest: bool = False  # words of the mail were left unread
    listed: tuple[tuple[str, Said], ...] = ()  # lines of a list, each with its label
    original: Original | None = None  # what comes with it
    found: Found | None = None  # of `find`
    originals: tuple[Original, ...] = ()  # the first of what was found


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


Letter = (
    DraftLetter
    | QuestionLetter
    | ReceiptLetter
    | NoticeLetter
    | ReminderLetter
    | AnswerLetter
    | BriefLetter
    | ItemsLetter
)


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
