"""The clock: APScheduler ticks, the store decides whether a slot is still open."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from mailagent.core.errors import Transient
from mailagent.core.routine import Routine

log = structlog.get_logger()

Tick = Callable[[Routine], Awaitable[None]]

# Often enough that no slot is missed by more than a minute.
_OFTEN = 60.0


@contextmanager
def ticking(routines: Iterable[Routine], tick: Tick) -> Iterator[None]:
    """Asks every routine, every minute, whether its slot has come."""
    scheduler = AsyncIOScheduler(timezone="UTC")

    async def fire(routine: Routine) -> None:
        try:
            await tick(routine)
        except Transient as error:
            log.warning("a tick was lost; the next one catches up", why=str(error))

    for routine in routines:
        seconds = min(_OFTEN, routine.every.total_seconds())
        scheduler.add_job(
            fire, "interval", seconds=seconds, args=[routine], max_instances=1, coalesce=True
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
