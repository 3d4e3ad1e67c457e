"""A document without XML: what kind of paper it is, and what stands in it."""

from mailagent.core.reading import Kind, Reading
from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.reader import PageInvoice, read_sheet
from parsers.invoice.papers import Sight, sighted
from parsers.invoice.sound import value_checks
from parsers.opened import Opened

_BILLS = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE})
# Papers about goods and money: they have numbers, dates and sums as bills do.
TRADE = _BILLS | {
    Kind.QUOTE,
    Kind.PURCHASE_ORDER,
    Kind.ORDER_CONFIRMATION,
    Kind.DELIVERY_NOTE,
    Kind.RECEIPT,
    Kind.STATEMENT,
    Kind.PAYMENT_REMINDER,
}
_UNKNOWN = Sight("other", 0.5, "")


def read_page(document: Opened) -> Reading | None:
    """What its pages say; None where they say nothing of themselves."""
    words = [word for page in document.texts() for word in page.words]
    if not words:
        return None
    sheet = Sheet(words)
    sight = sighted(sheet) or _UNKNOWN
    if document.as_kind is None and sight.kind not in TRADE:
        return _other(document, sight)
    page = read_sheet(sheet)
    if document.as_kind is None and not _stands(page, sight):
        return None
    reading = Reading(
        kind=sight.kind,
        confidence=sight.confidence,
        fields=page.fields,
        pages=document.pages,
        reason=sight.reason,
    )
    return reading.model_copy(update={"checks": value_checks(reading)})


def _other(document: Opened, sight: Sight) -> Reading | None:
    if not sight.reason:
        return None
    return Reading(
        kind=Kind.FORM if sight.kind is Kind.FORM else Kind.OTHER,
        confidence=sight.confidence,
        pages=document.pages,
        reason=sight.reason,
    )


def _stands(page: PageInvoice, sight: Sight) -> bool:
    """A bill has a title, or a sum: a text about invoices has neither."""
    total = page.totals.total
    return sight.titled or (total is not None and total.confidence >= 0.5)
