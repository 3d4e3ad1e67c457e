"""How fast invoices are read: in one warm process, by the command, and by invoice2data.

`--peer` names the `invoice2data` of an environment of its own; it is no dependency of ours.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import milliseconds, table
from mailagent.core.errors import Unreadable
from parsers.kinds import read_document
from parsers.text.pdf import Pdf

_PATIENCE = 1800.0  # seconds for one command


def _bills(folder: Path, most: int) -> list[Path]:
    """XML files, and PDFs of one page that have text."""
    found = [path for path in sorted(folder.rglob("*")) if path.suffix in (".pdf", ".xml")]
    return [path for path, _ in zip(filter(_is_fit, found), range(most), strict=False)]


def _is_fit(path: Path) -> bool:
    if path.suffix == ".xml":
        return True
    try:
        with Pdf(path.read_bytes()) as pdf:
            return pdf.pages == 1 and len(pdf.texts()[0].words) > 20
    except Unreadable:
        return False


def _warm(paths: Sequence[Path]) -> Iterator[float]:
    """Seconds for each file, in this process, after a first round that loads everything."""
    for path in paths[:5]:
        read_document(path.read_bytes(), page_text_only=True)
    for path in paths:
        content = path.read_bytes()
        start = time.perf_counter()
        try:
            read_document(content, page_text_only=True)
        except Unreadable:
            continue
        yield time.perf_counter() - start


def _command(command: Sequence[str], paths: Sequence[Path], where: Path) -> float:
    start = time.monotonic()
    everything = [*command, *map(str, paths)]
    subprocess.run(everything, capture_output=True, check=False, timeout=_PATIENCE, cwd=where)
    return time.monotonic() - start


def _row(name: str, files: int, seconds: float) -> tuple[str, ...]:
    return name, str(files), milliseconds(seconds / files), f"{files / seconds:.1f}"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python bench/invoices.py")
    parser.add_argument("folder", type=Path, help="invoices, at any depth")
    parser.add_argument("--most", type=int, default=300)
    parser.add_argument("--peer", help="path of invoice2data")
    parser.add_argument("--markdown", action="store_true", help="a table for docs/performance.md")
    given = parser.parse_args()
    paths = _bills(given.folder.resolve(), given.most)
    pdfs = [path for path in paths if path.suffix == ".pdf"]
    if not pdfs:
        parser.error(f"no invoices in {given.folder}")
    seconds = list(_warm(pdfs))
    rows = [
        ("one warm process, median", str(len(pdfs)), milliseconds(statistics.median(seconds)), ""),
        ("one warm process, 95 of 100", str(len(pdfs)), milliseconds(_most(seconds)), ""),
    ]
    here = Path(__file__).parent.parent
    ours = _command([sys.executable, "-m", "mailagent", "read", "--json"], paths, here)
    rows.append(_row(f"mailagent read, {os.cpu_count()} cores", len(paths), ours))
    if given.peer:
        with tempfile.TemporaryDirectory() as scratch:
            peer = str(Path(shutil.which(given.peer) or given.peer).absolute())
            theirs = _command([peer], pdfs, Path(scratch))
        ours = _command([sys.executable, "-m", "mailagent", "read", "--json"], pdfs, here)
        rows.append(_row("mailagent read, the PDFs", len(pdfs), ours))
        rows.append(_row("invoice2data, the PDFs", len(pdfs), theirs))
    print(table(("", "files", "ms a file", "files a second"), rows, markdown=given.markdown))


def _most(seconds: Sequence[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, len(seconds) * 95 // 100)]


if __name__ == "__main__":
    main()
