"""Cases that were shown again in a weekly digest, and what people said of them."""

from sqlalchemy import Column, Integer, String, Text

from mailagent.store.tables.base import Utc, keyed

spot_checks = keyed(
    "spot_checks",
    Column("brief", Integer, primary_key=True),  # the draft of the digest
    Column("number", Integer, primary_key=True),
    Column("case", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("task", String, nullable=False),
    Column("ref", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("found", String),  # right, wrong; none: nobody said
    Column("at", Utc),
)
