"""`python -m tests.papers make DIR --count N --seed S`, `python -m tests.papers score DIR`."""

import argparse
from pathlib import Path

from tests.papers.making import Wish, make
from tests.papers.scoring import score


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.papers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="writes papers and their labels")
    making.add_argument("folder", type=Path)
    making.add_argument("--count", type=int, default=240)
    making.add_argument("--no-bills", type=int, default=0, help="so many papers that are no bills")
    making.add_argument("--scans", type=int, default=0, help="so many bills as scans and photos")
    making.add_argument("--seed", type=int, default=1)
    making.add_argument("--layouts", type=int, default=80)
    making.add_argument(
        "--locales", nargs="*", help="en-US de-DE ...; all of them if none is named"
    )
    making.add_argument("--drawn", default="", help="a set of drawn sheets: first, second ...")
    making.add_argument("--printed", default="", help="a set of web pages: third, fourth")
    making.add_argument("--printer", default="chromium", help="chromium, or weasyprint")
    scoring = commands.add_parser("score", help="reads them and compares")
    scoring.add_argument("folder", type=Path)
    scoring.add_argument("--by", help="a trait: locale, variant, meta, sums, numbers, dates ...")
    scoring.add_argument("--errors", help="lists what was read wrongly of a field, or of all")
    scoring.add_argument("--xml", action="store_true", help="with the XML inside, if any")
    told = parser.parse_args()
    if told.command == "make":
        wish = Wish(
            told.count,
            told.no_bills,
            told.scans,
            told.seed,
            told.layouts,
            told.locales,
            told.drawn,
            told.printed,
            told.printer,
        )
        make(told.folder, wish)
    else:
        score(told.folder, by=told.by, errors=told.errors, page_text_only=not told.xml)


if __name__ == "__main__":
    main()
