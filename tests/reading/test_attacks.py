"""What is sent on purpose neither takes the pool down nor exceeds its limits."""

import asyncio
import io
import os
import struct
import zipfile
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from mailagent.core.reading import Kind, Source
from mailagent.reading.files import AS_THEY_ARE, read_files
from mailagent.reading.limits import Limits
from mailagent.reading.pool import Pool
from tests.documents import BILLION_LAUGHS, Bill, bill_pdf, factur_x
from tests.office_files import docx, xlsx, zipped

pytestmark = pytest.mark.slow  # waits for processes, servers and time-outs

# A folder of files that others made to break parsers, where there is one: beside the checkout.
_BESIDE = Path(__file__).parents[3] / "shared" / "corpus" / "attacks" / "files"
ATTACKS = Path(os.environ.get("ATTACK_FILES", _BESIDE))
MOST = 600 * 1024 * 1024  # bytes that a child may really hold
LIMITS = Limits(wall_seconds=20)


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool(2, LIMITS)
    yield pool
    await pool.close()


def _zip_of(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bill.xml", content)
    return out.getvalue()


def _pdf_with_a_page_of(content: bytes) -> bytes:
    """A page whose content unpacks to far more than it is."""
    packed = zlib.compress(content, 1)
    return (
        b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n" % (len(packed), packed)
    )


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _png_that_claims(width: int, height: int) -> bytes:
    """A small PNG whose head says another size."""
    content = bytearray(_saved(Image.new("1", (8, 8)), "PNG"))
    content[16:24] = struct.pack(">II", width, height)
    content[29:33] = struct.pack(">I", zlib.crc32(bytes(content[12:29])))
    return bytes(content)


def _pdf_of_size(side: int) -> bytes:
    """An empty page that is a mile wide, with a stroke on it."""
    return _pdf_with_a_page_of(b"0 0 m 9 9 l S").replace(
        b"[0 0 600 800]", b"[0 0 %d %d]" % (side, side)
    )


def _pictures() -> dict[str, bytes]:
    """What makes a reader of scans run long or grow large."""
    noise = Image.effect_noise((1600, 2200), 120)
    stripes = Image.new("L", (64, 2200), 255).resize((1600, 2200))
    for row in range(0, 2200, 6):
        stripes.paste(0, (0, row, 1600, row + 3))
    return {
        "flat.png": _saved(Image.new("1", (20_000, 20_000)), "PNG"),
        "claims.png": _png_that_claims(60_000, 60_000),
        "long.png": _saved(Image.new("L", (400, 100_000), 255), "PNG"),
        "noise.png": _saved(noise, "PNG"),
        "stripes.png": _saved(stripes, "PNG"),
        "letters.png": _saved(_full_of_letters(), "PNG"),
        "letters.pdf": _saved(
            _full_of_letters(), "PDF", save_all=True, append_images=[_full_of_letters()] * 9
        ),
        "frames.gif": _saved(
            Image.new("L", (500, 500)), "GIF", save_all=True, append_images=[noise] * 20
        ),
        "torn.jpg": _saved(noise, "JPEG")[:40_000],
        "head.tiff": b"II*\x00" + b"\xff" * 4000,
        "mile.pdf": _pdf_of_size(900_000),
        "thin.pdf": _pdf_with_a_page_of(b"0 0 m 9 9 l S").replace(
            b"[0 0 600 800]", b"[0 0 1 90000]"
        ),
    }


def _full_of_letters() -> Image.Image:
    """More lines than a page has."""
    page = Image.new("L", (1600, 2200), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=11)
    for row in range(0, 2200, 12):
        pen.text((2, row), "Invoice 4711 total 99.00 " * 12, fill=0, font=font)
    return page


def _bombs() -> dict[str, bytes]:
    return {
        "laughs.xml": BILLION_LAUGHS,
        "laughs-utf16.xml": BILLION_LAUGHS.decode().encode("utf-16"),
        "external.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "deep.xml": b"<a>" * 1_000_000,
        "wide.xml": b"<a>" + b"<b/>" * 3_000_000 + b"</a>",
        "attributes.xml": b"<a " + b" ".join(b'b%d="c"' % at for at in range(500_000)) + b"/>",
        "laughs-inside.pdf": bill_pdf(Bill(), BILLION_LAUGHS),
        "large-inside.pdf": bill_pdf(Bill(), b"<a>" + b" " * (100 << 20) + b"</a>"),
        "spaces.pdf": _pdf_with_a_page_of(b" " * (200 << 20)),
        "saves.pdf": _pdf_with_a_page_of(b"q " * 20_000_000),
        "torn.pdf": factur_x()[:-600],
        "empty.pdf": b"%PDF-1.7",
        "zeros.zip": _zip_of(b"\0" * (100 << 20)),
        "zeros.docx": zipped({"word/document.xml": b"\0" * (100 << 20)}),
        "runs.docx": docx("a\n" * 400_000),
        "cells.xlsx": xlsx([[1.0] * 200] * 4000),
        "strings.xlsx": zipped(
            {"xl/workbook.xml": "", "xl/sharedStrings.xml": b"<a>" + b"<b/>" * 3_000_000 + b"</a>"}
        ),
        "deep.rtf": b"{\\rtf1" + b"{" * 2_000_000,
        "pict.rtf": b"{\\rtf1{\\pict " + b"00" * 3_000_000 + b"}}",
        "links.rtf": b"{\\rtf1" + b'{\\field{\\*\\fldinst{HYPERLINK "' * 200_000,
        "many.zip": zipped({f"{n}.txt": b" " * 500_000 for n in range(150)}),
        "headers.eml": b"From: " + b"(" * 5_000_000,
        "parts.eml": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 200_000,
        "nested.eml": b"Content-Type: message/rfc822\n\n" * 100_000,
    }


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


async def test_bombs_of_our_own(pool: Pool, tmp_path: Path) -> None:
    files = [_written(tmp_path / name, content) for name, content in _bombs().items()]
    most: list[int] = []
    watch = asyncio.create_task(_watched(pool, most))
    async for found in read_files(pool, files, AS_THEY_ARE):
        if found.path.name.endswith("-inside.pdf"):  # its page is sound, and read
            sources = {field.source for field in found.reading.fields.values()}
            assert Source.XML not in sources
            continue
        assert found.reading.kind in (Kind.OTHER, Kind.UNREADABLE), found
        assert found.reading.fields == {}
    assert watch.cancel()
    assert max(most) < MOST
    good = _written(tmp_path / "good.pdf", factur_x())
    assert [f.reading.kind async for f in read_files(pool, [good])] == [Kind.INVOICE]


@pytest.mark.timeout(400)
async def test_pictures_of_our_own(pool: Pool, tmp_path: Path) -> None:
    files = [_written(tmp_path / name, content) for name, content in _pictures().items()]
    most: list[int] = []
    watch = asyncio.create_task(_watched(pool, most))
    found = [each async for each in read_files(pool, files, AS_THEY_ARE)]
    assert len(found) == len(files)
    assert all(each.error is None or each.reading.kind is Kind.UNREADABLE for each in found)
    huge = {each.path.name: each.error for each in found if each.path.stem in ("flat", "claims")}
    assert huge == dict.fromkeys(huge, "the picture is too large")
    assert watch.cancel()
    assert max(most) < MOST
    good = _written(tmp_path / "good.pdf", factur_x())
    assert [f.reading.kind async for f in read_files(pool, [good])] == [Kind.INVOICE]


@pytest.mark.timeout(900)
@pytest.mark.skipif(
    not ATTACKS.is_dir(), reason="no folder of attacks is there; ATTACK_FILES names one"
)
async def test_the_attacks_of_others(pool: Pool) -> None:
    files = _some(_files(ATTACKS))
    most: list[int] = []
    watch = asyncio.create_task(_watched(pool, most))
    answered = 0
    async for found in read_files(pool, files, AS_THEY_ARE):
        answered += 1
        assert found.error is None or found.reading.kind is Kind.UNREADABLE
    assert answered == len(files)
    assert watch.cancel()
    assert max(most) < MOST


async def _watched(pool: Pool, most: list[int]) -> None:
    """Notes how much each child really holds."""
    while True:
        most += [_held(child._process.pid) for child in [*pool._idle, *pool._busy]]
        await asyncio.sleep(0.05)


def _held(pid: int) -> int:
    """Resident bytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0
    return sum(
        int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS")
    )


def _some(files: list[Path]) -> list[Path]:
    """Of the torn PDFs, which are most of them and alike, every fourth; all of everything else."""
    if os.environ.get("EVERY_ATTACK"):
        return files
    torn = [file for file in files if file.suffix == ".pdf"]
    return [file for file in files if file.suffix != ".pdf"] + torn[::4]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())
