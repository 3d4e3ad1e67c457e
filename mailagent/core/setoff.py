"""Credit notes are taken off what the same vendor is paid: same account, same currency.

A credit note is used whole, and once. Where it is more than what is due nothing is paid: the bills
wait with it until they are more, or until their owner leaves it out.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from mailagent.core.bookkeeping import is_one_account
from mailagent.core.books import Booked
from mailagent.core.payments import Part, Payment
from mailagent.core.vendor import is_one_vendor


class Listed(Payment):
    """A bill as the routine wrote it down; a credit note has a minus."""

    vat: str = ""  # of the vendor
    kept_for: str = ""  # a bill that this credit note corrects, to be paid another time


class SetOff(NamedTuple):
    """What becomes of it all."""

    payments: tuple[Payment, ...]  # the amount of some may be nothing
    held: tuple[Payment, ...]  # less than nothing: neither the bills nor the credit notes are used
    unused: tuple[Listed, ...]  # credit notes of somebody who is paid here


def listed_on(booked: Booked, day: date) -> Listed:
    """As it would be paid on that day."""
    bill = booked.bill
    early = bill.discount and bill.discount_until and day <= bill.discount_until
    off = bill.discount if early and bill.discount else Decimal(0)
    return Listed(
        bill=booked.number,
        case=booked.case,
        vendor=bill.vendor,
        vat=bill.vendor_vat,
        account=bill.iban,
        amount=bill.to_pay - off,
        currency=bill.currency,
        reference=bill.number,
        due=bill.due,
        off=off,
        off_until=bill.discount_until if early else None,
        kept_for=booked.kept_for,
    )


def set_off(bills: Sequence[Listed], credits_: Sequence[Listed]) -> SetOff:
    """Each credit note goes with the bills that are paid to its vendor, account and currency."""
    groups: list[list[Listed]] = []
    for bill in bills:
        group = next((g for g in groups if _goes_with(bill, g[0])), None)
        if group is None:
            groups.append([bill])
        else:
            group.append(bill)
    taken: dict[int, list[Listed]] = {}  # by the first bill of its group
    unused = []
    for credit in credits_:
        group = next((g for g in groups if _goes_with(credit, g[0])), None)
        if group is not None and not credit.kept_for:
            taken.setdefault(group[0].bill, []).append(credit)
        elif any(_is_theirs(credit, bill) for bill in bills):
            unused.append(credit)
    made = [payment for group in groups for payment in _paid(group, taken.get(group[0].bill, []))]
    return SetOff(
        payments=tuple(payment for payment in made if payment.amount >= 0),
        held=tuple(payment for payment in made if payment.amount < 0),
        unused=tuple(unused),
    )


def _is_theirs(one: Listed, other: Listed) -> bool:
    return is_one_vendor((one.vendor, one.vat), (other.vendor, other.vat))


def _goes_with(one: Listed, bill: Listed) -> bool:
    """A credit note need not name an account."""
    named = one.account or one.amount > 0
    return (
        one.currency == bill.currency
        and _is_theirs(one, bill)
        and (not named or is_one_account(one.account, bill.account))
    )


def _paid(bills: Sequence[Listed], credits_: Sequence[Listed]) -> list[Payment]:
    """A transfer for each bill; for all of them one, where something is taken off."""
    alone = [Payment(**{n: getattr(b, n) for n in Payment.model_fields}) for b in bills]
    if not credits_:
        return alone
    others = (*bills[1:], *credits_)
    together = {
        "amount": sum((row.amount for row in (*bills, *credits_)), Decimal(0)),
        "due": min((bill.due for bill in bills if bill.due), default=None),
        "off": sum((bill.off for bill in bills), Decimal(0)),
        "off_until": min((bill.off_until for bill in bills if bill.off_until), default=None),
        "others": tuple(
            Part(bill=row.bill, case=row.case, reference=row.reference, amount=row.amount)
            for row in others
        ),
    }
    return [alone[0].model_copy(update=together)]
