"""What is sent on purpose neither takes the pool down nor exceeds its limits."""

import asyncio
import io
import os
import zipfile
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mailagent.core.reading import Kind, Source
from mailagent.reading.files import AS_THEY_ARE, read_files
from mailagent.reading.limits import Limits
from mailagent.reading.pool import Pool
from tests.documents import BILLION_LAUGHS, Bill, bill_pdf, factur_x

pytestmark = pytest.mark.slow  # waits for processes, servers and time-outs

# A folder of files that others made to break parsers, where there is one.
ATTACKS = Path(os.environ.get("ATTACK_FILES", "attacks"))
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
        "headers.eml": b"From: " + b"(" * 5_000_000,
        "parts.eml": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 200_000,
        "nested.eml": b"Content-Type: message/rfc822\n\n" * 100_000,
    }


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


async def test_bombs_of_our_own(pool: Pool, tmp_path: Path) -> None:
    files = [_written(tmp_path / name, content) for name, content in _bombs().items()]
    watch = asyncio.create_task(_most_memory(pool))
    async for found in read_files(pool, files, AS_THEY_ARE):
        if found.path.name.endswith("-inside.pdf"):  # its page is sound, and read
            sources = {field.source for field in found.reading.fields.values()}
            assert Source.XML not in sources
            continue
        assert found.reading.kind in (Kind.OTHER, Kind.UNREADABLE), found
        assert found.reading.fields == {}
    assert watch.cancel()  # it found nothing
    good = _written(tmp_path / "good.pdf", factur_x())
    assert [f.reading.kind async for f in read_files(pool, [good])] == [Kind.INVOICE]


@pytest.mark.skipif(not ATTACKS.is_dir(), reason="ATTACK_FILES names no folder of attacks")
async def test_the_attacks_of_others(pool: Pool) -> None:
    files = _files(ATTACKS)
    watch = asyncio.create_task(_most_memory(pool))
    answered = 0
    async for found in read_files(pool, files, AS_THEY_ARE):
        answered += 1
        assert found.error is None or found.reading.kind is Kind.UNREADABLE
        assert found.reading.kind in (Kind.OTHER, Kind.UNREADABLE), found.path
    assert answered == len(files)
    assert watch.cancel()  # it found nothing


async def _most_memory(pool: Pool) -> None:
    """Fails the test when a child holds more than it may."""
    while True:
        for child in [*pool._idle, *pool._busy]:
            assert _held(child._process.pid) < LIMITS.memory
        await asyncio.sleep(0.05)


def _held(pid: int) -> int:
    """Resident bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return sum(
        int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS")
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())
