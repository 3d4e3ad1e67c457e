"""A bill as it stands in the embedded books, and as postings for other books."""

import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from mailagent.core.capability import RecordBill
from mailagent.core.value import Value

_PAYABLE, _INPUT_TAX = "Liabilities:Payable", "Assets:Input-Tax"
_EXPENSES, _UNBOOKED = "Expenses", "Unbooked"


class Booked(Value):
    """One recorded bill. A void one stays, so that the books explain themselves."""

    number: int  # in the books
    case: str  # the reference that people know
    bill: RecordBill
    recorded_at: datetime
    void: bool = False

    @property
    def link(self) -> str:
        """What names it in other books."""
        return f"mailagent-{self.number}"


class Posting(NamedTuple):
    """An amount to an account."""

    account: str
    amount: Decimal


def postings(bill: RecordBill) -> tuple[Posting, ...]:
    """Net and tax against what is owed; where net and tax do not make the total, all is cost."""
    tax = bill.tax or Decimal(0)
    net = bill.total - tax if bill.net is None or bill.net + tax != bill.total else bill.net
    parts = [Posting(expense(bill.book_to), net)]
    if tax:
        parts.append(Posting(_INPUT_TAX, tax))
    return (*parts, Posting(_PAYABLE, -bill.total))


def expense(book_to: str) -> str:
    """`6815 IT costs` is Expenses:6815-IT-costs: letters, digits and dashes; else Unbooked."""
    plain = unicodedata.normalize("NFKD", book_to).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    return f"{_EXPENSES}:{name[:1].upper()}{name[1:]}" if name else f"{_EXPENSES}:{_UNBOOKED}"
