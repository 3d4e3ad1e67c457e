"""What a model said, and what it cost."""

from sqlalchemy import JSON, Column, Integer, String

from mailagent.store.tables.base import Utc, keyed

advice = keyed(
    "advice",
    Column("question", String, primary_key=True),
    Column("said", JSON, nullable=False),
    Column("at", Utc, nullable=False),
)

spending = keyed(
    "spending",
    Column("day", String, primary_key=True),
    Column("millionths", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
)
