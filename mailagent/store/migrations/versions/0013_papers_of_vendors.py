"""What filed papers say of themselves: their number, and until when they hold."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Two columns, and what finds the papers of a kind among all that is filed."""
    op.add_column("filed", sa.Column("number", sa.String(), nullable=False, server_default=""))
    op.add_column("filed", sa.Column("valid_until", sa.String()))
    op.create_index("filed_by_kind", "filed", ["company", "kind", "party_key"])
