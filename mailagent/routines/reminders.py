"""Reminders that were approved: mailed on their day, in the person's own morning."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from mailagent.core.people import Person
from mailagent.core.routine import Reminder, Routine

ROUTINE = Routine("reminders", every=timedelta(minutes=15))

# Nobody wants to be reminded at one minute past midnight.
MORNING = 7


def due(
    reminders: Sequence[Reminder], people: Sequence[Person], now: datetime
) -> list[tuple[Reminder, Person]]:
    """Whom to remind of what."""
    by_id = {person.id: person for person in people}
    return [
        (reminder, by_id[reminder.person])
        for reminder in reminders
        if reminder.person in by_id and _has_come(reminder, by_id[reminder.person], now)
    ]


def _has_come(reminder: Reminder, person: Person, now: datetime) -> bool:
    there = now.astimezone(person.zone)
    day = date.fromisoformat(reminder.day)
    return there.date() > day or (there.date() == day and there.hour >= MORNING)
