"""What was written into calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("first", sa.DateTime(), nullable=False),
        sa.Column("last", sa.DateTime(), nullable=False),
        sa.Column("repeats", sa.Boolean(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("dropped_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("company", "calendar", "uid"),
    )
    for name, columns in {
        "appointments_by_uid": ["uid"],
        "appointments_by_effect": ["written_by"],
        "appointments_by_drop": ["dropped_by"],
        "appointments_by_time": ["repeats", "last"],
        "appointments_by_case": ["case"],
        "appointments_by_hold": ["until"],
    }.items():
        op.create_index(name, "appointments", ["company", *columns])
