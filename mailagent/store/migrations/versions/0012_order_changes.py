"""What was done to purchase orders by an effect, so that it is done once."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """The table; orders that were imported before were nobody's effect."""
    op.create_table(
        "order_changes",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("company", "key"),
    )
