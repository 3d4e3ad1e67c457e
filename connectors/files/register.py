"""The file tree with its register: what is stored is noted, and found again by its words."""

import asyncio

from mailagent.core.capability import Outcome, Payload, RemoveFile, StoreFile
from mailagent.core.errors import Unreadable
from mailagent.ports import Blobs, Reader, Store, System, Transaction

STAYS = "stays"  # a phrase of templates/words/, under [detail]


class FilingRegister:
    """Files documents in a tree, wherever that is, and keeps account of them."""

    def __init__(self, store: Store, files: System, blobs: Blobs, reader: Reader) -> None:
        self._store, self._files, self._blobs, self._reader = store, files, blobs, reader
        # Whether another case needs a file is asked, and then it goes: nothing comes between.
        self._turn = asyncio.Lock()

    async def perform(self, tx: Transaction, case: int, action: Payload, key: str) -> Outcome:
        """Stores or removes a file, and notes it."""
        match action:
            case StoreFile():
                words = "" if action.sensitive else await self._words(action.content)
                async with self._turn:
                    stored = await self._files.perform(tx, case, action, key)
                    await tx.note_filed(case, action, key, stored.reference, words)
                return stored
            case RemoveFile():
                async with self._turn:
                    return await self._remove(tx, case, action, key)
            case _:
                raise TypeError(f"the register of files does not know {action.capability}")

    async def find(self, tx: Transaction, _action: Payload, key: str) -> Outcome | None:
        """What is not in the register was not done whole; doing it again changes nothing else."""
        path = await tx.filed_by(key)
        return Outcome(reference=path) if path else None

    async def _remove(self, tx: Transaction, case: int, action: RemoveFile, key: str) -> Outcome:
        """The file itself goes with the last case that it was filed for."""
        async with self._store.begin(tx.company) as look:  # the tree may be slow: holds nothing
            stays = await look.is_filed_for_others(action.path, case)
        if not stays:
            await self._files.perform(tx, case, action, key)
        await tx.take_out(action.path, case, key)
        return Outcome(reference=action.path, detail=STAYS if stays else "")

    async def _words(self, content: str) -> str:
        """A document that cannot be read is found by its name and its party."""
        try:
            return await self._reader.words(await self._blobs.get(content))
        except Unreadable:
            return ""
