"""A payment reminder: which bill it speaks of, and whether the books have it."""

from collections.abc import Iterator, Sequence

from mailagent.core.question import Answer, AskVendor, KnownVendor, Question
from mailagent.core.reading import Check, Kind, Reading, tested


def asks_for_bill(reading: Reading) -> tuple[Question, ...]:
    """What the books know of the bill, where the reminder names it."""
    vendor, number = reading.text("seller_name"), reading.text("invoice_number")
    if reading.kind is not Kind.PAYMENT_REMINDER or not vendor or not number:
        return ()
    return (AskVendor(vendor=vendor, vat=reading.text("seller_vat"), number=number),)


def reminds_of_a_bill(reading: Reading, answers: Sequence[Answer]) -> Iterator[Check]:
    """A bill that nobody has is lost or invented; another account than the bill's is a fraud."""
    known = next((one for one in answers if isinstance(one, KnownVendor)), None)
    if known is None or reading.kind is not Kind.PAYMENT_REMINDER:
        return
    number = reading.text("invoice_number")
    yield tested("reminded_known", ok=bool(known.same_number), number=number)
    account = reading.text("iban")
    if known.accounts and account:
        ok = account in known.accounts
        yield tested("bank_account", ok=ok, before=known.accounts[0], now=account)
