"""What would have been proposed in shadow; how often in a row calls failed."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Two tables; what was in shadow before is compared with nothing, and no call failed yet."""
    op.create_table(
        "streaks",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("capability", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("company", "capability"),
    )
    op.create_table(
        "shadows",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("found", sa.JSON()),
        sa.PrimaryKeyConstraint("company", "case"),
    )
    op.create_index("shadows_waiting", "shadows", ["company", "waits", "since"])
    op.create_index("shadows_by_mail", "shadows", ["company", "message_id"])
    op.create_index("shadows_by_uid", "shadows", ["company", "uid"])
