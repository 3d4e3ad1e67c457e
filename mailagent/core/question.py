"""What a task needs to know from outside before it can propose, and the answers."""

from datetime import date
from typing import Literal

from mailagent.core.value import Value


class AskVendor(Value):
    """What do the books know of this vendor, and of this bill?"""

    asks: Literal["ledger.vendor"] = "ledger.vendor"
    vendor: str
    vat: str = ""
    number: str = ""


class KnownVendor(Value):
    """What the books know; costs the same however long the history."""

    answers: Literal["ledger.vendor"] = "ledger.vendor"
    bills: int = 0
    since: date | None = None
    book_to: str = ""  # as the last bills were booked
    accounts: tuple[str, ...] = ()  # bank accounts seen, latest first
    same_number: tuple[str, ...] = ()  # refs of cases that recorded this number already


Question = AskVendor
Answer = KnownVendor
