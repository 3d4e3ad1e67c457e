"""A bill as a balanced set of postings, for every kind of books alike."""

from decimal import Decimal
from typing import NamedTuple

from connectors.ledger.accounts import INPUT_TAX, PAYABLE, expense
from mailagent.core.capability import RecordBill


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
        parts.append(Posting(INPUT_TAX, tax))
    return (*parts, Posting(PAYABLE, -bill.total))
