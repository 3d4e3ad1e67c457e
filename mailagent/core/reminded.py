"""A payment reminder: which bill it speaks of, how it stands with that, and where to pay it."""

from collections.abc import Iterator, Sequence

from mailagent.core.bookkeeping import account_of, same_account
from mailagent.core.owed import AskBill, KnownBill, Standing
from mailagent.core.question import Answer, AskVendor, KnownVendor, Question
from mailagent.core.reading import Check, Kind, Reading, tested
from mailagent.core.said import Said, say


def asks_for_bill(reading: Reading) -> tuple[Question, ...]:
    """What the books know of its vendor, and of the bill where the reminder names it."""
    vendor, number = reading.text("seller_name"), reading.text("invoice_number")
    if reading.kind is not Kind.PAYMENT_REMINDER or not vendor:
        return ()
    vat = reading.text("seller_vat")
    bill = (AskBill(vendor=vendor, vat=vat, number=number),) if number else ()
    return (*bill, AskVendor(vendor=vendor, vat=vat))


def reminds_of_a_bill(reading: Reading, answers: Sequence[Answer]) -> Iterator[Check]:
    """A bill that nobody has is lost or invented; another account than the bill's is a fraud."""
    if reading.kind is not Kind.PAYMENT_REMINDER:
        return
    for known in answers:
        if isinstance(known, KnownBill):
            ok = known.standing is not Standing.UNKNOWN
            yield tested("reminded_known", ok=ok, number=known.number)
        elif isinstance(known, KnownVendor):
            yield from same_account(account_of(reading), known)


def how_it_stands(answers: Sequence[Answer]) -> Iterator[Said]:
    """Of the bill: it waits, was declined, is booked or on its way to be paid."""
    for known in answers:
        if isinstance(known, KnownBill) and known.standing is not Standing.UNKNOWN:
            gaps = {"number": known.number, "case": known.case, "run": known.run}
            yield say(f"reminded.{known.standing}", **gaps)
