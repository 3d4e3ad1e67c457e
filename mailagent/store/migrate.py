"""The schema is brought up to date at start; the file is copied first.

What makes the changes is loaded only when there are some: 10 MB that most starts do not need.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text

from mailagent.core.errors import SchemaTooNew
from mailagent.store.database import database_errors, database_file, prepare_sqlite

MIGRATIONS = Path(__file__).parent / "migrations"
# alembic keeps the connection it works on in a module: two companies of one process take turns.
_TURN = Lock()

# The audit log is append-only for every program that opens this file, not only for ours.
# (INSERT OR REPLACE deletes without a word to the triggers of DELETE, so it has one of its own.)
_TAKEN = "EXISTS (SELECT 1 FROM audit WHERE company = NEW.company AND seq = NEW.seq)"
_TRIGGERS = {
    f"audit_{verb.lower()}": (
        f"CREATE TRIGGER audit_{verb.lower()} BEFORE {verb} ON audit {when}"
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    )
    for verb, when in (("UPDATE", ""), ("DELETE", ""), ("INSERT", f"WHEN {_TAKEN} "))
}


def migrate(url: str) -> None:
    """Upgrades to the newest schema, or refuses one that is newer than this program."""
    _keep_private(database_file(url))
    engine = create_engine(make_url(url).set(drivername="sqlite"))
    prepare_sqlite(engine)
    try:
        with _TURN, database_errors():
            _migrate(engine, url)
    finally:
        engine.dispose()


def _keep_private(path: Path | None) -> None:
    """A new database holds secrets of authenticator apps: nobody else on the machine reads it."""
    if path is not None and not path.exists() and path.parent.is_dir():
        path.touch(mode=0o600)


def _migrate(engine: Engine, url: str) -> None:
    # One transaction: killed half way, it never began; and a second program waits for it.
    with engine.begin() as connection:
        current = _schema_of(connection)
        known = _known_schemas()
        if current != known[-1]:
            if current is not None and current not in known:
                raise SchemaTooNew(f"the database has schema {current}, unknown here")
            if current is not None:
                _copy(database_file(url), current)
            _upgrade(connection)
        _make_triggers(connection)


def _schema_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _known_schemas() -> list[str]:
    """The numbers of all, oldest first, as their files are named."""
    files = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return sorted(path.name.partition("_")[0] for path in files)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _copy(path: Path | None, revision: str) -> None:
    """The file as it was before a migration, beside it."""
    if path is None or not path.exists():
        return
    copy = path.with_name(f"{path.name}.before-{revision}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    shutil.copymode(path, copy)


def _make_triggers(connection: Connection) -> None:
    """Those that are missing, or say something else than they should."""
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    there = {row.name: row.sql for row in found}
    for name, statement in _TRIGGERS.items():
        if there.get(name) != statement:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            connection.execute(text(statement))
