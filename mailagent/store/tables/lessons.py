"""What corrections taught."""

from sqlalchemy import JSON, Column, Index, Integer, String

from mailagent.store.tables.base import keyed, numbered

lessons = numbered(
    "lessons",
    Column("vendor", String, nullable=False),
    Column("field", String, nullable=False),
    Column("case", Integer, nullable=False),  # that taught it
    Column("body", JSON, nullable=False),
    Index("lessons_by_case", "company", "case"),
)

# What the vendor of a lesson is known by: a bill asks for its lessons by these.
lesson_keys = keyed(
    "lesson_keys",
    Column("vendor_key", String, primary_key=True),
    Column("lesson", Integer, primary_key=True),
)
