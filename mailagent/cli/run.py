"""`mailagent run`: the agent at work."""

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from mailagent.cli.options import Home

if TYPE_CHECKING:
    from mailagent.bootstrap import App


def run(home: Home = None) -> None:
    """Work until told to stop (Ctrl-C, or SIGTERM)."""
    from mailagent.bootstrap import build
    from mailagent.log import configure_log
    from mailagent.settings import find_home, read_settings
    from mailagent.settings.passwords import read_passwords

    settings = read_settings(find_home(home))
    passwords = read_passwords(settings)
    configure_log(settings.log.form, settings.log.level)
    typer.echo(f"Working for {settings.company.name} in {settings.mailbox.user}. Stop: Ctrl-C.")
    asyncio.run(until_told_to_stop(build(settings, passwords)))


async def until_told_to_stop(app: "App") -> None:
    """Runs the agent; being told to stop is no error."""
    work = asyncio.ensure_future(app.run())
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, work.cancel)
    with suppress(asyncio.CancelledError):
        await work
