"""The two weeks, played: what arrives and what is said, in the order of the clock."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from mailagent.core.letter import OutgoingMail
from tests.clients import Mail
from tests.fortnight.agent import Agent, agent_of, vouched
from tests.fortnight.mails import ZONE, Arriving, of_day
from tests.fortnight.people import APPS, Someone
from tests.fortnight.transcript import Transcript

FIRST = date(2026, 5, 4)  # a Monday; 14 May is a holiday
DAYS = 14
GOLDEN = Path(__file__).parent / "golden.txt"
BUDGET = 8  # mails a day to one person that answer nothing; STOPs aside
# The one mail that answers a person's word; to a single draft that may be its next version.
ANSWERS = frozenset({"receipt", "items", "question", "answer"})
# When the routines are looked at: in truth every minute, here as often as it matters.
_LOOKS = (*(time(hour) for hour in range(6, 21)), time(7, 30), time(23, 59))


class Said(NamedTuple):
    """What somebody does at a time of a day."""

    at: time
    who: str
    does: str  # brief, draft, receipt, asks
    words: str = ""
    changed: dict[str, str] = {}


# Once a day from the brief; and what else people say.
_USUAL = Said(time(8, 30), "ann", "brief")
_ALONE = Said(time(17, 30), "ann", "draft")  # a draft that came in a mail of its own
_DAYS: dict[int, tuple[Said, ...]] = {
    1: (_USUAL._replace(changed={"Telco Nord": "due 29 May"}), _ALONE),
    2: (_USUAL, Said(time(8, 45), "ann", "receipt", "undo 1"), _ALONE),
    4: (
        Said(time(8, 20), "ann", "brief", "let me think about these"),
        _USUAL._replace(changed={"Lindner": "reject wrong entity", "Telco": "later monday"}),
        _ALONE,
    ),
    5: (),
    6: (),
    7: (_USUAL, _ALONE._replace(words="reject we never ordered this")),
    8: (
        _USUAL._replace(changed={"Fjord": "delegate ben@corp.test"}),
        Said(time(17), "ann", "asks", "away until 13 May, ben decides"),
    ),
    9: (_USUAL._replace(who="ben"),),
    10: (),
    11: (_USUAL, Said(time(8, 40), "ann", "asks", "pause meetings")),
    12: (),
    13: (Said(time(18), "ann", "asks", "resume"),),
}


@dataclass
class Day:
    """What is counted of one day; mails by person."""

    day: date
    arrived: int = 0
    asked_for: Counter[str] = field(default_factory=Counter)  # what answers a word of theirs
    unasked: Counter[str] = field(default_factory=Counter)
    urgent: Counter[str] = field(default_factory=Counter)
    replies: list[tuple[str, list[str]]] = field(default_factory=list)  # and how each was answered
    trouble: str = ""


def wrong_with(day: Day) -> list[str]:
    """What is not as it was promised: the budget, one answer to each word, nothing lost."""
    said = [f"{who} got {n} mails" for who, n in day.unasked.items() if n > BUDGET]
    said += [f"{len(kinds)} answers to {own!r}" for own, kinds in day.replies if len(kinds) != 1]
    return said + [day.trouble] * bool(day.trouble)


@dataclass
class Weeks:
    """All of it, while it goes on and afterwards."""

    agent: Agent
    people: dict[str, Someone]
    transcript: Transcript
    days: list[Day] = field(default_factory=list)
    delivered: int = 0

    async def play(self, days: int) -> AsyncIterator[Day]:
        """Day after day; each as it is over."""
        for number in range(days):
            await self._day(FIRST + timedelta(days=number), number)
            yield self.days[-1]

    async def _day(self, day: date, number: int) -> None:
        self.days.append(Day(day))
        self.transcript.day(day)
        for at, what in sorted(_happens(day, number), key=lambda one: one[0]):
            await self._until(at)
            match what:
                case Arriving():
                    await self._arrives(what)
                case Said():
                    await self._says(what)
        await self._count()

    async def _until(self, at: datetime) -> None:
        """Routines are looked at now and then; mail comes in between."""
        before = len(self.agent.post.sent)
        await self.agent.lives_until(at, ticks=at.astimezone(ZONE).time() in _LOOKS)
        self._sent(self.agent.post.sent[before:])

    async def _arrives(self, mail: Arriving) -> None:
        self.days[-1].arrived += 1
        self.delivered += 1
        self.transcript.arrives(mail)
        self._sent(await self.agent.gets(vouched(mail.raw, self.agent.clock)))

    async def _says(self, said: Said) -> None:
        person = self.people[said.who]
        if said.does == "asks":
            await self._hands_in(person, person.writes(said.words), said.words)
        elif to := _meant(said, person):
            own = said.words or (
                person.word_for(to) if said.does == "draft" else person.words_for(to, said.changed)
            )
            await self._hands_in(person, person.answers(to, own), own, to)

    async def _hands_in(
        self, person: Someone, raw: bytes, own: str, to: Mail | None = None
    ) -> None:
        self.delivered += 1
        self.transcript.says(person, own, to)
        sent = await self.agent.gets(vouched(raw, self.agent.clock, person.address))
        theirs = [m.kind for m in sent if m.recipient == person.address]
        answers = [kind for kind in theirs if kind in ANSWERS] or theirs
        self.days[-1].replies.append((f"{person.id}: {own}", answers))
        self._sent(sent, asked=True)

    def _sent(self, mails: list[OutgoingMail], *, asked: bool = False) -> None:
        today, by_address = self.days[-1], {p.address: p for p in self.people.values()}
        for one in mails:
            mail = Mail(one.raw)
            self.transcript.sent(one, mail, self.agent.clock.now())
            if person := by_address.get(one.recipient):
                person.got.append(mail)
                stop = mail.subject.startswith("STOP")
                counted = today.urgent if stop else today.asked_for if asked else today.unasked
                counted[person.id] += 1

    async def _count(self) -> None:
        """The same as the daily reconciliation, and whether all that came is there."""
        async with self.agent.begin() as tx:
            found = await tx.reconcile(self.agent.clock.now() - timedelta(hours=2))
        kept = sum(n for name, n in found.by.items() if name.startswith("messages "))
        still = [*map(str, found.unsorted), *found.standing]
        wrong = [f"{', '.join(still)} stand still"] if still else []
        wrong += [f"{self.delivered} came, {kept} are kept"] if kept != self.delivered else []
        self.days[-1].trouble = "; ".join(wrong)
        self.transcript.counted(found.by, self.days[-1].trouble)


def _happens(day: date, number: int) -> Iterator[tuple[datetime, Arriving | Said | None]]:
    for mail in of_day(day, number):
        yield mail.at, mail
    for said in _DAYS.get(number, (_USUAL, _ALONE)):
        yield datetime.combine(day, said.at, ZONE), said
    for look in _LOOKS:
        yield datetime.combine(day, look, ZONE), None


def _meant(said: Said, person: Someone) -> Mail | None:
    """The mail that they answer."""
    if said.does == "brief":
        return person.brief()
    if said.does == "receipt":
        return next((m for m in reversed(person.got) if m.written.startswith("Done")), None)
    return person.draft()


@asynccontextmanager
async def beginning(home: Path) -> AsyncIterator[Weeks]:
    """The morning of the first day."""
    begun = datetime.combine(FIRST, time(5), ZONE)
    async with agent_of(home, begun, APPS) as agent:
        ann = Someone("ann", "Ann Lee", "owner", agent.clock, APPS["ann"])
        ben = Someone("ben", "Ben Okoro", "ben", agent.clock, APPS["ben"])
        names = {one.address: one.name.partition(" ")[0] for one in (ann, ben)}
        yield Weeks(agent, {"ann": ann, "ben": ben}, Transcript(names))
