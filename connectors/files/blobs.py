"""Contents on disk, each under its hash: in a file of its own, or in a pack with many."""

import asyncio
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from connectors.disk import disk_errors, make_folder, sweep_halves, sync_folder, write_durably
from connectors.packs import Packs
from mailagent.core.value import sha256

PACKS = "packs"
# One that is poured, one that is written, and a pack.
_HALF = r"\.([0-9a-f]{16}|[0-9a-f]{64}\.\d+-\d+|[0-9a-f]{40}\.tar\.\d+-\d+)"
_MANY = 5  # from so many on, one file for all of them is cheaper than one for each


class DiskBlobs:
    """The blob store in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._packs = Packs(root / PACKS)
        self._swept = False

    @contextmanager
    def begin(self) -> Iterator["_Coming"]:
        """A content to come, in a file that has no name of a content until it is kept."""
        half = self._root / f".{secrets.token_hex(8)}.half"
        with disk_errors(self._root):
            self._ready()
            with half.open("wb") as file:
                try:
                    yield _Coming(self._root, file, half)
                finally:
                    half.unlink(missing_ok=True)

    async def put_many(self, contents: Iterable[bytes]) -> list[str]:
        """Keeps them all, durable when it returns."""
        return await asyncio.to_thread(self._put_all, list(contents))

    async def get(self, sha256: str) -> bytes:
        """The bytes under a name, as they are now."""
        return await asyncio.to_thread(self._get, sha256)

    def _get(self, name: str) -> bytes:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            packed = self._packs.get(name)
            if packed is None:
                raise
            return packed

    def _put_all(self, contents: list[bytes]) -> list[str]:
        names = [sha256(content) for content in contents]
        wanted = dict(zip(names, contents, strict=True))
        with disk_errors(self._root):
            self._ready()
            packed = self._packs.held(wanted)
            alone = {self._path(n): content for n, content in wanted.items() if n not in packed}
            new = {p: content for p, content in alone.items() if not _is_whole(p, len(content))}
            if len(new) >= _MANY:
                self._packs.put({path.name: content for path, content in new.items()})
                alone = {path: content for path, content in alone.items() if path not in new}
                new = {}
            for path, content in new.items():
                write_durably(path, content, halves=self._root)
            # Also of what was there: whoever put it may have died before this line.
            for folder in {path.parent for path in alone}:
                sync_folder(folder)
        return names

    def _ready(self) -> None:
        """The folder is there; before the first write, without what a killed one left in it."""
        make_folder(self._root)
        if not self._swept:
            self._swept = True
            for folder in (self._root, self._root / PACKS):
                if folder.is_dir():
                    sweep_halves(folder, _HALF)

    def _path(self, name: str) -> Path:
        return _path(self._root, name)


class _Coming:
    """Implements ports.Sink."""

    def __init__(self, root: Path, file: BinaryIO, half: Path) -> None:
        self._root, self._file, self._half = root, file, half
        self._hash = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        self._hash.update(piece)
        with disk_errors(self._root):
            self._file.write(piece)

    async def keep(self) -> str:
        return await asyncio.to_thread(self._keep)

    def _keep(self) -> str:
        path = _path(self._root, self._hash.hexdigest())
        with disk_errors(self._root):
            self._file.flush()
            os.fsync(self._file.fileno())
            make_folder(path.parent)
            self._half.replace(path)
            sync_folder(path.parent)
        return path.name


def _path(root: Path, name: str) -> Path:
    if not (len(name) == 64 and name.isalnum()):
        raise ValueError(f"{name!r} is no content hash")
    return root / name[:2] / name


def _is_whole(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False
