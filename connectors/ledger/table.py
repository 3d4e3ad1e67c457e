"""The books as CSV, a row a bill: for spreadsheets and for imports."""

import csv
import io
from collections.abc import Iterable

from mailagent.core.books import Booked, by_accounts
from mailagent.core.capability import RecordBill
from mailagent.core.tax import TaxShare

_COLUMNS = (
    *("number", "case", "vendor", "vendor_vat", "invoice_number", "issued", "due"),
    *("net", "tax", "total", "currency", "book_to", "split", "project", "iban"),
    *("tax_code", "tax_shares", "tax_reason", "service_start", "service_end"),
    *("document", "recorded_at", "void"),
)
# A cell that begins so is a formula to a spreadsheet, and vendors choose their own names.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(bills: Iterable[Booked]) -> str:
    """All of them, the void ones marked."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for booked in bills:
        bill = booked.bill
        rows.writerow(
            [
                booked.number,
                booked.case,
                *map(_harmless, (bill.vendor, bill.vendor_vat, bill.number)),
                bill.issued,
                bill.due or "",
                "" if bill.net is None else bill.net,
                "" if bill.tax is None else bill.tax,
                bill.total,
                bill.currency,
                *map(_harmless, (bill.book_to, _split(bill), bill.project, bill.iban)),
                bill.tax_code,
                "; ".join(map(_share, bill.tax_shares)),
                _harmless(bill.tax_reason),
                bill.service_start or "",
                bill.service_end or "",
                bill.document,
                booked.recorded_at.isoformat(),
                "yes" if booked.void else "",
            ]
        )
    return out.getvalue()


def _split(bill: RecordBill) -> str:
    """`6815: 60.00; 6820: 40.00`."""
    return "; ".join(f"{account}: {amount:f}" for account, amount in by_accounts(bill))


def _share(share: TaxShare) -> str:
    """`S 19: 100.00 + 19.00`."""
    amounts = (each for each in (share.base, share.tax) if each is not None)
    return f"{share}: {' + '.join(f'{amount:f}' for amount in amounts)}"


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
