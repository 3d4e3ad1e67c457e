"""The driver gives SQLAlchemy what aiosqlite would, with one visit of its thread a statement."""

import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from mailagent.store.driver import Connection, connect


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Connection]:
    made = await connect(tmp_path / "some.db")
    async with made.cursor() as cursor:
        await cursor.execute("CREATE TABLE mails (id INTEGER PRIMARY KEY, subject TEXT)")
    yield made
    await made.close()


async def test_a_statement_brings_its_rows_once(connection: Connection) -> None:
    async with connection.cursor() as cursor:
        await cursor.execute("INSERT INTO mails (subject) VALUES (?), (?)", ("one", "two"))
        assert (cursor.rowcount, cursor.lastrowid, cursor.description) == (2, 2, None)
        await cursor.execute("SELECT subject FROM mails ORDER BY id")
        assert [column[0] for column in cursor.description] == ["subject"]
        assert await cursor.fetchall() == [("one",), ("two",)]
        assert list(await cursor.fetchall()) == []


async def test_many_rows_and_what_an_update_gives_back(connection: Connection) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO mails (subject) VALUES (?)", [("one",), ("two",), ("three",)]
        )
        assert cursor.rowcount == 3
        await cursor.execute("UPDATE mails SET subject = 'x' WHERE id > 1 RETURNING id")
        assert (cursor.rowcount, await cursor.fetchall()) == (2, [(2,), (3,)])


async def test_an_error_is_sqlites_own_and_the_connection_goes_on(connection: Connection) -> None:
    async with connection.cursor() as cursor:
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await cursor.execute("SELECT * FROM nowhere")
        await cursor.execute("SELECT 1")
        assert await cursor.fetchall() == [(1,)]


async def test_a_transaction_is_what_we_say_it_is(connection: Connection) -> None:
    async with connection.cursor() as cursor:
        await cursor.execute("BEGIN IMMEDIATE")
        await cursor.execute("INSERT INTO mails (subject) VALUES ('gone')")
        await connection.rollback()
        await cursor.execute("SELECT count(*) FROM mails")
        assert await cursor.fetchall() == [(0,)]


async def test_a_statement_is_one_visit_of_the_thread(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits: list[str] = []
    visit = connection._execute

    async def counted(act: Callable[..., Any], *given: Any) -> Any:
        visits.append(threading.current_thread().name)
        return await visit(act, *given)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(connection, "_execute", counted)
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT 1")
        await cursor.fetchall()
    assert len(visits) == 1
