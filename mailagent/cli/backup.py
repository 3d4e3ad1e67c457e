"""`mailagent backup` and `restore-backup`: all that an agent knows, in a folder of its own."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mailagent.cli.options import Home

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="An empty or new folder.")]


def backup(
    folder: _Folder,
    home: Home = None,
    *,
    secrets: Annotated[
        bool,
        typer.Option(
            "--secrets",
            help="Passwords and sign-ins as well, sealed: only the recovery key opens them.",
        ),
    ] = False,
) -> None:
    """Copy everything the agent keeps, also while it runs."""
    from mailagent.cli.keeping import copy_home
    from mailagent.settings import find_home, read_settings

    settings = read_settings(find_home(home))
    kept = copy_home(settings, folder, secrets=secrets)
    typer.echo(f"copied   {kept.files:,} files, {kept.size / 1e6:,.1f} MB, to {folder}")
    if not secrets:
        typer.echo("Passwords are not in it; `--secrets` puts them in.")


def restore_backup(folder: _Folder, home: Home = None) -> None:
    """Put a backup back, into an empty home."""
    from mailagent.cli.keeping import restore_home, sealed_in
    from mailagent.settings import find_home

    target = find_home(home)
    key = ""
    if sealed_in(folder) and sys.stdin.isatty():
        question = "Recovery key (empty: without the passwords)"
        key = str(typer.prompt(question, default="", show_default=False))
    kept = restore_home(folder, target, key)
    typer.echo(f"restored {kept.files:,} files, {kept.size / 1e6:,.1f} MB, to {target}")
    if not (target / "secrets.toml").is_file():
        typer.echo("There is no secrets.toml in it: give the mailbox's password once more.")
    typer.echo(f"Now: mailagent doctor --home {target}")
