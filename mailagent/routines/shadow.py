"""Invitations in shadow: what their owner answered stands in the calendar."""

from datetime import timedelta

from mailagent.core.routine import CompareCalendars, Duty, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """All of them in one go: each calendar is asked for what it has."""
    return [CompareCalendars(invitations=view.shadowed)] if view.shadowed else []


ROUTINE = Routine("shadow", timedelta(hours=6), due, Sight.SHADOWED)
