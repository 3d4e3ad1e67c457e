"""Invoices, credit notes and orders from their electronic formats, and other papers of trade."""

from parsers.invoice.kind import KIND
from parsers.invoice.page.reading import FILED, TRADE

__all__ = ["FILED", "KIND", "TRADE"]
