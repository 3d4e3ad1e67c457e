"""Who is away, and who decides meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """The tables."""
    op.create_table(
        "absences",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("substitute", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("company", "person"),
    )
    op.create_table(
        "stood_in",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("substitute", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("company", "case", "person"),
    )
    op.create_index("stood_in_by_person", "stood_in", ["company", "person"])
