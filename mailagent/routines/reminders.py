"""Reminders that were approved: mailed on their day, in the person's own morning."""

from datetime import date, datetime, timedelta

from mailagent.core.people import Person
from mailagent.core.routine import Duty, Remind, Reminder, Routine, Sight, View

# Nobody wants to be reminded at one minute past midnight.
MORNING = 7


def due(view: View) -> list[Duty]:
    """Whom to remind of what, each person once."""
    found: list[Duty] = []
    for person in view.people:
        mine = (one for one in view.reminders if one.person == person.id)
        come = tuple(one for one in mine if _has_come(one, person, view.now))
        found += [Remind(reminders=come, person=person)] if come else []
    return found


def _has_come(reminder: Reminder, person: Person, now: datetime) -> bool:
    there = now.astimezone(person.zone)
    day = date.fromisoformat(reminder.day)
    return there.date() > day or (there.date() == day and there.hour >= MORNING)


ROUTINE = Routine("reminders", timedelta(minutes=15), due, Sight.REMINDERS)
