"""Words that count from another time: `the day after`, `an hour later`, `by a week`."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from parsers.meeting.cues import common, fold, says
from parsers.values.when.numerals import numbers

_UNITS = {"quarter": 15, "minute": 1, "hour": 60, "day": 1440, "week": 7 * 1440}
_DAY = timedelta(days=1)
_MOST = 60  # of any unit
_HOURS = 6  # `de 10h` is a time of day
_ROUGHLY = r"(?:\s+(?:or so|oder so|o asi|o cosi|ou mais|of zo|environ|circa))?"
_BESIDE = 2  # characters between a verb that moves and how far


class Step(NamedTuple):
    """So much later, or sooner where it is negative; where the words stand."""

    at: int
    end: int
    by: timedelta
    week: bool = False  # `the week after`: the whole of it

    @property
    def in_days(self) -> bool:
        """Whole days: what hour is another question."""
        return self.by % _DAY == timedelta()


class _Words(NamedTuple):
    next_day: re.Pattern[str]
    day_before: re.Pattern[str]
    next_week: re.Pattern[str]
    away: re.Pattern[str]  # an amount, and which way
    by: re.Pattern[str]  # an amount by which something is moved
    amounts: tuple[tuple[re.Pattern[str], float], ...]
    same_hour: re.Pattern[str]
    week: re.Pattern[str]


def steps_in(folded: str, languages: Iterable[str]) -> tuple[Step, ...]:
    """Everything in it that is counted from another time, in its order; nothing twice."""
    found = sorted(
        (step for language in languages for step in _steps(folded, language)),
        key=lambda step: (step.at, -step.end),
    )
    kept: list[Step] = []
    for step in found:
        if not kept or step.at >= kept[-1].end:
            kept.append(step)
    return tuple(kept)


def keeps_hour(folded: str, languages: Iterable[str]) -> bool:
    """`same time`."""
    return any(_words(one).same_hour.search(folded) for one in languages)


def names_week(folded: str, languages: Iterable[str]) -> bool:
    """A week is named."""
    return any(_words(one).week.search(folded) for one in languages)


def _steps(folded: str, language: str) -> Iterator[Step]:
    words = _words(language)
    for pattern, days in ((words.next_day, 1), (words.day_before, -1)):
        for found in pattern.finditer(folded):
            yield Step(found.start(), found.end(), days * _DAY)
    for found in words.next_week.finditer(folded):
        yield Step(found.start(), found.end(), 7 * _DAY, week=True)
    for found in words.away.finditer(folded):
        yield from _step(found, 1 if found["later"] else -1, words)
    moves = says("move", folded, (language,))
    if moves is None:
        return
    sign = -1 if common("forward").search(folded) else 1
    for found in words.by.finditer(folded):
        if found["by"] or _is_beside(found, moves):
            yield from _step(found, sign, words)


def _step(found: re.Match[str], sign: int, words: _Words) -> Iterator[Step]:
    said = found["one"] or ""
    sizes = (size for word, size in words.amounts if word.fullmatch(said))
    amount = float(found["number"] or next(sizes, 0))
    unit = next(name for name in _UNITS if found[name])
    if 0 < amount <= (_HOURS if unit == "hour" else _MOST):
        by = timedelta(minutes=round(amount * _UNITS[unit]))
        yield Step(found.start(), found.end(), sign * by)


def _is_beside(found: re.Match[str], moves: re.Match[str]) -> bool:
    """`adiar uma semana`, `een week opschuiven`: the verb and how far, for whole days only."""
    if not (found["day"] or found["week"]):
        return False
    near = (found.start() - moves.end(), moves.start() - found.end())
    inside = moves.start() <= found.start() and found.end() <= moves.end()
    return inside or any(0 <= gap <= _BESIDE for gap in near)


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    table: dict[str, Any] = _table()[language]
    spelled = {fold(word): size for size, said in numbers(language).items() for word in said}
    plain = {re.escape(word): size for word, size in spelled.items() if 1 < size <= _MOST}
    amounts = table["one"] | plain
    either = "|".join(sorted(amounts, key=len, reverse=True))
    units = "|".join(rf"(?P<{name}>{table[name]})" for name in _UNITS)
    amount = rf"(?:(?P<one>{either})|(?P<number>\d{{1,2}}))\s?-?(?:{units})(?![a-z])"
    behind = rf"(?!\s+(?:{table['not_behind']})\b)"
    way = rf"(?:(?P<later>{table['later']})|(?P<earlier>{table['earlier']}))\b{behind}"
    return _Words(
        next_day=re.compile(rf"\b(?:{table['next_day']})\b"),
        day_before=re.compile(rf"\b(?:{table['day_before']})\b"),
        next_week=re.compile(rf"\b(?:{table['next_week']})\b"),
        away=re.compile(rf"(?<![\w-]){amount}{_ROUGHLY}\s+{way}"),
        by=re.compile(rf"(?<![\w-])(?P<by>{table['by']}\s*)?{amount}"),
        amounts=tuple((re.compile(said), size) for said, size in amounts.items()),
        same_hour=re.compile(rf"\b(?:{table['same_hour']})\b"),
        week=re.compile(rf"\b(?:{table['week']})\b"),
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads((files("parsers.meeting") / "counted.toml").read_text("utf-8"))
