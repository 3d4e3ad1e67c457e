"""Papers with their labels, written into a folder of the same shape as a corpus."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.papers.bill import bill
from tests.papers.countries import COUNTRIES
from tests.papers.facts import make as make_facts
from tests.papers.layout import layout
from tests.papers.other import KINDS, other


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
    count: int, seed: int, layouts: int = 80, locales: Sequence[str] | None = None
) -> Iterator[Paper]:
    """So many papers that are no bills, of all kinds in turn."""
    places = list(locales or COUNTRIES)
    for index in range(count):
        name = f"other/{seed}/{index}"
        kind = [*KINDS][index % len(KINDS)]
        locale = places[(index + index // len(KINDS)) % len(places)]
        content, label = other(kind, locale, layout(seed, index % layouts), name)
        yield Paper(content, {"id": f"other-{seed}-{index:04d}"} | label)


def make(
    folder: Path,
    *,
    count: int,
    no_bills: int,
    seed: int,
    layouts: int,
    locales: Sequence[str] | None,
) -> None:
    """Writes them below `invoices/`, as `score.py invoices --data FOLDER` wants them."""
    files = folder / "invoices" / "files"
    files.mkdir(parents=True, exist_ok=True)
    with (folder / "invoices" / "manifest.jsonl").open("w", encoding="utf-8") as manifest:
        papers = chain(
            bills(count, seed, layouts, locales), others(no_bills, seed, layouts, locales)
        )
        for content, label in papers:
            name = f"{label['id']}.pdf"
            (files / name).write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            row = label | {"file": f"files/{name}", "bytes": len(content), "sha256": digest}
            manifest.write(json.dumps(row, ensure_ascii=False) + "\n")
