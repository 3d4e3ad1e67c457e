"""The database: opened, migrated, and its errors translated once."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from mailagent.core.errors import DiskFull, Permanent, StoreBusy
from mailagent.core.said import say
from mailagent.store.driver import connect

# How long to wait for another program (a backup, `mailagent queue`) before saying so.
BUSY_MS = 5_000


@contextmanager
def database_errors() -> Iterator[None]:
    """SQLite's complaints as ours; nobody else knows sqlite3's exceptions."""
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:  # bare: on a new connection
        said = str(error.orig if isinstance(error, OperationalError) else error)
        if "locked" in said or "busy" in said:
            raise StoreBusy("the database is locked by another program") from error
        if "disk is full" in said or "disk I/O error" in said:
            raise DiskFull("the disk of the database is full") from error
        if "unable to open" in said or "readonly" in said:
            raise Permanent(
                "the database cannot be opened or written",
                advice="Run mailagent as the user whose home this is, or give it the right to"
                " write mailagent.db and its folder.",
                why=say("failed.store_closed"),
            ) from error
        if isinstance(error, OperationalError):
            raise
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = str(error)
        if "not a database" in said or "malformed" in said:
            raise Permanent(
                "the database is damaged",
                advice="Stop the agent, keep the file as it is, and bring back the last copy with"
                " `mailagent restore-backup DIR`.",
                why=say("failed.store_damaged"),
            ) from error
        raise


def database_file(url: str) -> Path | None:
    """The file behind an SQLite address."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.database else None


def open_engine(url: str, busy_ms: int = BUSY_MS) -> AsyncEngine:
    """An engine whose transactions begin at once as writers, and are durable when committed."""
    file = database_file(url)
    if file is None:
        raise ValueError(f"no file is named by {url}")
    engine = create_async_engine(
        url, pool_size=4, max_overflow=0, async_creator=partial(connect, file)
    )
    prepare_sqlite(engine.sync_engine, busy_ms)
    return engine


def prepare_sqlite(engine: Engine, busy_ms: int = BUSY_MS) -> None:
    """Durable, patient, and transactions that hold schema changes as well."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        # None: we say BEGIN ourselves; the driver's own idea of it comes too late for reads.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={busy_ms}",  # first: the others may have to wait already
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # IMMEDIATE: a reader that turns writer half way could only fail.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@asynccontextmanager
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction on a connection of its own, with translated errors."""
    with database_errors():
        async with engine.begin() as made:
            yield made
