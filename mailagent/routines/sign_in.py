"""Twice before a sign-in ends: then no mail comes and none could say why."""

from datetime import timedelta

from mailagent.core.routine import Duty, Routine, Sight, TellSignIn, View


def due(view: View) -> list[Duty]:
    """It is told while a mail still goes out."""
    given = view.sign_in
    return [TellSignIn(given=given)] if given and given.ends_soon(view.now) else []


ROUTINE = Routine("sign_in", timedelta(days=1), due, Sight.SIGN_IN)
