"""A mail that a command waits for: known by a code in its subject."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from mailagent.core.errors import AlreadyRunning, Permanent

if TYPE_CHECKING:
    from mailagent.bootstrap import App
    from mailagent.ports import KeptMessage

_LOOK_EVERY = 0.5  # second


async def arrival(app: "App", code: str, patience: timedelta, advice: str) -> "KeptMessage":
    """The first mail with this code in its subject.

    Takes mail in itself, unless an agent that runs on this home does.
    """
    try:
        async with asyncio.timeout(patience.total_seconds()):
            return await _met(app, code)
    except TimeoutError:
        raise Permanent(f"No mail with {code} arrived", advice=advice) from None


async def _met(app: "App", code: str) -> "KeptMessage":
    work = asyncio.create_task(_work(app))
    try:
        while True:
            if work.done():
                work.result()
            async with app.store.begin(app.office.company.id) as tx:
                if kept := await tx.enrolment_mail(code):
                    return kept
            await asyncio.sleep(_LOOK_EVERY)
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


async def _work(app: "App") -> None:
    try:
        await app.work()
    except AlreadyRunning:
        await asyncio.Event().wait()  # the other one takes the mail in
