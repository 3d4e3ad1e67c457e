"""How long `mailagent read` takes a file: the command over a folder, and files by their ending."""

import argparse
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bench.figures import milliseconds, table

_ENDINGS = (".pdf", ".xml", ".eml", ".txt", ".html")
_PATIENCE = 600.0  # seconds for the files of one ending


def _files(folder: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _ENDINGS and path.is_file():
            found[path.suffix.lower()].append(path)
    return found


def _row(name: str, paths: Sequence[Path]) -> tuple[str, ...]:
    start = time.monotonic()
    command = [sys.executable, "-m", "mailagent", "read", "--json", *map(str, paths)]
    # Its exit status tells of files that cannot be read; they take their time as well.
    subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)
    seconds = time.monotonic() - start
    return name, str(len(paths)), milliseconds(seconds / len(paths)), f"{seconds:.1f}"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python bench/read.py")
    parser.add_argument("folder", type=Path, help="files of all kinds, at any depth")
    parser.add_argument("--markdown", action="store_true", help="a table for docs/performance.md")
    given = parser.parse_args()
    found = _files(given.folder)
    if not found:
        parser.error(f"nothing to read in {given.folder}")
    rows = [_row(f"*{ending}", paths) for ending, paths in sorted(found.items())]
    head = ("mailagent read --json", "files", "ms a file", "seconds in all")
    print(table(head, rows, markdown=given.markdown))


if __name__ == "__main__":
    main()
