"""Payments out of what a bank exports: any table with a day, an amount and a text."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mailagent.core.errors import Unreadable
from mailagent.core.value import Value
from parsers.past.table import amount_in, day_in, month_first_in
from parsers.text.rows import columns_in, rows_in

COLUMNS = ("date", "amount", "paid", "payee", "account", "purpose", "currency")
# What banks call them, in English, German, French, Spanish, Italian and Dutch.
HEADS: dict[str, str] = {
    **dict.fromkeys(("booking_date", "transaction_date", "value_date", "buchungstag"), "date"),
    **dict.fromkeys(("buchungsdatum", "buchung", "valuta", "completed_date", "datum"), "date"),
    **dict.fromkeys(("fecha", "data", "data_contabile", "date_operation", "posting_date"), "date"),
    **dict.fromkeys(("betrag", "umsatz", "betrag_(eur)", "amount_(eur)", "montant"), "amount"),
    **dict.fromkeys(("importe", "importo", "bedrag", "bedrag_(eur)", "value"), "amount"),
    **dict.fromkeys(("debit", "paid_out", "money_out", "soll", "débit", "debit_amount"), "paid"),
    **dict.fromkeys(("name", "counterparty", "beneficiary", "recipient", "empfänger"), "payee"),
    **dict.fromkeys(("beguenstigter/zahlungspflichtiger", "auftraggeber/empfänger"), "payee"),
    **dict.fromkeys(("name_zahlungsbeteiligter", "zahlungsempfänger*in", "naam"), "payee"),
    **dict.fromkeys(("iban", "counterparty_iban", "kontonummer/iban", "account_number"), "account"),
    **dict.fromkeys(("iban_zahlungsbeteiligter", "tegenrekening", "kontonummer"), "account"),
    **dict.fromkeys(("verwendungszweck", "reference", "description", "memo", "details"), "purpose"),
    **dict.fromkeys(("payment_reference", "narrative", "libellé", "concepto"), "purpose"),
    **dict.fromkeys(("descrizione", "mededelingen", "buchungstext"), "purpose"),
    **dict.fromkeys(("währung", "waehrung", "devise", "moneda", "valuta_code"), "currency"),
}


class Paid(Value):
    """Money that left the account."""

    day: date
    amount: Decimal  # of what left: more than nothing
    payee: str = ""
    account: str = ""
    purpose: str = ""
    currency: str = ""


def payments_in(
    text: str, columns: Mapping[str, str] | None = None, *, month_first: bool | None = None
) -> tuple[Paid, ...]:
    """What was paid, and nothing that came in. Raises Unreadable."""
    named = {"_".join(theirs.lower().split()): ours for ours, theirs in (columns or {}).items()}
    needed = ("date", "paid") if _has_paid(text, named) else ("date", "amount")
    rows = list(rows_in(text, HEADS | named, needed, COLUMNS))
    filled = [(line, row) for line, row in rows if row.get("date") and row.get(needed[1])]
    if month_first is None:
        month_first = month_first_in([row["date"] for _, row in filled])
    made = [_paid(line, row, needed[1], month_first=month_first) for line, row in filled]
    found = tuple(one for one in made if one is not None)
    if not found:
        raise Unreadable("no payment is in it")
    return found


def _has_paid(text: str, named: Mapping[str, str]) -> bool:
    return bool(columns_in(text, {**HEADS, **named}, ("date", "paid")))


def _paid(line: int, row: Mapping[str, str], column: str, *, month_first: bool) -> Paid | None:
    """A column of what was paid has no sign; one of all amounts has a minus for what left."""
    amount = amount_in(line, row[column])
    if column == "amount":
        amount = -amount
    if amount <= 0 and column == "amount":
        return None
    return Paid(
        day=day_in(line, row["date"], month_first=month_first),
        amount=abs(amount),
        payee=row.get("payee", "")[:200],
        account=row.get("account", "").replace(" ", "").upper(),
        purpose=row.get("purpose", "")[:500],
        currency=row.get("currency", "").upper()[:3],
    )
