"""The agent's own calendar as a file: written anew when it changes, and once a day."""

from datetime import timedelta

from mailagent.core.routine import Duty, PublishCalendar, Routine, View


def due(_view: View) -> list[Duty]:
    """Always: the window of the file moves with the days."""
    return [PublishCalendar()]


ROUTINE = Routine("calendar", timedelta(days=1), due)
