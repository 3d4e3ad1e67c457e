"""A bill in plain lines, for whoever gets it beside the original."""

from mailagent.core.capability import RecordBill

_LABELS = {
    "en": "Vendor Number Date Due Net Tax Total Account Project Reference",
    "de": "Lieferant Nummer Datum Fällig Netto Steuer Gesamt Konto Projekt Aktenzeichen",
}


def summary(bill: RecordBill, ref: str, language: str) -> str:
    """One line a value, as machines and people read it; what is not known is left out."""
    money = ("" if n is None else f"{n:.2f} {bill.currency}" for n in (bill.net, bill.tax))
    values = (
        bill.vendor,
        bill.number,
        bill.issued.isoformat(),
        bill.due.isoformat() if bill.due else "",
        *money,
        f"{bill.total:.2f} {bill.currency}",
        bill.book_to,
        bill.project,
        ref,
    )
    told = zip(_LABELS[language].split(), values, strict=True)
    return "\n".join(f"{label}: {value}" for label, value in told if value) + "\n"
