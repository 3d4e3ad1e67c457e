"""Contents on disk, each under its hash."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from connectors.disk import disk_errors, sync_folder, write_durably
from mailagent.core.value import sha256


class DiskBlobs:
    """The blob store in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put_many(self, contents: Iterable[bytes]) -> list[str]:
        """Keeps them all, durable when it returns."""
        return await asyncio.to_thread(self._put_all, list(contents))

    async def get(self, sha256: str) -> bytes:
        """The bytes under a name, as they are now."""
        return await asyncio.to_thread(self._path(sha256).read_bytes)

    def _put_all(self, contents: list[bytes]) -> list[str]:
        names = [sha256(content) for content in contents]
        with disk_errors(self._root):
            for name, content in zip(names, contents, strict=True):
                self._put(name, content)
            # Also of what was there: whoever put it may have died before this line.
            for folder in {self._path(name).parent for name in names}:
                sync_folder(folder)
        return names

    def _put(self, name: str, content: bytes) -> None:
        path = self._path(name)
        if not (path.exists() and path.stat().st_size == len(content)):
            write_durably(path, content)

    def _path(self, name: str) -> Path:
        if not (len(name) == 64 and name.isalnum()):
            raise ValueError(f"{name!r} is no content hash")
        return self._root / name[:2] / name
