"""What a model said, and what it cost."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "advice",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("company", "question"),
    )
    op.create_table(
        "spending",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("millionths", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("company", "day"),
    )
