"""The brief: many decisions in one mail. One token covers it, each item keeps its own digest."""

from collections.abc import Container, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from mailagent.core.decision import Decision, Execute, Items, ShownItem
from mailagent.core.draft import Draft, DraftState
from mailagent.core.money import Money
from mailagent.core.people import Person
from mailagent.core.policy import Judgement, Verdict, amounts
from mailagent.core.proposal import Proposal, Purpose, stops
from mailagent.core.spelling import spell_money
from mailagent.core.spot import SpotCheck
from mailagent.core.token import Token, new_token
from mailagent.core.value import Value, canonical, sha256

# More lines than this nobody reads on a phone; the others come when these are answered.
MOST_ITEMS = 50
# Between two briefs that no morning brings; twice as long for each that nobody answered yet.
PACE = timedelta(hours=2)
_LONGEST_PACE = 3  # times it is doubled
# Mails of a day that no such brief uses up: a code that came, or a reminder, cannot wait.
_KEPT = 1
# A morning that was missed is caught up, but not in the evening.
_MORNING_LASTS = timedelta(hours=5)
_SATURDAY = 5
# A draft that nobody answered for so long is named in the brief; its own mail stays good.
REMINDED_AFTER = timedelta(hours=24)


class BriefRules(Value):
    """When drafts become a brief, and when it comes."""

    handful: int = 5  # undecided drafts of one person; what is more waits for the brief
    mails_a_day: int = 8  # drafts and briefs to one person; STOPs have as many of their own
    weekly_on: int = 0  # Monday: that morning it tells of the week before
    at: time = time(7, 30)  # by the person's own clock, on working days


class BriefKind(StrEnum):
    """Why it was sent."""

    MORNING = "morning"
    BURST = "burst"
    RECEIPT = "receipt"  # of an answer to a brief; its items are what `undo` takes back


# The version of a BRIEF job that comes of the morning; any other is for what waits alone.
MORNING = 1
# And one that tells of the week, whatever the day.
WEEKLY = 2

_TITLES = {
    "en": ("Nothing to decide", "1 decision", "{n} decisions"),
    "de": ("Nichts zu entscheiden", "1 Entscheidung", "{n} Entscheidungen"),
}


class BriefItem(Value):
    """One line: a version of a case, under its number."""

    number: int
    draft: Draft  # its token went out in no mail, or before in one of its own: never in this
    ready: bool


class Brief(Value):
    """What was sent to one person, under one token."""

    draft: Draft
    title: str
    kind: BriefKind
    items: tuple[BriefItem, ...]
    checks: tuple[SpotCheck, ...] = ()  # of a weekly one: done before, shown again
    seen_to: int = 0  # the newest message that it counted

    @property
    def stays_open(self) -> bool:
        """Whether something can be said to it when everything in it is decided."""
        return self.kind is BriefKind.RECEIPT or bool(self.checks)

    @property
    def unanswered(self) -> bool:
        """Whether something is shown again of which nobody said anything."""
        return any(one.found is None for one in self.checks)

    def asks_again(self, item: BriefItem) -> bool:
        """Whether nobody decided it yet, and no mail but a brief asks for it: what has a mail of
        its own is older than the brief that gave it a number.
        """
        return item.draft.state is DraftState.OPEN and item.draft.id > self.draft.id

    def by_draft(self, draft: int) -> BriefItem | None:
        """The line of this draft."""
        return next((item for item in self.items if item.draft.id == draft), None)


class Answered(Value):
    """What came of one item in one answer."""

    message: int
    brief: int
    number: int
    draft: int  # 0: of a spot check
    outcome: str
    detail: str = ""
    at: datetime | None = None  # noted by the store


class Seen(Value):
    """Where everything is that came in since the last brief, and all that is in this one."""

    all: int = 0  # counted by itself
    here: int = 0
    waiting: int = 0  # in mails of their own, with somebody else, or for the next brief
    done: int = 0
    aside: int = 0
    aside_as: dict[str, int] = {}  # of these, how many of each kind
    answers: int = 0  # to mails of ours
    parked: int = 0
    codes: int = 0  # and links to confirm: they lie in Ops/Parked
    working: int = 0

    @property
    def comes_out(self) -> bool:
        """Whether the parts make the whole."""
        parts = (self.here, self.waiting, self.done, self.aside)
        return self.all == sum((*parts, self.answers, self.parked, self.codes, self.working))


class Load(Value):
    """What lies before one person."""

    undecided: int = 0  # drafts of theirs that wait for an answer
    waiting: int = 0  # cases whose draft waits for the brief
    soon: int = 0  # of these, what does not wait for the morning
    coming: int = 0  # mails and documents that are still being looked at
    mails: int = 0  # that nobody's answer asked for, today
    stops: int = 0  # STOPs, beside them


class Desk(Value):
    """What a routine sees of one person's decisions."""

    person: Person
    load: Load
    heartbeat: bool = False  # a brief comes every working day, also when nothing waits
    last_brief: datetime | None = None
    last_morning: datetime | None = None
    unanswered: int = 0  # briefs of theirs that nobody said a word to
    late: int = 0  # drafts in mails of their own that nobody answered for a working day
    urgent: bool = False  # something falls due before the next working day


def is_held_back(load: Load, rules: BriefRules, *, stop: bool) -> bool:
    """Whether a draft waits for the brief instead of being a mail of its own.

    A STOP does not wait, however many mails there were; but a flood of STOPs is a flood.
    """
    if stop:
        return load.stops >= rules.mails_a_day
    many = load.undecided + load.waiting + load.coming >= rules.handful
    return many or load.mails >= rules.mails_a_day


def is_morning(
    desk: Desk, rules: BriefRules, now: datetime, holidays: Container[date] = frozenset()
) -> bool:
    """Whether today's brief is due, by the person's own clock; a holiday has one where it must."""
    there = now.astimezone(desk.person.zone)
    begins = datetime.combine(there.date(), rules.at, desk.person.zone)
    works = is_working_day(there.date(), holidays)
    if not (works or desk.urgent) or not begins <= there < begins + _MORNING_LASTS:
        return False
    last = desk.last_morning
    return last is None or last.astimezone(desk.person.zone).date() < there.date()


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Neither weekend nor holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def worked(since: datetime, now: datetime, person: Person, holidays: Container[date]) -> timedelta:
    """The time between on working days, where the person lives."""
    passed, at = timedelta(), since.astimezone(person.zone)
    end = now.astimezone(person.zone)
    while at < end:
        midnight = datetime.combine(at.date() + timedelta(days=1), time(), person.zone)
        if is_working_day(at.date(), holidays):
            passed += min(midnight, end) - at
        at = midnight
    return passed


def is_weekly(person: Person, rules: BriefRules, now: datetime, last: datetime | None) -> bool:
    """Whether this is the week's first brief on its day or after: a holiday puts it off."""
    today = now.astimezone(person.zone).date()
    day = today - timedelta(days=(today.weekday() - rules.weekly_on) % 7)
    return day == today or (last is not None and last.astimezone(person.zone).date() < day)


def is_crowded(desk: Desk, rules: BriefRules, now: datetime) -> bool:
    """Whether what waits is to be sent before the next morning: nothing more is coming.

    Before the morning's brief there is none: what the night brought is in that one.
    """
    load = desk.load
    pace = PACE * 2 ** min(max(desk.unanswered - 1, 0), _LONGEST_PACE)
    rested = desk.last_brief is None or now - desk.last_brief >= pace
    day = now.astimezone(desk.person.zone).time() >= rules.at
    calm = day and rested and not load.coming
    return bool(load.soon and calm and load.mails < rules.mails_a_day - _KEPT)


def is_unanswered(brief: Brief) -> bool:
    """Whether nobody has decided anything of what it asks."""
    return bool(brief.items) and all(i.draft.state is DraftState.OPEN for i in brief.items)


def are_few(load: Load, waiting: int, rules: BriefRules) -> bool:
    """Whether drafts of their own are the better mails for what waits."""
    handful = load.undecided + waiting <= rules.handful
    return waiting <= 1 or (handful and load.mails + waiting <= rules.mails_a_day)


def day_began(person: Person, now: datetime) -> datetime:
    """Midnight, by the person's own clock."""
    today = now.astimezone(person.zone).date()
    return datetime.combine(today, time(), person.zone).astimezone(UTC)


def title_of(proposals: Sequence[Proposal], person: Person) -> str:
    """6 decisions, EUR 4,310.00"""
    none, one, many = _TITLES[person.language]
    said = (none, one)[len(proposals)] if len(proposals) < 2 else many.format(n=len(proposals))
    sums: dict[str, Decimal] = {}
    # Of alternatives one will be chosen; what is certain is the rest.
    certain = [proposal.model_copy(update={"alternatives": ()}) for proposal in proposals]
    for money in (amount for proposal in certain for amount in amounts(proposal)):
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    spelled = [spell_money(Money(amount=a, currency=c), person.locale) for c, a in sums.items()]
    return ", ".join([said, *([" + ".join(spelled)] if spelled else [])])


def is_ready(proposal: Proposal, judgement: Judgement, *, overdue: bool) -> bool:
    """Whether `rest ok` may mean it: nothing failed, nothing to choose, the word is enough,
    and no rule wants a person to look at it.
    """
    plain = proposal.purpose is Purpose.DO and not (proposal.alternatives or proposal.alone)
    calm = not proposal.failed_checks and not stops(proposal) and not overdue
    return plain and calm and judgement.verdict <= Verdict.ASK and not judgement.hits


def brief_digest(company: str, items: Iterable[BriefItem], checks: Iterable[SpotCheck] = ()) -> str:
    """Over the digests of its items, over what `rest` may mean, and what is shown again."""
    lines = [
        [item.number, item.draft.case, item.draft.version, item.draft.digest, item.ready]
        for item in items
    ]
    again = [[one.number, one.case, one.version, one.ref] for one in checks]
    shown = {"checks": again} if again else {}
    return sha256(canonical({"company": company, "items": lines, **shown}))


def new_brief(
    serial: int, made: str, person: Person, now: datetime, expires_at: datetime
) -> tuple[Draft, Token]:
    """The draft that stands for the whole brief, and the token that its mail will know."""
    token = new_token(made)
    draft = Draft(
        id=0,  # given by the store
        version=serial,
        ref=f"B-{serial}",
        person=person.id,
        token_hash=token.hash,
        digest=made,
        issued_at=now,
        expires_at=expires_at,
    )
    return draft, token


def shown_item(proposal: Proposal, judgement: Judgement, *, ready: bool) -> ShownItem:
    """A line as the grammar takes it."""
    return ShownItem(
        ready=ready,
        heavy=judgement.verdict >= Verdict.CODE,
        alternatives=tuple(one.label for one in proposal.alternatives),
        purpose=proposal.purpose,
    )


def by_items(said: Decision, brief: Brief) -> Decision:
    """`undo` and `undo 2` to the receipt of several: a word for each of them."""
    if brief.kind is not BriefKind.RECEIPT or not isinstance(said, Execute):
        return said
    wanted = [str(i.number) for i in brief.items if i.number not in said.left_out]
    each = said.model_copy(update={"code": "", "left_out": ()})
    return Items(items=dict.fromkeys(wanted, each), code=said.code)
