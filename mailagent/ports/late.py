"""Drafts in mails of their own that nobody answered for a working day."""

from datetime import date, timedelta

from mailagent.core.brief import REMINDED_AFTER, worked
from mailagent.core.draft import Draft
from mailagent.core.people import Person
from mailagent.core.routine import Undecided
from mailagent.ports.office import Office
from mailagent.ports.store import Transaction


class _Holidays:
    """Asked day by day: nobody knows how old the oldest draft is."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self._office.is_holiday(day)


async def late_drafts(office: Office, tx: Transaction, person: Person) -> list[Draft]:
    """They have a number in the brief; their own mails can still be answered."""
    now = office.clock.now()
    waiting = await tx.undecided(now - REMINDED_AFTER)
    mine = [one for one in waiting if one.draft.person == person.id]
    return [one.draft for one in mine if await _is_late(office, tx, one)]


async def _is_late(office: Office, tx: Transaction, one: Undecided) -> bool:
    person = await tx.person(one.draft.person)
    if person is None or await tx.brief_with(one.draft.id) is not None:
        return False  # what stands in a brief comes again in the next one
    now, days_off = office.clock.now(), _Holidays(office)
    return worked(one.since, now, person, days_off) >= REMINDED_AFTER - timedelta(minutes=5)
