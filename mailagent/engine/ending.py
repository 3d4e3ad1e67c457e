"""The end of work that was told to stop."""

import asyncio
from collections.abc import Collection
from typing import Any

_AGAIN = 0.25  # seconds until it is told once more


async def end(work: asyncio.Future[Any], others: Collection[asyncio.Task[Any]]) -> None:
    """Returns when it ended; `others` are tasks that have nothing to do with it.

    It is told again and again, and every task of it, as a group tells its own only once:
    `asyncio.wait_for`, which drivers use, loses a cancellation that comes in the same moment as
    what it waits for (python/cpython#86296, mended in 3.12).
    """
    spared = {*others, asyncio.current_task()}
    work.cancel()
    while not work.done():
        await asyncio.wait([work], timeout=_AGAIN)
        for task in asyncio.all_tasks() - spared:
            task.cancel()
