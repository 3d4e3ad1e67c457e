"""Papers of vendors that are missing or end: their vendor is asked, once somebody says so."""

from datetime import timedelta

from mailagent.core.routine import AskForPapers, Duty, Routine, Sight, View
from mailagent.core.vendor_papers import chases

_MORNING = 7


def due(view: View) -> list[Duty]:
    """From the morning of the first person on; the same lack once a quarter."""
    if not view.people:
        return []
    now = view.now.astimezone(view.people[0].zone)
    if now.hour < _MORNING:
        return []
    today = now.date()
    found = chases(view.paper_rules, view.papers, today)
    return [AskForPapers(chase=chase, slot=chase.slot(today)) for chase in found]


ROUTINE = Routine("papers", timedelta(hours=6), due, Sight.PAPERS)
