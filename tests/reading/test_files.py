"""Files are read in their order, and one that fails does not stop the others."""

import errno
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mailagent.core.reading import Kind, Source
from mailagent.reading.files import FileReading, Wish, read_files
from mailagent.reading.pool import Pool
from tests.documents import (
    BILLION_LAUGHS,
    Bill,
    Letterhead,
    bill_mail,
    factur_x,
    forwarded,
    newsletter,
    ubl_xml,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    bill = bill_mail(Letterhead(), Bill(), factur_x())
    (folder / "bill.pdf").write_bytes(factur_x())
    (folder / "credit.xml").write_bytes(ubl_xml(Bill(type_code="381")))
    (folder / "mail.eml").write_bytes(bill)
    (folder / "forwarded.eml").write_bytes(forwarded(Letterhead(), bill))
    (folder / "news.eml").write_bytes(newsletter(Letterhead()))
    (folder / "bomb.xml").write_bytes(BILLION_LAUGHS)
    (folder / "bomb.eml").write_bytes(bill_mail(Letterhead(), Bill(), BILLION_LAUGHS))
    (folder / "torn.pdf").write_bytes(factur_x()[:700])
    return folder


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool(2)
    yield pool
    await pool.close()


async def _all(pool: Pool, paths: list[Path], wish: Wish) -> list[FileReading]:
    return [found async for found in read_files(pool, paths, wish)]


@pytest.mark.slow
async def test_every_file_has_its_answer_in_order(pool: Pool, folder: Path) -> None:
    expected = {
        "bill.pdf": (Kind.INVOICE, None),
        "torn.pdf": (Kind.UNREADABLE, "the PDF is damaged"),
        "credit.xml": (Kind.CREDIT_NOTE, None),
        "mail.eml": (Kind.INVOICE, None),
        "bomb.xml": (
            Kind.UNREADABLE,
            "the XML has a DOCTYPE, which no invoice needs and attacks do",
        ),
        "bomb.eml": (
            Kind.UNREADABLE,
            "the XML has a DOCTYPE, which no invoice needs and attacks do",
        ),
        "forwarded.eml": (Kind.INVOICE, None),
        "news.eml": (Kind.OTHER, None),
        "not-there.pdf": (Kind.UNREADABLE, "No such file or directory"),
        ".": (Kind.UNREADABLE, "a folder: name the files in it"),
    }
    found = await _all(pool, [folder / name for name in expected], Wish())
    assert [f.path for f in found] == [folder / name for name in expected]
    assert [(f.reading.kind, f.error) for f in found] == list(expected.values())


async def test_a_persons_word_and_the_page_alone(pool: Pool, folder: Path) -> None:
    [told] = await _all(pool, [folder / "bill.pdf"], Wish(as_kind=Kind.RECEIPT))
    assert told.reading.kind is Kind.RECEIPT
    [page] = await _all(pool, [folder / "bill.pdf"], Wish(page_text_only=True))
    assert (page.reading.kind, page.reading.pages) == (Kind.INVOICE, 1)
    assert page.reading.fields["total"].source is Source.TEXT


async def test_a_file_that_is_too_large_is_not_read(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailagent.reading.files._LARGEST", 1 << 20)
    (tmp_path / "large.pdf").write_bytes(b"x" * ((1 << 20) + 1))
    [found] = await _all(pool, [tmp_path / "large.pdf"], Wish())
    assert found.error == "larger than 1 MiB"
    assert errno.EFBIG == 27
