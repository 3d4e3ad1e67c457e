"""A copy of a home, and the way back."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from connectors.files.blobs import DiskBlobs
from mailagent.cli.keeping import copy_home, restore_home
from mailagent.core.errors import ConfigInvalid
from mailagent.settings import read_settings
from mailagent.settings.recovery import new_recovery_key
from tests.settings.home_of import home_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    home_of(home, secrets='mailbox_password = "x"\n')
    (home / "secrets.toml").chmod(0o600)
    (home / "blobs" / "ab").mkdir(parents=True)
    (home / "blobs" / "ab" / "ab12").write_bytes(b"raw mail")
    (home / "blobs" / "ab" / ".cd34.1-2.half").write_bytes(b"being writ")
    (home / "files" / "bills").mkdir(parents=True)
    (home / "files" / "bills" / "a bill.pdf").write_bytes(b"%PDF")
    with closing(sqlite3.connect(home / "mailagent.db")) as base:
        base.execute("pragma journal_mode = wal")
        base.execute("create table t (n integer)")
        base.execute("insert into t values (1)")
        base.commit()
    return home


def test_there_and_back(home: Path, tmp_path: Path) -> None:
    copy, again = tmp_path / "copy", tmp_path / "again"
    copy_home(read_settings(home), copy, secrets=False)
    restore_home(copy, again)
    assert (again / "blobs" / "ab" / "ab12").read_bytes() == b"raw mail"
    assert (again / "files" / "bills" / "a bill.pdf").read_bytes() == b"%PDF"
    assert read_settings(again).company.name == "Acme Ltd"
    assert not (again / "secrets.toml").exists()
    assert not list(again.rglob("*.half"))
    with closing(sqlite3.connect(again / "mailagent.db")) as base:
        assert base.execute("select n from t").fetchall() == [(1,)]


def test_secrets_only_when_asked_and_only_by_the_key(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with pytest.raises(ConfigInvalid, match="no recovery key"):
        copy_home(read_settings(home), tmp_path / "none", secrets=True)
    key = new_recovery_key(home)
    copy_home(read_settings(home), copy, secrets=True)
    assert not any(b"mailbox_password" in path.read_bytes() for path in copy.rglob("*.*"))
    with pytest.raises(ConfigInvalid, match="mistyped"):
        restore_home(copy, tmp_path / "again", key[:-1] + ("A" if key[-1] != "A" else "B"))
    with pytest.raises(ConfigInvalid, match="does not open"):
        restore_home(copy, tmp_path / "again", new_recovery_key(tmp_path))
    restore_home(copy, tmp_path / "again", key.lower().replace("-", " "))
    secret = tmp_path / "again" / "secrets.toml"
    assert secret.read_text() == 'mailbox_password = "x"\n'
    assert secret.stat().st_mode & 0o077 == 0
    restore_home(copy, tmp_path / "without")
    assert not (tmp_path / "without" / "secrets.toml").exists()


def test_a_copy_made_while_somebody_writes_is_one_state(home: Path, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(home / "mailagent.db", timeout=10)) as base:
            for number in range(2, 100_000):
                base.execute("insert into t values (?)", (number,))
                base.commit()
                if done.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    copy_home(read_settings(home), tmp_path / "copy", secrets=False)
    done.set()
    writer.join()
    with closing(sqlite3.connect(tmp_path / "copy" / "database")) as base:
        assert base.execute("pragma integrity_check").fetchone() == ("ok",)
        numbers = [n for (n,) in base.execute("select n from t order by n")]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("damage", ["changed", "gone", "no list", "outside"])
def test_a_damaged_copy_restores_nothing(home: Path, tmp_path: Path, damage: str) -> None:
    copy = tmp_path / "copy"
    copy_home(read_settings(home), copy, secrets=False)
    page = copy / "manifest.json"
    match damage:
        case "changed":
            (copy / "blobs" / "ab" / "ab12").write_bytes(b"RAW mail")
        case "gone":
            (copy / "files" / "bills" / "a bill.pdf").unlink()
        case "no list":
            page.unlink()
        case "outside":
            page.write_text(page.read_text().replace("blobs/ab/ab12", "../home/mailagent.toml"))
    with pytest.raises(ConfigInvalid, match="nothing was restored"):
        restore_home(copy, tmp_path / "again")
    assert not (tmp_path / "again").exists()


async def test_a_pack_goes_along_and_its_index_is_made_anew(home: Path, tmp_path: Path) -> None:
    blobs, pile = read_settings(home).blobs, [b"%d" % number for number in range(9)]
    names = await DiskBlobs(blobs).put_many(pile)
    copy_home(read_settings(home), tmp_path / "copy", secrets=False)
    restore_home(tmp_path / "copy", tmp_path / "again")
    again = DiskBlobs(read_settings(tmp_path / "again").blobs)
    assert [await again.get(name) for name in names] == pile


def test_nothing_is_written_over(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy_home(read_settings(home), copy, secrets=False)
    with pytest.raises(ConfigInvalid, match="not empty"):
        copy_home(read_settings(home), copy, secrets=False)
    with pytest.raises(ConfigInvalid, match="not empty"):
        restore_home(copy, home)
    assert (home / "blobs" / "ab" / "ab12").exists()
