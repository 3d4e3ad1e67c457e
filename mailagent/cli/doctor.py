"""`mailagent doctor`: what stands in the agent's way."""

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import typer

from mailagent.cli.options import Home
from mailagent.core.errors import MailagentError

if TYPE_CHECKING:
    from mailagent.settings import Settings

_ENOUGH_MEGABYTES = 500
_FAILED = 1


class Finding(NamedTuple):
    """One thing that was looked at."""

    about: str
    well: bool
    what: str


Examination = Callable[["Settings"], Finding]


def doctor(home: Home = None) -> None:
    """Say what stands in the agent's way, and what to do."""
    from mailagent.settings import find_home, read_settings

    settings = read_settings(find_home(home))
    config = Finding("configuration", True, str(settings.home))
    findings = [config, *(examine(settings) for examine in EXAMINATIONS)]
    for finding in findings:
        mark = typer.style("ok  ", fg="green") if finding.well else typer.style("STOP", fg="red")
        typer.echo(f"{mark}  {finding.about:<14} {finding.what}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(_FAILED)


def passwords(settings: "Settings") -> Finding:
    """Whether there is something to sign in with; not whether the server takes it."""
    from mailagent.settings.passwords import read_passwords

    try:
        read_passwords(settings)
    except MailagentError as error:
        return Finding("passwords", False, str(error))
    return Finding("passwords", True, f"found for {settings.mailbox.user}")


def places(settings: "Settings") -> Finding:
    """Whether the agent may write where it keeps things."""
    try:
        for folder in (settings.database.parent, settings.blobs, settings.files_root):
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".mailagent-was-here"
            probe.touch()
            probe.unlink()
    except OSError as error:
        return Finding("places", False, f"{error.filename}: {error.strerror}")
    return Finding("places", True, f"writable; documents are filed in {settings.files_root}")


def room(settings: "Settings") -> Finding:
    """Whether the disk has room for a while."""
    free = shutil.disk_usage(settings.home).free // 1_000_000
    return Finding("room", free >= _ENOUGH_MEGABYTES, f"{free:,} MB free")


EXAMINATIONS: tuple[Examination, ...] = (passwords, places, room)
