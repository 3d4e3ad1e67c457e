"""Contents on disk, each under its hash."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from connectors.disk import disk_errors, sync_files, write_all_durably
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
        there = {self._path(n): content for n, content in zip(names, contents, strict=True)}
        with disk_errors(self._root):
            write_all_durably({p: c for p, c in there.items() if not _is_whole(p, len(c))})
            # Also of what was there: whoever put it may have died before this line.
            sync_files({path.parent for path in there})
        return names

    def _path(self, name: str) -> Path:
        if not (len(name) == 64 and name.isalnum()):
            raise ValueError(f"{name!r} is no content hash")
        return self._root / name[:2] / name


def _is_whole(path: Path, size: int) -> bool:
    return path.exists() and path.stat().st_size == size
