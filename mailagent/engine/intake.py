"""The intake: looks into the mailbox, again and again, whatever the network does."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from mailagent.core.errors import MailboxRefused, Transient
from mailagent.core.retry import PATIENT
from mailagent.ports import Mailbox

log = structlog.get_logger()


async def take_in(
    mailbox: Mailbox, ingest: Callable[[], Awaitable[int]], poll_seconds: float
) -> None:
    """Works until cancelled. A mailbox that refuses us at the very start is an error to stop at.

    Later a refusal is trouble like any other: servers refuse for a while when they are ill, and
    nothing is lost by asking again.
    """
    failures, welcome = 0, False
    while True:
        try:
            await ingest()
            if failures:
                log.info("the mailbox is back", mailbox=mailbox.name)
            failures, welcome = 0, True
            await mailbox.wait(poll_seconds)
        except (Transient, MailboxRefused) as error:
            if isinstance(error, MailboxRefused) and not welcome:
                raise
            failures += 1
            asked = error.retry_after if isinstance(error, Transient) else None
            wait = PATIENT.wait(failures, asked)
            log.warning("nothing can be taken in", why=str(error), tries=failures, wait=str(wait))
            await asyncio.sleep(wait.total_seconds() if wait else 0)
