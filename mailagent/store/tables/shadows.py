"""What would have been proposed in shadow, until it is seen what its owner did."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String

from mailagent.store.tables.base import Utc, keyed

shadows = keyed(
    "shadows",
    Column("case", Integer, primary_key=True),
    Column("message_id", String, nullable=False),
    Column("uid", String, nullable=False),
    Column("body", JSON, nullable=False),
    Column("since", Utc, nullable=False),
    Column("waits", Boolean, nullable=False),
    Column("found", JSON),
    Index("shadows_waiting", "company", "waits", "since"),
    Index("shadows_by_mail", "company", "message_id"),
    Index("shadows_by_uid", "company", "uid"),
)
