"""Who is away, and what a substitute may decide because of it."""

from sqlalchemy import Column, Index, Integer, String

from mailagent.store.tables.base import Utc, keyed

absences = keyed(
    "absences",
    Column("person", String, primary_key=True),
    Column("substitute", String, nullable=False),
    Column("since", Utc, nullable=False),
    Column("until", Utc, nullable=False),
)
# Told to the person who was away when they are back, and dropped then.
stood_in = keyed(
    "stood_in",
    Column("case", Integer, primary_key=True),
    Column("person", String, primary_key=True),  # who is away
    Column("substitute", String, nullable=False),
    Column("since", Utc, nullable=False),
    Index("stood_in_by_person", "company", "person"),
)
