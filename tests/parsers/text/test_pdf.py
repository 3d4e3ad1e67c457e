"""A PDF's text with its places, and the files inside."""

import io
import re

import pikepdf
import pytest

from mailagent.core.errors import Unreadable
from parsers.text import pdf
from parsers.text.pdf import Pdf
from parsers.text.places import find_place
from parsers.text.words import is_letter
from tests.documents import Bill, bill_pdf, cii_xml, factur_x


def _changed(content: bytes, **page: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        for name, value in page.items():
            document.pages[0][f"/{name}"] = value
        document.save(out)
    return out.getvalue()


def test_files_inside_come_out_whole() -> None:
    with Pdf(factur_x()) as document:
        assert list(document.embedded()) == [("factur-x.xml", cii_xml(Bill()))]


def test_a_large_file_inside_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "EMBEDDED_BYTES", 100)
    with Pdf(factur_x()) as document:
        assert list(document.embedded()) == []


def test_words_stand_where_they_are_printed() -> None:
    with Pdf(bill_pdf(Bill())) as document:
        [page] = document.texts()
        place = find_place([page], re.compile("Nordlicht Hosting GmbH"))
    assert place is not None
    # The maker writes it at 20 mm from the left, its base line at 26 mm from the top.
    assert place.page == 1
    assert place.box.x0 == pytest.approx(20 * 72 / 25.4, abs=2)
    assert place.box.top < 26 * 72 / 25.4 < place.box.bottom


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_places_are_those_of_the_page_as_it_is_seen(turn: int) -> None:
    with Pdf(_changed(bill_pdf(Bill()), Rotate=turn)) as document:
        [page] = document.texts()
        place = find_place([page], re.compile("Nordlicht Hosting GmbH"))
        picture, scale = document.picture(1, 72)
    assert place is not None
    box = place.box
    assert 0 <= box.x0 < box.x1 <= picture.width / scale
    assert 0 <= box.top < box.bottom <= picture.height / scale
    upright = box.x1 - box.x0 > box.bottom - box.top
    assert upright is (turn == 180)


def test_places_on_a_cropped_page() -> None:
    crop = pikepdf.Array([50, 0, 595, 800])
    with Pdf(_changed(bill_pdf(Bill()), CropBox=crop)) as document:
        place = find_place(document.texts(), re.compile("Nordlicht Hosting GmbH"))
    assert place is not None
    assert place.box.x0 == pytest.approx(20 * 72 / 25.4 - 50, abs=2)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", factur_x()[:700], b"%PDF-1.7\n" * 1000])
def test_a_damaged_pdf_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        Pdf(content)


def test_a_locked_pdf_is_unreadable() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(factur_x())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(Unreadable, match="password"):
        Pdf(out.getvalue())


def test_only_the_first_pages_are_searched() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(bill_pdf(Bill()))) as document:
        document.pages.extend([document.pages[0]] * 4)
        document.save(out)
    with Pdf(out.getvalue()) as found:
        assert (found.pages, len(found.texts(3))) == (5, 3)


@pytest.mark.parametrize(
    ("code", "expected"),
    [(0, False), (65, True), (0xD83D, False), (0x1F600, True), (0x10FFFF, True), (0xE0E0E0, False)],
)
def test_a_broken_font_names_what_is_no_letter(code: int, expected: bool) -> None:
    assert is_letter(code) is expected
