"""The register of filed documents, and the words by which they are found."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    column,
    table,
)

from mailagent.store.tables.base import Utc, numbered

filed = numbered(
    "filed",
    Column("key", String, nullable=False),  # of the effect that filed it
    Column("case", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("content", String, nullable=False),  # sha256
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("party", Text, nullable=False),
    Column("party_key", Text, nullable=False),
    Column("day", String, nullable=False),  # ISO
    Column("tags", JSON, nullable=False),
    Column("sensitive", Boolean, nullable=False),
    Column("chosen", Boolean, nullable=False),  # its owner typed the folder
    Column("filed_at", Utc, nullable=False),
    Column("number", String, nullable=False, server_default=""),  # the paper's own
    Column("valid_until", String),  # ISO
    Column("removed_by", String),  # the key of the effect that took it out
    UniqueConstraint("company", "key"),
    Index("filed_by_content", "company", "content"),
    Index("filed_by_path", "company", "path"),
    Index("filed_by_party", "company", "party_key", "kind", "chosen"),
    Index("filed_by_kind", "company", "kind", "party_key"),
    Index("filed_by_case", "company", "case"),
)

# SQLite's full-text index; a row has the number of its document. It keeps no text, only where
# words occur, and is no table of the schema: migration 0002 makes it.
filed_words = table("filed_words", column("rowid"), column("company"), column("words"))
