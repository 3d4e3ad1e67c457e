"""Waiting for what comes of itself."""

import asyncio
import time
from collections.abc import Callable


async def until(done: Callable[[], bool], seconds: float = 10.0) -> None:
    """Returns when it is so; the agent works meanwhile."""
    patience = time.monotonic() + seconds
    while not done():
        if time.monotonic() > patience:
            raise TimeoutError("it did not come")
        await asyncio.sleep(0.02)
