"""A paper while it is drawn: the sheet, the words, how this one spells."""

from datetime import date
from decimal import Decimal
from random import Random

from tests.papers import spelling
from tests.papers.countries import Country
from tests.papers.layout import Layout
from tests.papers.sheet import Sheet, families
from tests.papers.words import Words

COLOURS = [(30, 60, 120), (120, 30, 30), (20, 90, 60), (60, 60, 60), (200, 90, 20)]


class Page:
    """Blocks draw on it and say where they end."""

    def __init__(
        self, country: Country, currency: str, layout: Layout, seed: str, pages: int
    ) -> None:
        self.rng = rng = Random(seed)
        self.country, self.currency, self.layout, self.pages = country, currency, layout, pages
        self.words = Words(country.language, rng)
        self.numbers = rng.choice(country.numbers)
        self.dates = rng.choice(country.dates)
        self.sign = rng.choice(country.currencies[currency])
        self.tax_name = rng.choice(country.tax)
        self.colour = rng.choice(COLOURS)
        self.size = float(layout["size"])
        family = rng.choice(families(beyond_latin=country.language == "pl" or "₹" in self.sign))
        if family == "Courier":
            self.size = min(self.size, 8.5)
        self.sheet = Sheet(
            rng, letter=country.letter, family=family, split=layout["split"], order=layout["order"]
        )
        self.left = rng.choice([40.0, 50.0, 56.0, 70.0])
        self.right = self.sheet.width - rng.choice([40.0, 50.0, 56.0])
        self.bottom = self.sheet.height - 96
        self.middle = self.sheet.width * rng.choice([0.5, 0.55, 0.58])
        self.line = self.size * rng.choice([1.25, 1.35, 1.5])
        self.shown: set[str] = set()

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = 0.0,
        bold: bool = False,
        right: bool = False,
        centre: bool = False,
        white: bool = False,
        coloured: bool = False,
    ) -> None:
        """Text in this paper's size."""
        colour = (255, 255, 255) if white else self.colour if coloured else (20, 20, 20)
        self.sheet.put(
            text, x, y, size=size or self.size, bold=bold, right=right, centre=centre, colour=colour
        )

    def lines(
        self,
        texts: list[str],
        x: float,
        y: float,
        *,
        right: bool = False,
        bold_first: bool = False,
        size: float = 0.0,
    ) -> float:
        """Several lines; where the next would stand."""
        for at, text in enumerate(texts):
            self.put(text, x, y, right=right, bold=bold_first and at == 0, size=size)
            y += self.line if not size else size * 1.3
        return y

    def fit(self, text: str, width: float) -> list[str]:
        """The text in lines that are no wider."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.sheet.width_of(longer, self.size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def label(self, text: str) -> str:
        """A label, with this paper's colon."""
        return (
            text
            if text.endswith((".", ":", "#")) and self.layout["colon"] != ":"
            else f"{text}{self.layout['colon']}"
        )

    def day(self, value: date) -> str:
        """A date as this paper writes it."""
        return spelling.day(value, self.dates, self.words)

    def amount(self, value: Decimal, *, is_total: bool = False, in_line: bool = False) -> str:
        """An amount as this paper writes it, with its sign or without."""
        text = spelling.amount(abs(value), self.numbers)
        signs = self.layout["signs"]
        if in_line and signs not in ("before", "after"):
            return self._negative(text) if value < 0 else text
        code = self.currency
        signed = {
            "before": f"{self.sign}{'' if self.sign in '$€£' else ' '}{text}",
            "after": f"{text} {self.sign}",
            "before, spaced": f"{self.sign} {text}",
            "total only": f"{self.sign} {text}" if is_total else text,
            "code after": f"{text} {code}",
            "code before": f"{code} {text}",
        }.get(signs, text)
        if signed != text:
            self.shown.add("currency")
        return self._negative(signed) if value < 0 else signed

    def _negative(self, text: str) -> str:
        return {"()": f"({text})", "after": f"{text}-"}.get(self.layout["minus"], f"-{text}")

    def rate(self, value: Decimal) -> str:
        """A rate without its percent sign: 19, 8.25."""
        digits = f"{value.normalize():f}" if self.rng.random() < 0.8 else f"{value:.2f}"
        return digits.replace(".", spelling.NUMBERS[self.numbers][1])

    def foot(self) -> None:
        """What stands below on every page."""
        if self.pages > 1 or self.rng.random() < 0.2:
            said = self.words.label("page").format(n=self.sheet.pages, m=self.pages)
            self.put(said, self.right, self.sheet.height - 22, size=7.5, right=True)
