"""What is taken, to be asked many times: sorted once, then every question is a few steps."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime

from mailagent.core.appointment import Busy


class BusyIndex:
    """Spans by their start; beside each the latest end so far, so that a search knows when to stop.

    One span may last for weeks and cover many that came later: looking at the neighbour alone
    would miss it.
    """

    def __init__(self, spans: Iterable[Busy]) -> None:
        lasting = (one for one in spans if one.start.timestamp() < one.end.timestamp())
        self._spans = sorted(lasting, key=_by_start)
        self._starts = [one.start.timestamp() for one in self._spans]
        self._ends = [one.end.timestamp() for one in self._spans]
        self._latest: list[float] = []
        for end in self._ends:
            self._latest.append(max(end, self._latest[-1]) if self._latest else end)

    def __len__(self) -> int:
        return len(self._spans)

    def between(self, start: datetime, end: datetime) -> list[Busy]:
        """Everything that shares a moment with this, by start."""
        first, last = start.timestamp(), end.timestamp()
        at = bisect_left(self._starts, last) - 1
        found = []
        while at >= 0 and self._latest[at] > first:
            if self._ends[at] > first:
                found.append(self._spans[at])
            at -= 1
        return found[::-1]

    def without(self, uids: frozenset[str]) -> "BusyIndex":
        """Less what these are: a meeting does not clash with itself."""
        return BusyIndex(one for one in self._spans if one.uid not in uids)


def _by_start(one: Busy) -> tuple[float, float]:
    return one.start.timestamp(), one.end.timestamp()
