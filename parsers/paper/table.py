"""What is known of each paper, as papers.toml has it."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mailagent.core.reading import Kind

_FILE = Path(__file__).parent / "papers.toml"


class Known(NamedTuple):
    """How one paper looks."""

    name: str
    kind: Kind
    titles: frozenset[str]
    marks: tuple[re.Pattern[str], ...]
    untitled: tuple[re.Pattern[str], ...]
    holder: tuple[str, ...]
    number: tuple[str, ...]
    shape: re.Pattern[str]
    anywhere: tuple[re.Pattern[str], ...]
    year: tuple[str, ...]
    rows: bool  # it lists several, each on a row with its number and its days


class Days(NamedTuple):
    """Labels of days."""

    until: tuple[str, ...]
    period: tuple[str, ...]
    issued: tuple[str, ...]


@cache
def known_papers() -> tuple[Known, ...]:
    """Every paper that is looked for."""
    return tuple(_known(name, rows) for name, rows in _table().items() if name != "days")


@cache
def holder_labels() -> frozenset[str]:
    """What is a label on some paper is nobody's name."""
    return frozenset(label for known in known_papers() for label in known.holder)


@cache
def day_labels() -> Days:
    """The labels of days that all papers share."""
    return Days(**{name: tuple(labels) for name, labels in _table()["days"].items()})


def _known(name: str, rows: dict[str, Any]) -> Known:
    return Known(
        name=name,
        kind=Kind(rows["kind"]),
        titles=frozenset(rows["titles"]),
        shape=re.compile(rows["shape"]),
        marks=_patterns(rows["marks"]),
        untitled=_patterns(rows["untitled"]),
        anywhere=_patterns(rows["anywhere"]),
        holder=tuple(rows["holder"]),
        number=tuple(rows["number"]),
        year=tuple(rows["year"]),
        rows=rows.get("rows", False),
    )


def _patterns(given: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, given))


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text("utf-8"))
