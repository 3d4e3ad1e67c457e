"""The weekly digest: what was done, what was caught, what was wrong, and how good it all was."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from mailagent.core.books import Booked
from mailagent.core.figures import Count, Figures, summed
from mailagent.core.people import Person
from mailagent.core.said import Said
from mailagent.core.setoff import listed_on, set_off
from mailagent.core.spot import SpotCheck, drawn
from mailagent.core.value import Value

BEFORE = 4  # weeks that the last one is compared with
AHEAD = timedelta(days=14)  # money that is due
MOST_LINES = 5  # of one part: the digest is one screen on a phone

_TITLES = {
    "en": ("Your week: {n} done, nothing to decide", "Your week: {n} done, {k} to decide"),
    "de": (
        "Ihre Woche: {n} erledigt, nichts zu entscheiden",
        "Ihre Woche: {n} erledigt, {k} zu entscheiden",
    ),
}


class Due(Value):
    """Money that is to be paid soon."""

    day: date
    vendor: str
    amount: Decimal
    currency: str


class DoneTask(Value):
    """What was finished of one task."""

    task: str
    n: int
    money: dict[str, Decimal] = {}


class Past(Value):
    """A case that was over, by the name people know."""

    ref: str
    title: str
    words: str = ""  # of an incident: what was wrong with it


class Digest(Value):
    """One week of one company."""

    week: date  # its Monday
    due: tuple[Due, ...] = ()
    done: tuple[DoneTask, ...] = ()
    caught: dict[str, int] = {}  # by the test that failed
    caught_money: dict[str, Decimal] = {}
    wrong: tuple[Past, ...] = ()
    now: Figures = Figures()
    before: Figures = Figures()  # of the four weeks before, together
    weeks: tuple[Figures, ...] = ()  # each of the five, the last one last
    baselines: dict[str, int] = {}  # minutes a case took a person, by task
    checks: tuple[SpotCheck, ...] = ()  # for a person to look at again
    lessons: tuple[str, ...] = ()
    offer: Said | None = None  # the one thing that is proposed
    prose: Said | None = None  # of a model, marked as such: it tells what the figures tell

    @property
    def minutes_saved(self) -> int:
        """Against the baseline; tasks without one count nothing."""
        return sum(one.n * self.baselines.get(one.task, 0) for one in self.done)

    @property
    def is_blank(self) -> bool:
        """Nothing has happened yet, and nothing is due: there is nothing to tell of."""
        told = (self.due, self.done, self.wrong, self.checks, self.lessons, self.offer)
        return not any(told) and not any(week.counts for week in self.weeks)

    @property
    def due_money(self) -> dict[str, Decimal]:
        """By currency: amounts of several make no sum."""
        sums: dict[str, Decimal] = {}
        for one in self.due:
            sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.amount
        return sums


class Told(NamedTuple):
    """What is not counted, but looked up."""

    due: Sequence[Booked] = ()
    wrong: Sequence[Past] = ()
    ended: Sequence[SpotCheck] = ()
    lessons: Sequence[str] = ()
    offer: Said | None = None


def first_week(today: date) -> date:
    """Of those that a digest needs: the last whole one, and the four before."""
    return last_week(today) - timedelta(weeks=BEFORE)


def last_week(today: date) -> date:
    """The Monday of the last whole week."""
    return today - timedelta(days=today.weekday() + 7)


def digest_of(
    counts: Sequence[Count], week: date, told: Told, baselines: Mapping[str, int]
) -> Digest:
    """The digest of a week."""
    mondays = [week - timedelta(weeks=n) for n in range(BEFORE, -1, -1)]
    weeks = tuple(summed(c for c in counts if c.week == monday) for monday in mondays)
    this = [c for c in counts if c.week == week]
    failed = {c.name.removeprefix("failed:") for c in this if c.name.startswith("failed:")}
    return Digest(
        week=week,
        due=_due(told.due),
        done=tuple(_done(this)),
        caught={name: weeks[-1][f"failed:{name}"] for name in sorted(failed)},
        caught_money=weeks[-1].money("caught"),
        wrong=tuple(told.wrong),
        now=weeks[-1],
        before=summed(c for c in counts if c.week in mondays[:-1]),
        weeks=weeks,
        baselines=dict(baselines),
        checks=drawn(told.ended, week),
        lessons=tuple(told.lessons),
        offer=told.offer,
    )


def digest_title(digest: Digest, waiting: int, person: Person) -> str:
    """What the subject line says."""
    none, some = _TITLES[person.language]
    return (some if waiting else none).format(n=digest.now["done"], k=waiting)


def _done(counts: Sequence[Count]) -> list[DoneTask]:
    tasks = sorted({c.task for c in counts if c.name == "done"})
    sums = {task: summed(c for c in counts if c.task == task) for task in tasks}
    return [DoneTask(task=t, n=s["done"], money=s.money()) for t, s in sums.items()]


def _due(booked: Sequence[Booked]) -> tuple[Due, ...]:
    """In full, less the credit notes that a payment run would take off."""
    rows = [listed_on(one, date.max) for one in booked]
    settled = set_off([r for r in rows if r.amount > 0], [r for r in rows if r.amount < 0])
    issued = {one.number: one.bill.issued for one in booked}
    return tuple(
        Due(day=p.due or issued[p.bill], vendor=p.vendor, amount=p.amount, currency=p.currency)
        for p in settled.payments
        if p.amount > 0
    )
