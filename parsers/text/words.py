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
    upright = across[1] == 0 == down[0] and across[0] > 0 > down[1]
    handle, box = text_page.raw, pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    wide, high, left, top0 = across[0] / _UNIT, down[1] / _UNIT, across[2], down[2]
    for index in range(min(text_page.count_chars(), LETTERS)):
        code = unicode_of(handle, index)
        # Asked here for plain letters: this is done for every one, and a call costs more.
        if not (0 < code < _PLAIN or is_letter(code)) or not box_of(handle, index, reference):
            continue
        text = "-" if code == 2 else chr(code)  # 2: the hyphen at the end of a line
        made = code in _BREAKS and pdfium.FPDFText_IsGenerated(handle, index) == 1
        if upright:
            yield (
                text,
                wide * box.left + left,
                high * box.top + top0,
                wide * box.right + left,
                high * box.bottom + top0,
                made,
            )
            continue
        x0, top = _at(across, down, box.left, box.top)
        x1, bottom = _at(across, down, box.right, box.bottom)
        yield text, min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom), made


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
