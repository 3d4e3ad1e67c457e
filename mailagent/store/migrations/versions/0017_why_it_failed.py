"""Why an effect failed, before it is in anybody's language."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """The column."""
    op.add_column("effects", sa.Column("why", sa.JSON()))
