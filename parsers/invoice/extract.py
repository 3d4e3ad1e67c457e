"""The XML of an invoice as an Invoice value."""

from typing import Any

from parsers.invoice.recognise import kind_of
from parsers.invoice.schema import Invoice, Line, Party, Tax
from parsers.invoice.syntax import Syntax
from parsers.text.charset import clean
from parsers.text.xml import Element, find, find_all, text_of
from parsers.values.days import xml_date
from parsers.values.decimals import xml_decimal

LINES = 2000
_REPEATS = frozenset({"GROUP", "INFORMATION"})  # EN 16931 EXTENDED: of sub-lines
_AMOUNTS = ("net", "total", "payable", "prepaid", "rounding", "allowances", "charges", "lines_net")


def extract(root: Element, syntax: Syntax) -> Invoice:
    """All that the XML states; a value that is malformed counts as absent."""
    kind, code = kind_of(root, syntax)
    quotes = _quotes(root, syntax)
    tax = _tax(root, syntax, quotes.get("currency", ""))
    if tax:
        quotes["tax"] = tax
    lines = tuple(_lines(root, syntax))
    if lines:
        quotes["line_items"] = "\n".join(line.description for line in lines if line.description)
    return Invoice(
        kind=kind,
        type_code=code,
        number=_line_of(quotes.get("invoice_number", "")),
        issued=xml_date(quotes.get("issue_date", "")),
        due=xml_date(quotes.get("due_date", "")),
        currency=_currency(quotes.get("currency", "")),
        tax=xml_decimal(tax),
        seller=_party(quotes, "seller"),
        buyer=_party(quotes, "buyer"),
        iban="".join(quotes.get("iban", "").split()),
        bic="".join(quotes.get("bic", "").split()),
        po_number=_line_of(quotes.get("po_number", "")),
        lines=lines,
        taxes=tuple(_shares(root, syntax)),
        quotes=quotes,
        **{name: xml_decimal(quotes.get(name, "")) for name in _AMOUNTS},
    )


def _quotes(root: Element, syntax: Syntax) -> dict[str, str]:
    """The text of every header value that is there."""
    quotes = {}
    for name, paths in (syntax.texts | syntax.dates | syntax.amounts).items():
        if text := _first(root, paths):
            quotes[name] = text
    for name, path in syntax.tax_registrations.items():
        if text := _vat(root, path, syntax.registration):
            quotes[name] = text
    return quotes


def _first(element: Element, paths: tuple[str, ...]) -> str:
    return next(
        (text for path in paths for found in find_all(element, path) if (text := _text(found))), ""
    )


def _text(element: Element) -> str:
    return clean(text_of(element))


def _line_of(text: str) -> str:
    return " ".join(text.split())


def _currency(text: str) -> str:
    return text if len(text) == 3 and text.isascii() and text.isupper() else ""


def _party(quotes: dict[str, str], who: str) -> Party:
    return Party(
        name=_line_of(quotes.get(f"{who}_name", "")), vat=_line_of(quotes.get(f"{who}_vat", ""))
    )


def _tax(root: Element, syntax: Syntax, currency: str) -> str:
    """The tax in the invoice's own currency: a second amount may be in the tax office's."""
    found = list(find_all(root, syntax.tax))
    ours = [each for each in found if each.get("currencyID") == currency]
    return next((text for each in ours or found if (text := _text(each))), "")


def _vat(root: Element, path: str, registration: tuple[str, str]) -> str:
    """A number registered for VAT; a party may have others, for other taxes."""
    number, scheme = registration
    for element in find_all(root, path):
        where, _, attribute = scheme.partition("@")
        holder = find(element, where)
        label = (holder.get(attribute) or "") if attribute and holder is not None else ""
        label = label if attribute else text_of(holder)
        if label.upper() in ("VA", "VAT") and (text := _text_at(element, number)):
            return text
    return ""


def _text_at(element: Element, path: str) -> str:
    return clean(text_of(find(element, path)))


def _lines(root: Element, syntax: Syntax) -> list[Line]:
    lines = []
    for element in find_all(root, syntax.line):
        texts = {name: _first(element, paths) for name, paths in syntax.line_texts.items()}
        description = _line_of(texts.pop("description"))
        values: dict[str, Any] = {name: xml_decimal(text) for name, text in texts.items()}
        counts = _first(element, syntax.line_status) not in _REPEATS
        lines.append(Line(description=description, counts=counts, **values))
        if len(lines) == LINES:
            break
    return lines


def _shares(root: Element, syntax: Syntax) -> list[Tax]:
    return [
        Tax(**{name: xml_decimal(_text_at(element, path)) for name, path in syntax.share.items()})
        for element in find_all(root, syntax.shares)
    ]
