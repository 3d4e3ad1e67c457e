"""Bills that may come again."""

from sqlalchemy import JSON, Column, Index, String

from mailagent.store.tables.base import keyed

# The latest bills of each vendor in each currency, and the day from which the next is missed.
series = keyed(
    "series",
    Column("vendor_key", String, primary_key=True),
    Column("currency", String, primary_key=True),
    Column("late_on", String),  # ISO; none: nothing is expected
    Column("body", JSON, nullable=False),
    Index("series_by_day", "company", "late_on"),
)
