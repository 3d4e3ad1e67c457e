"""What of a task's figures is not held against it."""

from sqlalchemy import JSON, Column, String

from mailagent.store.tables.base import keyed

watched = keyed(
    "watched",
    Column("task", String, primary_key=True),
    Column("body", JSON, nullable=False),
)
