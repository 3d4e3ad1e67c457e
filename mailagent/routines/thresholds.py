"""Every hour: whether too much goes wrong with a task, which then asks for everything."""

from datetime import timedelta

from mailagent.core.figures import week_of
from mailagent.core.routine import Duty, Routine, Sight, View, Watch
from mailagent.core.thresholds import looked_at


def due(view: View) -> list[Duty]:
    """One for each task of which something has to be kept, or said."""
    found: list[Duty] = []
    for one in view.watched:
        mark, crossing = looked_at(one, view.thresholds, week_of(view.now))
        if crossing is not None or mark != one.mark:
            found.append(Watch(task=one.task, mark=mark, crossing=crossing))
    return found


ROUTINE = Routine("thresholds", timedelta(hours=1), due, Sight.WATCHED)
