"""A PDF of several pages on which words are put at a place, in points from the top left."""

import unicodedata
from datetime import UTC, datetime, time
from pathlib import Path
from random import Random
from typing import NamedTuple

from fpdf import FPDF
from fpdf.fonts import TTFFont

LETTER, A4 = (612.0, 792.0), (595.0, 842.0)
_CORE = ("Helvetica", "Helvetica", "Times", "Courier")
# Where systems have fonts with more letters than cp1252; a machine without them gets "l" for "ł".
_FONTS = Path("/usr/share/fonts/truetype")
_FAMILIES = {
    "Liberation": ("liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf"),
    "Narrow": (
        "liberation/LiberationSansNarrow-Regular.ttf",
        "liberation/LiberationSansNarrow-Bold.ttf",
    ),
    "Serif": ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf"),
    "DejaVu": ("dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf"),
    "Condensed": ("dejavu/DejaVuSansCondensed.ttf", "dejavu/DejaVuSansCondensed-Bold.ttf"),
}
_WITH_RUPEES = ("DejaVu", "Condensed")
_NOT_IN_LATIN = str.maketrans({"ł": "l", "Ł": "L", "₹": "Rs."})


class _Put(NamedTuple):
    x: float
    y: float
    text: str
    size: float
    bold: bool
    colour: tuple[int, int, int]


class Sheet:
    """Words are held back until their page is full, so that their order in the file can vary."""

    def __init__(self, rng: Random, *, letter: bool, family: str, split: str, order: str) -> None:
        self.width, self.height = LETTER if letter else A4
        self._rng = rng
        self._split, self._order = split, order
        self._pdf = FPDF(unit="pt", format=(self.width, self.height))
        self._pdf.set_auto_page_break(False)
        self._pdf.core_fonts_encoding = "cp1252"
        self._family = family
        for style, path in zip(("", "B"), _FAMILIES.get(family, ()), strict=False):
            self._pdf.add_font(family, style, str(_FONTS / path))
        self._held: list[_Put] = []
        self.pages = 0
        self.new_page()

    def new_page(self) -> None:
        """The next page."""
        self._flush()
        self._pdf.add_page()
        self.pages += 1

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide it will be."""
        self._pdf.set_font(self._family, "B" if bold else "", size)
        return float(self._pdf.get_string_width(self._sayable(text)))

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = 9.5,
        bold: bool = False,
        right: bool = False,
        centre: bool = False,
        colour: tuple[int, int, int] = (20, 20, 20),
    ) -> None:
        """A line of text; y is its baseline; `right`: it ends at x."""
        if not text:
            return
        width = self.width_of(text, size, bold=bold) if right or centre else 0.0
        at = x - width if right else x - width / 2
        self._held.append(_Put(at if right or centre else x, y, text, size, bold, colour))

    def rule(self, x0: float, y: float, x1: float, *, wide: float = 0.5) -> None:
        """A line across."""
        self._pdf.set_draw_color(120, 120, 120)
        self._pdf.set_line_width(wide)
        self._pdf.line(x0, y, x1, y)

    def box(
        self,
        x0: float,
        top: float,
        x1: float,
        bottom: float,
        fill: tuple[int, int, int] | None = None,
    ) -> None:
        """A rectangle, filled or only its border."""
        self._pdf.set_draw_color(140, 140, 140)
        self._pdf.set_line_width(0.5)
        if fill:
            self._pdf.set_fill_color(*fill)
        self._pdf.rect(x0, top, x1 - x0, bottom - top, style="F" if fill else "D")

    def blob(self, x: float, y: float, colour: tuple[int, int, int]) -> None:
        """A logo that has no words."""
        self._pdf.set_fill_color(*colour)
        self._pdf.ellipse(x, y, 40, 40, style="F")

    def done(self, title: str, made: datetime) -> bytes:
        """The file."""
        self._flush()
        self._pdf.set_title(title)
        self._pdf.set_creation_date(made)
        content = bytes(self._pdf.output())
        for font in self._pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()
        return content

    def _sayable(self, text: str) -> str:
        if self._family in _FAMILIES:
            return text if self._family in _WITH_RUPEES else text.replace("₹", "Rs.")
        text = text.translate(_NOT_IN_LATIN)
        kept = (c if _is_latin(c) else unicodedata.normalize("NFKD", c)[0] for c in text)
        return "".join(c if _is_latin(c) else "?" for c in kept)

    def _flush(self) -> None:
        held = self._held
        if self._order == "shuffled":
            self._rng.shuffle(held)
        elif self._order == "columns":
            held.sort(key=lambda put: (put.x > self.width / 2, put.y))
        elif self._order == "upwards":
            held.sort(key=lambda put: -put.y)
        for put in held:
            self._draw(put)
        self._held = []

    def _draw(self, put: _Put) -> None:
        self._pdf.set_font(self._family, "B" if put.bold else "", put.size)
        self._pdf.set_text_color(*put.colour)
        x = put.x
        for piece, gap in self._pieces(self._sayable(put.text), put.size):
            self._pdf.text(x, put.y, piece)
            x += float(self._pdf.get_string_width(piece)) + gap

    def _pieces(self, text: str, size: float) -> list[tuple[str, float]]:
        """As programs that kern by hand write it: cut anywhere, with gaps that are no spaces."""
        if self._split == "words":
            words = text.split(" ")
            return [(w + " " * (at < len(words) - 1), 0.0) for at, w in enumerate(words)]
        if self._split == "letters":
            return [(letter, 0.0) for letter in text]
        if (
            self._split == "kerned"
            and len(text) > 4
            and text.isalpha()
            and self._rng.random() < 0.4
        ):
            at = self._rng.randint(1, len(text) - 2)
            return [(text[:at], size * self._rng.uniform(0.05, 0.2)), (text[at:], 0.0)]
        return [(text, 0.0)]


def _is_latin(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def families(*, beyond_latin: bool) -> list[str]:
    """The fonts that can be used; those of the machine where letters are needed that PDF lacks."""
    more = [name for name, files in _FAMILIES.items() if all((_FONTS / f).exists() for f in files)]
    if beyond_latin:
        return more or list(_CORE)
    return [*_CORE, *_CORE, *more]


def noon(day: object) -> datetime:
    """A moment of that day, for the file's own date."""
    return datetime.combine(day, time(12), UTC)  # type: ignore[arg-type]
