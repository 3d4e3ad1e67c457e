"""aiosqlite with one visit of the database's thread for each statement.

SQLAlchemy makes a cursor, executes, fetches and closes, and aiosqlite goes to its thread for each
of the four. Here the first two of these wait, the statement takes its rows with it, and the rest
costs nothing.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import aiosqlite

# As aiosqlite has it; we never iterate over its own cursors.
_CHUNK = 64


class Answer(NamedTuple):
    """What a statement left, taken from the database in one go."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: Sequence[Any] = ()


class Cursor:
    """What SQLAlchemy needs of a cursor; its rows are here already."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._answer = Answer()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def description(self) -> Any:
        """The columns; None: the statement gives no rows."""
        return self._answer.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._answer.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that was inserted."""
        return self._answer.lastrowid

    async def execute(self, statement: str, values: Any = ()) -> None:
        """Runs a statement and takes its rows."""
        self._answer = await self._connection.ask(statement, values)

    async def executemany(self, statement: str, rows: Iterable[Any]) -> None:
        """Runs a statement for each of these."""
        self._answer = await self._connection.ask_many(statement, rows)

    async def fetchall(self) -> Sequence[Any]:
        """The rows that nobody took yet."""
        rows, self._answer = self._answer.rows, self._answer._replace(rows=())
        return rows

    async def close(self) -> None:
        """Nothing is held."""


class Connection(aiosqlite.Connection):
    """A connection whose cursors cost one visit a statement."""

    def __init__(self, file: Path) -> None:
        # None: transactions begin when we say so, not when the driver thinks it is time.
        super().__init__(lambda: sqlite3.connect(file, isolation_level=None), _CHUNK)
        self._thread.daemon = True  # a program that ends does not wait for a statement

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy enters it, as aiosqlite's
        """A cursor; nothing is asked yet."""
        return Cursor(self)

    async def ask(self, statement: str, values: Any) -> Answer:
        """One statement, in one visit."""
        return await self._visit(self._ask, statement, values)

    async def ask_many(self, statement: str, rows: Iterable[Any]) -> Answer:
        """One statement for each of these, in one visit."""
        return await self._visit(self._ask_many, statement, rows)

    async def _visit(
        self, act: Callable[[str, Any], Answer], statement: str, values: Any
    ) -> Answer:
        answer: Answer = await self._execute(act, statement, values)  # type: ignore[no-untyped-call]
        return answer

    def _ask(self, statement: str, values: Any) -> Answer:
        return _answer(self._conn.execute(statement, values))

    def _ask_many(self, statement: str, rows: Iterable[Any]) -> Answer:
        return _answer(self._conn.executemany(statement, rows))


def _answer(cursor: sqlite3.Cursor) -> Answer:
    rows = cursor.fetchall() if cursor.description else ()
    answer = Answer(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    cursor.close()
    return answer


async def connect(file: Path) -> Connection:
    """An open connection to a file."""
    return await Connection(file)  # type: ignore[return-value]  # aiosqlite names its own class
