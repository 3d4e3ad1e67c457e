"""Writing to disk so that a crash leaves the old or the new, and a full disk is said as such."""

import ctypes
import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

from mailagent.core.errors import DiskFull

_MANY = 8  # from so many files on, one word to the file system is cheaper
# Linux has it since 2.6.39 and tells of lost writes since 5.8; Python has no name for it.
_SYNCFS = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)


@contextmanager
def disk_errors(where: Path) -> Iterator[None]:
    """A full disk is said as such."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"the disk of {where} is full") from error
        raise


def write_durably(path: Path, content: bytes) -> None:
    """All or nothing: a crash leaves the old file or the new one, never half of it."""
    make_folder(path.parent)
    half = _half(path)
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def _half(path: Path) -> Path:
    """One name per writer: two threads may be writing the same content at once."""
    return path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.half")


def write_all_durably(contents: Mapping[Path, bytes]) -> None:
    """The same for many files, which wait for the disk together instead of one after the other.

    A name appears only after its content is on the disk, so twice they wait: for the contents,
    then for the names.
    """
    halves = {path: _half(path) for path in contents}
    for folder in {path.parent for path in contents}:
        make_folder(folder)
    try:
        for path, content in contents.items():
            halves[path].write_bytes(content)
        sync_files(halves.values())
        for path, half in halves.items():
            half.replace(path)
    except OSError:
        for half in halves.values():
            half.unlink(missing_ok=True)
        raise


def sync_files(paths: Iterable[Path]) -> None:
    """Makes files, or the names in folders, durable: many by one word to their file system."""
    several = list(paths)
    if len(several) >= _MANY and _SYNCFS is not None and _on_one_disk(several):
        with _opened(several[0]) as handle:
            if _SYNCFS(handle):
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number), str(several[0]))
        return
    for path in several:
        sync_folder(path)


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


def _on_one_disk(paths: Iterable[Path]) -> bool:
    return len({path.stat().st_dev for path in paths}) == 1


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
