"""Who was away is back when their last day is over, whether they say so or not."""

from datetime import timedelta

from mailagent.core.routine import Duty, Return, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """Whose time is over."""
    return [Return(away=away) for away in view.absences if away.until <= view.now]


ROUTINE = Routine("away", timedelta(minutes=15), due, Sight.ABSENCES)
