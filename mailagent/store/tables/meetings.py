"""What we wrote into calendars; of the embedded one this is all there is."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, UniqueConstraint

from mailagent.store.tables.base import Utc, numbered

appointments = numbered(
    "appointments",
    Column("calendar", String, nullable=False),
    Column("uid", String, nullable=False),
    Column("written_by", String, nullable=False),  # the key of the effect
    Column("case", Integer, nullable=False),
    Column("first", Utc, nullable=False),
    Column("last", Utc, nullable=False),
    Column("repeats", Boolean, nullable=False),
    Column("until", Utc),  # a hold: released then
    Column("body", JSON, nullable=False),
    Column("dropped_by", String),  # the key of the effect that took it out
    UniqueConstraint("company", "calendar", "uid"),
    Index("appointments_by_uid", "company", "uid"),
    Index("appointments_by_effect", "company", "written_by"),
    Index("appointments_by_drop", "company", "dropped_by"),
    Index("appointments_by_time", "company", "repeats", "last"),
    Index("appointments_by_case", "company", "case"),
    Index("appointments_by_hold", "company", "until"),
)
