"""The text of a contract as sentences that know where they stand: every quote is a slice of it."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from mailagent.core.reading import Evidence

_GAP = re.compile(r"\s+")
# A full stop, and what begins anew behind it.
_STOP = re.compile(r"[.;]['\")\u201d\u2019]*\s+(?=[\"(\u201c\u2018\[]?[A-Z0-9])")
# "Inc. ", "No. 5", "J. Smith": no end of a sentence.
_SHORT = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|No|Nos|Mr|Mrs|Ms|Dr|St|Sec|Art|Sect|Bros|Jr|Sr|vs|etc|approx|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|i\.e|e\.g|[ap]\.m|L\.P|L\.L\.C|N\.A|S\.A|B\.V|N\.V|A\.G|U\.S)"
    r"|(?:^|[\s.(])[A-Z]|(?:^|\s)\d{1,3}(?:\.\d{1,3}){0,3})\.$"
)
_LONGEST = 4000  # a sentence in which nobody ever set a full stop
_QUOTE = 600


_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page\s*)?(?:#|[ivxl]{1,5}|[a-z]-#)(?:\s*(?:of|/)\s*#)?\W*", re.IGNORECASE
)
_FOOT = range(12, 160)  # letters of a line that may stand on every page


def _shape(line: str) -> str:
    return _DIGITS.sub("#", line)


def _furniture(pages: Sequence[str]) -> frozenset[str]:
    """The lines that stand on every page: heads, feet and page numbers."""
    shapes = Counter(
        _shape(_GAP.sub(" ", line).strip()) for page in pages for line in page.splitlines()
    )
    return frozenset(
        shape
        for shape, times in shapes.items()
        if _PAGE_NUMBER.fullmatch(shape) or (times > 1 and len(shape) in _FOOT and "#" in shape)
    )


@dataclass(frozen=True)
class Passage:
    """A stretch of a contract. It cannot hold words that are not there."""

    prose: "Prose"
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.prose.text):
            raise ValueError("a passage is a stretch of its text")

    @property
    def text(self) -> str:
        """Its words, verbatim but for the gaps between them."""
        return self.prose.text[self.start : self.end]

    @property
    def evidence(self) -> Evidence:
        """The words, and the page they begin on."""
        start, end = self.prose.unbroken(self.start, self.end)
        quote = self.prose.text[start : min(end, start + _QUOTE)].strip()
        return Evidence(quote=quote, page=self.prose.page(start))

    def around(self, start: int, end: int) -> "Passage":
        """A part of this passage, by positions in it."""
        return Passage(self.prose, self.start + start, self.start + end)


class Prose:
    """The pages of a contract as one text, with single spaces."""

    def __init__(self, pages: Sequence[str]) -> None:
        self.lines: list[str] = []
        self._paged = len(pages) > 1
        self._starts: list[int] = []
        self._seams: list[int] = []  # where the foot of a page was left out
        furniture, at, parts = _furniture(pages), 0, []
        for page in pages:
            self._starts.append(at)
            for line in page.splitlines():
                words = _GAP.sub(" ", line).strip()
                if not words:
                    continue
                if _shape(words) in furniture:
                    self._seams.append(at)
                    continue
                self.lines.append(words)
                parts.append(words)
                at += len(words) + 1
        self.text = " ".join(parts)

    def page(self, at: int) -> int | None:
        """The page (from 1) of a position; None where there are no pages."""
        return bisect_right(self._starts, at) if self._paged else None

    def unbroken(self, start: int, end: int) -> tuple[int, int]:
        """The longest part of a stretch that stands in the document just so."""
        cuts = [start, *(at for at in self._seams if start < at < end), end]
        return max(pairwise(cuts), key=lambda part: part[1] - part[0])

    @cached_property
    def _stops(self) -> list[int]:
        stops = [0]
        for match in _STOP.finditer(self.text):
            ends = match.start() + 1
            if self.text[match.start()] == "." and _SHORT.search(
                self.text, max(0, ends - 24), ends
            ):
                continue
            stops.append(match.end())
        stops.append(len(self.text))
        return stops

    def sentence(self, at: int) -> Passage:
        """The sentence in which a position stands."""
        nth = max(1, bisect_right(self._stops, at))
        start = self._stops[nth - 1]
        end = self._stops[min(nth, len(self._stops) - 1)]
        return Passage(self, max(start, at - _LONGEST), max(at + 1, min(end, at + _LONGEST)))

    def sentences(self, cue: re.Pattern[str], start: int = 0) -> Iterator[Passage]:
        """The sentences in which a cue stands, each once, in their order."""
        behind = start
        for match in cue.finditer(self.text, start):
            if match.start() < behind:
                continue
            found = self.sentence(match.start())
            behind = found.end
            yield found

    def passage(self, start: int, end: int) -> Passage:
        """A stretch of the text."""
        return Passage(self, start, min(end, len(self.text)))
