"""When to try again, as data: no `try` loop anywhere else."""

from datetime import timedelta
from typing import NamedTuple


class Retry(NamedTuple):
    """Waits `first`, then `factor` times as long each time, at most `longest`.

    `tries` None: for ever.
    """

    first: timedelta
    factor: float = 2.0
    longest: timedelta = timedelta(minutes=5)
    tries: int | None = None

    def wait(self, attempt: int, asked: timedelta | None = None) -> timedelta | None:
        """How long to wait after failed attempt number `attempt` (from 1); None: give up."""
        if self.tries is not None and attempt >= self.tries:
            return None
        # Counted in seconds: a timedelta overflows long before a float does.
        seconds = self.first.total_seconds() * self.factor ** min(attempt - 1, 64)
        ours = timedelta(seconds=min(seconds, self.longest.total_seconds()))
        return max(ours, asked) if asked else ours


PATIENT = Retry(first=timedelta(seconds=1))
