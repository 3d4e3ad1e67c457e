"""How long the commands take that do next to nothing: the whole process, from start to end."""

import argparse
import subprocess
import sys
import time

from bench.figures import HEAD, figures, table

_COMMANDS = ("--help", "version", "read --help")


def _seconds(words: str) -> float:
    start = time.monotonic()
    command = [sys.executable, "-m", "mailagent", *words.split()]
    subprocess.run(command, capture_output=True, check=True)
    return time.monotonic() - start


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python bench/startup.py")
    parser.add_argument("--count", type=int, default=10, choices=range(1, 1001), metavar="N")
    parser.add_argument("--markdown", action="store_true", help="a table for docs/performance.md")
    given = parser.parse_args()
    found = {}
    for words in _COMMANDS:
        _seconds(words)  # from here on its files are in memory
        found[words] = figures([_seconds(words) for _ in range(given.count)])
    rows = [figure.row(f"mailagent {words}") for words, figure in found.items()]
    print(table(HEAD, rows, markdown=given.markdown))


if __name__ == "__main__":
    main()
