"""A copy of all that an agent keeps, made beside its work, and the way back.

The database first, by SQLite's own online backup: one state, with every commit or none of it. Then
the contents. Contents are only ever added and a row comes after its content, so whatever the copied
database names is there when the contents are copied.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from connectors.packs import INDEX
from mailagent.core.errors import ConfigInvalid
from mailagent.settings import Settings, read_settings
from mailagent.settings.recovery import FILE as PUBLIC
from mailagent.settings.recovery import seal, unseal

_MANIFEST = "manifest.json"
_CONFIG = ("mailagent.toml", "tasks.toml", "policy.toml")
_SECRETS = ("secrets.toml", "oauth.json")
_SEALED = ".sealed"
_FORM = 1


class Kept(NamedTuple):
    """What was copied."""

    files: int
    size: int


def copy_home(settings: Settings, folder: Path, *, secrets: bool) -> Kept:
    """Copies a home into an empty folder. Raises ConfigInvalid where there is something."""
    _must_be_empty(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    home = settings.home
    if settings.database.is_file():
        _copy_database(settings.database, folder / "database")
    (folder / "config").mkdir()
    for name in (*_CONFIG, PUBLIC, *_certificates(settings)):
        if (home / name).is_file():
            shutil.copy2(home / name, folder / "config" / name)
    for name in _SECRETS if secrets else ():
        if (home / name).is_file():
            sealed = seal(home, (home / name).read_bytes())
            (folder / "config" / f"{name}{_SEALED}").write_bytes(sealed)
    for source, name in ((settings.blobs, "blobs"), (settings.files_root, "files")):
        _copy_tree(source, folder / name)
    return _sealed(folder)


def sealed_in(folder: Path) -> list[Path]:
    """The secrets of a backup, which only the recovery key opens."""
    return sorted((folder / "config").glob(f"*{_SEALED}"))


def restore_home(folder: Path, home: Path, key: str = "") -> Kept:
    """Puts a copy back. What is damaged is said before anything is written."""
    manifest = _whole(folder)
    _must_be_empty(home)
    secrets = {p.stem: unseal(key, p.read_bytes()) for p in sealed_in(folder)} if key else {}
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    _copy_tree(folder / "config", home)
    for path in home.glob(f"*{_SEALED}"):
        path.unlink()
    for name, content in secrets.items():
        (home / name).touch(mode=0o600)
        (home / name).write_bytes(content)
    settings = read_settings(home)
    if (folder / "database").is_file():
        settings.database.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder / "database", settings.database)
    _copy_tree(folder / "blobs", settings.blobs)
    _copy_tree(folder / "files", settings.files_root)
    return Kept(len(manifest), sum((folder / name).stat().st_size for name in manifest))


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise ConfigInvalid(f"{folder} is not empty", advice="Name a new folder.")


def _certificates(settings: Settings) -> list[str]:
    """Those that lie beside the configuration."""
    named = {settings.mailbox.ca_file, settings.smtp.ca_file} - {""}
    return [name for name in sorted(named) if Path(name).name == name]


def _copy_database(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here, pages=2000, sleep=0.01)  # in steps, so that the agent goes on
        here.execute("pragma journal_mode = delete")  # one file, nothing beside it


def _copy_tree(source: Path, target: Path) -> None:
    for path in _files(source):
        to = target / path.relative_to(source)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, to)


def _files(folder: Path) -> Iterator[Path]:
    """Whole ones that cannot be made again: `.half` is being written, the index is made anew."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        passing = path.suffix == ".half" or path.name.startswith(INDEX)
        if path.is_file() and not path.is_symlink() and not passing:
            yield path


def _sealed(folder: Path) -> Kept:
    """Names each file with its hash, last of all: a copy without this page is half a copy."""
    sums = {str(path.relative_to(folder)): _sum(path) for path in _files(folder)}
    page = json.dumps({"form": _FORM, "files": sums}, indent=1, sort_keys=True)
    (folder / _MANIFEST).write_text(page + "\n", encoding="utf-8")
    for path in (folder, *folder.rglob("*")):
        _sync(path)
    return Kept(len(sums), sum((folder / name).stat().st_size for name in sums))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _whole(folder: Path) -> dict[str, str]:
    try:
        page = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        sums: dict[str, str] = page["files"]
    except (OSError, ValueError, KeyError, TypeError):
        what = f"{folder} holds no whole backup: {_MANIFEST} is missing or damaged"
        raise ConfigInvalid(what, advice="Take another backup; nothing was restored.") from None
    for name, expected in sums.items():
        path = folder / name
        inside = folder.resolve() in path.resolve().parents
        if not (inside and path.is_file() and _sum(path) == expected):
            what = f"{name} in the backup is missing or was changed"
            raise ConfigInvalid(what, advice="Take another backup; nothing was restored.")
    return sums
