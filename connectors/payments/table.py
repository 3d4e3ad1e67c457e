"""A payment run as CSV: for banks that take a table."""

import csv
import io

from mailagent.core.payments import PaymentRun

_COLUMNS = ("day", "vendor", "account", "amount", "currency", "reference", "case")


def write(run: PaymentRun) -> bytes:
    """A row a payment."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for p in run.transfers:
        rows.writerow(
            [
                run.day,
                _plain(p.vendor),
                p.account,
                p.amount,
                p.currency,
                _plain(p.remittance),
                p.case,
            ]
        )
    return out.getvalue().encode()


def _plain(text: str) -> str:
    """No formula to a spreadsheet: vendors choose their own names."""
    return text.lstrip("=+-@\t\r ")
