"""What of a task's figures is not held against it."""

from sqlalchemy import JSON, Column, Integer, String

from mailagent.store.tables.base import keyed

# How often in a row the last calls of a capability failed.
streaks = keyed(
    "streaks",
    Column("capability", String, primary_key=True),
    Column("failures", Integer, nullable=False),
)

watched = keyed(
    "watched",
    Column("task", String, primary_key=True),
    Column("body", JSON, nullable=False),
)
