"""Brief and digest over a year of history: python -m bench.year [90000]

A case has some eleven entries in the audit log, so that 90,000 of them make 1,000,000. Measured on
the clock, each three times, over a store that is opened anew; the log is counted once before, as
the agent does all day, and what a day brings is counted with the digest.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mailagent.stages.brief import preview
from tests.desk import Desk, bill_mail, open_desk
from tests.history.lives import lives
from tests.history.written import write
from tests.values import NOW, person, reading

_TIMES = 3
_LAST = datetime.combine(NOW.date() - timedelta(days=NOW.weekday()), datetime.min.time(), UTC)


async def _timed(name: str, ask: Callable[[], Awaitable[Any]]) -> None:
    took = []
    for _ in range(_TIMES):
        began = time.monotonic()
        await ask()
        took.append(time.monotonic() - began)
    print(f"{name}: {min(took) * 1000:.0f} to {max(took) * 1000:.0f} ms")


async def _shown(desk: Desk, *, weekly: bool) -> None:
    async with desk.begin() as tx:
        await preview(desk.office, tx, person(), weekly=weekly)


async def _main(cases: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_desk(Path(folder)) as desk:
            await desk.store.close()
            database, company = Path(folder) / "mailagent.db", desk.office.company.id
            year = lives(cases, _LAST - timedelta(days=364), _LAST, seed=1)
            entries = write(database, company, year[: -cases // 364])
            await desk.store.open()
            await _count(desk, "the whole log, once")
            await desk.store.close()
            entries = write(database, company, year[-cases // 364 :])
            await desk.store.open()
            print(f"{entries} audit entries of {cases} cases")
            mails = [bill_mail(reading(invoice_number=f"R-{n}")) for n in range(20)]
            await desk.take_in(*mails)
            await _count(desk, "what the last day brought")
            await _timed("brief", lambda: _shown(desk, weekly=False))
            await _timed("digest", lambda: _shown(desk, weekly=True))


async def _count(desk: Desk, name: str) -> None:
    began, counted, step = time.monotonic(), 0, 1
    while step:
        async with desk.begin() as tx:
            counted += (step := await tx.count_on())
    took = time.monotonic() - began
    print(f"counted {name}: {counted} entries in {took:.1f} s")


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 90_000))
