"""Tests of an invoice against itself and against its page."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mailagent.core.reading import Check, Field
from parsers.invoice.schema import Invoice
from parsers.values.accounts import ibans_in
from parsers.values.decimals import spell_amount

# EN 16931 rounds to cents; each sum may be a cent off.
_TOLERANCE = Decimal("0.01")
_LONGEST_TERM = 366 * 2  # days between issue and due date
# A page that shows another number or total than the XML is a way to cheat.
_MUST_SHOW = ("invoice_number", "total")


def checks(invoice: Invoice, found: Mapping[str, Field], page: str) -> tuple[Check, ...]:
    """What could be tested; a test whose values are not stated is left out."""
    has_text = bool(page.strip())
    return (*_sums(invoice), *_dates(invoice), *_page(found, has_text), *_account(invoice, page))


def _sums(invoice: Invoice) -> Iterator[Check]:
    if invoice.net is not None and invoice.total is not None:
        tax = invoice.tax or Decimal(0)
        made = f"{_spell(invoice.net)} + {_spell(tax)} = {_spell(invoice.net + tax)}"
        yield _equal("totals_add_up", invoice.net + tax, invoice.total, made)
    counted = [line.net for line in invoice.lines if line.counts]
    lines = [net for net in counted if net is not None]
    if invoice.net is not None and lines and len(lines) == len(counted):
        off, added = invoice.allowances or Decimal(0), invoice.charges or Decimal(0)
        stated = invoice.lines_net if invoice.lines_net is not None else invoice.net + off - added
        yield _equal("lines_add_up", sum(lines, Decimal(0)), stated, f"{len(lines)} lines")
    if invoice.total is not None and invoice.payable is not None:
        prepaid, rounding = invoice.prepaid or Decimal(0), invoice.rounding or Decimal(0)
        left = invoice.total - prepaid + rounding
        made = f"{_spell(invoice.total)} - {_spell(prepaid)} paid = {_spell(left)}"
        yield _equal("payable_follows", left, invoice.payable, made)


def _equal(name: str, made: Decimal, stated: Decimal, how: str) -> Check:
    ok = abs(made - stated) <= _TOLERANCE
    return Check(name=name, ok=ok, detail=how if ok else f"{how}, but {_spell(stated)} is stated")


def _dates(invoice: Invoice) -> Iterator[Check]:
    if invoice.issued is None or invoice.due is None:
        return
    days = (invoice.due - invoice.issued).days
    yield Check(
        name="dates_plausible",
        ok=0 <= days <= _LONGEST_TERM,
        detail=f"due {days} days after the issue date",
    )


def _page(found: Mapping[str, Field], has_text: bool) -> Iterator[Check]:
    if not has_text:
        return
    missing = [
        f"{name.replace('_', ' ')} {field.value}"
        for name in _MUST_SHOW
        if (field := found.get(name)) and (field.evidence is None or field.evidence.page is None)
    ]
    detail = f"not on the page: {', '.join(missing)}" if missing else "number and total stand there"
    yield Check(name="page_agrees", ok=not missing, detail=detail)


def _account(invoice: Invoice, page: str) -> Iterator[Check]:
    """People pay to what they see, programs to what the XML says: both must be one account."""
    shown = ibans_in(page)
    if not invoice.iban or not shown:
        return
    ok = invoice.iban.upper() in shown
    detail = "" if ok else f"the page says {min(shown)}, the data inside says {invoice.iban}"
    yield Check(name="page_account", ok=ok, detail=detail)


def _spell(amount: Decimal) -> str:
    return spell_amount(amount)
