"""The one way to the tables: every statement is bound to the transaction's company."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Delete,
    Executable,
    Insert,
    Row,
    Select,
    Table,
    Update,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from mailagent.ports import Blobs, Clock, Renderer, Transaction
from mailagent.store.database import connection, database_errors


class Scope:
    """A lazily begun transaction of one company."""

    def __init__(
        self,
        company: str,
        engine: AsyncEngine,
        writing: Callable[[], AbstractAsyncContextManager[None]],
        clock: Clock,
        blobs: Blobs,
        renderer: Renderer,
    ) -> None:
        self.company = company
        self._engine = engine
        self._writing = writing
        self._clock = clock
        self._blobs = blobs
        self._renderer = renderer
        self._stack = AsyncExitStack()
        self._connection: AsyncConnection | None = None
        self.deferred = False  # whether this transaction made jobs

    async def __aenter__(self) -> None:
        await self._stack.__aenter__()

    async def __aexit__(self, *error: Any) -> None:
        await self._stack.__aexit__(*error)

    def rows(self, table: Table, *where: ColumnElement[bool]) -> Select[Any]:
        """SELECT of this company's rows."""
        return select(table).where(table.c.company == self.company, *where)

    def change(self, table: Table, *where: ColumnElement[bool]) -> Update:
        """UPDATE of this company's rows."""
        return update(table).where(table.c.company == self.company, *where)

    def drop(self, table: Table, *where: ColumnElement[bool]) -> Delete:
        """DELETE of this company's rows."""
        return delete(table).where(table.c.company == self.company, *where)

    def add(self, table: Table, **values: Any) -> Insert:
        """INSERT of a row of this company."""
        return self._insert(table).values(company=self.company, **values)

    async def add_all(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """INSERT of many rows of this company, in one go."""
        if rows:
            await self.run(self._insert(table), [{"company": self.company, **row} for row in rows])

    def add_or_keep(self, table: Table, **values: Any) -> Insert:
        """INSERT unless the row is there already."""
        return self._insert(table).values(company=self.company, **values).on_conflict_do_nothing()

    def add_or_change(self, table: Table, key: Sequence[str], **values: Any) -> Insert:
        """INSERT, or UPDATE of the row with this key."""
        statement = self._insert(table).values(company=self.company, **values)
        changed = {name: value for name, value in values.items() if name not in key}
        return statement.on_conflict_do_update(index_elements=["company", *key], set_=changed)

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        if self._engine.dialect.name == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)

    async def run(
        self, statement: Executable, rows: Sequence[dict[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Executes, once for each of the rows; begins the transaction if it has not begun."""
        if self._connection is None:
            await self._stack.enter_async_context(self._writing())
            self._connection = await self._stack.enter_async_context(connection(self._engine))
        with database_errors():
            result = await self._connection.execute(statement, rows)
        return cast("CursorResult[Any]", result)

    async def one(self, statement: Select[Any]) -> Row[Any] | None:
        """The row, if there is one."""
        return (await self.run(statement)).first()

    async def all(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        """All rows."""
        return (await self.run(statement)).all()

    async def count(self, found: Select[Any]) -> int:
        """How many rows there are."""
        number = select(func.count()).select_from(found.subquery())
        return int((await self.run(number)).scalar() or 0)


def embedded(tx: Transaction) -> Scope:
    """The embedded systems write through the very transaction of the store they live in."""
    if not isinstance(tx, Scope):
        raise TypeError("an embedded system needs a transaction of the embedded store")
    return tx
