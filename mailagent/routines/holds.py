"""Times that were held for an answer, and were held long enough, are free again."""

from datetime import timedelta

from mailagent.core.routine import Duty, ReleaseHold, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """Until when each is held was shown and approved with it."""
    return [ReleaseHold(kept=one) for one in view.late_holds]


ROUTINE = Routine("holds", timedelta(minutes=15), due, Sight.HOLDS)
