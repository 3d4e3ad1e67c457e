"""A bill as it stands in the embedded books, and as postings for other books."""

import re
import unicodedata
from collections.abc import Iterator
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
    tax: str = ""  # `S 19`: the code and the rate of what was bought


def postings(bill: RecordBill) -> tuple[Posting, ...]:
    """Net and tax against what is owed; where net and tax do not make the total, all is cost."""
    tax = bill.tax or Decimal(0)
    net = bill.total - tax if bill.net is None or bill.net + tax != bill.total else bill.net
    account = expense(bill.book_to)
    parts = [Posting(account, amount, code) for amount, code in _by_code(bill, net)]
    if tax:
        parts.append(Posting(_INPUT_TAX, tax))
    return (*parts, Posting(_PAYABLE, -bill.total))


def _by_code(bill: RecordBill, net: Decimal) -> Iterator[tuple[Decimal, str]]:
    """The net in its shares, where they make it; in one otherwise."""
    shares = bill.tax_shares
    bases = [share.base for share in shares if share.base is not None]
    if len(bases) == len(shares) > 1 and sum(bases) == net:
        yield from zip(bases, map(str, shares), strict=True)
    else:
        yield net, str(shares[0]) if len(shares) == 1 else bill.tax_code


def expense(book_to: str) -> str:
    """`6815 IT costs` is Expenses:6815-IT-costs: letters, digits and dashes; else Unbooked."""
    plain = unicodedata.normalize("NFKD", book_to).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    return f"{_EXPENSES}:{name[:1].upper()}{name[1:]}" if name else f"{_EXPENSES}:{_UNBOOKED}"
