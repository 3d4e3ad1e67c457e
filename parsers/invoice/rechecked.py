"""The checks of a bill as it is shown: what its owner changed goes before what was read."""

from mailagent.core.reading import Check, Reading
from parsers.invoice.sound import LOOKS_AT, value_checks

# The values that a check of the document itself looked at: where one was changed it says nothing.
_LOOKED_AT = {
    "lines_add_up": {"net"},
    "taxes_add_up": {"tax"},
    "payable_follows": {"total"},
    "page_number": {"invoice_number"},
    "page_date": {"issue_date"},
    "page_total": {"total"},
    "page_currency": {"currency"},
    "page_seller": {"seller_name"},
    "page_account": {"iban"},
}


def rechecked(reading: Reading, edits: frozenset[str]) -> tuple[Check, ...]:
    """The reader's checks that still hold, and new ones of the values that were changed.

    A reader that makes no checks of its values gets them here.
    """
    made = {check.name: check for check in value_checks(reading)}
    told = {check.name for check in reading.checks}
    new = [c for c in made.values() if c.name not in told or edits & LOOKS_AT[c.name]]
    gone = {name for name, looked in (_LOOKED_AT | LOOKS_AT).items() if edits & looked}
    kept = [check for check in reading.checks if check.name not in gone]
    return (*kept, *new)
