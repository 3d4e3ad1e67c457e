"""Documents that were handed to an accounting tool by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Handovers."""
    op.create_table(
        "handovers",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("company", "effect"),
    )
    op.create_index("handovers_open", "handovers", ["company", "state", "until"])
    op.create_index("handovers_by_mail", "handovers", ["company", "message_id"])
