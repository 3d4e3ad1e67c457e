"""Which way a paper is laid out: one choice per principle, many together."""

from dataclasses import dataclass
from random import Random

CHOICES: dict[str, tuple[str, ...]] = {
    # where the seller stands
    "head": (
        "left",
        "left",
        "right",
        "centre",
        "window",
        "footer",
        "band",
        "parties",
        "beside",
        "brand",
        "below",
    ),
    # where the buyer stands
    "buyer": (
        "left",
        "left",
        "labelled",
        "labelled",
        "right",
        "with ship-to",
        "beneath meta",
        "inline",
    ),
    # how the title is written
    "title": ("big right", "big left", "centre", "with number", "spaced", "small", "banner"),
    # number, date and their like
    "meta": (
        "rows",
        "rows",
        "right-aligned",
        "split",
        "columns",
        "boxes",
        "stacked",
        "inline",
        "sentence",
        "bare",
        "leader",
        "grid",
        "table",
        "tight",
    ),
    "colon": (":", ":", "", " :"),
    # the table of lines
    "table": ("ruled", "plain", "zebra", "boxed", "banded"),
    "columns": ("few", "few", "usual", "usual", "many", "numbered", "hours", "dated", "taxed"),
    # the block of sums
    "sums": (
        "right",
        "right",
        "labels right",
        "boxed",
        "wide",
        "left",
        "across",
        "summary",
        "leader",
        "in table",
    ),
    "signs": (
        "none",
        "before",
        "before",
        "after",
        "before, spaced",
        "total only",
        "code after",
        "code before",
    ),
    "minus": ("-", "-", "()", "after"),
    # how to pay, and the seller's numbers
    "pay": ("footer", "footer", "block", "block", "sentence", "table", "none"),
    "foot": ("columns", "line", "centre", "none", "columns"),
    # how the file is written
    "split": ("none", "none", "none", "words", "letters", "kerned"),
    "order": ("as read", "as read", "as read", "shuffled", "columns", "upwards"),
    "size": ("9", "9.5", "10", "8", "11"),
}


@dataclass(frozen=True)
class Layout:
    """A name, and what was chosen for each principle."""

    name: str
    chosen: dict[str, str]

    def __getitem__(self, principle: str) -> str:
        return self.chosen[principle]


def layout(seed: int, index: int) -> Layout:
    """Each index is another layout of that seed. Index by index, every choice comes round."""
    rng = Random(f"layout/{seed}/{index}")
    chosen = {name: rng.choice(ways) for name, ways in CHOICES.items()}
    # What is rare together shall not be rare alone: one principle goes round in order.
    chosen["meta"] = CHOICES["meta"][(index + seed) % len(CHOICES["meta"])]
    chosen["sums"] = CHOICES["sums"][(index // 3 + seed) % len(CHOICES["sums"])]
    return Layout(f"{seed}-{index:03d}", chosen)
