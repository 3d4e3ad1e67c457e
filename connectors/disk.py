"""Writing to disk so that a crash leaves the old or the new, and a full disk is said as such."""

import errno
import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from threading import get_ident

from mailagent.core.errors import DiskFull

_A_DAY = 86_400  # seconds: nobody is writing one file for so long


@contextmanager
def disk_errors(where: Path) -> Iterator[None]:
    """A full disk is said as such."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"the disk of {where} is full") from error
        raise


def write_durably(path: Path, *pieces: bytes, halves: Path | None = None) -> None:
    """All or nothing: a crash leaves the old file or the new one, never half of it.

    The half is in the folder `halves`, whose owner sweeps it; else beside the file, and what an
    earlier writer of that file left there is swept.
    """
    make_folder(path.parent)
    if halves is None:
        sweep_halves(path.parent, rf"\.{re.escape(path.name)}\.\d+-\d+")
    half = _half(path if halves is None else halves / path.name)
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


def sweep_halves(folder: Path, name: str) -> None:
    """Takes away what a writer who was killed a day ago or more left; a name is an expression."""
    ours = re.compile(name + r"\.half")
    yesterday = time.time() - _A_DAY  # noqa: TID251 - compared with times of the disk
    for half in folder.glob(".*.half"):
        with suppress(FileNotFoundError):  # another program sweeps as well
            found = half.lstat()
            if ours.fullmatch(half.name) and S_ISREG(found.st_mode) and found.st_mtime < yesterday:
                half.unlink()


def make_folder(folder: Path) -> None:
    """The folder and those above it, each durable: a file is found only through all of them."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Waits for every other program that is at work on this file; a killed one holds nothing."""
    with path.with_name(f".{path.name}.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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
