"""Options that several commands share."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="The folder with mailagent.toml. Without it: MAILAGENT_HOME, this folder, or "
        "~/.local/share/mailagent.",
        show_default=False,
    ),
]


def program() -> str:
    """How it was called, so that what is printed can be typed: `.venv/bin/mailagent`."""
    called = sys.argv[0]
    found = shutil.which("mailagent")
    on_path = found is not None and Path(found).resolve() == Path(called).resolve()
    return called if Path(called).name == "mailagent" and not on_path else "mailagent"
