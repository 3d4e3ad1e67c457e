"""The embedded books."""

from sqlalchemy import JSON, Column, Index, Integer, String, Text, UniqueConstraint

from mailagent.store.tables.base import Utc, keyed, numbered

bills = numbered(
    "bills",
    Column("key", String, nullable=False),
    Column("case", Integer, nullable=False),
    Column("vendor", String, nullable=False),
    Column("vendor_key", String, nullable=False),
    Column("number", String, nullable=False),
    Column("body", JSON, nullable=False),
    Column("recorded_at", Utc, nullable=False),
    Column("voided_by", String),  # the key of the effect that voided it
    Column("due", String),  # ISO
    Column("run", String),  # the name of the payment run it is in
    UniqueConstraint("company", "key"),
    Index("bills_to_pay", "company", "run", "due"),
    Index("bills_by_number", "company", "vendor_key", "number"),
)

# What is asked of a vendor's past, kept up to date, so that asking costs the same for ever.
vendors = keyed(
    "vendors",
    Column("vendor_key", String, primary_key=True),
    Column("bills", Integer, nullable=False),
    Column("since", String, nullable=False),
    Column("book_to", String, nullable=False),
    Column("accounts", JSON, nullable=False),
    Column("domains", JSON, nullable=False),
    Column("amounts", JSON, nullable=False),  # currency -> of the last bills
)

# Orders to vendors, and what was billed for each; amounts as text, so that none is rounded.
orders = keyed(
    "orders",
    Column("number", String, primary_key=True),
    Column("body", JSON, nullable=False),
    Column("net", String, nullable=False),
    Column("total", String, nullable=False),
)

# What was done to orders by an effect, by its key, so that it is done once.
order_changes = keyed(
    "order_changes",
    Column("key", String, primary_key=True),
    Column("numbers", JSON, nullable=False),
)

# What a later bill could share with one in the books: its number, its amount, its very file.
traces = numbered(
    "traces",
    Column("mark", String, nullable=False),
    Column("issued", String, nullable=False),
    Column("bill", Integer, nullable=False),
    Column("says", String, nullable=False),
    Index("traces_by_mark", "company", "mark", "issued"),
    Index("traces_by_bill", "company", "bill"),
)

# What the names and domains of vendors look like, to find those that could be taken for another.
looks = keyed(
    "looks",
    Column("shape", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("vendor", String, nullable=False),
)

reminders = numbered(
    "reminders",
    Column("key", String, nullable=False),
    Column("person", String, nullable=False),
    Column("case", Integer, nullable=False),
    Column("day", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String, nullable=False),  # set, sent, cancelled
    Column("cancelled_by", String),
    UniqueConstraint("company", "key"),
    Index("reminders_by_day", "company", "state", "day"),
)
