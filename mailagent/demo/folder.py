"""The folder that a demo leaves behind."""

import shutil
from pathlib import Path

from mailagent.core.errors import ConfigInvalid
from mailagent.engine.lock import only_worker

_MARK = ".made-by-mailagent-demo"


class Folder:
    """What lies where in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.home = path / "home"  # the agent's own, as `mailagent init` writes it
        self.mails = path / "mails"
        self.documents = path / "documents"
        self.log = path / "agent.log"
        self.index = path / "index.html"


def made_ready(path: Path) -> Folder:
    """An empty folder. What an earlier demo left in it is replaced, and nothing else ever is."""
    folder = Folder(path.absolute())
    try:
        _refuse_what_is_not_ours(folder.path)
        _clear(folder)
        for part in (folder.home, folder.mails, folder.documents):
            part.mkdir(parents=True)
        (folder.path / _MARK).touch()
    except OSError as error:
        raise ConfigInvalid(
            f"The demo cannot write to {folder.path}: {error.strerror}",
            advice="Name another folder: mailagent demo --out DIR",
        ) from error
    return folder


def _refuse_what_is_not_ours(path: Path) -> None:
    if not path.exists() and not path.is_symlink():
        return
    empty = path.is_dir() and not any(path.iterdir())
    if path.is_symlink() or not (empty or (path / _MARK).is_file()):
        raise ConfigInvalid(
            f"{path} holds something that the demo did not make",
            advice="Name another folder: mailagent demo --out DIR",
        )


def _clear(folder: Folder) -> None:
    if folder.home.is_dir():
        with only_worker(folder.home / "agent.lock"):  # refused while a demo is at work there
            shutil.rmtree(folder.home)
    for part in (folder.mails, folder.documents):
        if part.exists():
            shutil.rmtree(part)
    for file in (folder.log, folder.index):
        file.unlink(missing_ok=True)
