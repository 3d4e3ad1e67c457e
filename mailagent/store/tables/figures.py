"""What was counted of the audit log, and how far."""

from sqlalchemy import JSON, Column, Integer, String

from mailagent.store.tables.base import keyed

figures = keyed(
    "figures",
    Column("week", String, primary_key=True),  # ISO, its Monday
    Column("task", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("n", Integer, nullable=False),
)
# Facts of the cases that were counted: all that a later entry needs to know of the earlier ones.
figure_cases = keyed(
    "figure_cases",
    Column("case", Integer, primary_key=True),
    Column("body", JSON, nullable=False),
)
figure_marks = keyed(
    "figure_marks",
    Column("seq", Integer, nullable=False),
    Column("fold", Integer, nullable=False),  # the way of counting that counted so far
)
