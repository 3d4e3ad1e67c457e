"""One worker per database: a second is refused."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailagent.core.errors import AlreadyRunning


@contextmanager
def only_worker(path: Path) -> Iterator[None]:
    """Holds the lock file; the system lets go of it when the process dies, however it dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(f"another mailagent works on {path.parent}") from error
        yield


def is_at_work(path: Path) -> bool:
    """Whether one is; looking takes no lock that another would notice for longer than this."""
    if not path.is_file():
        return False
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
