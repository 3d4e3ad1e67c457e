"""What other programs are told: figures to whoever asks on this machine, a line to a chat."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import structlog

from connectors.chat.bell import ChatBell
from connectors.scrape import scraped
from mailagent.core.errors import MailagentError
from mailagent.core.exposition import exposition
from mailagent.ports.office import no_bell
from mailagent.settings.outward import ChatSettings
from mailagent.store.store import SqlStore

_log = structlog.get_logger()
_PATIENCE = 5  # seconds: nobody waits for a chat
_STEPS = 5  # of counting, before somebody who asks is answered; the routine counts the rest


def ring_of(settings: ChatSettings) -> Callable[[str], Awaitable[None]]:
    """A chat that is away holds nothing up: the mail is there."""
    if not settings.address:
        return no_bell
    bell = ChatBell(settings.kind, settings.address)

    async def ring(line: str) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):  # of the whole, however slowly it answers
                await bell.ring(line)
        except (MailagentError, TimeoutError) as error:
            _log.warning("the chat was not told", why=str(error) or "it took too long")

    return ring


@asynccontextmanager
async def figures_served(store: SqlStore, company: str, port: int) -> AsyncIterator[None]:
    """As long as the agent works; port 0: nobody is answered."""
    if not port:
        yield
        return

    async def text() -> str:
        async with store.begin(company) as tx:
            for _ in range(_STEPS):
                if not await tx.count_on():
                    break
            seq, _ = await tx.chain_head()
            return exposition(await tx.figures(), await tx.standing_where(), seq)

    async with AsyncExitStack() as served:
        try:
            await served.enter_async_context(scraped(port, text))
        except OSError as error:  # the work goes on without figures
            _log.error("figures cannot be asked for", port=port, why=error.strerror)
        yield
