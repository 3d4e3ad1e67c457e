"""What every table is made with: the company is in each, and every index starts with it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)


class Utc(TypeDecorator[datetime]):
    """An aware moment in UTC, also where the database keeps none of that."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To UTC, naive."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Back to aware."""
        return value.replace(tzinfo=UTC) if value else None


metadata = MetaData()


def company_column() -> Column[str]:
    """Whose row it is."""
    return Column("company", String, nullable=False)


def keyed(name: str, *rest: Any) -> Table:
    """A table whose key starts with the company."""
    return Table(name, metadata, Column("company", String, primary_key=True), *rest)


def numbered(name: str, *rest: Any) -> Table:
    """A table of numbered rows."""
    return Table(name, metadata, Column("id", Integer, primary_key=True), company_column(), *rest)
