"""Writing to disk so that a crash leaves the old or the new, and a full disk is said as such."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

from mailagent.core.errors import DiskFull


@contextmanager
def disk_errors(where: Path) -> Iterator[None]:
    """A full disk is said as such."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"the disk of {where} is full") from error
        raise


def write_durably(path: Path, *pieces: bytes) -> None:
    """All or nothing: a crash leaves the old file or the new one, never half of it."""
    make_folder(path.parent)
    half = _half(path)
    try:
        with half.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def _half(path: Path) -> Path:
    """One name per writer: two threads may be writing the same content at once."""
    return path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.half")


def make_folder(folder: Path) -> None:
    """The folder and those above it, each durable: a file is found only through all of them."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename in this folder durable."""
    with _opened(folder) as handle:
        os.fsync(handle)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
