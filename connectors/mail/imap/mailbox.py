"""The port `Mailbox`: one mailbox on an IMAP server."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
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


class _Hand:
    """A connection that works, in its own thread."""

    def __init__(self, server: Server) -> None:
        self.session = Session(server)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix=f"imap {server}")
        self._closing: asyncio.Future[None] | None = None

    async def work(self, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, job)

    def closing(self) -> asyncio.Future[None]:
        """Interrupts what is done, and hangs up."""
        self.session.interrupt()
        self._closing = asyncio.wrap_future(self._worker.submit(self.session.close))
        self._worker.shutdown(wait=False)
        return self._closing

    def ended(self) -> None:
        """Waits for the thread only if it is at its end."""
        if self._closing is not None and self._closing.done():
            self._worker.shutdown()


class ImapMailbox:
    """Connections that listen and that work, each with its own thread.

    Two as a rule. What is urgent while a pile is taken in has a third.
    """

    def __init__(
        self, server: Server, *, name: str = "", renew: float = _RENEW, poll: float = _POLL
    ) -> None:
        self.name = name or server.login
        self._server, self._renew, self._poll = server, renew, poll
        self._hand = _Hand(server)
        self._other: _Hand | None = None  # for what is urgent, from the first time on
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

    async def newest(self) -> tuple[int, int]:
        hand = self._urgent()
        return await hand.work(hand.session.newest)

    async def sweep(
        self, uidvalidity: int, after: int, *, below: int = 0, urgent: bool = False
    ) -> tuple[int, Sequence[Header]]:
        hand = self._urgent() if urgent else self._hand
        return await hand.work(lambda: hand.session.sweep(uidvalidity, after, below))

    async def fetch(self, places: Sequence[Place], *, urgent: bool = False) -> Sequence[Arrival]:
        hand = self._urgent() if urgent else self._hand
        return await hand.work(lambda: hand.session.fetch(places))

    async def pour(
        self, place: Place, write: Callable[[bytes], object], *, urgent: bool = False
    ) -> bool:
        hand = self._urgent() if urgent else self._hand
        return await hand.work(lambda: hand.session.pour(place, write))

    async def move(self, place: Place, folder: str, message_id: str = "") -> Place | None:
        hand = self._hand
        return await hand.work(lambda: hand.session.move(place, folder, message_id))

    async def since(self, folder: str, day: date) -> Sequence[Header]:
        hand = self._hand
        return await hand.work(lambda: hand.session.since(folder, day))

    async def strays(self, people: Collection[str]) -> Sequence[str]:
        hand = self._hand
        return await hand.work(lambda: hand.session.strays(people))

    def _urgent(self) -> "_Hand":
        if self._other is None:
            self._other = _Hand(self._server)
        return self._other

    async def close(self) -> None:
        """Interrupts both threads and waits a moment for them; for good."""
        if self._closed:
            return
        self._closed = True
        closing = [hand.closing() for hand in (self._hand, self._other) if hand]
        if self._watch is not None:
            await asyncio.to_thread(self._watch.stop, _GRACE)
            self._news.set()
        await asyncio.wait(closing, timeout=_GRACE)
        for hand in (self._hand, self._other):
            if hand:
                hand.ended()
