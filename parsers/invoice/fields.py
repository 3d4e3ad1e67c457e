"""An Invoice as the fields of a Reading, each with its evidence."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from mailagent.core.reading import Evidence, Field, Source
from mailagent.core.tax import spelled
from parsers.invoice.codes import collected_by
from parsers.invoice.schema import Invoice, Line, Party
from parsers.invoice.tax_codes import codes_of, reason_of, rows_of, rule_of
from parsers.text.pdf import PageText
from parsers.text.places import find_place
from parsers.values.decimals import spell_amount, spell_number
from parsers.values.printed import amount_pattern, date_pattern, identifier_pattern, words_pattern
from parsers.values.tax_numbers import country_of

# A value that the XML states and the page does not show may be a trick: a little less sure.
_SEEN, _NOT_SEEN, _MENDED = 1.0, 0.95, 0.85


def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})", re.IGNORECASE)


# What stands before a value on the page, in the languages our users get invoices in.
_LABELS: Mapping[str, re.Pattern[str]] = {
    "invoice_number": _label("invoice|rechnung|facture|factura|fattura|factuur|n[ro°º]\\b|number"),
    "issue_date": _label("date|datum|data\\b|fecha|issued|\\bvom\\b|\\bdu\\b|\\bden\\b"),
    "due_date": _label(
        "due|fällig|zahlbar|bis\\b|échéance|vencimiento|scadenza|verval|payable|until|termin"
    ),
    "total": _label("total|gesamt|brutto|gross|summe|betrag|ttc|importe|totale|totaal"),
    "net": _label("net|netto|subtotal|zwischensumme|ht\\b|base|imponibile|nettobetrag|summe"),
    "tax": _label("vat|tax|mwst|ust|steuer|tva|iva|btw|%"),
    "payable": _label("payable|due|zahl|amount|zu zahlen|net à payer|pagar|pagare|betalen|gesamt"),
    "seller_vat": _label("vat|ust|tva|iva|btw|tax"),
    "po_number": _label("order|bestell|po\\b|commande|pedido|ordine|auftrag"),
}


_SUMS = frozenset({"total", "net", "tax", "payable"})


def fields(invoice: Invoice, pages: Sequence[PageText], *, sure: bool = True) -> dict[str, Field]:
    """Every value that was read, in the order in which people expect them.

    `sure`: the XML was whole. What was mended may have lost more than its end.
    """
    found = {}
    for name, (value, pattern) in _values(invoice).items():
        quote = invoice.quotes.get(name, "")
        if not value or not quote:
            continue
        place = (
            find_place(pages, pattern, _LABELS.get(name), is_sum=name in _SUMS) if pattern else None
        )
        seen = place or not pages or not pattern
        rule = rule_of(invoice) if name == "tax_code" else invoice.rules.get(name, "")
        found[name] = Field(
            value=value,
            confidence=(_SEEN if seen else _NOT_SEEN) if sure else _MENDED,
            source=Source.DERIVED if rule else Source.XML,
            rule=rule,
            evidence=Evidence(
                quote=quote,
                page=place.page if place else None,
                box=place.box if place else None,
            ),
        )
    return found


_Value = str | tuple[dict[str, str], ...]


def _values(invoice: Invoice) -> dict[str, tuple[_Value, re.Pattern[str] | None]]:
    """Name -> the value as text, and how it may be printed."""
    series = invoice.series if invoice.series != invoice.number else ""
    rate, until = _early(invoice)
    lines = tuple(_line(line) for line in invoice.lines)
    return {
        "invoice_number": _words(invoice.number),
        "series": _words(series),
        "issue_date": _day(invoice.issued),
        "due_date": _day(invoice.due),
        "total": _amount(invoice.total),
        "net": _amount(invoice.net),
        "tax": _amount(invoice.tax),
        "payable": _amount(invoice.payable),
        "currency": _currency(invoice.currency),
        "seller_name": _words(invoice.seller.name),
        "seller_vat": _identifier(invoice.seller.vat),
        "seller_country": (_country(invoice.seller), None),
        "buyer_name": _words(invoice.buyer.name),
        "buyer_vat": _identifier(invoice.buyer.vat or invoice.buyer.tax_number),
        "payee_name": _words(_other_payee(invoice)),
        "iban": _identifier(invoice.iban),
        "collected": (collected_by([each.code for each in invoice.means if each.code]), None),
        "bank_code": _identifier(invoice.means[0].bank if invoice.means else ""),
        "bic": _identifier(invoice.bic),
        "po_number": _words(invoice.po_number),
        "contract": _words(invoice.contract),
        "corrects": _words(", ".join(each.number for each in invoice.preceding if each.number)),
        "service_start": _day(invoice.start),
        "service_end": _day(invoice.end),
        "discount_rate": (rate, None),
        "discount_until": _day(until),
        "tax_code": (spelled(codes_of(invoice)), None),
        "tax_reason": _words(reason_of(invoice)),
        "tax_shares": (rows_of(invoice), None),
        "withheld": _amount(invoice.withheld or None),
        "rounding": _amount(invoice.rounding or None),
        "line_items": (lines, None),
    }


_A_YEAR = 366  # days: a term of more is a slip


def _early(invoice: Invoice) -> tuple[str, date | None]:
    """Per cent off for paying early, and the last day of that: stated, or so many days after it.

    Of the first terms that say both; a rate without its day is shown alone.
    """
    rates = [terms for terms in invoice.terms if terms.discount_percent]
    for terms in rates:
        until, days = terms.discount_until, terms.discount_days
        if until is None and invoice.issued and days and 0 < days <= _A_YEAR:
            until = invoice.issued + timedelta(days=int(days))
        if until is not None:
            return spell_number(terms.discount_percent or Decimal(0)), until
    return spell_number(rates[0].discount_percent or Decimal(0)) if rates else "", None


def _country(party: Party) -> str:
    """Where its tax number does not say it."""
    return "" if country_of(party.vat) else party.country


def _other_payee(invoice: Invoice) -> str:
    """Who is paid in the seller's place: a factor, for one."""
    name = invoice.payee.name
    return name if name.casefold() != invoice.seller.name.casefold() else ""


def _words(text: str) -> tuple[str, re.Pattern[str] | None]:
    return text, words_pattern(text) if text else None


def _identifier(text: str) -> tuple[str, re.Pattern[str] | None]:
    return text, identifier_pattern(text) if text else None


def _day(day: date | None) -> tuple[str, re.Pattern[str] | None]:
    return (day.isoformat(), date_pattern(day)) if day else ("", None)


def _amount(amount: Decimal | None) -> tuple[str, re.Pattern[str] | None]:
    return (spell_amount(amount), amount_pattern(amount)) if amount is not None else ("", None)


_SIGNS = {
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "CNY": "¥",
    "INR": "₹",
    "ILS": "₪",
    "KRW": "₩",
    "UAH": "₴",
    "TRY": "₺",
    "PLN": "zł",
    "CZK": "Kč",
    "HUF": "Ft",
    "CHF": "Fr",
    "BRL": "R$",
    **dict.fromkeys(("SEK", "NOK", "DKK", "ISK"), "kr"),
    **dict.fromkeys(("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"), "$"),
}


def _currency(code: str) -> tuple[str, re.Pattern[str] | None]:
    if not code:
        return "", None
    sign = rf"|{re.escape(_SIGNS[code])}" if code in _SIGNS else ""
    return code, re.compile(rf"\b{code}\b{sign}")


def _line(line: Line) -> dict[str, str]:
    """One line item; what it does not state is left out."""
    amounts = {"unit_price": line.unit_price, "net": line.net}
    numbers = {"quantity": line.quantity, "tax_rate": line.tax_rate}
    texts = {"description": line.description}
    texts |= {name: spell_number(n) for name, n in numbers.items() if n is not None}
    texts |= {name: spell_amount(n) for name, n in amounts.items() if n is not None}
    return {name: text for name, text in texts.items() if text}
