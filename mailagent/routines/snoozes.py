"""What was put off comes back when its time has come."""

from datetime import timedelta

from mailagent.core.routine import Duty, Routine, Sight, View, Wake


def due(view: View) -> list[Duty]:
    """Everything whose time has come."""
    return [Wake(snooze=snooze) for snooze in view.woken if snooze.until <= view.now]


ROUTINE = Routine("snoozes", timedelta(minutes=5), due, Sight.WOKEN)
