"""A few attempts at one request, spaced as the other side asks."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from mailagent.core.errors import Transient
from mailagent.core.retry import Retry

_T = TypeVar("_T")
# Nobody waits longer than this for one answer; the next document may be luckier.
_LONGEST_ASKED = timedelta(seconds=20)


async def attempted(once: Callable[[], Awaitable[_T]], retry: Retry) -> _T:
    """What it gives in the end. Raises the last Transient when the attempts are used up."""
    attempt = 0
    while True:
        attempt += 1
        try:
            return await once()
        except Transient as error:
            wait = retry.wait(attempt, error.retry_after)
            if wait is None or wait > _LONGEST_ASKED:
                raise
        await asyncio.sleep(wait.total_seconds())


def seconds_in(header: str | None) -> timedelta | None:
    """A Retry-After in seconds; dates and nonsense say nothing."""
    try:
        return timedelta(seconds=min(max(float(header or ""), 0.0), 3600.0))
    except ValueError:
        return None
