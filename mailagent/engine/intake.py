"""The intake: looks into the mailbox, again and again, whatever the network does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from mailagent.core.errors import MailboxRefused, Transient
from mailagent.core.retry import PATIENT
from mailagent.ports import Mailbox

log = structlog.get_logger()

# What takes longer is a pile: from then on somebody listens for words of our own people.
_PILE = 0.2  # seconds

Look = Callable[[], Awaitable[int]]


async def take_in(
    mailbox: Mailbox, ingest: Look, poll_seconds: float, words: Look | None = None
) -> None:
    """Works until cancelled. A mailbox that refuses us at the very start is an error to stop at.

    Later a refusal is trouble like any other: servers refuse for a while when they are ill, and
    nothing is lost by asking again.
    """
    failures, welcome = 0, False
    while True:
        try:
            heard = await _ingest(mailbox, ingest, poll_seconds, words)
            if failures:
                log.info("the mailbox is back", mailbox=mailbox.name)
            failures, welcome = 0, True
            if not heard:
                await mailbox.wait(poll_seconds)
        except (Transient, MailboxRefused) as error:
            if isinstance(error, MailboxRefused) and not welcome:
                raise
            failures += 1
            asked = error.retry_after if isinstance(error, Transient) else None
            wait = PATIENT.wait(failures, asked)
            log.warning("nothing can be taken in", why=str(error), tries=failures, wait=str(wait))
            await asyncio.sleep(wait.total_seconds() if wait else 0)


async def _ingest(mailbox: Mailbox, ingest: Look, poll: float, words: Look | None) -> bool:
    """Takes in what lies there; while that is a pile, words that arrive go before it.

    Whether there was news meanwhile: it may have been of something else.
    """
    heard = False
    pile = asyncio.ensure_future(ingest())
    try:
        await asyncio.wait([pile], timeout=_PILE)
        while words is not None and not pile.done():
            await words()
            heard = await _news(mailbox, poll, pile) or heard
        await pile
        return heard
    finally:
        pile.cancel()
        await asyncio.gather(pile, return_exceptions=True)


async def _news(mailbox: Mailbox, poll: float, pile: asyncio.Future[int]) -> bool:
    """Until something may have arrived (True), or the pile is taken in."""
    listening: asyncio.Future[None] = asyncio.ensure_future(mailbox.wait(poll))
    either: list[asyncio.Future[Any]] = [pile, listening]
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if listening.done():
            await listening
            return True
        return False
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
