"""Credit notes of before count from their own day, so that payment runs take them off."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_UNPAID = "SELECT id, company, body FROM bills WHERE run IS NULL AND voided_by IS NULL"


def upgrade() -> None:
    """What a recorded one has had since."""
    change = sa.text("UPDATE bills SET due = :day WHERE company = :company AND id = :id")
    for number, company, body in op.get_bind().execute(sa.text(_UNPAID)).all():
        bill = json.loads(body)
        if str(bill["total"]).startswith("-"):
            given = {"day": bill["issued"], "company": company, "id": number}
            op.get_bind().execute(change, given)
