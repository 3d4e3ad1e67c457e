"""Drafts that nobody answered: the token ends, the case does not; it is asked again."""

from datetime import timedelta

from mailagent.core.routine import Duty, Expire, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """Everything past its time."""
    return [Expire(draft=draft) for draft in view.expired]


ROUTINE = Routine("expiry", timedelta(minutes=5), due, Sight.EXPIRED)
