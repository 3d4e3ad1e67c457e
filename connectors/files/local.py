"""The file tree on this machine: plain folders that outlive mailagent."""

import asyncio
from pathlib import Path

from connectors.disk import disk_errors, sync_folder, write_durably
from connectors.paths import MOST_TWINS, inside, places
from mailagent.core.capability import Outcome, Payload, RemoveFile, StoreFile
from mailagent.core.errors import Permanent
from mailagent.core.said import say
from mailagent.core.value import sha256
from mailagent.ports import Blobs, Transaction


class LocalFiles:
    """Stores and removes documents below a root folder."""

    def __init__(self, root: Path, blobs: Blobs) -> None:
        self._root = root
        self._blobs = blobs

    async def perform(self, _tx: Transaction, _case: int, action: Payload, _key: str) -> Outcome:
        """Stores or removes a file."""
        match action:
            case StoreFile():
                content = await self._blobs.get(action.content)
                return await asyncio.to_thread(self._store, action, content)
            case RemoveFile():
                return await asyncio.to_thread(self._remove, action)
            case _:
                raise TypeError(f"the file tree does not know {action.capability}")

    async def find(self, _tx: Transaction, action: Payload, _key: str) -> Outcome | None:
        """The same content at its place means that it was done."""
        return await asyncio.to_thread(self._find, action)

    def _find(self, action: Payload) -> Outcome | None:
        match action:
            case StoreFile():
                found = self._same_content(action)
                return self._outcome(found) if found else None
            case RemoveFile():
                gone = not self._inside(action.path).exists()
                return Outcome(reference=action.path) if gone else None
            case _:
                return None

    def _store(self, action: StoreFile, content: bytes) -> Outcome:
        if sha256(content) != action.content:
            raise Permanent(
                "the kept document is not what was approved", why=say("failed.other_content")
            )
        if found := self._same_content(action):
            return self._outcome(found)
        path = self._free_place(action)
        with disk_errors(self._root):
            write_durably(path, content)
            sync_folder(path.parent)
        return self._outcome(path)

    def _remove(self, action: RemoveFile) -> Outcome:
        path = self._inside(action.path)
        if path.exists() and sha256(path.read_bytes()) != action.content:
            raise Permanent(
                f"{action.path} was changed since it was filed, so it stays",
                advice="Remove it by hand if it should go.",
                why=say("failed.changed_since", path=action.path),
            )
        path.unlink(missing_ok=True)
        return Outcome(reference=action.path)

    def _same_content(self, action: StoreFile) -> Path | None:
        """Looked for at every place: one before it may have been removed since."""
        taken = (path for path in map(self._inside, places(action)) if path.is_file())
        return next((p for p in taken if sha256(p.read_bytes()) == action.content), None)

    def _free_place(self, action: StoreFile) -> Path:
        for path in map(self._inside, places(action)):
            if not path.exists():
                return path
        raise Permanent(
            f"there are {MOST_TWINS} files of the name {action.name} already",
            why=say("failed.twins", n=MOST_TWINS, name=action.name),
        )

    def _inside(self, path: str) -> Path:
        return self._root.joinpath(inside(path))

    def _outcome(self, path: Path) -> Outcome:
        return Outcome(reference=path.relative_to(self._root).as_posix())
