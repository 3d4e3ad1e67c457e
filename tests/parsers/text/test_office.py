"""Office files: their text, and limits for what was made to harm."""

import struct

import pytest

from mailagent.core.errors import Unreadable
from mailagent.core.reading import Kind
from parsers.kinds import read_document
from parsers.mail.archives import taken_out
from parsers.searchable import searchable
from parsers.text.office import DOCX, ODS, ODT, XLSX, kind_of, office_pages
from tests.documents import BILLION_LAUGHS
from tests.office_files import docx, locked, odf, rtf, xlsx, zipped
from tests.parsers.contract.test_contract import CONTRACT

TEXT = "Größe & Preis\tEUR 12,00\nzweite Zeile"


def pages(content: bytes) -> str:
    found = office_pages(content, kind_of(content))
    assert found is not None
    return "\n".join(found)


@pytest.mark.parametrize("content", [docx(TEXT), odf(TEXT), rtf(TEXT)], ids=["docx", "odt", "rtf"])
def test_the_text_is_all_there(content: bytes) -> None:
    said = pages(content)
    for words in ("Größe & Preis", "EUR 12,00", "zweite Zeile"):
        assert words in said
    assert "deleted" not in said
    assert "Times" not in said


@pytest.mark.parametrize(
    ("content", "kind"),
    [(docx(""), DOCX), (xlsx([["a"]]), XLSX), (odf(""), ODT), (odf("a", sheet=True), ODS)],
)
def test_a_zip_is_what_it_holds(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def test_rows_are_lines_and_days_are_days() -> None:
    assert pages(xlsx([["Item", "Date"], ["Chairs", 46_089.0], ["Sum", 12.5]])).split("\n")[:3] == [
        "Item\tDate",
        "Chairs\t2026-03-08",
        "Sum\t12.5",
    ]
    assert pages(docx("x", [["a", "b"], ["c", "d"]])).split("\n")[1:3] == ["a\tb", "c\td"]


def test_what_is_repeated_is_said_once() -> None:
    assert pages(odf("a\tb", sheet=True)).strip() == "a\tb"


@pytest.mark.parametrize("write", [docx, odf, rtf], ids=["docx", "odt", "rtf"])
def test_contracts_are_read_in_office_files_as_well(write: object) -> None:
    assert callable(write)
    reading = read_document(write(CONTRACT))
    assert reading.kind is Kind.CONTRACT
    assert reading.text("governing_law") == read_document(CONTRACT.encode()).text("governing_law")


def test_other_papers_are_known_and_all_can_be_found() -> None:
    note = "Fjord AS\n\nDelivery Note LS-4711\n\nDate: 9 March 2026\n3 chairs"
    assert read_document(docx(note)).kind is Kind.DELIVERY_NOTE
    assert "3 chairs" in searchable(docx(note))
    assert "Chairs" in searchable(xlsx([["Chairs"]]))


DEEP = "<a>" * 200_000


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (locked(docx("x")), "password"),
        (locked(zipped({"a.pdf": b"%PDF-1.7"})), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word 97", "damaged office file of before 2007"),
        (docx("x")[:-40], "damaged"),
        (zipped({"word/document.xml": b"<a/>" + b"\0" * (64 << 20)}), "unpacks to far more"),
        (zipped({"word/document.xml": BILLION_LAUGHS}), "DOCTYPE"),
        (zipped({"word/document.xml": DEEP}), "XML"),
        (zipped({"xl/workbook.xml": "", "xl/worksheets/sheet1.xml": "no"}), "XML"),
        (zipped({f"{n}.txt": "x" for n in range(3000)}), "files in it"),
        (zipped({f"{n}.txt": "x" for n in range(200)}), "more than 100 files"),
        (zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d": "x"})})})}), "deep"),
        (b"7z\xbc\xaf\x27\x1c rest", "not opened"),
        (b"PK\x03\x04" + struct.pack("<20I", *range(20)), "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_document(content)


def test_archives_are_opened_and_names_lead_nowhere() -> None:
    mail = b"From: a@b.test\r\nDate: x\r\nSubject: hello\r\n\r\nwords\r\n"
    inner = zipped({"deep.pdf": b"%PDF-1.7 x", "__MACOSX/._deep.pdf": b"junk"})
    outer = zipped(
        {"../../etc/passwd": "root", "C:\\x\\evil.txt": "e", "in.zip": inner, "m.eml": mail}
    )
    found = {one.name: one.content for one in taken_out(outer, "all.zip")}
    assert set(found) == {"passwd", "evil.txt", "deep.pdf", "hello.txt"}
    assert found["deep.pdf"] == b"%PDF-1.7 x"


def test_a_document_is_no_archive() -> None:
    (same,) = taken_out(docx("x"), "a.docx")
    assert (same.name, same.media_type, same.content) == ("a.docx", DOCX, docx("x"))
