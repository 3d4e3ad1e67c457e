"""The XML of an invoice as an Invoice value, by the tables of its format."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from mailagent.core.reading import Kind
from parsers.invoice.schema import (
    Adjustment,
    Invoice,
    Line,
    Means,
    Party,
    Prepayment,
    Referred,
    Tax,
    Terms,
)
from parsers.invoice.stated import Syntax, each, first, line_of, one
from parsers.invoice.tax_codes import shares_of
from parsers.text.charset import clean
from parsers.text.xml import Element, find, find_all, text_of
from parsers.values.days import xml_date
from parsers.values.decimals import spell_amount, xml_decimal

_MODELS: Mapping[str, Any] = {
    "lines": Line,
    "taxes": Tax,
    "adjustments": Adjustment,
    "prepayments": Prepayment,
    "means": Means,
    "terms": Terms,
    "preceding": Referred,
}
# The names that a reading's fields have, where an Invoice has others.
NAMES = {"invoice_number": "number", "issue_date": "issued", "due_date": "due"}
_AMOUNTS = frozenset(
    {"net", "tax", "total", "payable", "prepaid", "rounding", "withheld", "allowances", "charges"}
    | {"lines_net"}
)
_DAYS = frozenset({"issue_date", "due_date", "delivered", "start", "end"})
_IDENTIFIERS = frozenset({"iban", "bic"})
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
# Early payment as German invoices write it into the terms: #SKONTO#TAGE=14#PROZENT=2.25#
_SKONTO = re.compile(r"#SKONTO#TAGE=(\d{1,3})#PROZENT=(\d{1,2}\.\d{2})#")


def extract(
    root: Element,
    syntax: Syntax,
    kind: Kind,
    code: str,
    parties: Mapping[str, Party] | None = None,
    **given: Any,
) -> Invoice:
    """All that the XML states; a value that is malformed counts as absent.

    `given` holds what the format's own rules make of it, `quotes` among it.
    """
    quotes = given.pop("quotes", {}) | _quotes(root, syntax)
    groups = {name: each(_MODELS[name], root, shapes) for name, shapes in syntax.groups.items()}
    groups["means"] = tuple(map(_bank, groups.get("means", ())))
    groups["terms"] = tuple(map(_early, groups.get("terms", ())))
    parties = parties or {who: _party(root, syntax, who) for who in syntax.parties}
    for who in ("seller", "buyer"):
        quotes |= _party_quotes(who, parties[who])
    quotes |= _tax_quotes(shares_of(groups.get("taxes", ()), groups.get("lines", ())))
    if lines := groups.get("lines"):
        quotes["line_items"] = "\n".join(line.description for line in lines if line.description)
    quotes |= _other_quotes(groups, parties)
    values = {
        NAMES.get(name, name): _typed(name, text)
        for name, text in quotes.items()
        if NAMES.get(name, name) in Invoice.model_fields and name != "corrects"
    }
    # A period is a reading's own: there it needs a name that says whose start it is.
    periods = {f"service_{name}": quotes[name] for name in ("start", "end") if name in quotes}
    stated = {"kind": kind, "type_code": code, "quotes": quotes | periods}
    made = Invoice(**{**values, **parties, **groups, **stated, **given})
    return _with_period(_with_tax(made))


def _with_tax(invoice: Invoice) -> Invoice:
    """The tax, where only the shares of its rates are stated."""
    amounts = [share.amount for share in invoice.taxes]
    known = [amount for amount in amounts if amount is not None]
    if invoice.tax is not None or not known or len(known) != len(amounts):
        return invoice
    tax, rule = spell_amount(sum(known, Decimal(0))), " + ".join(map(spell_amount, known))
    more = {"quotes": {**invoice.quotes, "tax": tax}, "rules": {**invoice.rules, "tax": rule}}
    return invoice.model_copy(update={"tax": Decimal(tax), **more})


def _with_period(invoice: Invoice) -> Invoice:
    """When it was done, where only its lines or a day of delivery say so."""
    if invoice.start is not None or invoice.end is not None:
        return invoice
    starts = [line.start for line in invoice.lines if line.start is not None]
    ends = [line.end for line in invoice.lines if line.end is not None]
    start = min(starts, default=invoice.delivered)
    end = max(ends, default=start if not starts else None)
    told = {"service_start": start, "service_end": end}
    found = {name: day.isoformat() for name, day in told.items() if day is not None}
    more = {"quotes": {**invoice.quotes, **found}}
    if starts or ends:
        more["rules"] = {**invoice.rules, **dict.fromkeys(found, "of_its_lines")}
    return invoice.model_copy(update={"start": start, "end": end, **more})


def _quotes(root: Element, syntax: Syntax) -> dict[str, str]:
    """The text of every header value that is there."""
    found = ((name, first(root, paths)) for name, paths in syntax.header.items())
    return {name: text for name, text in found if text}


def _party(root: Element, syntax: Syntax, who: str) -> Party:
    shape = syntax.parties[who]
    element = find(root, shape.path)
    return one(Party, element, shape.values) if element is not None else Party()


def _party_quotes(who: str, party: Party) -> dict[str, str]:
    said = {f"{who}_name": party.name, f"{who}_vat": party.vat}
    return {name: text for name, text in said.items() if text}


def _other_quotes(groups: Mapping[str, Any], parties: Mapping[str, Party]) -> dict[str, str]:
    """Of the values that stand in groups."""
    banks = [means.bank for means in groups["means"] if means.bank]
    numbers = [found.number for found in groups.get("preceding", ()) if found.number]
    said = {
        "bank_code": banks[0] if banks else "",
        "seller_country": parties["seller"].country,
        "buyer_vat": parties["buyer"].vat or parties["buyer"].tax_number,
        "corrects": ", ".join(numbers),
        "collected": ", ".join(means.code for means in groups["means"] if means.code),
        "payee_name": parties["payee"].name if "payee" in parties else "",
    }
    return {name: text for name, text in said.items() if text}


def _tax_quotes(shares: Sequence[Tax]) -> dict[str, str]:
    """What was stated of each share."""
    codes = ", ".join(share.category or f"{share.rate}" for share in shares)
    reasons = "; ".join(dict.fromkeys(share.reason for share in shares if share.reason))
    said = {"tax_code": codes, "tax_shares": codes, "tax_reason": reasons}
    return {name: text for name, text in said.items() if text}


def _typed(name: str, text: str) -> Any:
    if name in _AMOUNTS:
        return xml_decimal(text)
    if name in _DAYS:
        return xml_date(text)
    if name == "currency":
        return text if len(text) == 3 and text.isascii() and text.isupper() else ""
    return "".join(text.split()) if name in _IDENTIFIERS else line_of(text)


def _bank(means: Means) -> Means:
    """The bank's number may be a BIC; in some countries it is a sort code or the like."""
    account = "".join(means.account.split())
    bank = "".join(means.bank.split())
    is_bic = bool(_BIC.fullmatch(bank.upper()))
    update = {"account": account, "bic": means.bic or (bank if is_bic else "")}
    return means.model_copy(update={**update, "bank": "" if is_bic else bank})


def _early(terms: Terms) -> Terms:
    found = _SKONTO.search("".join(terms.text.split())) if terms.text else None
    if found is None or terms.discount_percent is not None:
        return terms
    days, percent = Decimal(found[1]), Decimal(found[2])
    return terms.model_copy(update={"discount_days": days, "discount_percent": percent})


def own_tax(root: Element, path: str, currency: str) -> tuple[str, ...]:
    """The amounts of tax in the invoice's own currency: a second may be in the tax office's."""
    found = list(find_all(root, path))
    ours = [each for each in found if each.get("currencyID") == currency]
    return tuple(text for each in ours or found if (text := clean(text_of(each))))
