"""Names of accounts as plain-text accounting wants them: of letters, digits and dashes."""

import re
import unicodedata

PAYABLE = "Liabilities:Payable"
INPUT_TAX = "Assets:Input-Tax"
_EXPENSES = "Expenses"
_UNBOOKED = "Unbooked"


def expense(book_to: str) -> str:
    """`6815 IT costs` is Expenses:6815-IT-costs; nothing is Expenses:Unbooked."""
    plain = unicodedata.normalize("NFKD", book_to).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    return f"{_EXPENSES}:{name[:1].upper()}{name[1:]}" if name else f"{_EXPENSES}:{_UNBOOKED}"
