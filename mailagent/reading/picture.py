"""The first page with evidence as a picture: thin numbered boxes where the values stand."""

import io

from PIL import Image, ImageDraw, ImageFont

from mailagent.core.reading import Box, Reading
from mailagent.core.shown import numbered, pictured_page
from parsers.text.pdf import Pdf
from parsers.text.scan import picture_page
from parsers.values.media import media_type

_DPI = 110
_BYTES = 150 * 1000
_COLOURS = (48, 16, 6)  # the fewer, the smaller: a page of grain is better coarse than tiny
_BOX = (37, 99, 235)
_PAD = 1.5  # points between the letters and the line


def draw(content: bytes, reading: Reading) -> bytes | None:
    """PNG; None where there is no page. The numbers are those of the letter that shows it."""
    drawn = _page(content, pictured_page(reading) or 1)
    if drawn is None:
        return None
    picture, scale = drawn
    picture = picture.convert("RGB")
    for name, number in numbered(reading).items():
        evidence = reading.fields[name].evidence
        if evidence is not None and evidence.box is not None:
            _mark(picture, evidence.box, scale, number)
    return _small(picture)


def _page(content: bytes, number: int) -> tuple[Image.Image, float] | None:
    """A page of a document, and its pixels per point."""
    found = media_type(content)
    if found == "application/pdf":
        with Pdf(content) as pdf:
            return pdf.picture(number, _DPI)
    return picture_page(content, number, _DPI) if found.startswith("image/") else None


def _mark(picture: Image.Image, box: Box, scale: float, number: int) -> None:
    pen = ImageDraw.Draw(picture)
    x0, top = (box.x0 - _PAD) * scale, (box.top - _PAD) * scale
    x1, bottom = (box.x1 + _PAD) * scale, (box.bottom + _PAD) * scale
    pen.rectangle((x0, top, x1, bottom), outline=_BOX, width=max(1, round(scale)))
    font = ImageFont.load_default(size=9 * scale)
    label = str(number)
    width, height = pen.textlength(label, font=font) + 4 * scale, 11 * scale
    beside = ((x0 - width, top), (x1, top), (x0, top - height), (x0, bottom))
    left, top = min(beside, key=lambda at: _ink(picture, (*at, at[0] + width, at[1] + height)))
    pen.rectangle((left, top, left + width, top + height), fill=_BOX)
    middle = (left + width / 2, top + height / 2)
    pen.text(middle, label, fill="white", font=font, anchor="mm")


def _ink(picture: Image.Image, area: tuple[float, float, float, float]) -> float:
    """How much a label there would hide, in tenths: a touched line is nothing, a word is."""
    x0, top, x1, bottom = area
    if x0 < 0 or top < 0 or x1 > picture.width or bottom > picture.height:
        return float("inf")
    grey = picture.crop((round(x0), round(top), round(x1), round(bottom))).convert("L")
    dark = sum(count * (255 - shade) for shade, count in enumerate(grey.histogram()))
    return round(dark / (255 * max(1, grey.width * grey.height)), 1)


def _small(picture: Image.Image) -> bytes:
    """A palette that keeps letters sharp; a coarser one, then a smaller picture, where need be."""
    while True:
        for colours in _COLOURS:
            out = io.BytesIO()
            palette = picture.quantize(colours, method=Image.Quantize.FASTOCTREE)
            palette.save(out, "PNG")  # `optimize` takes five times the time for 3 % less
            if out.tell() < _BYTES or min(picture.size) < 200:
                return out.getvalue()
        picture = picture.resize((picture.width * 4 // 5, picture.height * 4 // 5))
