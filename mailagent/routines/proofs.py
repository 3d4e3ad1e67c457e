"""Once a week: what people are known by still arrives, and cannot be forged."""

from datetime import timedelta

from mailagent.core.routine import Duty, Routine, Sight, TellDoubts, View


def due(view: View) -> list[Duty]:
    """What speaks against it is told."""
    return [TellDoubts(doubts=view.doubts)] if view.doubts else []


ROUTINE = Routine("proofs", timedelta(days=7), due, Sight.DOUBTS)
