"""What people are told, and answers to what they asked for."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from mailagent.core.filing import Found
from mailagent.core.letter.envelope import Envelope, Original
from mailagent.core.policy import Judgement
from mailagent.core.proposal import Proposal
from mailagent.core.routine import Pause
from mailagent.core.said import Said
from mailagent.core.value import Value


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
