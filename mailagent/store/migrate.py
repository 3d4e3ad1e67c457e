"""The schema is brought up to date at start; the file is copied first."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine, create_engine, make_url, text

from mailagent.core.errors import SchemaTooNew
from mailagent.store.database import database_errors, database_file

MIGRATIONS = Path(__file__).parent / "migrations"

# The audit log is append-only for every program that opens this file, not only for ours.
_TRIGGERS = {
    f"audit_{verb.lower()}": (
        f"CREATE TRIGGER audit_{verb.lower()} BEFORE {verb} ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    )
    for verb in ("UPDATE", "DELETE")
}


def migrate(url: str) -> None:
    """Upgrades to the newest schema, or refuses one that is newer than this program."""
    engine = create_engine(make_url(url).set(drivername="sqlite"))
    try:
        with database_errors():
            _migrate(engine, url)
    finally:
        engine.dispose()


def _migrate(engine: Engine, url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    newest = scripts.get_current_head()
    with engine.begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current != newest:
        _refuse_newer(scripts, current)
        if current is not None:
            _copy(database_file(url), current)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    _make_triggers(engine)


def _refuse_newer(scripts: ScriptDirectory, current: str | None) -> None:
    if current is None:
        return
    try:
        scripts.get_revision(current)
    except CommandError as error:
        raise SchemaTooNew(f"the database has schema {current}, unknown here") from error


def _copy(path: Path | None, revision: str) -> None:
    """The file as it was before a migration, beside it."""
    if path is None or not path.exists():
        return
    copy = path.with_name(f"{path.name}.before-{revision}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    shutil.copymode(path, copy)


def _make_triggers(engine: Engine) -> None:
    with engine.begin() as connection:
        there = set(
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            .scalars()
            .all()
        )
        for name, statement in _TRIGGERS.items():
            if name not in there:
                connection.execute(text(statement))
