"""Invoices as a kind of document: which one it is, and what stands in it."""

from mailagent.core.reading import Kind, Reading
from parsers.invoice.checks import checks
from parsers.invoice.fields import fields
from parsers.invoice.formats import format_of, unwrapped
from parsers.invoice.page.reading import FILED, read_page
from parsers.invoice.sound import value_checks
from parsers.opened import Opened


class InvoiceKind:
    """Reads the structured formats; the page is where their values are looked for."""

    kinds = frozenset(
        {Kind.INVOICE, Kind.CREDIT_NOTE, Kind.PURCHASE_ORDER, Kind.ORDER_CONFIRMATION}
        | {Kind.QUOTE, Kind.STATEMENT, Kind.PAYMENT_REMINDER, Kind.DELIVERY_NOTE}
        | {Kind.RECEIPT, Kind.OTHER}
        | FILED
    )

    def read(self, document: Opened) -> Reading | None:
        """The reading of the first XML in a known format, else of the pages."""
        known = (
            (root, found) for root in map(unwrapped, document.xml) if (found := format_of(root))
        )
        root, found = next(known, (None, None))
        if root is None or found is None:
            return read_page(document)
        parts = found.parts(root)
        invoice = found.read(root, min(document.part, parts))
        pages = document.texts()
        values = fields(invoice, pages, sure=not document.damage)
        code = f", type {invoice.type_code}" if invoice.type_code else ""
        reading = Reading(
            kind=invoice.kind,
            confidence=1.0,
            fields=values,
            pages=document.pages,
            parts=parts,
            reason=f"{found.name} XML{code}",
        )
        made = checks(invoice, values, "\n".join(page.text for page in pages), document.damage)
        made += value_checks(reading, corrects=invoice.corrects)
        return reading.model_copy(update={"checks": made})


KIND = InvoiceKind()
