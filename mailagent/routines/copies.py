"""An invitation that was to put a meeting into the person's own calendar is not answered there."""

from datetime import datetime, timedelta

from mailagent.core.appointment import Kept, utc
from mailagent.core.routine import Duty, Routine, Sight, TellNotTaken, View

_PATIENCE = timedelta(days=1)
_SOON = timedelta(days=1)  # before the meeting it is told once more
_A_WHILE = timedelta(hours=2)  # nobody answers at once


def due(view: View) -> list[Duty]:
    """Once a day has gone by, and once more the day before."""
    return [TellNotTaken(kept=one) for one in view.copies if _is_silent(one, view.now)]


def _is_silent(kept: Kept, now: datetime) -> bool:
    copied = kept.appointment.copied
    if copied is None:
        return False
    waited, left = now - copied.at, utc(kept.appointment.start) - now
    last = left <= _SOON and waited >= _A_WHILE
    return last if copied.reminded else last or waited >= _PATIENCE


ROUTINE = Routine("copies", timedelta(hours=1), due, Sight.COPIES)
