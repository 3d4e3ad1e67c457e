"""Whether a task is ready to be taken over: the questions before it is switched on, and a score."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple

from mailagent.core.figures import Count, summed
from mailagent.core.modes import Mode
from mailagent.core.value import Value

Often = Literal["yes", "partly", "no"]
Damage = Literal["small", "some", "large"]

# The most that the answers are worth together.
MOST = 10
_START, _WATCH = 7, 4
_WORTH: Mapping[str, Mapping[str, int]] = {
    "repetitive": {"yes": 3, "partly": 1, "no": 0},
    "structured": {"yes": 2, "partly": 1, "no": 0},
    "damage": {"small": 2, "some": 1, "large": 0},
    "logged": {"yes": 1, "partly": 0, "no": 0},
}
_OWNED = 2


class Advice(StrEnum):
    """What the score says."""

    START = "start"  # every case after a word of its owner
    WATCH = "watch"  # in shadow first, beside the person who does it
    WAIT = "wait"  # not yet


class Launch(Value):
    """The answers to the launch questions."""

    repetitive: Often
    structured: Often
    damage: Damage  # of a mistake that nobody sees
    logged: Often  # whether it can be seen afterwards who did what
    owner: str  # who answers for it; empty: nobody
    baseline_minutes: int = 0  # what a case takes a person now; 0: nobody measured it

    @property
    def points(self) -> dict[str, int]:
        """What each answer is worth."""
        said = {name: _WORTH[name][getattr(self, name)] for name in _WORTH}
        return {**said, "owner": _OWNED if self.owner else 0}

    @property
    def score(self) -> int:
        """Of MOST."""
        return sum(self.points.values())

    @property
    def advice(self) -> Advice:
        """Nobody who answers for it, nothing to repeat: no score makes up for that."""
        if not self.owner or self.repetitive == "no" or self.score < _WATCH:
            return Advice.WAIT
        careful = self.damage == "large" or self.score < _START
        return Advice.WATCH if careful else Advice.START

    @property
    def mode(self) -> Mode:
        """How far it should go at first."""
        return Mode.APPROVE if self.advice is Advice.START else Mode.SHADOW

    def record(self) -> dict[str, object]:
        """For the audit log."""
        return {**self.model_dump(mode="json"), "score": self.score, "advice": self.advice}


def best(name: str) -> int:
    """What the best answer to a question is worth."""
    return max(_WORTH[name].values()) if name in _WORTH else _OWNED


# -- what comes next

SEEN_WEEKS, CALM_WEEKS = 4, 2
# So many papers in those weeks are worth a task; so many decisions a week show that one works.
ENOUGH, _DECIDED = 4, 3


class Next(NamedTuple):
    """A task that is off, and how many papers it would have taken."""

    task: str
    seen: int


def next_task(
    counts: Sequence[Count], week: date, on: Collection[str], off: Mapping[str, Collection[str]]
) -> Next | None:
    """What to switch on next, by what has arrived; None: not now.

    Only after two whole weeks in which everything that is on was right as it was shown, and not
    again while an offer is fresh. `week` is the last whole one; `off` has the kinds of papers that
    each task would take.
    """
    seen_from = week - timedelta(weeks=SEEN_WEEKS - 1)
    lately = [one for one in counts if one.week >= seen_from]
    if any(one.name == "offered" for one in lately) or not _calm(lately, week, on):
        return None
    whole = summed(one for one in lately if one.week <= week)
    found = [Next(t, sum(whole[f"kind:{kind}"] for kind in kinds)) for t, kinds in off.items()]
    best_first = sorted(found, key=lambda one: (-one.seen, one.task))
    return next((one for one in best_first if one.seen >= ENOUGH), None)


def _calm(counts: Sequence[Count], week: date, on: Collection[str]) -> bool:
    for ago in range(CALM_WEEKS):
        monday = week - timedelta(weeks=ago)
        sums = summed(one for one in counts if one.week == monday and one.task in on)
        if sums["decided"] < _DECIDED or sums["corrected"] or sums["incidents"]:
            return False
    return True
