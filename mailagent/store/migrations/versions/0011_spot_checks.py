"""Cases that a weekly digest shows again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """The table, and what finds the cases of a week among those of years."""
    op.create_table(
        "spot_checks",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("brief", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("found", sa.String()),
        sa.Column("at", sa.DateTime()),
        sa.PrimaryKeyConstraint("company", "brief", "number"),
    )
    mark = sa.Column("fold", sa.Integer(), nullable=False, server_default="1")
    op.add_column("figure_marks", mark)
    op.create_index("cases_by_change", "cases", ["company", "state", "changed_at"])
