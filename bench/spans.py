"""Where the time goes: calls of ports and commits, by name, while one mail is on its way."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

from bench.figures import milliseconds

_BEFORE, _AFTER = " before commit", " committed"


class Span(NamedTuple):
    """Something that took its time."""

    name: str
    start: float
    end: float


class Spans:
    """Collects them; cleared for each mail."""

    def __init__(self) -> None:
        self.done: list[Span] = []
        self.points: dict[str, float] = {}
        self._news = asyncio.Event()

    def clear(self) -> None:
        """A new mail is on its way."""
        self.done.clear()
        self.points.clear()

    def probe(self, point: str) -> None:
        """Notes when a commit point was reached; from before to after it is a span of its own."""
        now = time.monotonic()
        self.points[point] = now
        self._news.set()
        if point.endswith(_AFTER):
            stage = point.removesuffix(_AFTER)
            before = self.points.get(stage + _BEFORE)
            if before is not None:
                self.done.append(Span(f"{stage} commit", before, now))

    async def reached(self, point: str) -> float:
        """The moment a commit point is reached, be it to come."""
        while point not in self.points:
            self._news.clear()
            await self._news.wait()
        return self.points[point]

    @contextmanager
    def span(self, name: str) -> Iterator[None]:
        """Times what is done inside."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.done.append(Span(name, start, time.monotonic()))


class Timed:
    """A port whose named methods are timed."""

    def __init__(self, port: Any, spans: Spans, names: Mapping[str, str]) -> None:
        self._port, self._spans, self._names = port, spans, names

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)
        if name not in self._names:
            return method

        async def timed(*given: Any, **named: Any) -> Any:
            with self._spans.span(self._names[name]):
                return await method(*given, **named)

        return timed


def timed_call(call: Callable[..., Any], spans: Spans, name: str) -> Callable[..., Any]:
    """A function that is timed."""

    def timed(*given: Any) -> Any:
        with spans.span(name):
            return call(*given)

    return timed


def rows(mails: Sequence[tuple[float, Sequence[Span]]]) -> list[tuple[str, ...]]:
    """Medians over the mails, each given with its zero: when a span starts and what it takes.

    A span that happens several times for one mail is summed up, and starts with the first.
    """
    starts: dict[str, list[float]] = defaultdict(list)
    takes: dict[str, list[float]] = defaultdict(list)
    for zero, spans in mails:
        for name, same in _by_name(spans).items():
            starts[name].append(min(span.start for span in same) - zero)
            takes[name].append(sum(span.end - span.start for span in same))
    found = [(median(starts[name]), median(takes[name]), name) for name in starts]
    return [(name, *map(milliseconds, times)) for *times, name in sorted(found)]


def _by_name(spans: Sequence[Span]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        found[span.name].append(span)
    return found
