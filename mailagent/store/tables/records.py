"""What lies beside the audit chain: the words that it holds as hashes only."""

from sqlalchemy import JSON, Column, Integer, String

from mailagent.store.tables.base import keyed

# Rows may be deleted: the chain stays whole, and proves what it sealed.
audit_words = keyed(
    "audit_words",
    Column("seq", Integer, primary_key=True),
    Column("salt", String, nullable=False),
    Column("words", JSON, nullable=False),
)
