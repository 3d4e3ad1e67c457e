"""Sheets written as web pages and printed by a browser: as accounting tools and portals look.

They have the heads of `tests/papers/lettered.py`; below those stands HTML. It takes a browser.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.papers.lettered import Lettered, sheets_in

PAGES = Path(__file__).with_name("web")
_BROWSER = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--no-pdf-header-footer",
)


def printed(name: str) -> Iterator[Lettered]:
    """All sheets of a set: the files that begin with its name."""
    for path in sorted(PAGES.glob(f"{name}_*.html")):
        yield from sheets_in(path)


def printed_pdf(sheet: Lettered, printer: str = "chromium") -> bytes:
    """The page as this browser, or WeasyPrint, prints it."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder, "page.html"), Path(folder, "page.pdf")
        broken = '<div style="break-after:page"></div>'.join(sheet.pages)
        page.write_text(f'<meta charset="utf-8"><!doctype html>{broken}', encoding="utf-8")
        subprocess.run(_command(printer, folder, page, out), check=True, capture_output=True)
        return out.read_bytes()


def _command(printer: str, folder: str, page: Path, out: Path) -> list[str]:
    found = shutil.which(printer)
    if found is None:
        raise SystemExit(f"{printer} is needed to print these sheets")
    if "weasyprint" in printer:
        return [found, str(page), str(out)]
    return [
        found, *_BROWSER, f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", str(page)
    ]  # fmt: skip
