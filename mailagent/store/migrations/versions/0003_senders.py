"""What mails seemed to be, by sender; and messages by their Message-ID."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Two tables and an index."""
    op.create_index("messages_by_name", "messages", ["company", "message_id"])
    op.create_table(
        "sightings",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("look", sa.JSON(), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("company", "message"),
    )
    op.create_index("sightings_by_address", "sightings", ["company", "address", "message"])
    op.create_index("sightings_by_name", "sightings", ["company", "name", "message"])
    op.create_table(
        "lessons_on_senders",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("taught_by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("company", "address", "seen"),
    )
