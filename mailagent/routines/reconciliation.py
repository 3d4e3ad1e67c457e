"""Every message and every case is somewhere, and nothing stands still that should move."""

from datetime import timedelta

from mailagent.core.routine import Counts, Duty, Report, Routine, Sight, View
from mailagent.core.said import Said, say


def due(view: View) -> list[Duty]:
    """The count, and what is wrong with it."""
    return [Report(counts=view.counts, trouble=_trouble(view.counts))]


def _trouble(counts: Counts) -> tuple[Said, ...]:
    said = []
    if counts.unsorted:
        said.append(say("trouble.unsorted", n=len(counts.unsorted)))
    if counts.standing:
        said.append(say("trouble.standing", cases=", ".join(counts.standing[:10])))
    return tuple(said)


ROUTINE = Routine("reconciliation", timedelta(hours=24), due, Sight.COUNTS)
