"""The checks of a bill that its owner changed: what the document says no longer counts for them."""

from collections.abc import Iterable
from decimal import Decimal

from mailagent.core.reading import Check, Reading

# EN 16931 rounds to cents.
_TOLERANCE = Decimal("0.01")
# The values that a check of the parser looked at; where one was changed it says nothing any more.
_LOOKED_AT = {
    "totals_add_up": {"net", "tax", "total"},
    "lines_add_up": {"net"},
    "payable_follows": {"total"},
    "dates_plausible": {"issue_date", "due_date"},
    "page_agrees": {"invoice_number", "total"},
    "page_account": {"iban"},
}


def rechecked(reading: Reading, edits: frozenset[str]) -> tuple[Check, ...]:
    """The parser's checks that still hold, and new ones in place of the others."""
    kept = [c for c in reading.checks if not edits & _LOOKED_AT.get(c.name, set())]
    return (*kept, *_sums(reading, edits))


def _sums(reading: Reading, edits: frozenset[str]) -> Iterable[Check]:
    net, tax, total = (reading.amount(name) for name in ("net", "tax", "total"))
    if not edits & _LOOKED_AT["totals_add_up"] or net is None or total is None:
        return
    made = abs(net) + abs(tax or Decimal(0))
    ok = abs(made - abs(total)) <= _TOLERANCE
    detail = f"{abs(net)} + {abs(tax or Decimal(0))} = {made}"
    said = detail if ok else f"{detail}, but the total is {abs(total)}"
    yield Check(name="totals_add_up", ok=ok, detail=said)
