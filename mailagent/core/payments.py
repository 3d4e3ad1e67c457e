"""A payment run: what is to be paid, out of which account, in a form that a bank reads.

The agent hands a file over and never pays: whoever gives it to the bank signs there.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from pydantic import SerializerFunctionWrapHandler, model_serializer

from mailagent.core.money import Currency
from mailagent.core.value import Value

_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
_NOT_LATIN = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")


def latin(text: str, most: int) -> str:
    """In the letters that every bank takes."""
    spelled = unicodedata.normalize("NFKD", text.translate(_SPELLED))
    plain = _NOT_LATIN.sub(" ", spelled.encode("ascii", "ignore").decode())
    return " ".join(plain.split())[:most].strip()


class Form(StrEnum):
    """What a payment file can be."""

    PAIN = "pain.001"  # ISO 20022 credit transfers
    NACHA = "nacha"  # the United States' ACH
    CSV = "csv"  # for banks that take a table, and for people

    @property
    def ending(self) -> str:
        """Of the file's name."""
        return {Form.PAIN: ".xml", Form.NACHA: ".ach", Form.CSV: ".csv"}[self]


class Payer(Value):
    """Whose account it is, as the bank knows it."""

    name: str
    account: str = ""  # IBAN, or the account's number
    bank: str = ""  # BIC, or the bank's routing number
    id: str = ""  # NACHA: the company's identification at its bank


class Part(Value):
    """A bill that is paid in a transfer; with a minus, a credit note that is taken off."""

    bill: int  # its number in the books
    case: str
    reference: str
    amount: Decimal


class Payment(Value):
    """One transfer: for a bill, or for bills of one vendor less its credit notes."""

    bill: int  # its number in the books
    case: str
    vendor: str
    account: str
    amount: Decimal
    currency: Currency
    reference: str  # what the vendor finds it by: the number of the bill
    due: date | None = None
    off: Decimal = Decimal(0)  # taken off the bill already, for paying early
    off_until: date | None = None
    others: tuple[Part, ...] = ()  # in the same transfer; the amount is that of all of them

    @model_serializer(mode="wrap")
    def _said(self, spelled: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """One bill alone is spelled as ever: drafts from before stay good."""
        said: dict[str, Any] = spelled(self)
        return said if self.others else {k: v for k, v in said.items() if k != "others"}

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that it is for; what is taken off stands last."""
        own = self.amount - sum((part.amount for part in self.others), Decimal(0))
        first = Part(bill=self.bill, case=self.case, reference=self.reference, amount=own)
        return (first, *self.others)

    @property
    def remittance(self) -> str:
        """What the vendor finds it by: each number, and what of the sum is for it."""
        if not self.others:
            return self.reference
        return ", ".join(f"{part.reference} {part.amount}" for part in self.parts)

    def on(self, day: date) -> Self:
        """As it is paid on that day: in full once the time for less is over."""
        if self.off_until is None or day <= self.off_until:
            return self
        given = {"amount": self.amount + self.off, "off": Decimal(0), "off_until": None}
        return self.model_copy(update=given)


class PaymentRules(Value):
    """When approved bills are put together, and how."""

    on: bool = False
    weekday: int = 3  # Monday is 0
    hour: int = 7  # of the morning, where the first person lives
    days_ahead: int = 7  # bills due until then
    form: Form = Form.PAIN
    payer: Payer = Payer(name="")


class PaymentRun(Value):
    """All that makes a payment file; the same run makes the same bytes."""

    name: str  # at most 30 letters; a bank that has seen it refuses it the second time
    form: Form
    payer: Payer
    day: date  # on which the bank is to pay
    made_at: datetime
    payments: tuple[Payment, ...]

    @property
    def transfers(self) -> tuple[Payment, ...]:
        """What the bank is told: where credit notes take up all of it there is nothing to pay."""
        return tuple(payment for payment in self.payments if payment.amount > 0)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every bill and every credit note that it settles."""
        return tuple(part for payment in self.payments for part in payment.parts)

    def totals(self) -> dict[str, Decimal]:
        """By currency: amounts of several never make one sum."""
        sums: dict[str, Decimal] = {}
        for payment in self.payments:
            sums[payment.currency] = sums.get(payment.currency, Decimal(0)) + payment.amount
        return sums
