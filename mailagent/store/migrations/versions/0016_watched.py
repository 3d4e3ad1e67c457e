"""What of a task's figures is not held against it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """One table; every task begins with what is counted of it."""
    op.create_table(
        "watched",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("company", "task"),
    )
