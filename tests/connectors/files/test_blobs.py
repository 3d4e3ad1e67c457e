"""One contract for the blob store, for the real one and the fake alike; and the disk under it."""

import asyncio
import errno
import os
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from connectors.disk import write_durably
from connectors.files.blobs import DiskBlobs
from connectors.packs import INDEX
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


@pytest.mark.parametrize("size", [0, 1, 511, 512, 300_000])
async def test_many_contents_come_back(blobs: Blobs, size: int) -> None:
    contents = [bytes([n]) * (size + n) for n in range(20)]
    names = await blobs.put_many(contents)
    assert await blobs.put_many(contents) == names
    assert [await blobs.get(name) for name in names] == contents
    with pytest.raises(FileNotFoundError):
        await blobs.get("ab" * 32)


async def test_a_content_may_come_in_pieces(blobs: Blobs) -> None:
    with blobs.begin() as sink:
        for piece in (b"one", b"", b"two"):
            sink.write(piece)
        name = await sink.keep()
    assert name == sha256(b"onetwo")
    assert await blobs.get(name) == b"onetwo"
    with blobs.begin() as forgotten:
        forgotten.write(b"half")
    with pytest.raises(FileNotFoundError):
        await blobs.get(sha256(b"half"))


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


# -- many in one file

PILE = [b"%d" % number * 100 for number in range(10)]


def pack_in(root: Path) -> Path:
    (pack,) = root.glob("packs/*.tar")
    return pack


def lose_index(root: Path, instead: bytes) -> None:
    for index in root.glob(f"packs/{INDEX}*"):
        index.unlink()
    if instead:
        (root / "packs" / INDEX).write_bytes(instead)


async def test_a_pile_is_one_file_that_any_program_opens(tmp_path: Path) -> None:
    names = await DiskBlobs(tmp_path).put_many([*PILE, PILE[0]])
    with tarfile.open(pack_in(tmp_path)) as tar:
        found = {each.name: tar.extractfile(each) for each in tar}
        assert {name: file.read() for name, file in found.items() if file} == dict(
            zip(names, [*PILE, PILE[0]], strict=True)
        )
    assert await DiskBlobs(tmp_path).get(names[7]) == PILE[7]  # another process


@pytest.mark.parametrize("damage", ["gone", "no database"])
async def test_an_index_that_is_lost_is_made_anew(tmp_path: Path, damage: str) -> None:
    names = await DiskBlobs(tmp_path).put_many(PILE)
    lose_index(tmp_path, b"not a database" * 1000 if damage == "no database" else b"")
    assert [await DiskBlobs(tmp_path).get(name) for name in names] == PILE


async def test_a_pack_of_another_program_is_found(tmp_path: Path) -> None:
    ours, theirs = DiskBlobs(tmp_path), DiskBlobs(tmp_path)
    await ours.put_many(PILE)
    names = await theirs.put_many([content * 2 for content in PILE])
    assert await ours.get(names[3]) == PILE[3] * 2
    # Its writer may have died before it could note it.
    with closing(sqlite3.connect(tmp_path / "packs" / INDEX)) as index, index:
        index.execute("delete from content")
        index.execute("delete from pack")
    assert await ours.get(names[4]) == PILE[4] * 2


async def test_what_was_in_a_pack_that_is_gone_is_kept_again(tmp_path: Path) -> None:
    await DiskBlobs(tmp_path).put_many(PILE)
    pack_in(tmp_path).unlink()
    again = DiskBlobs(tmp_path)
    names = await again.put_many(PILE)
    assert [await again.get(name) for name in names] == PILE


async def test_a_pack_is_durable_before_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    blobs = DiskBlobs(tmp_path)
    await blobs.put_many(PILE)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            await blobs.put_many([content * 3 for content in PILE])
    assert pack_in(tmp_path).exists()  # the first, and no half of the second
    assert not [path for path in files_in(tmp_path) if path.suffix == ".half"]
    names = await blobs.put_many([content * 3 for content in PILE])
    assert await blobs.get(names[0]) == PILE[0] * 3


async def test_what_a_killed_writer_left_is_swept_once_it_is_old(tmp_path: Path) -> None:
    names = (f".{'a' * 16}.half", f".{'b' * 64}.12-34.half", f"packs/.{'c' * 40}.tar.1-2.half")
    left, others = [tmp_path / name for name in names], [tmp_path / "note.half", tmp_path / ".x"]
    for path in (*left, *others):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half of it")
        os.utime(path, (1, 1))
    fresh = tmp_path / f".{'d' * 16}.half"  # somebody is writing it
    fresh.write_bytes(b"half")
    (tmp_path / f".{'e' * 16}.half").symlink_to(others[0])
    await DiskBlobs(tmp_path).put_many([b"the first after the crash"])
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in (*others, fresh))


def test_a_file_that_is_written_again_takes_its_old_halves_away(tmp_path: Path) -> None:
    mine, foreign = tmp_path / ".grant.json.12-34.half", tmp_path / ".other.json.12-34.half"
    for path in (mine, foreign):
        path.write_bytes(b"half")
        os.utime(path, (1, 1))
    write_durably(tmp_path / "grant.json", b"whole")
    assert not mine.exists()
    assert foreign.exists()
