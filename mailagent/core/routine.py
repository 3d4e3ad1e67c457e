"""What the clock starts: what a routine is shown, and what it may find to do."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from mailagent.core.appointment import Kept
from mailagent.core.away import Away
from mailagent.core.books import Booked
from mailagent.core.brief import BriefRules, Desk
from mailagent.core.draft import Draft
from mailagent.core.handover import Handed
from mailagent.core.inquiry import Inquiry
from mailagent.core.meetings.agendas import AroundRule, DatedMeeting, MeetingMail
from mailagent.core.pack import Month
from mailagent.core.payments import PaymentRules
from mailagent.core.people import Person
from mailagent.core.said import Said
from mailagent.core.shadow import Foreseen
from mailagent.core.sign_in import SignIn
from mailagent.core.thresholds import Crossing, Mark, Thresholds, Watched
from mailagent.core.value import Value
from mailagent.core.vendor_papers import Chase, PaperOnFile, PaperRules


class Reminder(Value):
    """A reminder somebody approved."""

    id: int
    person: str
    case: int
    day: str  # ISO
    text: str


class Snooze(Value):
    """A case that somebody put off."""

    case: int
    person: str
    until: datetime


class Pause(Value):
    """Nothing of a task is proposed."""

    task: str  # empty: every task
    person: str
    since: datetime


class Counts(Value):
    """Where everything is: what a reconciliation looks at."""

    by: dict[str, int]
    unsorted: tuple[int, ...] = ()  # messages kept long ago that nobody sorted
    standing: tuple[str, ...] = ()  # refs of cases that should have moved on


class Undecided(Value):
    """A draft whose case nobody has decided since then."""

    draft: Draft
    since: datetime


class Covered(Value):
    """A case that goes ahead without a word, because a standing approval covers it."""

    case: int
    version: int
    ruled: int  # the number of that row
    person: str
    hold_hours: int


class View(Value):
    """What routines see of a company."""

    now: datetime
    people: tuple[Person, ...]
    reminders: tuple[Reminder, ...] = ()  # set, and their day has come somewhere on earth
    expired: tuple[Draft, ...] = ()  # open, and past their time
    woken: tuple[Snooze, ...] = ()  # put off until now
    unanswered: tuple[Inquiry, ...] = ()  # asked outside, and waited for long enough
    unheard: tuple[Handed, ...] = ()  # handed over, and nobody says whether they have it
    counts: Counts = Counts(by={})
    desks: tuple[Desk, ...] = ()  # of the people who decide
    rules: BriefRules = BriefRules()
    holidays: frozenset[date] = frozenset()  # of the last weeks and the next days
    payable: tuple[Booked, ...] = ()  # due within the window of the payment run
    payments: PaymentRules = PaymentRules()
    undecided: tuple[Undecided, ...] = ()  # for long
    late_holds: tuple[Kept, ...] = ()
    copies: tuple[Kept, ...] = ()  # sent to a calendar by mail, and not answered
    absences: tuple[Away, ...] = ()
    covered: tuple[Covered, ...] = ()  # shown for long enough
    bookkeeper: str = ""  # who gets the month pack; empty: nobody
    doubts: tuple[Said, ...] = ()  # what speaks against what people are known by
    sign_in: SignIn | None = None  # to the mailbox, where it ends by itself
    papers: tuple[PaperOnFile, ...] = ()  # of vendors
    paper_rules: PaperRules = PaperRules()
    watched: tuple[Watched, ...] = ()  # tasks, as they were counted
    thresholds: Thresholds = Thresholds()
    meetings: tuple[DatedMeeting, ...] = ()  # of these days, with guests from outside
    around: tuple[AroundRule, ...] = ()  # what is written to their guests
    shadowed: tuple[Foreseen, ...] = ()  # invitations that nobody was asked about


class Remind(Value):
    """Mail a person on the day: one mail, however many things fall on it."""

    reminders: tuple[Reminder, ...]
    person: Person


class Expire(Value):
    """A token ends; the case does not, and is asked again."""

    draft: Draft


class Report(Value):
    """The count was made; `trouble` says what is wrong, empty: nothing."""

    counts: Counts
    trouble: tuple[Said, ...] = ()


class Wake(Value):
    """What somebody put off comes back, with a fresh token."""

    snooze: Snooze


class ProposePayments(Value):
    """Put what is due into one payment file, for approval."""

    day: date
    bills: tuple[Booked, ...]


class ProposePack(Value):
    """Send the bookkeeper what a month brought, once somebody says so."""

    month: Month


class AskForPapers(Value):
    """Ask a vendor for papers, once somebody says so."""

    chase: Chase
    slot: int


class DraftAround(Value):
    """Write to the guests of a meeting, once somebody says so."""

    mail: MeetingMail


class GiveUp(Value):
    """Somebody outside does not answer: the case comes back."""

    inquiry: Inquiry


class ReleaseHold(Value):
    """A time that was held is free again."""

    kept: Kept


class TellNotTaken(Value):
    """An invitation to the person's own calendar is not answered."""

    kept: Kept


class GoAhead(Value):
    """What standing approvals cover is done, in one go."""

    covered: tuple[Covered, ...]


class ProposeWidening(Value):
    """Look whether something could go by itself, and propose it; once for each week."""

    week: int


class PublishCalendar(Value):
    """The file of the embedded calendar is written anew."""


class Return(Value):
    """Somebody is back: they are asked again, and hear what was decided."""

    away: Away


class CompareCalendars(Value):
    """Look into the calendars what became of invitations in shadow."""

    invitations: tuple[Foreseen, ...]


class CountFigures(Value):
    """What is new in the audit log is counted."""


class NoteSilence(Value):
    """Nobody said whether they got what was handed to them."""

    handed: Handed


class SendBrief(Value):
    """What waits for a person is sent, or what they get every morning."""

    person: Person
    morning: bool


class Watch(Value):
    """What is not held against a task any more; and too much of something, which ends its power."""

    task: str
    mark: Mark
    crossing: Crossing | None = None


class TellDoubts(Value):
    """Somebody has to look at how people are known."""

    doubts: tuple[Said, ...]


class TellSignIn(Value):
    """It ends soon; then nothing comes and nothing goes out."""

    given: SignIn


class AskSubstitute(Value):
    """One more person is asked, as the settings say; the first one still may."""

    case: int
    person: Person
    instead_of: str


Duty = (
    AskSubstitute
    | AskForPapers
    | DraftAround
    | NoteSilence
    | Remind
    | Expire
    | Wake
    | GiveUp
    | Report
    | SendBrief
    | ProposePayments
    | TellDoubts
    | TellSignIn
    | ReleaseHold
    | TellNotTaken
    | PublishCalendar
    | ProposePack
    | CompareCalendars
    | CountFigures
    | Return
    | GoAhead
    | ProposeWidening
    | Watch
)


class Sight(StrEnum):
    """What a routine has to be shown; fetching the rest would cost for nothing."""

    REMINDERS = "reminders"
    EXPIRED = "expired"
    WOKEN = "woken"
    UNANSWERED = "unanswered"
    UNHEARD = "unheard"
    COUNTS = "counts"
    DESKS = "desks"
    PAYABLE = "payable"
    BOOKKEEPER = "bookkeeper"
    PAPERS = "papers"
    MEETINGS = "meetings"
    DOUBTS = "doubts"
    SIGN_IN = "sign_in"
    UNDECIDED = "undecided"
    HOLDS = "holds"
    COPIES = "copies"
    ABSENCES = "absences"
    COVERED = "covered"
    WATCHED = "watched"
    SHADOWED = "shadowed"


class Routine(NamedTuple):
    """Something that happens again and again; a missed slot is caught up once."""

    name: str
    every: timedelta
    due: Callable[[View], list[Duty]]
    sees: Sight | None = None

    def following(self, now: datetime) -> datetime:
        """The next slot after now. Slots are counted from midnight UTC of the first day."""
        seconds = self.every.total_seconds()
        return datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, tz=now.tzinfo)
