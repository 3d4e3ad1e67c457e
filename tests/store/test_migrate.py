"""The schema: brought up to date at start, in one go, and the audit log guards itself."""

import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from mailagent.core.bill_number import marks_of
from mailagent.core.errors import SchemaTooNew, StoreBusy
from mailagent.store import migrate as migrating
from mailagent.store.migrate import migrate
from mailagent.store.tables import metadata
from tests.desk import bill_mail, open_desk

# The number of the last migration of this program.
NEWEST = max(path.name[:4] for path in (migrating.MIGRATIONS / "versions").glob("[0-9]*.py"))
NEXT = """\
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{newest}", None, None


def upgrade() -> None:
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("note", sa.String))
"""


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def sql(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """One that was migrated, with an entry in its chain."""
    path = tmp_path / "mailagent.db"
    migrate(url(path))
    sql(path, "INSERT INTO audit VALUES ('corp', 1, '2026-11-20', 'a', 'w', 1, '{}', 'p', 'h')")
    return path


@pytest.fixture
def another_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The next version of this program."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_next.py").write_text(NEXT.format(newest=NEWEST))
    monkeypatch.setattr(migrating, "MIGRATIONS", folder)
    return folder


def test_the_migrations_make_exactly_the_tables_of_the_code(database: Path) -> None:
    engine = create_engine(f"sqlite:///{database}")
    # The full-text index is made of tables of its own.
    opts = {"compare_type": True, "include_name": lambda name, *_: "filed_words" not in str(name)}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_second_start_changes_nothing(database: Path) -> None:
    before = sql(database, "SELECT name, sql FROM sqlite_master ORDER BY name")
    migrate(url(database))
    assert sql(database, "SELECT name, sql FROM sqlite_master ORDER BY name") == before
    assert not list(database.parent.glob("*.before-*"))


def test_a_newer_schema_is_refused_and_left_alone(database: Path) -> None:
    sql(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNew, match="schema 9999, unknown here"):
        migrate(url(database))
    assert sql(database, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert not list(database.parent.glob("*.before-*"))


def test_the_file_is_copied_before_a_migration(database: Path, another_migration: Path) -> None:
    database.chmod(0o600)
    migrate(url(database))
    copy = database.with_name(f"mailagent.db.before-{NEWEST}")
    assert sql(copy, "SELECT version_num FROM alembic_version") == [(NEWEST,)]
    assert sql(copy, "SELECT seq FROM audit") == [(1,)]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sql(database, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert sql(database, "SELECT seq, note FROM audit") == [(1, None)]


@pytest.mark.parametrize("again", ["as it was", "with the next version"])
def test_the_guards_of_the_audit_log_are_made_again(
    database: Path, again: str, request: pytest.FixtureRequest
) -> None:
    if again == "with the next version":  # its batch makes the table anew, without triggers
        request.getfixturevalue("another_migration")
    else:
        sql(database, "DROP TRIGGER audit_update")
        sql(database, "DROP TRIGGER audit_delete")
        sql(database, "CREATE TRIGGER audit_delete BEFORE DELETE ON audit BEGIN SELECT 1; END")
    migrate(url(database))
    for statement in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            sql(database, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET what = 'x'",
        "UPDATE audit SET seq = 2 WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 1",
        "INSERT OR REPLACE INTO audit SELECT company, seq, at, '', '', 1, '', '', '' FROM audit",
    ],
)
def test_no_program_can_rewrite_the_audit_log(database: Path, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        sql(database, statement)
    assert sql(database, "SELECT actor, what FROM audit") == [("a", "w")]


def test_killed_half_way_a_migration_never_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mailagent.db"

    def die(_connection: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(migrating, "_make_triggers", die)
        with pytest.raises(KeyboardInterrupt):
            migrate(url(path))
    assert sql(path, "SELECT name FROM sqlite_master") == []
    migrate(url(path))
    assert sql(path, "SELECT count(*) FROM cases") == [(0,)]


def test_a_database_that_is_held_by_another_program_is_said_to_be(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailagent.store.database.prepare_sqlite.__defaults__", (50,))
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            migrate(url(database))
    migrate(url(database))


async def test_it_is_durable_when_committed(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.take_in(bill_mail())
        async with desk.store.engine.connect() as connection:
            for name, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
                found = await connection.exec_driver_sql(f"PRAGMA {name}")
                assert found.scalar() == value, name


@pytest.mark.slow
def test_two_companies_of_one_process_take_turns(tmp_path: Path) -> None:
    urls = [f"sqlite:///{tmp_path / name}.db" for name in "abcdef"]
    with ThreadPoolExecutor(len(urls)) as threads:
        list(threads.map(migrate, urls))
    for url in urls:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            [[revision]] = database.execute("SELECT version_num FROM alembic_version")
            assert database.execute("SELECT count(*) FROM cases").fetchall() == [(0,)]
        assert revision == NEWEST


def test_a_start_without_changes_loads_nothing_that_makes_them(database: Path) -> None:
    code = (
        "import sys; from mailagent.store.migrate import migrate; "
        "migrate(sys.argv[1]); print('alembic' in sys.modules)"
    )
    words = [sys.executable, "-c", code, url(database)]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_credit_notes_of_before_count_from_their_own_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = tmp_path / "mailagent.db", tmp_path / "migrations"
    later = shutil.ignore_patterns("__pycache__", "0019*", "002*")
    shutil.copytree(migrating.MIGRATIONS, folder, ignore=later)
    with monkeypatch.context() as before:
        before.setattr(migrating, "MIGRATIONS", folder)
        migrate(url(path))
    columns = 'company, key, "case", vendor, vendor_key, number, body, recorded_at, run'
    for n, (total, run) in enumerate((("-19.00", None), ("19.00", None), ("-5.00", "run-1"))):
        body = f'{{"total": "{total}", "issued": "2026-11-18"}}'
        values = f"'corp', '{n}', 1, 'A', 'a', '{n}', '{body}', '2026-11-20', "
        values += f"'{run}'" if run else "NULL"
        sql(path, f"INSERT INTO bills ({columns}) VALUES ({values})")
    migrate(url(path))
    due = [row[0] for row in sql(path, "SELECT due FROM bills ORDER BY id")]
    assert due == ["2026-11-18", None, None]


def test_numbers_of_before_are_found_as_those_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = tmp_path / "mailagent.db", tmp_path / "migrations"
    shutil.copytree(
        migrating.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", "002*")
    )
    with monkeypatch.context() as before:
        before.setattr(migrating, "MIGRATIONS", folder)
        migrate(url(path))
    body = '{"total": "-5.00", "issued": "2026-11-18", "corrects": ["R-0012"]}'
    named = ("name:acme bau", "vat:DE123456788")
    for n, (number, sign) in enumerate((("INV-OO12", "bill"), ("CN 7", "credit")), 1):
        columns = 'id, company, key, "case", vendor, vendor_key, number, body, recorded_at'
        values = f"{n}, 'corp', 'k{n}', 1, 'A', 'a', '{number}', '{body}', '2026-11-20'"
        sql(path, f"INSERT INTO bills ({columns}) VALUES ({values})")
        letters = number.replace("-", "").replace(" ", "")
        for key in named:
            for mark in (f"{sign} {key} {letters}", f"sum {key} -5.00 EUR"):
                given = f"'corp', '{mark}', '2026-11-18', {n}, '{number} (2026-11-18)'"
                sql(
                    path, f"INSERT INTO traces (company, mark, issued, bill, says) VALUES ({given})"
                )
    sql(path, "UPDATE bills SET body = replace(body, '-5.00', '5.00') WHERE id = 1")
    migrate(url(path))
    marks = {row[0] for row in sql(path, "SELECT mark FROM traces WHERE mark NOT LIKE 'sum %'")}
    assert marks == {
        *(f"bill {key} {mark}" for key in named for mark in marks_of("INV-OO12")),
        *(f"credit {key} {mark}" for key in named for mark in marks_of("CN 7")),
        *(f"corrects {key} 12" for key in named),
    }
    assert len(sql(path, "SELECT 1 FROM traces WHERE mark LIKE 'bill %'")) == 2
