"""Mails around meetings: the agenda the day before, a word afterwards, where rules ask for them."""

from datetime import timedelta

from mailagent.core.meetings.agendas import mails_due
from mailagent.core.routine import DraftAround, Duty, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """By the clock of the first person; each once."""
    if not view.people:
        return []
    now = view.now.astimezone(view.people[0].zone)
    found = mails_due(view.around, view.meetings, now, view.holidays)
    return [DraftAround(mail=one) for one in found]


ROUTINE = Routine("agendas", timedelta(hours=1), due, Sight.MEETINGS)
