"""Spot checks: cases that were over, shown again, for a person to say whether they were right."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from mailagent.core.value import Value, sha256

SPOT_CHECKS = 3


class Found(StrEnum):
    """What a person says of a case that was over."""

    RIGHT = "right"
    WRONG = "wrong"


class SpotCheck(Value):
    """One case that was done, by the name people know; its number is its line of the digest."""

    case: int
    version: int
    task: str
    ref: str
    title: str
    number: int = 0  # it follows those of the decisions, so that a number means one thing
    found: Found | None = None  # what was said of it last


def drawn(ended: Iterable[SpotCheck], week: date) -> tuple[SpotCheck, ...]:
    """Three of them, the same whenever it is asked in that week, and not the easiest ones."""
    ranked = sorted(ended, key=lambda one: sha256(f"{week.isoformat()} {one.ref}".encode()))
    return tuple(ranked[:SPOT_CHECKS])


def numbered(checks: Sequence[SpotCheck], after: int) -> tuple[SpotCheck, ...]:
    """Under the numbers that follow this one."""
    return tuple(
        one.model_copy(update={"number": number}) for number, one in enumerate(checks, after + 1)
    )
