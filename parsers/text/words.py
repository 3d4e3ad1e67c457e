"""The words of a page with their places, from the letters of pdfium."""

import ctypes
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

LETTERS = 40_000  # on one page; a page of prose has 3,000
_JOIN = 0.13  # of the letter's height: a gap that small is kerning, not a blank
_SHIFT = 0.45  # of the letter's height: further up or down is another line
_BLANKS = " \t\r\n\f\v\u00a0\u2002\u2003\u2009\u202f\u200b\ufeff"
# What pdfium makes where it thinks that a word or line ends: the letters' places know better.
_BREAKS = (ord(" "), ord("\r"), ord("\n"))
_UNIT = 1000.0


class Word(NamedTuple):
    """A word where it stands, in points from the page's top left corner."""

    text: str
    page: int  # from 1
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """How tall its letters are."""
        return self.bottom - self.top


_PLAIN = 0xD800  # letters below are no halves of pairs
# A letter: what it is, its four sides, and whether pdfium made it: a blank that the file has not.
_Letter = tuple[str, float, float, float, float, bool]


def page_words(page: Any, text_page: Any, number: int) -> list[Word]:
    """Every word, in the order in which the file has them."""
    words: list[Word] = []
    held: list[str] = []
    left = top = right = bottom = 0.0
    blank = False
    for text, x0, y0, x1, y1, made in _letters(page, text_page):
        if text in _BLANKS:
            blank = blank or not made
            continue
        if not held:
            left, top, right, bottom = x0, y0, x1, y1
        elif blank or _is_apart(top, right, bottom, x0, y0, y1):
            words.append(Word("".join(held), number, left, top, right, bottom))
            held = []
            left, top, right, bottom = x0, y0, x1, y1
        else:  # comparisons: this is done for every letter, and a call costs more than the rest
            left = min(left, x0)
            top = min(top, y0)
            right = max(right, x1)
            bottom = max(bottom, y1)
        held.append(text)
        blank = False
    if held:
        words.append(Word("".join(held), number, left, top, right, bottom))
    return words


def _is_apart(
    top: float, right: float, bottom: float, x0: float, its_top: float, its_bottom: float
) -> bool:
    """Whether a letter stands too far from the word before it, or on another line."""
    height = min(its_bottom - its_top, bottom - top)
    height = max(1.0, height)
    gap = x0 - right
    off = abs((top + bottom) - (its_top + its_bottom)) / 2
    return gap > _JOIN * height or gap < -height or off > _SHIFT * height


def _letters(page: Any, text_page: Any) -> Iterator[_Letter]:
    across, down = _mapping(page)
    codes, boxes = _codes_and_boxes(text_page)
    sides: Iterable[_Sides]
    if across[1] == 0 == down[0] and across[0] > 0 > down[1]:
        sides = _upright(boxes, across, down)
    else:
        sides = (_turned(box, across, down) for box in zip(*_quarters(boxes), strict=True))
    for index, (code, side) in enumerate(zip(codes, sides, strict=True)):
        # Asked here for plain letters: this is done for every one, and a call costs more.
        if 0 < code < _PLAIN or is_letter(code):
            text = "-" if code == 2 else chr(code)  # 2: the hyphen at the end of a line
            made = code in _BREAKS and pdfium.FPDFText_IsGenerated(text_page, index) == 1
            yield text, *side, made


def _codes_and_boxes(text_page: Any) -> tuple[list[int], list[float]]:
    """Each letter's code, 0 where it has no place, and its box in the file's coordinates.

    By address: with the checks of pypdfium2's own calls this took twice as long.
    """
    count = max(0, min(text_page.count_chars(), LETTERS))
    page = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    boxes = (ctypes.c_float * (4 * count))()
    first, each = ctypes.addressof(boxes), ctypes.sizeof(pdfium.FS_RECTF)
    codes = [_unicode_of(page, index) for index in range(count)]
    placed = [_box_of(page, index, first + each * index) for index in range(count)]
    return [code if box else 0 for code, box in zip(codes, placed, strict=True)], boxes[:]


def _by_address(function: Any, result: Any, *arguments: Any) -> Any:
    made = ctypes.CFUNCTYPE(result, *arguments)
    return made(ctypes.cast(function, ctypes.c_void_p).value or 0)


_unicode_of = _by_address(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_box_of = _by_address(
    pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
_Sides = tuple[float, float, float, float]


def _quarters(boxes: list[float]) -> tuple[list[float], ...]:
    """The left, top, right and bottom sides of all."""
    return boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]


def _upright(boxes: list[float], across: "_Axis", down: "_Axis") -> Iterable[_Sides]:
    wide, high, left, top = across[0] / _UNIT, down[1] / _UNIT, across[2], down[2]
    lefts, tops, rights, bottoms = _quarters(boxes)
    return zip(
        [wide * x + left for x in lefts],
        [high * y + top for y in tops],
        [wide * x + left for x in rights],
        [high * y + top for y in bottoms],
        strict=True,
    )


def _turned(box: tuple[float, ...], across: "_Axis", down: "_Axis") -> _Sides:
    left, top, right, bottom = box
    x0, y0 = _at(across, down, left, top)
    x1, y1 = _at(across, down, right, bottom)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def is_letter(code: int) -> bool:
    """Broken fonts name what is no character: half a pair, or more than there are."""
    return 0 < code < 0xD800 or 0xE000 <= code <= sys.maxunicode


_Axis = tuple[float, float, float]


def _mapping(page: Any) -> tuple[_Axis, _Axis]:
    """From the file's coordinates to the page as it is seen, turned and cropped."""
    width, height = page.get_size()
    origin, right, up = (_device(page, width, height, *at) for at in ((0, 0), (1, 0), (0, 1)))
    across = (right[0] - origin[0], up[0] - origin[0], origin[0])
    down = (right[1] - origin[1], up[1] - origin[1], origin[1])
    return across, down


def _device(page: Any, width: float, height: float, x: int, y: int) -> tuple[float, float]:
    """Pdfium answers in whole numbers: asked at a thousand points, for a page far enlarged."""
    column, row = ctypes.c_int(), ctypes.c_int()
    size = round(width * 100), round(height * 100)
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x * _UNIT, y * _UNIT, column, row)
    return column.value / 100, row.value / 100


def _at(across: _Axis, down: _Axis, x: float, y: float) -> tuple[float, float]:
    return (
        across[0] * x / _UNIT + across[1] * y / _UNIT + across[2],
        down[0] * x / _UNIT + down[1] * y / _UNIT + down[2],
    )


def lines_of(words: Iterable[Word]) -> list[str]:
    """Words in lines, as far as their middles tell."""
    lines: dict[tuple[int, int], list[str]] = {}
    for word in words:
        height = max(1.0, word.height)
        key = word.page, round((word.top + word.bottom) / 2 / height)
        lines.setdefault(key, []).append(word.text)
    return [" ".join(line) for line in lines.values()]
