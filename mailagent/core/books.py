"""A bill as it stands in the embedded books, and as postings for other books."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from mailagent.core.capability import RecordBill
from mailagent.core.money import coin, in_coins
from mailagent.core.splits import accounts_in, parted
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
    kept_for: str = ""  # of a credit note: the number of a bill that is to be paid another time

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
    parts = list(_costs(bill))
    if tax:
        parts.append(Posting(_INPUT_TAX, tax))
    return (*parts, Posting(_PAYABLE, -bill.total))


def cost_of(bill: RecordBill) -> Decimal:
    """What goes to its accounts: the net, where it is one."""
    tax = bill.tax or Decimal(0)
    return bill.total - tax if bill.net is None or bill.net + tax != bill.total else bill.net


def by_accounts(bill: RecordBill) -> tuple[tuple[str, Decimal], ...]:
    """What each account takes, where it is split; nothing where it is not, or does not fit."""
    return parted(cost_of(bill), accounts_in(bill.book_to), coin(bill.currency))


def usual_accounts(bill: RecordBill, usual: str) -> str:
    """Where the last bill of this vendor went; a split only where it fits this one."""
    fits = not accounts_in(usual) or by_accounts(bill.model_copy(update={"book_to": usual}))
    return usual if fits else ""


def told_accounts(bill: RecordBill) -> str:
    """`6815 60 % = 60.00 / 6820 40 % = 40.00`, for people; or the one account."""
    parts = zip(accounts_in(bill.book_to), by_accounts(bill), strict=False)
    told = [
        str(s) if s.amount else f"{s} = {in_coins(part, bill.currency)}" for s, (_, part) in parts
    ]
    return " / ".join(told) or bill.book_to


def _costs(bill: RecordBill) -> Iterator[Posting]:
    """By account and by code: each account takes what is left of the first code, then goes on."""
    codes = list(_by_code(bill, cost_of(bill)))
    shares = accounts_in(bill.book_to)
    if not shares:
        account = expense(bill.book_to)
        yield from (Posting(account, amount, code) for amount, code in codes)
        return
    if all(share.percent is not None for share in shares):
        unit = coin(bill.currency)
        for amount, code in codes:
            parts = [(account, part) for account, part in parted(amount, shares, unit) if part]
            yield from (Posting(expense(account), part, code) for account, part in parts)
        return
    yield from _laid_out(by_accounts(bill) or (("", cost_of(bill)),), codes)


def _laid_out(
    accounts: Sequence[tuple[str, Decimal]], codes: Sequence[tuple[Decimal, str]]
) -> Iterator[Posting]:
    """Two rows of amounts of one sum, side by side."""
    left = [amount for amount, _ in codes]
    account = ""
    for account, amount in accounts:
        missing = amount
        for at, (_, code) in enumerate(codes):
            part = min(missing, left[at], key=abs)
            if part:
                yield Posting(expense(account), part, code)
            missing -= part
            left[at] -= part
    for over, (_, code) in zip(left, codes, strict=True):
        if over:  # a code of the other sign: what it takes off stands with the last account
            yield Posting(expense(account), over, code)


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
