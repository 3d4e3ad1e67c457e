"""Somebody is away, and somebody else decides meanwhile. Nothing is decided by silence."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from mailagent.core.decision.days import Frame, day_at
from mailagent.core.decision.text import Text
from mailagent.core.decision.types import Shown, ShownAs
from mailagent.core.decision.verbs import Verbs
from mailagent.core.people import Person
from mailagent.core.said import Said, say
from mailagent.core.value import Value

LONGEST = timedelta(days=366)
# They are asked again from the morning after their last day on.
_MORNING = time(7)


class Away(Value):
    """Who is away, who decides, and until when."""

    person: str
    substitute: str
    since: datetime
    until: datetime  # the morning after the last day, where the person lives

    @property
    def last_moment(self) -> datetime:
        """As people call it: on the last day itself."""
        return self.until - timedelta(hours=_MORNING.hour, minutes=1)

    def record(self) -> dict[str, str]:
        """For the audit log."""
        until = self.until.isoformat()
        return {"person": self.person, "substitute": self.substitute, "until": until}


class StoodIn(Value):
    """A case that a substitute may decide because its owner is away."""

    case: int
    person: str  # who is away
    substitute: str
    since: datetime


class Wish(NamedTuple):
    """What somebody said of their absence."""

    until: datetime | None
    who: str  # as it was written; empty: nobody was named
    several: bool = False  # the day may be one of two


def wished(argument: str, person: Person, now: datetime, verbs: Verbs) -> Wish:
    """`3 Jan, ben decides`; the day itself is still one of absence."""
    shown = Shown(kind=ShownAs.REQUEST, ref="", locale=person.locale, timezone=person.timezone)
    text = Text(argument, shown, verbs)
    told = day_at(text, 0, Frame(now=now.astimezone(person.zone), locale=person.locale, loose=True))
    if told is None:
        return Wish(None, "")
    until = None
    if len(told.days) == 1:
        after = datetime.combine(told.days[0] + timedelta(days=1), _MORNING, person.zone)
        until = after.astimezone(UTC)
    return Wish(until, _name(text, told.end), several=len(told.days) > 1)


def _name(text: Text, at: int) -> str:
    """What is left when the words around a name are gone."""
    around = text.verbs.decides | text.verbs.joins | frozenset({",", "."})
    left = []
    while at < len(text):
        found = text.phrase(at, around)
        if found is None:
            left.append(text.own[text.words[at].start : text.words[at].end])
        at = found.end if found else at + 1
    return " ".join(left)


def named(who: str, people: Iterable[Person]) -> Person | None:
    """The one person who is called so: by id, by name, by first name, by address."""
    wanted = who.casefold().strip().strip("<>")
    found = [person for person in people if wanted in _names(person)]
    return found[0] if len(found) == 1 else None


def _names(person: Person) -> set[str]:
    first = person.name.split()[:1]
    names = {person.id, person.name, *first, *(entry.address for entry in person.addresses)}
    return {name.casefold() for name in names}


def hindrance(
    person: Person, wish: Wish, people: Sequence[Person], absences: Sequence[Away], now: datetime
) -> Said | None:
    """Why this absence cannot begin so; None: it can."""
    if wish.until is None or not now < wish.until <= now + LONGEST:
        return say("away.when_two" if wish.several else "away.when")
    other = substitute_of(person, wish, people)
    if other is None:
        who = wish.who or person.substitute or ""
        return say("away.unknown", who=who) if who else say("away.who")
    return _unfit(other, person, absences) or _bound(person, people, absences)


def _unfit(other: Person, person: Person, absences: Sequence[Away]) -> Said | None:
    """Why this one cannot decide in the other's place."""
    if other.id == person.id:
        return say("away.self")
    if not any(entry.pin for entry in other.addresses):
        return say("away.not_enrolled", who=other.name)
    if any(one.person == other.id for one in absences):
        return say("away.away_too", who=other.name)
    return None


def _bound(person: Person, people: Sequence[Person], absences: Sequence[Away]) -> Said | None:
    """What was given to a substitute cannot be handed on by them."""
    owner = next((one.person for one in absences if one.substitute == person.id), None)
    names = {one.id: one.name for one in people}
    return say("away.stands_in", who=names.get(owner, owner)) if owner else None


def substitute_of(person: Person, wish: Wish, people: Sequence[Person]) -> Person | None:
    """Who decides: whoever was named, otherwise the one of the settings."""
    return named(wish.who or person.substitute or "", people)
