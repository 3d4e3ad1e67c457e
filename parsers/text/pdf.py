"""A PDF by pypdfium2: its pages' text, where it stands, the files inside, and a picture."""

import ctypes
from collections.abc import Iterator
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pypdfium2
import pypdfium2.raw as pdfium

from mailagent.core.errors import Unreadable
from mailagent.core.reading import Box
from parsers.text.words import Word, page_words

if TYPE_CHECKING:
    from PIL import Image

PAGES = 30  # read for evidence; the rest of a longer document is counted only
EMBEDDED = 20
EMBEDDED_BYTES = 32 * 1024 * 1024
_DRAWN = 700  # shapes of a page that are looked at
# A line or a box has no more parts; what has is drawn in one stroke, and may be a grid.
_BOX, _PARTS, _CELLS = 8, 240, 4_000
_TALL, _NEAR = 7.0, 4.0  # points: the height of a row; what stands that near is one line
_PICTURES = 50  # of a page are looked at
_PIXELS = 8_000_000  # of a picture: a page can claim any size
_GRID = 100  # pdfium's page-to-device mapping gives integers: hundredths of a point


class PageText:
    """The text of one page, each letter with its place."""

    def __init__(self, page: Any, number: int) -> None:
        self._page = page
        self._text_page = page.get_textpage()
        self.number = number

    @cached_property
    def text(self) -> str:
        """One character per UTF-16 unit, so that positions are pdfium's."""
        count = self._text_page.count_chars()
        if count < 1:
            return ""
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        written = pdfium.FPDFText_GetText(self._text_page, 0, count, buffer)
        return "".join(map(chr, buffer[: max(0, written - 1)]))

    @property
    def letters(self) -> int:
        """How many letters it has, those that nobody can see with them."""
        return int(self._text_page.count_chars())

    @cached_property
    def words(self) -> list[Word]:
        """Its words with their places, in the order of the file."""
        return page_words(self._page, self._text_page, self.number)

    def box(self, start: int, end: int) -> Box | None:
        """The box around a stretch of the text; None when it has no extent."""
        boxes = [box for at in range(start, end) if (box := self._letter(at)) is not None]
        if not boxes:
            return None
        return Box(
            x0=min(box[0] for box in boxes),
            top=min(box[1] for box in boxes),
            x1=max(box[2] for box in boxes),
            bottom=max(box[3] for box in boxes),
        )

    def _letter(self, at: int) -> tuple[float, float, float, float] | None:
        if self.text[at].isspace():
            return None
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(self._text_page, at)
        if index < 0:
            return None
        left, bottom, right, top = self._text_page.get_charbox(index, loose=True)
        x0, y0 = self._from_top_left(left, top)
        x1, y1 = self._from_top_left(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _from_top_left(self, x: float, y: float) -> tuple[float, float]:
        """Points from the top left corner of the page as it is seen: turned and cropped."""
        width, height = (round(side * _GRID) for side in self._page.get_size())
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, across, down)
        return across.value / _GRID, down.value / _GRID


class Pdf:
    """An open PDF. Raises Unreadable where pdfium gives up."""

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(content)
            self.pages = len(self._document)
            self._pages: dict[int, Any] = {}
            self._texts: dict[int, PageText] = {}
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
            why = "the PDF needs a password" if locked else "the PDF is damaged"
            raise Unreadable(why) from None
        if not self.pages:
            raise Unreadable("the PDF has no pages")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._document.close()

    def _page(self, number: int) -> Any:
        """A page, opened once: to open one costs more than to read most of it."""
        if number not in self._pages:
            self._pages[number] = self._document.get_page(number - 1)
        return self._pages[number]

    def embedded(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of the files inside, as far as they are sound and not too large."""
        for index in range(min(self._document.count_attachments(), EMBEDDED)):
            try:
                attachment = self._document.get_attachment(index)
                content = _content(attachment)
                if content is not None:
                    yield attachment.get_name(), content
            except pypdfium2.PdfiumError:  # a torn file inside is no reason to lose the others
                continue

    def texts(self, most: int = PAGES) -> list[PageText]:
        """The first pages' text; a page that cannot be loaded is left out."""
        found: list[PageText] = []
        for number in range(1, min(self.pages, most) + 1):
            try:
                if number not in self._texts:
                    self._texts[number] = PageText(self._page(number), number)
                found.append(self._texts[number])
            except pypdfium2.PdfiumError:  # one torn page; the others can be read
                continue
        return found

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page (from 1) as it is seen, in points."""
        try:
            width, height = self._page(number).get_size()
        except pypdfium2.PdfiumError:
            raise Unreadable(f"page {number} of the PDF cannot be opened") from None
        return float(width), float(height)

    def has_content(self, number: int) -> bool:
        """Whether anything is drawn on a page."""
        try:
            page = self._page(number)
            return bool(pdfium.FPDFPage_CountObjects(page) > 0)
        except pypdfium2.PdfiumError:
            return False

    def pictured(self, number: int) -> float:
        """How much of a page its largest picture covers, from 0 to 1."""
        try:
            page = self._page(number)
            width, height = page.get_size()
            pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
            areas = [_area(each) for each, _ in zip(pictures, range(_PICTURES), strict=False)]
        except pypdfium2.PdfiumError:
            return 0.0
        return float(min(1.0, max(areas, default=0.0) / max(1.0, width * height)))

    def walls(self, number: int) -> int:
        """At how many places across the page upright lines are drawn, or the sides of boxes.

        A page with more shapes than a table has is a drawing: 0.
        """
        try:
            shapes = self._page(number).get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
            drawn = [shape for shape, _ in zip(shapes, range(_DRAWN), strict=False)]
            parts = [pdfium.FPDFPath_CountSegments(shape.raw) for shape in drawn]
            bounds = [shape.get_bounds() for shape in drawn]
        except pypdfium2.PdfiumError:
            return 0
        if len(bounds) == _DRAWN or sum(n for n in parts if n > _BOX) > _PARTS:
            return 0
        tall = {round(x / _NEAR) for x0, y0, x1, y1 in bounds if y1 - y0 > _TALL for x in (x0, x1)}
        flat = {round(y / _NEAR) for x0, y0, x1, y1 in bounds if x1 - x0 > _TALL for y in (y0, y1)}
        return len(tall) if len(tall) * len(flat) <= _CELLS else 0

    def picture(self, number: int, dpi: int) -> "tuple[Image.Image, float]":
        """A page (from 1) as it is seen, and its pixels per point."""
        try:
            page = self._page(number)
            width, height = page.get_size()
            scale = min(dpi / 72, (_PIXELS / max(1.0, width * height)) ** 0.5)
            return page.render(scale=scale).to_pil(), scale
        except pypdfium2.PdfiumError:
            raise Unreadable(f"page {number} of the PDF cannot be drawn") from None


def _area(picture: Any) -> float:
    left, bottom, right, top = picture.get_bounds()
    return float(abs((right - left) * (top - bottom)))


def _content(attachment: Any) -> bytes | None:
    """Asks for the size before anything is copied."""
    size = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment, None, 0, size)
    if not 0 < size.value <= EMBEDDED_BYTES:
        return None
    return bytes(attachment.get_data())
