"""The clock: APScheduler ticks, the store decides whether a slot is still open."""

from collections.abc import Awaitable, Callable, Iterable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from mailagent.core.errors import Transient
from mailagent.core.routine import Routine

log = structlog.get_logger()

Tick = Callable[[Routine], Awaitable[None]]


def start_clock(routines: Iterable[Routine], tick: Tick) -> AsyncIOScheduler:
    """Ticks every routine at once (what was missed is caught up once), then at its pace."""
    scheduler = AsyncIOScheduler(timezone="UTC")

    async def fire(routine: Routine) -> None:
        try:
            await tick(routine)
        except Transient as error:
            log.warning("a tick was lost; the next one catches up", why=str(error))

    for routine in routines:
        scheduler.add_job(
            fire,
            "interval",
            # Often enough that a slot is never missed by more than a minute.
            seconds=min(60.0, routine.every.total_seconds()),
            args=[routine],
            id=routine.name,
            max_instances=1,
            coalesce=True,
        )
    scheduler.start()
    return scheduler
