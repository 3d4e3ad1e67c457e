"""Where a sentence turns: `Wednesday is out, Friday at 11` refuses one time and offers another."""

import re
from collections.abc import Iterator, Sequence

from parsers.meeting.cues import common, cues, says

_NO = ("not_then", "cannot", "refuse", "cancel")
_COMMA = re.compile(r"(?:,|\s-|\s[\u2013\u2014]|:)\s")
_FEW = 4  # words before the time of the second part: `mais par contre on peut vendredi`


def turn_in(
    folded: str, languages: Sequence[str], told: Sequence[int], *, figures: bool = False
) -> int | None:
    """Where its second part begins; None where it says one thing.

    What stands before it refuses, and what stands behind tells another time and refuses nothing.
    `told`: where its times stand. `figures`: it answers hours, so figures by themselves are hours.
    """
    places = [*told]
    if figures:
        places += [found.start() for found in re.finditer(r"(?<![\w:.])\d{1,2}(?![\w:.])", folded)]
    for cut in _cuts(folded, languages):
        before, after = folded[:cut], folded[cut:]
        first = min((at - cut for at in places if at >= cut), default=None)
        if first is None or not any(at < cut for at in places):
            continue
        if len(after[:first].split()) > _FEW or refuses(after, languages):
            continue
        if refuses(before, languages):
            return cut
    return None


def _cuts(folded: str, languages: Sequence[str]) -> Iterator[int]:
    """Behind a comma, and before a `but`."""
    cuts = {found.end() for found in _COMMA.finditer(folded)}
    for language in languages:
        cuts |= {found.start() for found in cues(language).but.finditer(folded)}
    yield from sorted(cuts)


def refuses(part: str, languages: Sequence[str]) -> bool:
    """It says that a time does not suit."""
    return common("strained").search(part) is not None or any(
        says(name, part, languages) for name in _NO
    )
