"""Every message and every case is somewhere, and nothing stands still that should move."""

from datetime import timedelta

from mailagent.core.routine import Counts, Duty, Report, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """The count, and what is wrong with it."""
    return [Report(counts=view.counts, trouble=_trouble(view.counts))]


def _trouble(counts: Counts) -> str:
    said = []
    if counts.unsorted:
        said.append(f"{len(counts.unsorted)} mails were kept but not sorted")
    if counts.standing:
        said.append(f"these cases do not move on: {', '.join(counts.standing[:10])}")
    return "; ".join(said)


ROUTINE = Routine("reconciliation", timedelta(hours=24), due, Sight.COUNTS)
