"""What corrections taught."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Lessons, and what their vendors are known by."""
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("vendor", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("lessons_by_case", "lessons", ["company", "case"])
    op.create_table(
        "lesson_keys",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("vendor_key", sa.String(), nullable=False),
        sa.Column("lesson", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("company", "vendor_key", "lesson"),
    )
