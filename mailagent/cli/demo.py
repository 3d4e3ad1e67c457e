"""`mailagent demo`: the agent at work, with a mail server of its own."""

from pathlib import Path
from typing import Annotated

import typer

_FAILED = 1


def demo(
    *,
    serve: Annotated[
        bool, typer.Option("--serve", help="Then stay, for a mail client of your own.")
    ] = False,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Where mails and index.html are left.")
    ] = Path("demo-output"),
) -> None:
    """See the agent at work: no account, no network."""
    from mailagent.demo.play import play

    if not play(out, stay=serve):
        raise typer.Exit(_FAILED)
