"""Of several places with one value, the one with its label."""

import re
from typing import Any, cast

import pytest

from mailagent.core.reading import Box
from parsers.text.places import find_place


class Page:
    """A page as far as the search needs it; a box tells where in the text it is."""

    def __init__(self, text: str, number: int = 1) -> None:
        self.text = text
        self.number = number

    def box(self, start: int, end: int) -> Box:
        return Box(x0=start, top=0, x1=end, bottom=1)


@pytest.mark.parametrize(
    ("text", "is_sum", "found"),
    [
        ("a 5\nb 5", False, 2),  # without a label: the first
        ("a 5\nTotal 5\nb 5", False, 10),  # its label in the line
        ("Total\n5\nb 5", False, 6),  # its label shortly before
        ("Total 5\nTotal 5", False, 6),
        ("Total 5\nTotal 5", True, 14),  # sums stand below what they sum up
        ("5\n5", True, 0),
    ],
)
def test_the_place(text: str, is_sum: bool, found: int) -> None:
    pages = cast("Any", [Page(text)])
    place = find_place(pages, re.compile("5"), re.compile("Total"), is_sum=is_sum)
    assert place is not None
    assert place.box.x0 == found


def test_nowhere() -> None:
    assert find_place(cast("Any", [Page("nothing")]), re.compile("5")) is None
    assert find_place([], re.compile("5")) is None


def test_later_pages_count() -> None:
    pages = cast("Any", [Page("5", 1), Page("Total 5", 2)])
    place = find_place(pages, re.compile("5"), re.compile("Total"))
    assert place is not None
    assert place.page == 2


def test_a_page_full_of_one_number_is_searched_in_bounds() -> None:
    assert find_place(cast("Any", [Page("5 " * 100_000)]), re.compile("5")) is not None
