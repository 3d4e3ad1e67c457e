"""Learns where a corrected value stands, and finds it there on the next page of that layout."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mailagent.core.lesson import PagePlace
from parsers.invoice.page.layout import Row, Sheet, Spot
from parsers.memory.printed import NAMES, Print, Printed, Said, printed, said, shape_of

_STRIPE = 24.0  # points: so far apart are two places of a word on one layout
_MOST_WORDS = 120  # of a layout
_ALIKE = 0.5  # of them have to be seen again: things that were bought make up the rest
_FEWEST = 4  # words; with less no page is like another
_UP = 160.0  # points between a heading and its value
_MOST_RIVALS = 4
_NEAR = 8.0  # points: what stands that near stands in the same place
_LABEL = 60  # letters
_AT_A_LABEL, _AND_IN_PLACE, _PLACE_ONLY = 0.9, 0.95, 0.8


class Found(NamedTuple):
    """What a lesson reads on a page."""

    value: str
    spot: Spot
    confidence: float


class _Candidate(NamedTuple):
    row: Row
    said: Said

    @property
    def spot(self) -> Spot:
        return self.row.spot(self.said.start, self.said.end)


# -- learning -------------------------------------------------------------------------------------


def learn(
    sheet: Sheet, field: str, value: str, *, marks: Sequence[str], instead_of: str = ""
) -> PagePlace | None:
    """The place of a value; None where the page does not show it, or does not name its vendor."""
    named = tuple(mark for mark in map(squeezed, marks) if mark and mark in squeezed(sheet.text))
    layout = layout_of(sheet)
    if not named or len(layout) < _FEWEST:
        return None
    shown = [(row, at) for row in sheet.rows for at in printed(field, value, row.text)]
    shown = [one for one in shown if not one[1].whole] or shown
    if not shown:
        return None
    strongest = max(_strength(sheet, *one) for one in shown)
    best = [_place(sheet, *one, field) for one in shown if _strength(sheet, *one) == strongest]
    # A day that stands there as two days, a sum that is two sums: the next page may part them.
    rivals = {(place.beside, place.above): place for place in best}
    first, *others = list(rivals.values())[:_MOST_RIVALS]
    told = {"marks": named, "layout": layout, "instead_of": instead_of, "others": tuple(others)}
    return first.model_copy(update=told)


def _strength(sheet: Sheet, row: Row, at: Printed) -> int:
    """A label beside it says more than a heading."""
    spot = row.spot(at.start, at.end)
    return 2 if beside(row, at.start) else 1 if above(sheet, spot) else 0


def _place(sheet: Sheet, row: Row, at: Printed, field: str) -> PagePlace:
    spot, text = row.spot(at.start, at.end), row.text[at.start : at.end]
    shape = re.escape(" ".join(text.split())) if field in NAMES else shape_of(text)
    made = PagePlace(
        field=field,
        marks=(),
        layout=(),
        beside=beside(row, at.start),
        above=above(sheet, spot),
        page=spot.page,
        x0=spot.x0,
        x1=spot.x1,
        top=spot.top,
        shape=shape,
        month_first=at.month_first,
        decimal=at.decimal,
    )
    same = [one.spot for one in _labelled(sheet, made)]
    which = next((n for n, other in enumerate(same, 1) if _is_same(other, spot)), 1)
    return made.model_copy(update={"which": which, "of": max(1, len(same))})


def _is_same(spot: Spot, other: Spot) -> bool:
    return spot.row == other.row and spot.start <= other.start < spot.end


# -- finding it again -----------------------------------------------------------------------------


def is_of(sheet: Sheet, place: PagePlace) -> bool:
    """Whether this page is the vendor's, and laid out like the one that taught."""
    text = squeezed(sheet.text)
    if not place.marks or not all(mark in text for mark in place.marks):
        return False
    here = {near for word in layout_of(sheet) for near in _neighbours(word)}
    seen = sum(word in here for word in place.layout)
    return len(place.layout) >= _FEWEST and seen >= _ALIKE * len(place.layout)


def _neighbours(word: str) -> Iterator[str]:
    """A scan is moved a little each time."""
    letters, _, stripe = word.rpartition("@")
    return (f"{letters}@{int(stripe) + by}" for by in (-1, 0, 1))


def find(sheet: Sheet, place: PagePlace) -> Found | None:
    """What stands there; None where that cannot be told: nothing is better than a guess."""
    if not is_of(sheet, place):
        return None
    one = _the_one(_labelled(sheet, place), place)
    if one is None or not _undisputed(sheet, place, one.said.value):
        return None
    labelled = bool(place.beside or place.above)
    confidence = _AT_A_LABEL if labelled else _PLACE_ONLY
    if labelled and _aligned(one.spot, place):
        confidence = _AND_IN_PLACE
    return Found(one.said.value, one.spot, confidence)


def _undisputed(sheet: Sheet, place: PagePlace, value: str) -> bool:
    """Whether the other places where it stood say the same, as far as they are there."""
    others = (_the_one(_labelled(sheet, other), other) for other in place.others)
    return all(one is None or one.said.value == value for one in others)


def _the_one(there: Sequence[_Candidate], place: PagePlace) -> _Candidate | None:
    if len({candidate.said.value for candidate in there}) == 1:
        return there[0]
    if len(there) == place.of and place.of > 1:
        return there[place.which - 1]
    near = [one for one in there if _aligned(one.spot, place) and _level(one.spot, place)]
    return near[0] if len(near) == 1 else None


def _labelled(sheet: Sheet, place: PagePlace) -> list[_Candidate]:
    """All under the same label; without any, what stands in the very place."""
    found = list(_candidates(sheet, place))
    if place.beside:
        return [one for one in found if beside(one.row, one.said.start) == place.beside]
    if place.above:
        return [one for one in found if above(sheet, one.spot) == place.above]
    return [one for one in found if _aligned(one.spot, place) and _level(one.spot, place)]


def _candidates(sheet: Sheet, place: PagePlace) -> Iterator[_Candidate]:
    how = Print(place.field, place.shape, place.month_first, place.decimal)
    for row in sheet.rows:
        for one in said(how, row.text):
            yield _Candidate(row, one)


def _aligned(spot: Spot, place: PagePlace) -> bool:
    return min(abs(spot.x0 - place.x0), abs(spot.x1 - place.x1)) <= _NEAR


def _level(spot: Spot, place: PagePlace) -> bool:
    return spot.page == place.page and abs(spot.top - place.top) <= _NEAR


# -- what stays the same --------------------------------------------------------------------------


def beside(row: Row, start: int) -> str:
    """The letters of the label left of a value: in its cell, or in the one before it."""
    cells = [cell for cell in row.text[:start].split("\t") if cell.strip()]
    return _label(cells[-1]) if cells else ""


def above(sheet: Sheet, spot: Spot) -> str:
    """The letters of the nearest heading over a value."""
    for row in reversed(sheet.rows[: spot.row]):
        if row.page != spot.page or spot.top - row.bottom > _UP:
            return ""
        over = [cell for cell in row.cells() if cell.over(spot) and cell.text.strip()]
        label = next((found for cell in over if (found := _label(cell.text))), "")
        if label:
            return label
    return ""


def _label(text: str) -> str:
    """The words behind the last figure: `VAT 19 %:`, `No. 4711  Date:`; a figure is no label."""
    words = re.sub(r"\d+(?:[.,]\d+)?\s*%", "", text)
    letters = squeezed(re.split(r"\d", words)[-1])
    return letters[-_LABEL:] if len(letters) >= 2 else ""


def layout_of(sheet: Sheet) -> tuple[str, ...]:
    """The words without digits, each with the stripe of the page that it begins in."""
    seen = (
        f"{letters}@{round(word.x0 / _STRIPE)}"
        for row in sheet.rows
        for word in row.words
        if len(letters := squeezed(word.text)) >= 3 and letters.isalpha()
    )
    return tuple(dict.fromkeys(seen))[:_MOST_WORDS]


def squeezed(text: str) -> str:
    """Letters and digits only, without case and accents."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in folded if c.isalnum())
