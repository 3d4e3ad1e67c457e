"""The brief: every working morning, and when more waits than a handful of drafts should."""

from datetime import timedelta

from mailagent.core.brief import is_crowded, is_morning
from mailagent.core.routine import Duty, Routine, SendBrief, Sight, View


def due(view: View) -> list[Duty]:
    """Whose brief it is time for."""
    found: list[Duty] = []
    for desk in view.desks:
        wanted = desk.heartbeat or desk.load.waiting > 0 or desk.late > 0
        if wanted and is_morning(desk, view.rules, view.now, view.holidays):
            found.append(SendBrief(person=desk.person, morning=True))
        elif is_crowded(desk, view.rules, view.now):
            found.append(SendBrief(person=desk.person, morning=False))
    return found


ROUTINE = Routine("brief", timedelta(minutes=5), due, Sight.DESKS)
