"""The port `Mailbox`: one mailbox on an IMAP server."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from connectors.mail.imap.session import Session
from connectors.mail.imap.watch import Watch
from connectors.server import Server
from mailagent.core.message import Arrival, Place
from mailagent.ports import Header

T = TypeVar("T")

# Servers end an IDLE after 29 minutes; networks forget a silent connection much earlier.
_RENEW = 240.0
_POLL = 30.0  # where there is no IDLE
_GRACE = 0.08


class ImapMailbox:
    """Two connections, one that listens and one that works, each with its own thread."""

    def __init__(
        self, server: Server, *, name: str = "", renew: float = _RENEW, poll: float = _POLL
    ) -> None:
        self.name = name or server.login
        self._server, self._renew, self._poll = server, renew, poll
        self._session = Session(server)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix=f"imap {server}")
        self._watch: Watch | None = None
        self._news = asyncio.Event()
        self._closed = False

    async def wait(self, seconds: float) -> None:
        watch = self._watching()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        self._news.clear()
        if watch.ended or self._closed:
            self._watch = None
            raise watch.trouble

    def _watching(self) -> Watch:
        if self._watch is None:
            loop = asyncio.get_running_loop()

            def news() -> None:
                loop.call_soon_threadsafe(self._news.set)

            self._watch = Watch(self._server, news, renew=self._renew, poll=self._poll)
        return self._watch

    async def sweep(self, uidvalidity: int, after: int) -> tuple[int, Sequence[Header]]:
        return await self._work(lambda: self._session.sweep(uidvalidity, after))

    async def fetch(self, places: Sequence[Place]) -> Sequence[Arrival]:
        return await self._work(lambda: self._session.fetch(places))

    async def move(self, place: Place, folder: str, message_id: str = "") -> Place | None:
        return await self._work(lambda: self._session.move(place, folder, message_id))

    async def _work(self, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, job)

    async def close(self) -> None:
        """Interrupts both threads and waits a moment for them; for good."""
        if self._closed:
            return
        self._closed = True
        self._session.interrupt()
        closing = asyncio.wrap_future(self._worker.submit(self._session.close))
        self._worker.shutdown(wait=False)
        if self._watch is not None:
            await asyncio.to_thread(self._watch.stop, _GRACE)
            self._news.set()
        done, _ = await asyncio.wait([closing], timeout=_GRACE)
        if done:
            self._worker.shutdown()
