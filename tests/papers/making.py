"""Papers with their labels, written into a folder of the same shape as a corpus."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.papers.bill import bill
from tests.papers.countries import COUNTRIES
from tests.papers.facts import make as make_facts
from tests.papers.layout import layout
from tests.papers.lettered import label_of, lettered, pdf_of
from tests.papers.other import KINDS, other
from tests.papers.printed import printed, printed_pdf
from tests.papers.scans import scan


class Paper(NamedTuple):
    """A file and its label."""

    content: bytes
    label: dict[str, Any]


def bills(
    count: int, seed: int, layouts: int = 80, locales: Sequence[str] | None = None
) -> Iterator[Paper]:
    """So many bills; each run of `layouts` of them has every layout once. Countries go round."""
    places = list(locales or COUNTRIES)
    for index in range(count):
        name = f"{seed}/{index}"
        rng = Random(name)
        # The countries shift by one with each round of layouts: all meet all in the end.
        locale = places[(index + index // layouts) % len(places)]
        content, label = bill(make_facts(locale, rng), layout(seed, index % layouts), name)
        yield Paper(content, {"id": f"made-{seed}-{index:04d}"} | label)


def others(
    count: int,
    seed: int,
    layouts: int = 80,
    locales: Sequence[str] | None = None,
    only: str = "",
) -> Iterator[Paper]:
    """So many papers that are no bills, of all kinds in turn; of these, `only` one kind."""
    places = list(locales or COUNTRIES)
    for index in range(count):
        name = f"other/{seed}/{index}"
        kind = [*KINDS][index % len(KINDS)]
        if only and kind != only:
            continue
        locale = places[(index + index // len(KINDS)) % len(places)]
        content, label = other(kind, locale, layout(seed, index % layouts), name)
        yield Paper(content, {"id": f"other-{seed}-{index:04d}"} | label)


def scans(count: int, seed: int) -> Iterator[Paper]:
    """So many bills as scanners and telephones deliver them."""
    for paper in bills(count, seed):
        content, suffix, way = scan(paper.content, Random(f"scan/{paper.label['id']}"))
        more = {"kind": "scan-pdf", "suffix": suffix, "way": way, "id": f"scan-{paper.label['id']}"}
        yield Paper(content, paper.label | more)


def sheets(name: str) -> Iterator[Paper]:
    """The sheets of a set that somebody drew with letters."""
    for at, sheet in enumerate(lettered(name) if name else ()):
        yield Paper(pdf_of(sheet), label_of(sheet, at, name))


def prints(name: str, printer: str) -> Iterator[Paper]:
    """The sheets of a set that somebody wrote as web pages."""
    for at, sheet in enumerate(printed(name) if name else ()):
        yield Paper(printed_pdf(sheet, printer), label_of(sheet, at, name))


class Wish(NamedTuple):
    """How many of which papers."""

    bills: int
    no_bills: int = 0
    scans: int = 0
    seed: int = 1
    layouts: int = 80
    locales: Sequence[str] | None = None
    drawn: str = ""
    printed: str = ""
    printer: str = "chromium"

    def papers(self) -> Iterator[Paper]:
        """All of them."""
        yield from bills(self.bills, self.seed, self.layouts, self.locales)
        yield from others(self.no_bills, self.seed, self.layouts, self.locales)
        yield from scans(self.scans, self.seed)
        yield from sheets(self.drawn)
        yield from prints(self.printed, self.printer)


def make(folder: Path, wish: Wish) -> None:
    """Writes them below `invoices/`, as `score.py invoices --data FOLDER` wants them."""
    files = folder / "invoices" / "files"
    files.mkdir(parents=True, exist_ok=True)
    with (folder / "invoices" / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
        for content, label in wish.papers():
            name = f"{label['id']}.{label.get('suffix', 'pdf')}"
            (files / name).write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            row = label | {"file": f"files/{name}", "bytes": len(content), "sha256": digest}
            manifest.write(json.dumps(row, ensure_ascii=False) + "\n")
