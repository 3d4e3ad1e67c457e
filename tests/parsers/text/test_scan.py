"""Pages that are pictures are read by their looks."""

import io
import sys
from random import Random

import pytest
from PIL import Image

from mailagent.core.errors import Unreadable
from mailagent.core.reading import Box, Kind, Source
from parsers.kinds import read_document
from parsers.text import ocr
from parsers.text import scan as scan_parser
from parsers.text.ocr import Read, _seen
from parsers.text.scan import PIXELS, picture_seen
from tests.documents import Bill, bill_pdf
from tests.papers.scans import scan

BILL = Bill()


def _picture(way: str, seed: int = 1) -> bytes:
    return scan(bill_pdf(BILL), Random(seed), way)[0]


def _png(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, "PNG")
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize("way", ["clean", "office", "fax", "photo", "turned"])
def test_a_scan_is_read_like_a_page(way: str) -> None:
    reading = read_document(_picture(way))
    assert reading.kind is Kind.INVOICE
    assert reading.text("total") == f"{BILL.total:.2f}"
    assert reading.text("invoice_number") == BILL.number
    assert reading.text("issue_date") == BILL.issued.isoformat()
    assert reading.fields["total"].source is Source.OCR


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_box_is_where_the_word_lies_on_the_page() -> None:
    """The page was turned by a quarter: what was on the right is above or below."""
    upright = read_document(bill_pdf(BILL)).fields["invoice_number"].evidence
    out = io.BytesIO()
    with Image.open(io.BytesIO(_photo_of(bill_pdf(BILL)))) as page:
        page.rotate(90, expand=True).save(out, "PNG")
    turned = read_document(out.getvalue()).fields["invoice_number"].evidence
    assert upright is not None and upright.box is not None  # noqa: PT018 - for the types
    assert turned is not None and turned.box is not None  # noqa: PT018 - for the types
    wide, scale = 595.0, 595.0 / 842.0  # the picture's width counts as A4's
    assert turned.box.x0 == pytest.approx(upright.box.top * scale, abs=6)
    assert turned.box.top == pytest.approx((wide - upright.box.x1) * scale, abs=6)


def _photo_of(content: bytes) -> bytes:
    import pypdfium2

    out = io.BytesIO()
    with pypdfium2.PdfDocument(content) as document:
        document[0].render(scale=200 / 72).to_pil().save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_turning_there_and_back(turns: int) -> None:
    """A mark near the right end of the first row of a 100 x 50 page."""
    mark = {0: (80, 5, 90, 9), 1: (5, 10, 9, 20), 2: (10, 41, 20, 45), 3: (41, 80, 45, 90)}[turns]
    page = ocr._Page(None, None, turns, 100, 50)
    assert _seen(page, mark, 1.0) == Box(x0=80, top=5, x1=90, bottom=9)


def test_a_logo_is_not_read() -> None:
    assert picture_seen(_png((300, 90))).words == []


def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    side = int(PIXELS**0.5) + 10
    with pytest.raises(Unreadable, match="too large"):
        picture_seen(_png((side, side)))


@pytest.mark.parametrize("cut", [60, 200, 2000])
def test_a_torn_picture_is_unreadable(cut: int) -> None:
    with pytest.raises(Unreadable):
        picture_seen(_photo_of(bill_pdf(BILL))[:cut])


def test_without_the_engine_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    ocr._engine.cache_clear()
    with pytest.raises(Unreadable, match="this is a scan") as refusal:
        read_document(_photo_of(bill_pdf(BILL)))
    assert "mailagent[ocr]" in (refusal.value.advice or "")
    ocr._engine.cache_clear()


def test_a_page_with_letters_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    ocr._engine.cache_clear()
    assert read_document(bill_pdf(BILL)).fields["total"].source is Source.TEXT


def test_a_picture_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a lesson asks for what stands on it; another picture is read for itself."""
    looked: list[int] = []

    def look(_: Image.Image, number: int, width: float, most: int) -> tuple[list[Read], int]:
        assert width > 0 < most
        looked.append(number)
        return [], 1

    monkeypatch.setattr(scan_parser, "read_picture", look)
    for content in (_png((900, 901)), _png((900, 901)), _png((900, 902))):
        assert picture_seen(content).source is Source.OCR
    assert looked == [1, 1]
