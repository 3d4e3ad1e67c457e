"""What people said of the policy by mail, and what went ahead because of it."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, UniqueConstraint

from mailagent.store.tables.base import Utc, keyed, numbered

# Modes and standing approvals; a row that ended stays, so that the log can be read.
ruled = numbered(
    "ruled",
    Column("key", String, nullable=False),  # of the effect that wrote it, or what narrowed it
    Column("task", String, nullable=False),
    Column("body", JSON, nullable=False),
    Column("ended_at", Utc),
    Column("ended_why", String, nullable=False),
    UniqueConstraint("company", "key"),
    Index("ruled_by_task", "company", "task"),
)

# Cases that go ahead without a word once they were shown for long enough.
covered = keyed(
    "covered",
    Column("case", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("ruled", Integer, nullable=False),
    Column("person", String, nullable=False),
    Column("hold_hours", Integer, nullable=False),
    Column("since", Utc, nullable=False),
    Column("waits", Boolean, nullable=False),
    Index("covered_waiting", "company", "waits"),
    Index("covered_by_row", "company", "ruled", "since"),
)
