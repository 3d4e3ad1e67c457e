"""What standing approvals cover goes ahead, once it was shown for long enough."""

from datetime import timedelta

from mailagent.core.routine import Duty, GoAhead, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """All of it together: one receipt tells of it."""
    return [GoAhead(covered=view.covered)] if view.covered else []


ROUTINE = Routine("standing", timedelta(minutes=15), due, Sight.COVERED)
