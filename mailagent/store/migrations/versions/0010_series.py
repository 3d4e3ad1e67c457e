"""The latest bills of each vendor, and when the next one is missed."""

import json
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_KEPT = 24


def upgrade() -> None:
    """The table, and what the books hold already; the next bill says when one is expected."""
    table = op.create_table(
        "series",
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("vendor_key", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("late_on", sa.String()),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("company", "vendor_key", "currency"),
    )
    op.create_index("series_by_day", "series", ["company", "late_on"])
    op.bulk_insert(table, list(_series()))


def _series() -> Any:
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    asked = "SELECT company, vendor_key, body FROM bills WHERE voided_by IS NULL ORDER BY id"
    for company, key, body in op.get_bind().execute(sa.text(asked)):
        bill = json.loads(body)
        found[company, key, bill["currency"]].append(bill)
    for (company, key, currency), bills in found.items():
        latest = sorted(bills, key=lambda bill: str(bill["issued"]))[-_KEPT:]
        came = [{"day": b["issued"], "total": b["total"], "number": b["number"]} for b in latest]
        body = {"vendor": latest[-1]["vendor"], "currency": currency, "came": came}
        yield {
            "company": company,
            "vendor_key": key,
            "currency": currency,
            "late_on": None,
            "body": body,
        }
