"""Scans and photos: pages that are pictures, as words with their places."""

import hashlib
import io
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mailagent.core.errors import Unreadable
from mailagent.core.reading import Box, Source
from parsers.text.ocr import LINES, LONG_SIDE, Read, read_picture
from parsers.text.pdf import PageText, Pdf
from parsers.text.words import Word

if TYPE_CHECKING:
    from PIL import Image

FIRST_PAGES = 3  # of a scan; where a bill has more, its sums are on the last
PIXELS = 60_000_000  # of a picture; telephones make 50 million
_SHARP = 300.0  # dots an inch: a stamp is not drawn as large as a page
_SMALLEST = 400  # pixels of the short side: what is smaller is a logo
_WIDTH = 595.0  # points that a picture without a page is taken for: A4
_NO_TEXT = 20  # letters: a page number, the name of the scanner's maker
_LITTLE_TEXT = 150  # letters: a stamp, or a line above the picture of a page
_MOSTLY_PICTURE = 0.6  # of the page
_ODD = 0.2  # of the letters: a text layer without a map to real ones
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF")


class Seen(NamedTuple):
    """What is on the pages of a document, in letters or in pictures of them."""

    words: list[Word]
    source: Source
    # Of pictures: each word where it really stands, for rows had to be made level, and how sure.
    read: tuple[Read, ...] = ()

    def sure(self, box: Box, page: int) -> float:
        """How sure the least certain letter in a box is."""
        return min((each.sure for each in self._inside(box, page)), default=1.0)

    def place(self, box: Box, page: int) -> Box:
        """A box among level rows, as it lies on the page."""
        inside = [each.seen for each in self._inside(box, page)]
        if not inside:
            return box
        return Box(
            x0=min(seen.x0 for seen in inside),
            top=min(seen.top for seen in inside),
            x1=max(seen.x1 for seen in inside),
            bottom=max(seen.bottom for seen in inside),
        )

    def _inside(self, box: Box, page: int) -> list[Read]:
        return [each for each in self.read if each.word.page == page and _in(each.word, box)]


def _in(word: Word, box: Box) -> bool:
    middle = (word.x0 + word.x1) / 2
    return box.x0 - 1 <= middle <= box.x1 + 1 and box.top - 1 <= word.middle <= box.bottom + 1


def pages_seen(pdf: Pdf, texts: Sequence[PageText], content: bytes) -> Seen:
    """The words of a PDF; of its pictures, where the first page is one. `content`: the file itself.

    Raises Unreadable where that takes a reader of scans and none is installed.
    """
    if not texts or not _is_picture(pdf, texts[0]):
        return Seen([word for page in texts for word in page.words], Source.TEXT)
    numbers = [page.number for page in texts if _is_picture(pdf, page)]
    chosen = numbers[:FIRST_PAGES] + numbers[FIRST_PAGES:][-1:]
    pictures = ((number, *_drawn(pdf, number)) for number in chosen)
    return _read_once(content, pictures)


def picture_seen(content: bytes) -> Seen:
    """The words of a photo or of a picture with several pages. Raises Unreadable."""
    frames = zip(range(1, FIRST_PAGES + 1), _frames(content), strict=False)
    return _read_once(content, ((number, frame, _WIDTH) for number, frame in frames))


def picture_page(content: bytes, number: int, dpi: int) -> "tuple[Image.Image, float] | None":
    """A photo, or a page (from 1) of a scan, with its pixels per point. Raises Unreadable."""
    frame = next(islice(_frames(content), number - 1, None), None)
    if frame is None:
        return None
    scale = min(dpi / 72, frame.width / _WIDTH)
    size = (round(_WIDTH * scale), max(1, round(frame.height * _WIDTH * scale / frame.width)))
    return frame.resize(size), scale


# Reading a picture takes a second, and what was learned of a vendor asks for it once more.
_KEPT: dict[str, Seen] = {}
_MOST_KEPT = 2


def _read_once(content: bytes, pictures: Iterator[tuple[int, "Image.Image", float]]) -> Seen:
    """What was read of the same file just now, else what is read of its pictures."""
    digest = hashlib.sha256(content).hexdigest()
    if digest not in _KEPT:
        seen = _read(pictures)
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[digest] = seen
    return _KEPT[digest]


def _read(pictures: Iterator[tuple[int, "Image.Image", float]]) -> Seen:
    read: list[Read] = []
    left = LINES
    for number, picture, width in pictures:
        found, lines = read_picture(picture, number, width, left)
        left -= lines
        read += found
        if left <= 0:
            break
    return Seen([each.word for each in read], Source.OCR, tuple(read))


def _is_picture(pdf: Pdf, page: PageText) -> bool:
    """A page without letters, with letters that mean nothing, or a picture with a stamp on it."""
    letters = [c for c in page.text if not c.isspace()]
    odd = sum(unicodedata.category(c) in ("Cc", "Co", "Cn") or c == "\ufffd" for c in letters)
    if len(letters) < _NO_TEXT or odd > _ODD * len(letters):
        return pdf.has_content(page.number)
    return len(letters) < _LITTLE_TEXT and pdf.pictured(page.number) >= _MOSTLY_PICTURE


def _drawn(pdf: Pdf, number: int) -> tuple["Image.Image", float]:
    width, height = pdf.size(number)
    dpi = min(_SHARP, 72 * LONG_SIDE / max(1.0, width, height))
    picture, _ = pdf.picture(number, dpi=round(dpi))
    return picture, width


def _frames(content: bytes) -> Iterator["Image.Image"]:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > PIXELS:
                raise Unreadable("the picture is too large")
            if min(picture.size) < _SMALLEST:
                return
            picture.draft("L", (LONG_SIDE, LONG_SIDE))
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > PIXELS:
                    raise Unreadable("the picture is too large")
                yield _reduced(ImageOps.exif_transpose(frame))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable("the picture is too large") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise Unreadable("the picture is damaged") from None


def _reduced(picture: "Image.Image") -> "Image.Image":
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA", "P"):
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    picture = picture.convert("L")
    scale = LONG_SIDE / max(picture.size)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)
