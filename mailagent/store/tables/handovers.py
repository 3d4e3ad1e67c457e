"""Documents that were handed to an accounting tool by mail."""

from sqlalchemy import JSON, Column, Index, Integer, String

from mailagent.store.tables.base import Utc, keyed

handovers = keyed(
    "handovers",
    Column("effect", String, primary_key=True),  # its key
    Column("case", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("until", Utc, nullable=False),
    Column("body", JSON, nullable=False),
    Index("handovers_open", "company", "state", "until"),
    Index("handovers_by_mail", "company", "message_id"),
)
