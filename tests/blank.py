"""A database that is migrated and empty: made once a process, copied for each test."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from mailagent.store.migrate import migrate


def blank_database(file: Path) -> None:
    """Writes one there, as private as a real one, unless there is one."""
    if file.exists():
        return
    file.touch(mode=0o600)
    file.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "mailagent.db"
        migrate(f"sqlite:///{file}")
        return file.read_bytes()
