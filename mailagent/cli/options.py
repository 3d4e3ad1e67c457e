"""Options that several commands share."""

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
