"""On the first of the month: what the last one brought, for the bookkeeper."""

from datetime import timedelta

from mailagent.core.pack import month_before
from mailagent.core.routine import Duty, ProposePack, Routine, Sight, View

_MORNING = 7
_CAUGHT_UP = 5  # days: an agent that was off on the first


def due(view: View) -> list[Duty]:
    """In the morning of the first person, where there is a bookkeeper; once a month."""
    if not view.bookkeeper or not view.people:
        return []
    now = view.now.astimezone(view.people[0].zone)
    if now.day > _CAUGHT_UP or now.hour < _MORNING:
        return []
    return [ProposePack(month=month_before(now.date()))]


ROUTINE = Routine("packs", timedelta(hours=1), due, Sight.BOOKKEEPER)
