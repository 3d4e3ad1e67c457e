"""`mailagent run`: the agent at work."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailagent.core.errors import ConfigInvalid

if TYPE_CHECKING:
    from mailagent.bootstrap import App

_LONGEST = 4.5  # seconds until the process ends whatever still hangs

Homes = Annotated[
    list[Path] | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="The folder with mailagent.toml; several times: several companies in one process.",
    ),
]


def run(home: Homes = None) -> None:
    """Work until told to stop (Ctrl-C, or SIGTERM)."""
    from mailagent.log import configure_log

    apps = [_built(each) for each in (home or (None,))]
    first = apps[0].settings.log
    configure_log(first.form, first.level)
    for app in apps:
        settings = app.settings
        typer.echo(f"Working for {settings.company.name} in {settings.mailbox.user}. Stop: Ctrl-C.")
    asyncio.run(until_told_to_stop(*apps, stopping=_end_in_time))


def _built(home: Path | None) -> "App":
    from mailagent.bootstrap import build
    from mailagent.settings import find_home, read_settings
    from mailagent.settings.passwords import read_passwords

    settings = read_settings(find_home(home))
    return build(settings, read_passwords(settings))


async def until_told_to_stop(*apps: "App", stopping: Callable[[], None] | None = None) -> None:
    """Runs the agents; being told to stop is no error. `stopping` hears of it first."""
    from mailagent.engine.ending import end

    _each_alone(apps)
    others = asyncio.all_tasks()
    work = asyncio.ensure_future(_all(apps))
    told = asyncio.Event()

    def stop() -> None:
        told.set()
        work.cancel()

    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop)
    work.add_done_callback(lambda _: told.set())
    await told.wait()
    if stopping is not None and not work.done():
        stopping()
    await end(work, others)
    if not work.cancelled():
        work.result()


async def _all(apps: "Sequence[App]") -> None:
    """One that fails stops them all: the service manager starts them anew, and says why."""
    async with asyncio.TaskGroup() as group:
        for app in apps:
            group.create_task(app.run())


def _each_alone(apps: "Sequence[App]") -> None:
    homes = [app.settings.home for app in apps]
    if len(set(homes)) < len(homes):
        raise ConfigInvalid("The same home is named twice", advice="Name each home once.")


def _end_in_time() -> None:
    """A thread that waits for a server must not keep the process: to be killed is always safe."""

    def end() -> None:
        sys.stdout.flush()
        os._exit(0)

    timer = threading.Timer(_LONGEST, end)
    timer.daemon = True
    timer.start()
