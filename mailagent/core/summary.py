"""A bill in plain lines, for whoever gets it beside the original."""

from decimal import Decimal

from mailagent.core.books import told_accounts
from mailagent.core.capability import RecordBill
from mailagent.core.money import in_coins

_LABELS = {
    "en": (
        *("Vendor", "Number", "Date", "Service", "Due", "Net", "Tax", "Total", "Tax code"),
        *("Tax reason", "Account", "Project", "Reference"),
    ),
    "de": (
        *("Lieferant", "Nummer", "Datum", "Leistung", "Fällig", "Netto", "Steuer", "Gesamt"),
        *("Steuercode", "Steuergrund", "Konto", "Projekt", "Aktenzeichen"),
    ),
}


def summary(bill: RecordBill, ref: str, language: str) -> str:
    """One line a value, as machines and people read it; what is not known is left out."""
    money = ("" if n is None else _money(n, bill.currency) for n in (bill.net, bill.tax))
    values = (
        bill.vendor,
        bill.number,
        bill.issued.isoformat(),
        _service(bill),
        bill.due.isoformat() if bill.due else "",
        *money,
        _money(bill.total, bill.currency),
        "; ".join(map(str, bill.tax_shares)) or bill.tax_code,
        bill.tax_reason,
        told_accounts(bill),
        bill.project,
        ref,
    )
    told = zip(_LABELS[language], values, strict=True)
    return "\n".join(f"{label}: {value}" for label, value in told if value) + "\n"


def _money(amount: Decimal, currency: str) -> str:
    return f"{in_coins(amount, currency)} {currency}"


def _service(bill: RecordBill) -> str:
    """`2026-10-01 - 2026-10-31`, or the one day."""
    days = (day.isoformat() for day in (bill.service_start, bill.service_end) if day is not None)
    return " - ".join(dict.fromkeys(days))
