"""Where a known value stands on the visible pages."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mailagent.core.reading import Box
from parsers.text.pdf import PageText

_CANDIDATES = 40  # a page can be filled with one number
_NEAR = 60  # letters before a value in which its label may stand


class Place(NamedTuple):
    """A stretch of a page."""

    page: int
    box: Box


def find_place(
    pages: Sequence[PageText],
    pattern: re.Pattern[str],
    label: re.Pattern[str] | None = None,
    *,
    is_sum: bool = False,
) -> Place | None:
    """The best place that matches: with its label in the line, or near before it, else the first.

    Sums stand below what they sum up: with equal labels their last place wins.
    """
    best: tuple[int, PageText, re.Match[str]] | None = None
    for page in pages:
        for match, _ in zip(pattern.finditer(page.text), range(_CANDIDATES), strict=False):
            rank = _rank(page.text, match, label)
            if best is None or rank > best[0] or (is_sum and rank == best[0] > 0):
                best = rank, page, match
    if best is None:
        return None
    _, page, match = best
    box = page.box(match.start(), match.end())
    return Place(page.number, box) if box is not None else None


def _rank(text: str, match: re.Match[str], label: re.Pattern[str] | None) -> int:
    """2: the label stands before it in the line; 1: shortly before; 0: not at all."""
    if label is None:
        return 0
    line = text.rfind("\n", 0, match.start()) + 1
    if label.search(text, line, match.start()):
        return 2
    return 1 if label.search(text, max(0, match.start() - _NEAR), match.start()) else 0
