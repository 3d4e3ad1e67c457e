"""Somebody outside was asked and does not answer: the case comes back without it."""

from datetime import timedelta

from mailagent.core.routine import Duty, GiveUp, Routine, Sight, View


def due(view: View) -> list[Duty]:
    """Every question whose time is over."""
    return [GiveUp(inquiry=inquiry) for inquiry in view.unanswered]


ROUTINE = Routine("inquiries", timedelta(minutes=15), due, Sight.UNANSWERED)
