"""What is on file, and the words by which it is found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "filed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("party_key", sa.Text(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.Column("removed_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("company", "key"),
    )
    op.create_index("filed_by_content", "filed", ["company", "content"])
    op.create_index("filed_by_path", "filed", ["company", "path"])
    op.create_index("filed_by_party", "filed", ["company", "party_key", "kind", "chosen"])
    op.create_index("filed_by_case", "filed", ["company", "case"])
    op.execute(
        "CREATE VIRTUAL TABLE filed_words USING fts5("
        "company, words, content='', tokenize=\"unicode61 remove_diacritics 2\", prefix='3')"
    )
