"""What a careful bookkeeper asks of a bill before it goes into the books. Each is one test."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from mailagent.core.bill_number import is_one_number
from mailagent.core.books import by_accounts, cost_of
from mailagent.core.capability import RecordBill
from mailagent.core.lookalike import alike, own_label, site
from mailagent.core.people import Company
from mailagent.core.purchase import keeps_to_its_order
from mailagent.core.question import KnownVendor
from mailagent.core.reading import Check, Reading, tested
from mailagent.core.splits import accounts_in
from mailagent.core.vendor import is_named, letters_of, names_another, plain

# A bill that claims to be older, or this far in the future, is more likely misread.
_OLD, _EARLY = timedelta(days=730), timedelta(days=31)
# What could be somebody cheating: it is told first.
URGENT = frozenset(
    {
        "bank_account",
        "page_account",
        "look_alike",
        "payee_as_read",
        "sender_domain",
        "sender_signed",
    }
    | {"not_our_domain", "one_alphabet", "duplicate", "same_file", "same_amount"}
    | {"copy_of_a_bill", "copy_of_a_credit_note"}
)
# From so many bills on it is known what is usual.
_USUAL_FROM = 3
_MUCH_MORE = 2  # times the largest of the last ones
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,}")
_SHORTEST_ACCOUNT = 6  # digits
_A_LITTLE_MORE = Decimal("1.1")  # times what was the same three times in a row


def against_the_books(bill: RecordBill, known: KnownVendor) -> tuple[Check, ...]:
    """What other bills say of this one; it may change while the bill waits."""
    return (
        *not_booked_before(bill, known),
        *same_account(bill.iban, known),
        *no_look_alike(bill, known),
        *usual_amount(bill, known),
        *known_sender(bill, known),
        *usual_currency(bill, known),
        *corrects_what_is_known(bill, known),
        *takes_off_what_was_billed(bill, known),
        *fits_its_order(bill, known),
        *split_makes_it(bill),
    )


def not_booked_before(bill: RecordBill, known: KnownVendor) -> Iterator[Check]:
    """By its number; if that is new by its file; if that is new by its amount and day."""
    number, file, amount = known.same_number, known.same_file, known.same_amount
    yield tested("duplicate", ok=not number, number=bill.number, twins=", ".join(number))
    mirrored = (
        () if any(is_one_number(bill.number, n) for n in bill.corrects) else known.the_other_way
    )
    if mirrored:
        key = "copy_of_a_bill" if bill.total < 0 else "copy_of_a_credit_note"
        yield tested(key, ok=False, number=bill.number, twins=", ".join(mirrored))
    if not number:
        yield tested("same_file", ok=not file, twins=", ".join(file))
    if not number and not file:
        yield tested(
            "same_amount",
            ok=not amount,
            twins=", ".join(amount),
            total=bill.total,
            currency=bill.currency,
        )


def same_account(account: str, known: KnownVendor) -> Iterator[Check]:
    """A changed account is the commonest fraud."""
    if known.accounts and account:
        ok = any(is_one_account(account, before) for before in known.accounts)
        yield tested("bank_account", ok=ok, before=known.accounts[0], now=account)


def is_one_account(one: str, other: str) -> bool:
    """Also where one bill has the IBAN and another the bank's code and the number, or no code."""
    if letters_of(one) == letters_of(other):
        return True
    whole, parts = sorted((one, other), key=lambda each: _IBAN.match(letters_of(each)) is None)
    bank, number = (letters_of(each) for each in parts.rpartition(" ")[::2])
    if _IBAN.match(number) or len(number) < _SHORTEST_ACCOUNT:
        return False
    if _IBAN.match(letters_of(whole)):
        inside = letters_of(whole)[4:]
        return inside.endswith(number) and bank in inside[: -len(number)]
    return letters_of(whole.rpartition(" ")[2]) == number and not (bank and " " in whole)


def account_of(reading: Reading) -> str:
    """An IBAN, or the bank's code and the number, where the country has none."""
    number, bank = letters_of(reading.text("iban")), letters_of(reading.text("bank_code"))
    return f"{bank} {number}" if number and bank else number


def no_look_alike(bill: RecordBill, known: KnownVendor) -> Iterator[Check]:
    """A stranger whose name or domain could be taken for that of somebody we pay."""
    others = [other for other in known.alike if plain(other) != plain(bill.vendor)]
    others = others or list(known.alike)
    ok = not others
    gaps = {"vendor": bill.vendor, "domain": bill.sender_domain, "others": ", ".join(others)}
    yield tested("look_alike", ok=ok, **gaps)


def usual_amount(bill: RecordBill, known: KnownVendor) -> Iterator[Check]:
    """Much more than ever before, or more where it was always the same."""
    before = [amount for amount in known.amounts if amount > 0]
    if len(before) < _USUAL_FROM or bill.total <= 0:
        return
    last = before[:_USUAL_FROM]
    steady = len(set(last)) == 1 and bill.total > last[0] * _A_LITTLE_MORE
    ok = not steady and bill.total <= max(before) * _MUCH_MORE
    most = last[0] if steady else max(before)
    yield tested("usual_amount", ok=ok, total=bill.total, most=most, currency=bill.currency)


def usual_currency(bill: RecordBill, known: KnownVendor) -> Iterator[Check]:
    """Whoever always billed in one money and now asks for another may be somebody else."""
    if known.currencies:
        ok, before = bill.currency in known.currencies, ", ".join(known.currencies)
        yield tested("usual_currency", ok=ok, before=before, now=bill.currency)


def known_sender(bill: RecordBill, known: KnownVendor) -> Iterator[Check]:
    """Mails of a vendor are signed by the same domains; what is forwarded says nothing of that."""
    if known.domains and bill.sender_domain:
        ok = any(site(bill.sender_domain) == site(before) for before in known.domains)
        before = ", ".join(known.domains)
        yield tested("sender_domain", ok=ok, before=before, now=bill.sender_domain)


def signed_as_before(domain: str, known: KnownVendor) -> Iterator[Check]:
    """From outside, not signed by its own domain, though this vendor's mails always were."""
    if known.domains and domain:
        before = ", ".join(known.domains)
        yield tested("sender_signed", ok=False, before=before, now=domain)


def not_posing_as_us(domain: str, company: Company) -> Iterator[Check]:
    """A sender's domain that is nearly ours is meant to be taken for it."""
    if domain and site(domain) != site(company.domain):
        ours = own_label(company.domain)
        theirs = own_label(domain)
        ok = theirs != ours and not alike(theirs, [ours])
        yield tested("not_our_domain", ok=ok, now=domain, ours=company.domain)


def corrects_what_is_known(bill: RecordBill, known: KnownVendor) -> Iterator[Check]:
    """A credit note or a correction speaks of a bill that is in the books."""
    if bill.corrects and bill.total < 0:
        numbers = ", ".join(known.unknown)
        yield tested("corrects_known", ok=not known.unknown, numbers=numbers)


def takes_off_what_was_billed(bill: RecordBill, known: KnownVendor) -> Iterator[Check]:
    """No more than its bill; where it names none no more than this vendor's last bills."""
    if bill.total >= 0 or known.unknown:
        return
    most = known.left if bill.corrects else max(sum(known.amounts, Decimal(0)), Decimal(0))
    if most is not None:
        ok = -bill.total <= most
        yield tested("credit_within", ok=ok, back=-bill.total, most=most, currency=bill.currency)


def fits_its_order(bill: RecordBill, known: KnownVendor) -> Iterator[Check]:
    """Where the company keeps orders here; a bill need not name one."""
    if known.has_orders and bill.order:
        yield from keeps_to_its_order(bill, known.order)


def split_makes_it(bill: RecordBill) -> Iterator[Check]:
    """The shares of its accounts are its cost, to the cent."""
    if accounts_in(bill.book_to):
        ok, cost = bool(by_accounts(bill)), cost_of(bill)
        yield tested("split", ok=ok, split=bill.book_to, cost=cost, currency=bill.currency)


def of_these_days(bill: RecordBill, today: date) -> Check:
    """Neither years old nor of next year."""
    ok = today - _OLD <= bill.issued <= today + _EARLY
    return tested("dates", ok=ok, issued=bill.issued)


def addressed_to_us(reading: Reading, company: Company) -> Iterator[Check]:
    """By our tax number, where both are known; by our name otherwise."""
    buyer, number = reading.text("buyer_name"), letters_of(reading.text("buyer_vat"))
    ours = {letters_of(each) for each in company.vat_ids}
    # Some leave the letters of the country out.
    by_number = bool(ours) and any(number in (each, each[2:]) for each in ours)
    names = (company.name, *company.trade_names) if company.name else company.trade_names
    if buyer and names:
        ok = any(is_named(n, buyer) and not names_another(n, buyer) for n in names)
        yield tested("buyer", ok=by_number or ok, buyer=buyer)
    if number and ours:
        yield tested("buyer_vat", ok=by_number, number=reading.text("buyer_vat"))
