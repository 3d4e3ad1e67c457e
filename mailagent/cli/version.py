"""`mailagent version`."""

import platform

import typer

from mailagent import __version__


def version() -> None:
    """Say which mailagent and which Python this is."""
    typer.echo(f"mailagent {__version__} (Python {platform.python_version()})")
