"""When the agent steps down by itself: something goes wrong more often than is usual.

Counted of this week and the last one, against the four weeks before. What a task did while it had
no power, or before somebody gave it back, is not held against it: it cannot step down twice for
the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from mailagent.core.figures import Count
from mailagent.core.said import Said, say
from mailagent.core.value import Value

LATELY, USUAL = 2, 4  # weeks

Weeks = Mapping[date, Mapping[str, int]]


_TITLES = {"en": "{task} steps down to suggest", "de": "{task} geht zurück auf suggest"}


class Measure(StrEnum):
    """What is watched."""

    TOOL_ERRORS = "tool_errors"
    ESCALATION = "escalation"
    DOUBTFUL = "doubtful"
    OVERRIDDEN = "overridden"


# Of what, and of how many.
_COUNTED: Mapping[Measure, tuple[frozenset[str], str]] = {
    Measure.TOOL_ERRORS: (frozenset({"call_errors"}), "calls"),
    Measure.ESCALATION: (frozenset({"escalated"}), "received"),
    Measure.DOUBTFUL: (frozenset({"doubtful"}), "proposed"),
    Measure.OVERRIDDEN: (frozenset({"rejected", "corrected"}), "decided"),
}
_NAMES = frozenset().union(*(bad | {of} for bad, of in _COUNTED.values()))


class Thresholds(Value):
    """How much is too much, as a share; 0: it is not watched."""

    at_least: int = 10  # before any share says something
    times: float = 2.0  # as much as is usual
    tool_errors: float = 0.3
    escalation: float = 0.5
    doubtful: float = 0.5
    overridden: float = 0.5

    def of(self, measure: Measure) -> float:
        """The share of this one."""
        share: float = getattr(self, measure)
        return share

    def bar(self, measure: Measure, usual: float | None) -> float:
        """What a share has to reach to be too much.

        Where nothing is known of what is usual, only what is plain counts: a company that has just
        begun corrects more. Where much is usual, something is still left that would be too much.
        """
        limit = self.of(measure)
        if usual is None:
            return (1 + limit) / 2
        return max(limit, min(self.times * usual, (1 + usual) / 2))


class Mark(Value):
    """What of its weeks is not held against a task."""

    powerful: bool = True  # what it proposed could be approved, when it was looked at last
    weeks: dict[date, dict[str, int]] = {}


class Watched(Value):
    """One task, as it was counted."""

    task: str
    powerful: bool
    weeks: dict[date, dict[str, int]] = {}
    mark: Mark = Mark()


class Crossing(Value):
    """Too much of something."""

    measure: Measure
    bad: int
    of: int
    usual: float | None = None

    def told(self) -> Said:
        """7 of 12 (58 %); usual: 10 %."""
        usual = "-" if self.usual is None else f"{self.usual:.0%}"
        return say(
            f"threshold.{self.measure}", n=self.bad, of=self.of, share=self.share, usual=usual
        )

    @property
    def share(self) -> str:
        """As people read it."""
        return f"{min(1.0, self.bad / self.of):.0%}"


def weeks_of(task: str, counts: Iterable[Count]) -> dict[date, dict[str, int]]:
    """Of all that was counted, what is watched of one task."""
    weeks: dict[date, dict[str, int]] = {}
    for one in counts:
        if one.task == task and one.name in _NAMES:
            weeks.setdefault(one.week, {})[one.name] = one.n
    return weeks


def first_watched(week: date) -> date:
    """The first of the weeks that are looked at."""
    return week - timedelta(weeks=LATELY + USUAL - 1)


def looked_at(one: Watched, rules: Thresholds, week: date) -> tuple[Mark, Crossing | None]:
    """What is not held against it from now on, and why it has to step down; None: it goes on."""
    mondays = [first_watched(week) + timedelta(weeks=n) for n in range(LATELY + USUAL)]
    anew = Mark(powerful=one.powerful, weeks={day: dict(one.weeks.get(day, {})) for day in mondays})
    if not (one.powerful and one.mark.powerful):
        return anew, None
    held = {day: _less(one.weeks.get(day, {}), one.mark.weeks.get(day, {})) for day in mondays}
    lately, before = _sum(held, mondays[USUAL:]), _sum(held, mondays[:USUAL])
    crossed = next(filter(None, (_crossed(m, rules, lately, before) for m in Measure)), None)
    if crossed is not None:
        return anew.model_copy(update={"powerful": False}), crossed
    kept = {day: counts for day, counts in one.mark.weeks.items() if day in mondays}
    return one.mark.model_copy(update={"weeks": kept}), None


def title(task: str, language: str) -> str:
    """The subject of the mail that says it."""
    return _TITLES[language].format(task=task)


def stepped_down(
    task: str, crossing: Crossing, *, ended: Sequence[str], asked: str, technical: str
) -> tuple[tuple[str, str | Said], ...]:
    """What happened, what to do next, who can, and the way back.

    A system that fails is somebody else's work than a reading that is wrong.
    """
    fails = crossing.measure is Measure.TOOL_ERRORS
    who = (technical or say("threshold.whoever_runs_it")) if fails else asked
    return (
        ("task", task),
        ("why", crossing.told()),
        *((("row", ", ".join(ended)),) if ended else ()),
        ("next", say(f"threshold_next.{crossing.measure}")),
        ("who", who),
        ("back", say("threshold.back", task=task, who=asked)),
    )


def _crossed(
    measure: Measure, rules: Thresholds, lately: Mapping[str, int], before: Mapping[str, int]
) -> Crossing | None:
    bad, of = _counted(measure, lately)
    if not rules.of(measure) or of < rules.at_least:
        return None
    bad_before, of_before = _counted(measure, before)
    usual = min(1.0, bad_before / of_before) if of_before >= rules.at_least else None
    if bad / of < rules.bar(measure, usual) or bad / of <= (usual or 0):
        return None
    return Crossing(measure=measure, bad=bad, of=of, usual=usual)


def _counted(measure: Measure, counts: Mapping[str, int]) -> tuple[int, int]:
    names, of = _COUNTED[measure]
    return sum(counts.get(name, 0) for name in names), counts.get(of, 0)


def _less(counts: Mapping[str, int], mark: Mapping[str, int]) -> dict[str, int]:
    """A count that was made anew may be smaller than what was marked."""
    return {name: max(0, n - mark.get(name, 0)) for name, n in counts.items()}


def _sum(weeks: Weeks, mondays: Iterable[date]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for day in mondays:
        for name, n in weeks.get(day, {}).items():
            sums[name] = sums.get(name, 0) + n
    return sums
