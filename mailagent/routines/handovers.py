"""Nobody says whether a bill that was handed over arrived: the next brief says so."""

from datetime import timedelta

from mailagent.core.routine import Duty, NoteSilence, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """Every document whose time is over."""
    return [NoteSilence(handed=handed) for handed in view.unheard]


ROUTINE = Routine("handovers", timedelta(hours=1), due, Sight.UNHEARD)
