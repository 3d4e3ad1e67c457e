"""The agent's home: the folder that holds its mailagent.toml."""

import os
from collections.abc import Mapping
from pathlib import Path

CONFIG = "mailagent.toml"


def find_home(
    given: Path | None, environ: Mapping[str, str] = os.environ, here: Path | None = None
) -> Path:
    """The folder that was given, or MAILAGENT_HOME, or this one if it is a home, or the usual."""
    here = here or Path.cwd()
    if given or environ.get("MAILAGENT_HOME"):
        return (given or Path(environ["MAILAGENT_HOME"])).expanduser().resolve()
    if (here / CONFIG).is_file():
        return here
    data = environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "mailagent"
