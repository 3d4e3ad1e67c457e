"""The bill that a page speaks of, in nobody's books yet."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mailagent.core.bookkeeping import account_of
from mailagent.core.capability import RecordBill
from mailagent.core.money import coin
from mailagent.core.reading import Kind, Reading
from mailagent.core.tax import codes_in, shares_in, spelled, takes_off

_MOST_OFF = 15  # per cent for paying early; more than that is something else
_SURE = 0.8  # of what is paid less for it: a doubtful one is shown, and nothing is taken off
_CERTAIN = 0.9  # of what is left to pay
_LIKELY = 0.7  # of when it was done
_LONGEST_REASON = 200


def bill_in(reading: Reading) -> RecordBill | None:
    """The bill that a page speaks of, in nobody's books yet; None: it lacks what a bill has."""
    try:
        early = _early(reading)
        return RecordBill(
            vendor=reading.text("seller_name"),
            vendor_vat=reading.text("seller_vat"),
            number=number_in(reading),
            issued=date.fromisoformat(reading.text("issue_date")),
            due=reading.date("due_date"),
            net=_signed(reading, "net"),
            tax=_signed(reading, "tax"),
            total=_signed(reading, "total") or Decimal(0),
            currency=reading.text("currency"),
            book_to=reading.text("book_to"),
            project=reading.text("project"),
            iban=account_of(reading),
            corrects=corrected_in(reading),
            order=reading.text("po_number"),
            **early,
            **_owed(reading, early),
            **_taxed(reading),
            document="",
        )
    except (ValueError, InvalidOperation):
        return None


def _early(reading: Reading) -> dict[str, Any]:
    """What is off for paying early, and until when; one without the other is nothing."""
    rate, until = reading.amount("discount_rate"), reading.date("discount_until")
    total = _signed(reading, "total")
    if not rate or until is None or not total or not 0 < rate <= _MOST_OFF or total < 0:
        return {}
    if any(reading.fields[name].confidence < _SURE for name in ("discount_rate", "discount_until")):
        return {}
    off = (total * rate / 100).quantize(coin(reading.text("currency")))
    return {"discount": off, "discount_until": until}


def _owed(reading: Reading, early: dict[str, Any]) -> dict[str, Any]:
    """What is left to pay, where the bill says so for certain; never an older balance with it."""
    if reading.text("collected") and reading.kind is Kind.INVOICE:
        return {"owed": Decimal(0)}
    total, left = _signed(reading, "total"), stated(reading, "payable")
    if not total or total < 0 or left is None or reading.fields["payable"].confidence < _CERTAIN:
        return {}
    rounded = left - total == (stated(reading, "rounding") or 0)
    is_part = 0 <= left < total and left != total - early.get("discount", 0)
    return {"owed": left} if left != total and (is_part or rounded) else {}


def _taxed(reading: Reading) -> dict[str, Any]:
    """How it is taxed, and when what it bills was done; a doubtful day is shown, not booked."""
    shares = shares_in(reading)
    told: dict[str, Any] = {
        "tax_code": spelled(codes_in(reading.text("tax_code"))),
        "tax_reason": reading.text("tax_reason")[:_LONGEST_REASON],
        "tax_shares": takes_off(shares) if reading.kind is Kind.CREDIT_NOTE else shares,
    }
    days = ("service_start", "service_end")
    if all(reading.fields[name].confidence >= _LIKELY for name in days if name in reading.fields):
        told |= {name: reading.date(name) for name in days}
    return told


def number_in(reading: Reading) -> str:
    """With its series, where that is written apart: each has numbers of its own."""
    series, number = reading.text("series"), reading.text("invoice_number")
    return f"{series}-{number}" if series and number else number


def corrected_in(reading: Reading) -> tuple[str, ...]:
    return tuple(filter(None, reading.text("corrects").split(", ")))


def issued_in(reading: Reading) -> date | None:
    try:
        return reading.date("issue_date")
    except ValueError:
        return None


def stated(reading: Reading, name: str) -> Decimal | None:
    """As it would be booked; None also for what is no number."""
    try:
        amount = _signed(reading, name)
    except InvalidOperation:
        return None
    return amount if amount is not None and amount.is_finite() else None


def _signed(reading: Reading, name: str) -> Decimal | None:
    """A credit note takes off, also where its amounts are written with a minus."""
    amount = reading.amount(name)
    credits_ = reading.kind is Kind.CREDIT_NOTE
    return -abs(amount) if amount is not None and credits_ else amount
