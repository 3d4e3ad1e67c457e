"""The audit log is counted all day, so that a digest costs what came since the last look."""

from datetime import timedelta

from mailagent.core.routine import CountFigures, Duty, Routine, View


def due(_view: View) -> list[Duty]:
    """What is new in the log."""
    return [CountFigures()]


ROUTINE = Routine("figures", timedelta(minutes=10), due)
