"""What mails seemed to be, by who sent them, and what people said of that."""

from sqlalchemy import JSON, Column, Index, Integer, String, Text

from mailagent.store.tables.base import Utc, keyed

sightings = keyed(
    "sightings",
    Column("message", Integer, primary_key=True),
    Column("address", String, nullable=False),  # who wrote it first, where it was sent on
    Column("name", String, nullable=False),  # the display name, as it is seen at a glance
    Column("kind", String, nullable=False),  # as it was sorted
    Column("look", JSON, nullable=False),
    Column("signs", JSON, nullable=False),
    Index("sightings_by_address", "company", "address", "message"),
    Index("sightings_by_name", "company", "name", "message"),
)

# What a person said of a sender's mails that look like this.
lessons_on_senders = keyed(
    "lessons_on_senders",
    Column("address", String, primary_key=True),
    Column("seen", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("person", String, nullable=False),
    Column("message", Integer, nullable=False),
    Column("taught_by", Text, nullable=False),  # the content of the mail that said so
    Column("at", Utc, nullable=False),
)
