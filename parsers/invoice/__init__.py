"""Invoices, credit notes and orders from their electronic formats."""

from parsers.invoice.kind import KIND

__all__ = ["KIND"]
