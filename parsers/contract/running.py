"""From when until when a contract in another language runs, and how long before notice is given."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from parsers.contract.dates import Length
from parsers.contract.prose import Passage, Prose
from parsers.contract.renewal import Clause, spelled
from parsers.contract.term import Term
from parsers.values.dates import days_in

_BESIDE = 25  # letters between "from" or "until" and its day
_AROUND = 60  # letters that tell a notice
_SURE, _DOUBTFUL = 0.8, 0.6


class Running(NamedTuple):
    """What its clauses say; None where they do not."""

    starts: tuple[date, Passage] | None
    ends: Term | None
    again: Clause | None
    notice: Clause | None


class _Words(NamedTuple):
    starts: re.Pattern[str]
    until: re.Pattern[str]
    term: re.Pattern[str]
    renews: re.Pattern[str]
    again: re.Pattern[str]
    notice: re.Pattern[str]
    ahead: re.Pattern[str]
    behind: re.Pattern[str]
    other: re.Pattern[str]
    length: re.Pattern[str]
    numbers: tuple[tuple[re.Pattern[str], int], ...]


def speaks(language: str) -> bool:
    """Whether its clauses are known in a language."""
    return language in _known()


def running(prose: Prose, language: str) -> Running:
    """Each of the clauses that are known in a language that `speaks`."""
    words = _known()[language]
    starts = _starts(prose, words)
    ends = _ends(prose, words, starts[0] if starts else None)
    return Running(starts, ends, _renewal(prose, words), _notice(prose, words))


def _starts(prose: Prose, words: _Words) -> tuple[date, Passage] | None:
    for sentence in _about(prose, words.starts, words):
        if day := _day_behind(sentence.text, words.starts):
            return day, sentence
    return None


def _ends(prose: Prose, words: _Words, starts: date | None) -> Term | None:
    """A day that is named, else as long from its beginning as it runs."""
    counted: Term | None = None
    for sentence in _about(prose, words.term, words):
        if day := _day_behind(sentence.text, words.until):
            return Term(day, sentence, "", _SURE)
        length = next(_of_term(sentence.text, words), None)
        if counted or length is None or starts is None:
            continue
        ends = length.after(starts)
        counted = Term(ends, sentence, f"{starts.isoformat()} + {length.words}", _SURE)
    return counted


def _of_term(text: str, words: _Words) -> Iterator[Length]:
    """Lengths before it is renewed that are no notice."""
    renews = words.renews.search(text)
    for length in _lengths(text, words):
        if not _is_notice(text, length, words) and (not renews or length.start < renews.start()):
            yield length


def _renewal(prose: Prose, words: _Words) -> Clause | None:
    for sentence in _about(prose, words.renews, words):
        text = sentence.text
        for length in _lengths(text, words):
            if length.unit in ("day", "week") or _is_notice(text, length, words):
                continue
            if length in _of_term(text, words):
                continue
            again = "successive " if words.again.search(text) else ""
            return Clause(f"{again}{length.words}", sentence, _SURE)
    return None


def _notice(prose: Prose, words: _Words) -> Clause | None:
    """The longest one is the earliest reading."""
    found = [
        (length, sentence)
        for sentence in _about(prose, words.notice, words)
        for length in _lengths(sentence.text, words)
        if _is_notice(sentence.text, length, words)
    ]
    if not found:
        return None
    far = date(2001, 1, 1)
    length, sentence = max(found, key=lambda one: one[0].after(far) or far)
    return Clause(spelled(length), sentence, _SURE if len(found) == 1 else _DOUBTFUL)


def _about(prose: Prose, cue: re.Pattern[str], words: _Words) -> Iterator[Passage]:
    for sentence in prose.sentences(cue):
        if not words.other.search(sentence.text):
            yield sentence


def _day_behind(text: str, cue: re.Pattern[str]) -> date | None:
    """The day right behind a word."""
    for match in cue.finditer(text):
        for day in days_in(text[match.end() : match.end() + 2 * _BESIDE]):
            if day.start <= _BESIDE and day.day_first:
                return day.day_first
    return None


def _is_notice(text: str, length: Length, words: _Words) -> bool:
    before, behind = length.around(text, _AROUND, _AROUND)
    return bool(words.ahead.search(before) or words.behind.search(behind))


def _lengths(text: str, words: _Words) -> Iterator[Length]:
    for match in words.length.finditer(text):
        number = match["bracket"] or match["digits"] or _counted(match["word"], words)
        unit = next(unit for unit in ("day", "week", "month", "quarter", "year") if match[unit])
        if int(number):
            yield Length(float(number), unit, match.start(), match.end())


def _counted(word: str, words: _Words) -> int:
    return next(number for spelling, number in words.numbers if spelling.fullmatch(word))


@cache
def _known() -> dict[str, _Words]:
    written = tomllib.loads((Path(__file__).parent / "running.toml").read_text("utf-8"))
    return {language: _words(row) for language, row in written.items()}


def _words(row: dict[str, Any]) -> _Words:
    plain = {name: _pattern(row[name]) for name in _Words._fields if isinstance(row.get(name), str)}
    numbers = tuple((_pattern(word), number) for word, number in row["numbers"].items())
    return _Words(**plain, length=_pattern(_length(row)), numbers=numbers)


def _length(row: dict[str, Any]) -> str:
    """`drei (3) Monate`, `3 mois`, `dreimonatig`."""
    word = "|".join(sorted(row["numbers"], key=len, reverse=True))
    units = "|".join(f"(?P<{unit}>{words})" for unit, words in row["units"].items())
    number = rf"(?:(?P<digits>\d{{1,3}})|(?P<word>{word}))"
    beside = r"(?:\s*\((?:(?P<bracket>\d{1,3})|\w{2,20})\))?"
    return rf"(?<!\w){number}{beside}[\s-]*(?:[\w-]{{4,16}}\s+)?(?:{units})(?!\w)"


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
