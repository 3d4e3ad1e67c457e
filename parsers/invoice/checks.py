"""Tests of an electronic invoice against itself and against its page."""

import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal

from mailagent.core.reading import Check, Field, tested
from mailagent.core.vendor import plain
from parsers.invoice.schema import Invoice, Tax
from parsers.invoice.sound import CENT
from parsers.values.accounts import ibans_in

# Programs round the tax of each line or of their sum.
_ROUNDED = Decimal("0.05")
_A_LINE = Decimal("0.005")
# What people book and pay by: a page that shows another value than the XML is a way to cheat.
_SHOWN = {
    "invoice_number": "page_number",
    "issue_date": "page_date",
    "total": "page_total",
    "currency": "page_currency",
}
_MUCH = 200  # letters on a page of which it may be asked who wrote it


def checks(
    invoice: Invoice, found: Mapping[str, Field], page: str, damage: str = ""
) -> tuple[Check, ...]:
    """What could be tested; a test whose values are not stated is left out."""
    broken = (tested("undamaged", ok=False, damage=damage),) if damage else ()
    sums = (*_lines(invoice), *_taxes(invoice), *_payable(invoice))
    return (*broken, *sums, *_page(found, page), *_account(invoice, page))


def _lines(invoice: Invoice) -> Iterator[Check]:
    counted = [line.net for line in invoice.lines if line.counts]
    lines = [net for net in counted if net is not None]
    stated = invoice.lines_net
    if stated is None and invoice.net is not None and (moved := _adjusted(invoice)) is not None:
        stated = invoice.net - moved
    if stated is None or not lines or len(lines) != len(counted):
        return
    made = sum(lines, Decimal(0))
    yield tested(
        "lines_add_up",
        ok=_near(made, stated),
        lines=len(lines),
        made=made,
        stated=stated,
        currency=invoice.currency,
    )


def _adjusted(invoice: Invoice) -> Decimal | None:
    """What is added to the lines for the whole document; None where a part of it is not stated."""
    if invoice.allowances is not None or invoice.charges is not None:
        return (invoice.charges or Decimal(0)) - (invoice.allowances or Decimal(0))
    parts = [(each.amount, 1 if each.adds else -1) for each in invoice.adjustments]
    known = [amount * sign for amount, sign in parts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None


def _taxes(invoice: Invoice) -> Iterator[Check]:
    """The shares of the rates make the tax, and each rate makes its share."""
    amounts = [each.amount for each in invoice.taxes]
    known = [amount for amount in amounts if amount is not None]
    if invoice.tax is None or not known or len(known) != len(amounts):
        return
    room = max(_ROUNDED, _A_LINE * len(invoice.lines))
    made = sum(known, Decimal(0))
    ok = abs(made - invoice.tax) <= CENT and all(_share_fits(each, room) for each in invoice.taxes)
    yield tested("taxes_add_up", ok=ok, made=made, stated=invoice.tax, currency=invoice.currency)


def _share_fits(share: Tax, room: Decimal) -> bool:
    if share.rate is None or share.base is None or share.amount is None:
        return True
    return abs(share.base * share.rate / 100 - share.amount) <= room


def _payable(invoice: Invoice) -> Iterator[Check]:
    if invoice.total is None or invoice.payable is None:
        return
    prepaid, rounding, withheld = (
        each or Decimal(0) for each in (invoice.prepaid, invoice.rounding, invoice.withheld)
    )
    left = invoice.total - prepaid + rounding
    # Tax that the buyer keeps is taken off already in some totals.
    # And some round the total itself.
    ways = (left, left - withheld, left - rounding)
    ok = any(_near(way, invoice.payable) for way in ways)
    gaps = {"total": invoice.total, "prepaid": prepaid, "made": left, "stated": invoice.payable}
    yield tested("payable_follows", ok=ok, currency=invoice.currency, **gaps)


def _near(made: Decimal, stated: Decimal) -> bool:
    return abs(made - stated) <= CENT


def _page(found: Mapping[str, Field], page: str) -> Iterator[Check]:
    """The page shows what the XML states; `find_place` looked for each value."""
    if not page.strip():
        return
    for name, check in _SHOWN.items():
        if (field := found.get(name)) and isinstance(field.value, str):
            shown = field.evidence is not None and field.evidence.page is not None
            if name == "invoice_number":
                shown = shown or _folded(field.value) in _folded(page)
            gaps = {"value": field.value, "currency": _value(found, "currency")}
            yield tested(check, ok=shown, **gaps)
    seller = _value(found, "seller_name")
    if seller and len(page) >= _MUCH:
        yield tested("page_seller", ok=_named(seller, page), value=seller)


def _value(found: Mapping[str, Field], name: str) -> str:
    field = found.get(name)
    return field.value if field is not None and isinstance(field.value, str) else ""


def _named(seller: str, page: str) -> bool:
    """Half of the name's letters stand there: logos and kerning leave little of one in the text.

    Its legal form is no part of it: everybody is a GmbH.
    """
    letters = _folded(page)
    words = [_folded(word) for word in plain(seller).split()]
    there = sum(len(word) for word in words if word in letters)
    return 2 * there >= sum(map(len, words))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def _account(invoice: Invoice, page: str) -> Iterator[Check]:
    """People pay to what they see, programs to what the XML says: both must be one account.

    It is the first of the XML that is booked and paid: another one of it on the page is no help.
    """
    shown = ibans_in(page)
    if not invoice.iban or not shown:
        return
    ok = invoice.iban.upper() in shown
    yield tested("page_account", ok=ok, page=min(shown), data=invoice.iban)
