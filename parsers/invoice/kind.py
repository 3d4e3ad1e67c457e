"""Invoices as a kind of document: which one it is, and what stands in it."""

from mailagent.core.reading import Kind, Reading
from parsers.invoice.checks import checks
from parsers.invoice.extract import extract
from parsers.invoice.fields import fields
from parsers.invoice.recognise import syntax_of
from parsers.opened import Opened


class InvoiceKind:
    """Reads the structured formats; the page is where their values are looked for."""

    kinds = frozenset(
        {Kind.INVOICE, Kind.CREDIT_NOTE, Kind.PURCHASE_ORDER, Kind.ORDER_CONFIRMATION}
    )

    def read(self, document: Opened) -> Reading | None:
        """The reading of the first XML in a known format; None when there is none."""
        known = ((root, syntax) for root in document.xml if (syntax := syntax_of(root)))
        root, syntax = next(known, (None, None))
        if root is None or syntax is None:
            return None
        invoice = extract(root, syntax)
        pages = document.texts()
        found = fields(invoice, pages)
        code = f", type {invoice.type_code}" if invoice.type_code else ""
        return Reading(
            kind=invoice.kind,
            confidence=1.0,
            fields=found,
            checks=checks(invoice, found, "\n".join(page.text for page in pages)),
            pages=document.pages,
            reason=f"{syntax.name} XML{code}",
        )


KIND = InvoiceKind()
