"""One contract for the blob store, for the real one and the fake alike; and the disk under it."""

import asyncio
import errno
import os
from pathlib import Path

import pytest

from connectors.files.blobs import DiskBlobs
from mailagent.core.errors import DiskFull
from mailagent.core.value import sha256
from mailagent.ports import Blobs
from tests.desk import MemoryBlobs


@pytest.fixture(params=["disk", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return DiskBlobs(tmp_path / "blobs") if request.param == "disk" else MemoryBlobs()


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_contents_come_back_under_their_hashes_in_order(blobs: Blobs) -> None:
    contents = [b"one", b"", b"two" * 100_000, b"one"]
    names = await blobs.put_many(iter(contents))
    assert names == [sha256(content) for content in contents]
    assert [await blobs.get(name) for name in names] == contents


async def test_what_is_put_twice_is_one(blobs: Blobs) -> None:
    assert await blobs.put_many([b"x"]) == await blobs.put_many([b"x"])


async def test_nothing_to_put_is_fine(blobs: Blobs) -> None:
    assert await blobs.put_many([]) == []


async def test_what_was_never_put_is_not_found(blobs: Blobs) -> None:
    with pytest.raises(FileNotFoundError):
        await blobs.get("ab" * 32)


async def test_many_may_put_the_same_at_once(blobs: Blobs) -> None:
    large = b"x" * 2_000_000
    names = await asyncio.gather(*(blobs.put_many([large, b"y"]) for _ in range(12)))
    assert {tuple(n) for n in names} == {(sha256(large), sha256(b"y"))}
    assert await blobs.get(sha256(large)) == large


# -- the disk


async def test_another_process_finds_them(tmp_path: Path) -> None:
    (name,) = await DiskBlobs(tmp_path).put_many([b"x"])
    assert await DiskBlobs(tmp_path).get(name) == b"x"
    assert [path.name for path in files_in(tmp_path)] == [name]


async def test_a_half_written_content_is_written_again(tmp_path: Path) -> None:
    blobs = DiskBlobs(tmp_path)
    (name,) = await blobs.put_many([b"whole"])
    (tmp_path / name[:2] / name).write_bytes(b"wh")
    await blobs.put_many([b"whole"])
    assert await blobs.get(name) == b"whole"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "a/" * 32, "." * 64])
async def test_no_name_leads_out_of_the_store(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no content hash"):
        await DiskBlobs(tmp_path).get(name)


async def test_every_file_and_every_new_folder_is_durable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[str] = set()
    fsync = os.fsync

    def note(handle: int) -> None:
        synced.add(str(Path(f"/proc/self/fd/{handle}").readlink()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    root = tmp_path / "new" / "blobs"
    (name,) = await DiskBlobs(root).put_many([b"x"])
    folders = {tmp_path, tmp_path / "new", root, root / name[:2]}
    assert {str(folder) for folder in folders} <= synced
    assert any(name in path for path in synced)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
async def test_a_full_disk_is_said_and_leaves_no_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(_handle: int) -> None:
        raise OSError(code, "full")

    blobs = DiskBlobs(tmp_path)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(DiskFull, match="nothing was lost"):
            await blobs.put_many([b"x"])
    assert files_in(tmp_path) == []
    assert await blobs.put_many([b"x"]) == [sha256(b"x")]


async def test_another_trouble_of_the_disk_is_not_taken_for_a_full_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_handle: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="broken"):
        await DiskBlobs(tmp_path).put_many([b"x"])
