"""How it stands with a bill that somebody writes about."""

from datetime import date
from enum import StrEnum
from typing import Literal

from mailagent.core.value import Value


class Standing(StrEnum):
    """As far as we know: who pays is the bank, and it does not tell us."""

    UNKNOWN = "unknown"
    WAITS = "waits"  # it came in, and nobody has decided on it
    DECLINED = "declined"
    BOOKED = "booked"
    HANDED_OVER = "handed_over"  # it is in a payment file


class AskBill(Value):
    """How does it stand with this bill of this vendor?"""

    asks: Literal["ledger.bill"] = "ledger.bill"
    vendor: str
    vat: str = ""
    number: str


class KnownBill(Value):
    """How it does."""

    answers: Literal["ledger.bill"] = "ledger.bill"
    number: str
    standing: Standing = Standing.UNKNOWN
    case: str = ""  # the reference that people know
    issued: date | None = None
    run: str = ""  # the payment file that it is in
