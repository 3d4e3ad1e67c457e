"""All that a stage can reach, for one company."""

from asyncio import Semaphore
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mailagent.core.advice import ModelRules, Prompt
from mailagent.core.brief import BriefRules
from mailagent.core.decision import Verbs
from mailagent.core.enclosed import AskOwnPapers
from mailagent.core.filing import AskFiled, FilingRules
from mailagent.core.marks import Marks
from mailagent.core.meetings.agendas import AroundRule
from mailagent.core.modes import Mode
from mailagent.core.orders import OrderRules
from mailagent.core.owed import AskBill
from mailagent.core.pack import Packed
from mailagent.core.payments import PaymentRules
from mailagent.core.people import Company
from mailagent.core.policy import Rule
from mailagent.core.question import (
    Answer,
    AskCalendars,
    AskCorrespondent,
    AskMeeting,
    AskOrders,
    AskVendor,
    AskWhereEntered,
    Question,
)
from mailagent.core.replies import ReplyRules
from mailagent.core.routine import Routine
from mailagent.core.sign_in import SignIn
from mailagent.core.task import Task
from mailagent.core.tasklist import TaskCard
from mailagent.core.thresholds import Thresholds
from mailagent.core.vendor_papers import PaperRules
from mailagent.ports.calendars import Calendars
from mailagent.ports.meetings import known_meeting
from mailagent.ports.model import Model
from mailagent.ports.outside import Blobs, Clock, Keys, Mailbox, Post, Reader, Renderer
from mailagent.ports.store import Ledger, Store, System, Transaction


def nothing(_point: str) -> None:
    """The probe of every day."""


def nothing_packed(_packed: Packed) -> bytes:
    """Where nobody asks for one."""
    return b""


async def no_bell(_line: str) -> None:
    """Where nobody wants a line."""


def no_sign_in() -> SignIn | None:
    """Where a password opens the mailbox."""
    return None


def never_a_holiday(_day: date) -> bool:
    """Where nobody said in which country they work."""
    return False


@dataclass
class Ear:
    """Until when everything that people wrote is taken in; none: not since the agent runs."""

    heard_until: datetime | None = None


@dataclass(frozen=True)
class Office:
    """One company's desk. Stages are handed this and nothing else."""

    company: Company
    store: Store
    blobs: Blobs
    mailbox: Mailbox
    post: Post
    reader: Reader
    renderer: Renderer
    keys: Keys
    clock: Clock
    systems: Mapping[str, System]  # by the first word of a capability
    ledger: Ledger
    calendars: Calendars
    tasks: Mapping[str, Task]
    routines: Mapping[str, Routine]
    approvers: Mapping[str, tuple[str, ...]]  # by task: person ids, first comes first
    rules: tuple[Rule, ...]
    verbs: Verbs
    modes: Mapping[str, Mode] = field(default_factory=dict)  # by task, the widest of the file
    packs: Callable[[Packed], bytes] = nothing_packed  # a month pack as one file
    marks: tuple[Marks, ...] = ()  # how receiving servers vouch for a sender
    brief: BriefRules = field(default_factory=BriefRules)
    payments: PaymentRules = field(default_factory=PaymentRules)
    filing: FilingRules = field(default_factory=FilingRules)
    orders: OrderRules = field(default_factory=OrderRules)
    papers: PaperRules = field(default_factory=PaperRules)
    thresholds: Thresholds = field(default_factory=Thresholds)
    around: tuple[AroundRule, ...] = ()  # mails to the guests of meetings
    model: Model | None = None  # asked by ports/advice.py alone; None: everything goes without
    model_rules: ModelRules = field(default_factory=ModelRules)
    prompts: Mapping[str, Prompt] = field(default_factory=dict)
    asking: Semaphore = field(default_factory=lambda: Semaphore(2))
    remind_before: tuple[int, ...] = (90, 30, 7)  # days, of contracts
    replies: ReplyRules = field(default_factory=ReplyRules)
    batch: int = 200  # mails fetched at once
    mail_bytes: int = 52_428_800  # a larger mail is set aside unread
    reply_bytes: int = 1_000_000  # a reply may not be larger (GATES, G1)
    since: datetime | None = None  # it runs
    ear: Ear = field(default_factory=Ear)
    cards: tuple[TaskCard, ...] = ()  # the list of work as people read it
    baselines: Mapping[str, int] = field(default_factory=dict)  # minutes a case, by task
    versions: Mapping[str, str] = field(default_factory=dict)  # of code, policy, prompts, model
    is_holiday: Callable[[date], bool] = never_a_holiday
    ring: Callable[[str], Awaitable[None]] = no_bell  # a line to a chat: best effort, no content
    sign_in: Callable[[], SignIn | None] = no_sign_in  # to the mailbox, where it ends by itself
    hold: timedelta = timedelta(hours=1)  # how long DNS may keep a decision waiting
    probe: Callable[[str], None] = nothing  # called at every commit point, by name

    async def answer(  # noqa: C901 - one line for each question
        self, tx: Transaction, question: Question
    ) -> Answer:
        """What a task wants to know of the world outside, from whoever knows it."""
        known: Answer
        match question:
            case AskVendor():
                vendor = await self.ledger.vendor(tx, question)
                known = vendor.by_the_rules(self.orders)
            case AskBill():
                known = await tx.known_bill(question)
            case AskCorrespondent():
                known = await tx.correspondent(question.address)
            case AskFiled():
                known = await tx.known_filed(question)
            case AskCalendars():
                known = await self.calendars.known(tx, question)
            case AskWhereEntered():
                known = self.calendars.where_entered()
            case AskMeeting():
                known = await known_meeting(tx, question)
            case AskOwnPapers():
                known = await tx.own_papers(question)
            case AskOrders():
                known = await tx.known_orders(question)
        return known
