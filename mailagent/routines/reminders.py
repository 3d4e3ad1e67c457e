"""Reminders that were approved: mailed on their day, in the person's own morning."""

from datetime import date, datetime, timedelta

from mailagent.core.people import Person
from mailagent.core.routine import Duty, Remind, Reminder, Routine, Sight, View

# Nobody wants to be reminded at one minute past midnight.
MORNING = 7


def due(view: View) -> list[Duty]:
    """Whom to remind of what."""
    people = {person.id: person for person in view.people}
    return [
        Remind(reminder=reminder, person=people[reminder.person])
        for reminder in view.reminders
        if reminder.person in people and _has_come(reminder, people[reminder.person], view.now)
    ]


def _has_come(reminder: Reminder, person: Person, now: datetime) -> bool:
    there = now.astimezone(person.zone)
    day = date.fromisoformat(reminder.day)
    return there.date() > day or (there.date() == day and there.hour >= MORNING)


ROUTINE = Routine("reminders", timedelta(minutes=15), due, Sight.REMINDERS)
