"""Many contents in one file: a pile of mails costs one wait for the disk, not one for each.

A pack is a tar of contents named by their hashes, so any administrator can open it. Where each
content lies stands in an index beside the packs, which is made anew from them when it is lost.
"""

import hashlib
import sqlite3
import tarfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from connectors.disk import make_folder, sync_folder, write_durably
from mailagent.core.errors import DiskFull

INDEX = "packs.index.db"  # no backup needs it
_ENDING = ".tar"
_BUSY = 5.0  # seconds: another program may be noting a pack of its own
_TABLES = """
create table if not exists pack (id integer primary key, name text not null unique);
create table if not exists content (
  sha256 blob primary key, pack integer not null, start integer not null, size integer not null
) without rowid;
"""
_Span = tuple[str, int, int]  # a content's hash, where it begins in its pack, how long it is


class Packs:
    """The packs of a folder. To be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: sqlite3.Connection | None = None
        self._turn = Lock()

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Keeps contents by their hashes, durable when it returns."""
        pack = hashlib.sha256("".join(contents).encode()).hexdigest()[:40] + _ENDING
        pieces, spans = _laid_out(contents)
        write_durably(self._folder / pack, *pieces, halves=self._folder)
        sync_folder(self._folder)
        with self._opened() as index:
            _note(index, pack, spans)

    def held(self, names: Collection[str]) -> set[str]:
        """Which of these are in a pack."""
        if not self._folder.is_dir():
            return set()
        with self._opened() as index:
            asked = [bytes.fromhex(name) for name in names]
            marks = ",".join("?" * len(asked))
            rows = index.execute(f"select sha256 from content where sha256 in ({marks})", asked)  # noqa: S608 - question marks only
            return {found.hex() for (found,) in rows}

    def get(self, name: str) -> bytes | None:
        """A content, or None: no pack has it."""
        if not self._folder.is_dir():
            return None
        with self._opened() as index:
            place = _place(index, name)
            if place is None and _note_strange(index, self._folder):
                place = _place(index, name)  # another program packed it
        if place is None:
            return None
        pack, start, size = place
        with (self._folder / pack).open("rb") as file:
            file.seek(start)
            return file.read(size)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._turn, _index_errors(self._folder):
            if self._index is None:
                make_folder(self._folder)
                self._index = _open(self._folder)
            yield self._index


def _laid_out(contents: Mapping[str, bytes]) -> tuple[list[bytes], list[_Span]]:
    """The pieces of a tar, and where in it each content lies."""
    pieces: list[bytes] = []
    spans: list[_Span] = []
    at = 0
    for name, content in contents.items():
        filling = bytes(-len(content) % tarfile.BLOCKSIZE)
        pieces += (_head(name, len(content)), content, filling)
        spans.append((name, at + tarfile.BLOCKSIZE, len(content)))
        at += tarfile.BLOCKSIZE + len(content) + len(filling)
    return [*pieces, bytes(2 * tarfile.BLOCKSIZE)], spans


def _blank() -> bytes:
    head = tarfile.TarInfo("")
    head.mode = 0o600
    return head.tobuf(tarfile.GNU_FORMAT)


_BLANK = _blank()
_NAME, _SIZE, _SUM = slice(0, 64), slice(124, 136), slice(148, 156)  # where they stand in it


def _head(name: str, size: int) -> bytes:
    """What stands before a content: all but three fields is the same for each."""
    head = bytearray(_BLANK)
    head[_NAME] = name.encode("ascii")
    head[_SIZE] = b"%011o\0" % size
    head[_SUM] = b" " * 8  # as POSIX counts it
    head[_SUM] = b"%06o\0 " % sum(head)
    return bytes(head)


def _spans_of(pack: Path) -> list[_Span]:
    with tarfile.open(pack, "r:") as tar:
        return [(each.name, each.offset_data, each.size) for each in tar]


def _open(folder: Path) -> sqlite3.Connection:
    """The index, knowing all the packs that are there; a damaged one is made anew."""
    path = folder / INDEX
    try:
        return _open_whole(folder, path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # busy, full, not ours: no damage
            raise
        for old in folder.glob(f"{INDEX}*"):
            old.unlink()
        return _open_whole(folder, path)


def _open_whole(folder: Path, path: Path) -> sqlite3.Connection:
    index = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
    try:
        # The packs are the truth: what the index loses in a crash is read from them again.
        index.execute("pragma journal_mode = wal")
        index.execute("pragma synchronous = normal")
        index.executescript(_TABLES)
        _forget_lost(index, folder)
        _note_strange(index, folder)
    except BaseException:  # nothing is left open, also when cancelled
        index.close()
        raise
    return index


def _packs_in(folder: Path) -> set[str]:
    return {path.name for path in folder.glob(f"*{_ENDING}")}


def _known(index: sqlite3.Connection) -> set[str]:
    return {name for (name,) in index.execute("select name from pack")}


def _forget_lost(index: sqlite3.Connection, folder: Path) -> None:
    """Somebody took a pack away: what comes again is to be kept again."""
    for name in _known(index) - _packs_in(folder):
        with _transaction(index):
            index.execute(
                "delete from content where pack = (select id from pack where name = ?)", [name]
            )
            index.execute("delete from pack where name = ?", [name])


def _note_strange(index: sqlite3.Connection, folder: Path) -> bool:
    """Notes packs that the index does not know; whether there were any."""
    strange = sorted(_packs_in(folder) - _known(index))
    sync_folder(folder)  # whoever packed them may have died before that
    for name in strange:
        _note(index, name, _spans_of(folder / name))
    return bool(strange)


def _note(index: sqlite3.Connection, pack: str, spans: Iterable[_Span]) -> None:
    with _transaction(index):
        index.execute("insert or ignore into pack (name) values (?)", [pack])
        ((number,),) = index.execute("select id from pack where name = ?", [pack])
        index.executemany(
            "insert or ignore into content values (?, ?, ?, ?)",
            [(bytes.fromhex(name), number, start, size) for name, start, size in spans],
        )


def _place(index: sqlite3.Connection, name: str) -> tuple[str, int, int] | None:
    with closing(
        index.execute(
            "select name, start, size from content join pack on pack.id = pack where sha256 = ?",
            [bytes.fromhex(name)],
        )
    ) as found:
        row: tuple[str, int, int] | None = found.fetchone()
        return row


@contextmanager
def _transaction(index: sqlite3.Connection) -> Iterator[None]:
    index.execute("begin immediate")
    try:
        yield
    except BaseException:  # half a transaction is none, whatever ended it
        index.execute("rollback")
        raise
    index.execute("commit")


@contextmanager
def _index_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise DiskFull(f"the disk of {folder} is full") from error
        raise
