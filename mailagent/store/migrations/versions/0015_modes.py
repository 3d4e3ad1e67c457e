"""Modes, standing approvals, and what goes ahead because of them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Two tables; nothing was ever said before."""
    op.create_table(
        "ruled",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime()),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.UniqueConstraint("company", "key"),
    )
    op.create_index("ruled_by_task", "ruled", ["company", "task"])
    op.create_table(
        "covered",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ruled", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("hold_hours", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("company", "case"),
    )
    op.create_index("covered_waiting", "covered", ["company", "waits"])
    op.create_index("covered_by_row", "covered", ["company", "ruled", "since"])
