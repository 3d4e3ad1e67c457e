"""Past bills out of what other books export: QuickBooks, Xero, or any table with named columns."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from mailagent.core.errors import Unreadable
from mailagent.core.value import Value
from parsers.text.rows import rows_in

COLUMNS = ("vendor", "number", "date", "total", "currency", "vat", "account", "book_to", "email")
# What QuickBooks (bills, transactions by vendor) and Xero (bills) call them.
HEADS: dict[str, str] = {
    **dict.fromkeys(("vendor_name", "supplier", "name", "contactname", "payee"), "vendor"),
    **dict.fromkeys(("num", "no.", "no", "bill_no.", "bill_no", "invoicenumber"), "number"),
    **dict.fromkeys(("ref_no.", "ref_no", "invoice_number", "invoice_no", "bill_number"), "number"),
    **dict.fromkeys(("invoicedate", "bill_date", "txn_date", "invoice_date", "issued"), "date"),
    **dict.fromkeys(("amount", "bill_amount", "invoiceamount", "gross", "total_amount"), "total"),
    **dict.fromkeys(("taxnumber", "vat_id", "tax_id", "vat_number", "suppliertaxnumber"), "vat"),
    **dict.fromkeys(("iban", "bankaccountnumber", "bank_account"), "account"),
    **dict.fromkeys(("accountcode", "category", "split", "account_code"), "book_to"),
    **dict.fromkeys(("emailaddress", "e_mail", "mail"), "email"),
}
_TYPES = ("bill", "bill credit", "vendor credit", "invoice", "accpay", "")
_DAY = re.compile(r"(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{2,4})(?:[T ].*)?")
_AMOUNT = re.compile(r"[^0-9.,()-]")


class PastBill(Value):
    """One bill as other books have it."""

    vendor: str
    number: str = ""
    issued: date
    total: Decimal
    currency: str = ""
    vat: str = ""
    account: str = ""
    book_to: str = ""
    domain: str = ""


def past_bills(
    text: str, columns: Mapping[str, str] | None = None, *, month_first: bool | None = None
) -> tuple[PastBill, ...]:
    """The bills. `columns`: what this file calls vendor, number ... Raises Unreadable.

    Whether 03/04 is in March or in April the file says, if it has one day that can be only one of
    them; otherwise it has to be told.
    """
    named = {_plain(theirs): ours for ours, theirs in (columns or {}).items()}
    rows = [
        (line, row)
        for line, row in rows_in(text, HEADS | named, ("vendor", "date", "total"), COLUMNS)
        if _is_bill(row)
    ]
    if month_first is None:
        month_first = month_first_in([row["date"] for _, row in rows])
    bills = [_bill(line, row, month_first=month_first) for line, row in rows]
    if not bills:
        raise Unreadable("there is no bill in it")
    return tuple(bills)


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().strip("*").replace("-", " ").split())


def _is_bill(row: Mapping[str, str]) -> bool:
    """Payments, and lines that only sum up, are none."""
    kind = row.get("transaction_type", row.get("type", "")).lower()
    return kind in _TYPES and all(row.get(name) for name in ("vendor", "date", "total"))


def _signed(row: Mapping[str, str], amount: Decimal) -> Decimal:
    """Books that owe it write a bill with a minus; a credit is less than nothing in ours."""
    kind = row.get("transaction_type", "").lower()
    return amount if not kind else -abs(amount) if "credit" in kind else abs(amount)


def _bill(line: int, row: Mapping[str, str], *, month_first: bool) -> PastBill:
    return PastBill(
        vendor=row["vendor"][:200],
        number=row.get("number", "")[:80],
        issued=day_in(line, row["date"], month_first=month_first),
        total=_signed(row, amount_in(line, row["total"])),
        currency=row.get("currency", "").upper()[:3],
        vat=row.get("vat", ""),
        account=row.get("account", "").replace(" ", "").upper(),
        book_to=row.get("book_to", "")[:80],
        domain=row.get("email", "").rpartition("@")[2].lower(),
    )


def month_first_in(days: Iterable[str]) -> bool:
    """Whether these days are written the American way; Unreadable where they do not tell."""
    firsts = [m for day in days if (m := _DAY.fullmatch(day)) and len(m[1]) < 3]
    american = any(int(m[2]) > 12 for m in firsts)
    european = any(int(m[1]) > 12 for m in firsts)
    if american == european and firsts:
        raise Unreadable("its days can be read in two ways; say --dates dmy or --dates mdy")
    return american


def day_in(line: int, text: str, *, month_first: bool) -> date:
    """A day as it stands in a table. Raises Unreadable."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise Unreadable(f"line {line}: {text!r} is no day")
    first, second, third = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        year, month, day = first, second, third
    else:
        month, day = (first, second) if month_first else (second, first)
        year = third + 2000 if third < 100 else third
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"line {line}: {text!r} is no day") from None


def amount_in(line: int, text: str) -> Decimal:
    """1,234.56 and 1.234,56: what stands before the last two digits parts the cents."""
    bare = _AMOUNT.sub("", text)
    negative = bare.startswith(("-", "(")) or bare.endswith("-")
    bare = bare.strip("()-")
    parts = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", bare)
    whole = re.sub(r"[.,]", "", parts[1]) if parts else ""
    try:
        amount = Decimal(f"{whole or 0}.{(parts[2] if parts else '') or 0}")
    except InvalidOperation:
        raise Unreadable(f"line {line}: {text!r} is no amount") from None
    if not any(letter.isdigit() for letter in bare):
        raise Unreadable(f"line {line}: {text!r} is no amount")
    return -amount if negative else amount
