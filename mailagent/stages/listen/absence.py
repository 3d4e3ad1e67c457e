"""`away until 3 Jan, ben decides`, and `back`: the person speaks of themselves alone."""

from typing import Any

from mailagent.core.audit import Entry
from mailagent.core.away import Away, hindrance, substitute_of, wished
from mailagent.core.decision.requests import Request
from mailagent.core.letter import About
from mailagent.core.people import Person
from mailagent.core.said import Said, say
from mailagent.ports import Office, Transaction, come_home, leave, tell_substitute
from mailagent.stages.listen.hear import Heard

Told = tuple[About, dict[str, Any]]


async def go_away(
    office: Office, tx: Transaction, heard: Heard, person: Person, said: Request
) -> Told:
    """Their substitute decides from now on; said again, it ends on another day."""
    now, people = office.clock.now(), await tx.people()
    wish = wished(said.argument, person, heard.reply.date or now, office.verbs)
    others = [one for one in await tx.absences() if one.person != person.id]
    why = hindrance(person, wish, people, others, now)
    other = substitute_of(person, wish, people)
    if why or other is None or wish.until is None:
        return About.NOT_AWAY, _why(why or say("away.when"))
    away = Away(person=person.id, substitute=other.id, since=now, until=wish.until)
    handed = await leave(office, tx, away, _entry(person, "person.away", heard, away))
    await tell_substitute(office, tx, person, other, away)
    return About.AWAY, {"gaps": {"who": other.name, "n": str(handed)}, "until": away.last_moment}


async def come_back(
    _office: Office, tx: Transaction, heard: Heard, person: Person, _said: Request
) -> Told:
    """Sooner than it was said."""
    away = next((one for one in await tx.absences() if one.person == person.id), None)
    if away is None:
        return About.NOT_AWAY, _why(say("away.not_away"))
    waiting = await come_home(tx, away, _entry(person, "person.back", heard, away))
    return About.BACK, {"gaps": {"n": str(waiting)}}


def _entry(person: Person, what: str, heard: Heard, away: Away) -> Entry:
    return Entry(actor=person.id, what=what, details={**away.record(), "by": heard.kept.sha256})


def _why(why: Said) -> dict[str, Any]:
    return {"listed": (("", why),)}
