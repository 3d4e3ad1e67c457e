"""Bills are looked for by the digits of their numbers, and by what a credit note corrects."""

import json
import re
import unicodedata
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_TRACES = "SELECT company, mark, issued, bill, says FROM traces WHERE mark LIKE :like"
_CREDITS = "SELECT id, company, number, body FROM bills WHERE voided_by IS NULL"
_BESIDE = re.compile(r"(?<=[0-9])[OIL]+|[OIL]+(?=[0-9])")


def upgrade() -> None:
    """Each trace of a number again, as numbers are marked since."""
    base, traces = (
        op.get_bind(),
        sa.table("traces", *map(sa.column, ("company", "mark", "issued", "bill", "says"))),
    )
    made: dict[tuple[str, ...], dict[str, object]] = {}
    for sign in ("bill", "credit"):
        for row in base.execute(sa.text(_TRACES), {"like": f"{sign} %"}).mappings():
            key, number = row["mark"].rpartition(" ")[0], row["says"].rpartition(" (")[0]
            for mark in _marks(number):
                made[row["company"], key, mark, str(row["bill"]), row["says"]] = {
                    **row,
                    "mark": f"{key} {mark}",
                }
        base.execute(sa.text("DELETE FROM traces WHERE mark LIKE :like"), {"like": f"{sign} %"})
    rows = [*made.values(), *_corrections(base)]
    if rows:
        op.bulk_insert(traces, rows)


def _corrections(base: sa.Connection) -> Iterator[dict[str, object]]:
    for number, company, name, body in base.execute(sa.text(_CREDITS)).all():
        bill = json.loads(body)
        if not str(bill["total"]).startswith("-"):
            continue
        issued = bill["issued"]
        for key in _keys(base, company, number):
            for mark in dict.fromkeys(m for n in bill.get("corrects", ()) for m in _marks(n)):
                yield {
                    "company": company,
                    "mark": f"corrects {key} {mark}",
                    "issued": issued,
                    "bill": number,
                    "says": f"{name} ({issued})",
                }


def _keys(base: sa.Connection, company: str, bill: int) -> list[str]:
    """Of its vendor, as its amount is marked with them: `sum name:acme -5.00 EUR`."""
    asked = (
        "SELECT mark FROM traces WHERE company = :company AND bill = :bill AND mark LIKE 'sum %'"
    )
    given = {"company": company, "bill": bill}
    return [
        mark.removeprefix("sum ").rsplit(" ", 2)[0]
        for (mark,) in base.execute(sa.text(asked), given).all()
    ]


def _marks(number: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", number).upper()
    said = "".join(c if "0" <= c <= "9" or "A" <= c <= "Z" else " " for c in folded)
    digits = str.maketrans("OIL", "011")
    spellings = (said, _BESIDE.sub(lambda found: found[0].translate(digits), said))
    found = ("".join(c for c in each if c in "123456789") for each in spellings)
    letters = said.replace(" ", "")
    plain = letters.replace("0", "") or ("0" if letters else number.strip())
    return list(dict.fromkeys(mark or plain for mark in found))
