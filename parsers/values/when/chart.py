"""Finds all ways to read a run of tokens, from small parts to large ones.

Rules are patterns over kinds: `"DAY ,? at? CLOCK"`. A kind with `?` may be missing. What a rule
makes is a part for the rules of its own layer and the later ones. Runs are short and the parts
of one kind over the same tokens are few, so the work is bounded by the length of the text.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple, TypeVar

ROUNDS = 5  # a layer uses its own results
VARIANTS = 3  # of one kind over the same tokens

Make = Callable[..., Any]
Rule = TypeVar("Rule", bound=Make)


class Edge(NamedTuple):
    """Tokens read as something."""

    start: int
    end: int
    kind: str
    value: Any


@dataclass
class _Node:
    """How patterns go on."""

    steps: dict[str, "_Node"] = field(default_factory=dict)
    makes: list[tuple[str, Make, tuple[bool, ...]]] = field(default_factory=list)


class Layer:
    """Rules that are tried together."""

    def __init__(self) -> None:
        self._root = _Node()

    def rule(self, kind: str, patterns: str) -> Callable[[Rule], Rule]:
        """Reads each pattern (they are parted by `;`) as a `kind`: the function is given the values
        of capitalised kinds and of those in _TOLD, and answers None where they do not fit.
        """

        def add(make: Rule) -> Rule:
            for pattern in patterns.split(";"):
                for kinds in _spelled_out(pattern):
                    self._add(kinds, kind, make)
            return make

        return add

    def _add(self, kinds: tuple[str, ...], kind: str, make: Make) -> None:
        node = self._root
        for step in kinds:
            node = node.steps.setdefault(step, _Node())
        node.makes.append((kind, make, tuple(one in _TOLD or one[0].isupper() for one in kinds)))

    def run(self, chart: "Chart", context: Any) -> None:
        """Adds everything that these rules read."""
        for _ in range(ROUNDS):
            fresh = [edge for start in chart.starts() for edge in self._at(chart, start, context)]
            if not sum(chart.add(edge) for edge in fresh):
                return

    def _at(self, chart: "Chart", start: int, context: Any) -> Iterator[Edge]:
        waiting: list[tuple[_Node, int, tuple[Any, ...]]] = [(self._root, start, ())]
        while waiting:
            node, at, values = waiting.pop()
            for kind, make, told in node.makes:
                given = [value for value, tell in zip(values, told, strict=True) if tell]
                made = _made(make, context, given)
                if made is not None:
                    yield Edge(start, at, kind, made)
            by_kind = chart.at(at)
            fewer = by_kind if len(by_kind) < len(node.steps) else node.steps
            for kind in fewer:
                after = node.steps.get(kind)
                if after is not None and kind in by_kind:
                    found = by_kind[kind]
                    waiting.extend((after, edge.end, (*values, edge.value)) for edge in found)


def _made(make: Make, context: Any, given: list[Any]) -> Any:
    try:
        return make(context, *given)
    except (OverflowError, ValueError):  # before the year 1 or after 9999: no reading
        return None


# Kinds of single words whose value a rule needs to know.
_TOLD = frozenset({
    "day_part", "dayoff", "decade", "dow", "dow_faint", "dow_weak", "edge", "every",
    "every_other", "few",
    "fraction", "half_day", "half_glued", "holiday", "idiom", "int", "military", "minutes",
    "mon", "mon_faint", "mon_weak", "named_hour", "next", "nth_last", "num", "often", "ord",
    "part", "part_faint", "period", "post", "season", "today_part", "tomorrow_part", "tz",
    "unit", "year",
})  # fmt: skip


# What a word in a pattern stands for.
_EITHER = {
    "WEEKDAY": ("dow", "dow_weak"),
    "MONTH": ("mon", "mon_weak"),
    "MONTHISH": ("mon", "mon_weak", "mon_faint"),
    "PLACE": ("ORD", "NUM"),
    "TO": ("to", "to_after"),  # `16 à 18h` is a range only after `de`
}


class Chart:
    """What was read so far, by where it starts."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self._at: dict[int, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        self._none: dict[str, list[Edge]] = {}
        for edge in edges:
            self.add(edge)

    def at(self, start: int) -> dict[str, list[Edge]]:
        """By kind."""
        return self._at.get(start, self._none)

    def starts(self) -> list[int]:
        """From the last to the first."""
        return sorted(self._at, reverse=True)

    def add(self, edge: Edge) -> bool:
        """Whether it is new, and there was room."""
        same = self._at[edge.start][edge.kind]
        ending = [one for one in same if one.end == edge.end]
        if edge in ending or len(ending) >= VARIANTS:
            return False
        same.append(edge)
        return True

    def all(self, kind: str) -> list[Edge]:
        """Everything of one kind."""
        return [edge for by_kind in self._at.values() for edge in by_kind.get(kind, ())]


def _spelled_out(pattern: str) -> list[tuple[str, ...]]:
    """Without `?`, and with what capitals stand for."""
    choices: list[list[str]] = []
    for element in pattern.split():
        optional = len(element) > 1 and element.endswith("?")
        name = element.removesuffix("?") if optional else element
        names = _EITHER.get(name, (name,))
        choices.append([*names, ""] if optional else [*names])
    return [tuple(kind for kind in way if kind) for way in product(*choices)]
