"""A document without XML: what kind of paper it is, and what stands in it."""

import re
from collections.abc import Iterator

from mailagent.core.reading import Field, Kind, Reading, Source
from parsers.invoice.page.labels import names_an_invoice
from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.placed import placed
from parsers.invoice.page.reader import PageInvoice, listed_field, read_sheet
from parsers.invoice.page.reminder import named_bill
from parsers.invoice.page.second import second_opinion
from parsers.invoice.page.several import Pages, bills_in, from_one
from parsers.invoice.papers import Sight, sighted
from parsers.invoice.sound import value_checks
from parsers.opened import Opened
from parsers.text.grid import text_words
from parsers.text.scan import Seen

_BILLS = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE})
# Papers about goods and money: they have numbers, dates and sums as bills do.
TRADE = _BILLS | {
    Kind.QUOTE,
    Kind.PURCHASE_ORDER,
    Kind.ORDER_CONFIRMATION,
    Kind.DELIVERY_NOTE,
    Kind.RECEIPT,
    Kind.STATEMENT,
    Kind.PAYMENT_REMINDER,
}
# Papers that are only filed: who made them, and when, is all that is wanted of them.
FILED = frozenset({Kind.FORM, Kind.REMITTANCE_ADVICE, Kind.CERTIFICATE, Kind.INSURANCE_PAPER}) | {
    Kind.TAX_PAPER,
    Kind.SPECIFICATION,
    Kind.LETTER,
}
_WANTED = ("seller_name", "issue_date")
BEHIND_A_LINK = (
    "the bill is behind a link, which is never followed: open it yourself and forward the file"
)
_TOLD = 0.6  # a value that counts for what a page is
_BODY = 20_000  # letters of a mail that are looked at for a link
_LINK = re.compile(r"https?://", re.IGNORECASE)
_FETCH = re.compile(
    r"\b(?:view|download|see|open|access|get)\b.{0,40}\b(?:invoice|bill|credit note|statement)"
    r"|\b(?:invoice|bill)\b.{0,40}\b(?:is ready|is available|online|attached link|click)"
    r"|rechnung.{0,60}(?:herunterladen|ansehen|abrufen|abrufbar|online|steht bereit|einsehen)"
    r"|facture.{0,60}(?:disponible|télécharger|consulter|en ligne)"
    r"|(?:télécharge|consulte).{0,30}facture"
    r"|factura.{0,60}(?:disponible|descargar|ver)|descarg.{0,30}factura"
    r"|fattura.{0,60}(?:disponibile|scaricare)|scaric.{0,30}fattura"
    r"|factuur.{0,60}(?:bekijken|downloaden|staat klaar)|(?:bekijk|download).{0,30}factuur"
    r"|fatura.{0,60}(?:disponível|descarregar|baixar)|faktur.{0,60}(?:pobrać|pobierz|dostępna)",
    re.IGNORECASE,
)
_UNKNOWN = Sight("other", 0.5, "")


def read_page(document: Opened) -> Reading | None:
    """What its pages say; None where they say nothing of themselves."""
    if document.plain:
        return _read_text(document)
    seen = document.seen()
    if not seen.words:
        return None
    bills = bills_in(seen.words)
    its = bills[min(document.part, len(bills)) - 1]
    reading = _read_words(document, seen, its)
    return reading and reading.model_copy(update={"parts": len(bills)})


def _read_words(document: Opened, seen: Seen, its: Pages) -> Reading | None:
    """One paper of what the file holds."""
    sheet = Sheet(from_one(its))
    sight = sighted(sheet) or _UNKNOWN
    known = document.as_kind is not None or sight.kind in TRADE
    if not known and sight is not _UNKNOWN:
        return _other(document, sight, sheet, seen)
    page = read_sheet(sheet, document.us, seen.source)
    if not known:
        sight = _by_sums(page)
        if sight is _UNKNOWN:
            return None
    if document.as_kind is None and not _stands(page, sight):
        return None
    before = its[0].page - 1  # pages of other papers in the file
    found = dict(_fields(page, sight, seen))
    if seen.source is Source.TEXT and (listed := second_opinion(document, page, before)):
        found |= listed_field(listed, seen.source)
    fields = placed(found, seen, before, adds_up=page.totals.adds_up)
    reading = Reading(
        kind=sight.kind,
        confidence=sight.confidence,
        fields=fields,
        pages=document.pages or sheet.pages,
        reason=sight.reason,
    )
    return reading.model_copy(update={"checks": value_checks(reading)})


def _by_sums(page: PageInvoice) -> Sight:
    """No title says what it is; but it has a number, sums with tax that add up, and a way to pay.

    An offer or an order calls itself one: nothing else is silent about it.
    """
    needed = (page.fields.get(name) for name in ("invoice_number", "issue_date", "seller_name"))
    told = all(field is not None and field.confidence >= _TOLD for field in needed)
    payable = any(name in page.fields for name in ("due_date", "iban"))
    if told and payable and page.totals.asked:
        return Sight("invoice", 0.7, "it has no title, but says what it charges and when to pay")
    taxed = page.totals.tax is not None and page.totals.tax.value > 0
    if told and payable and taxed and page.totals.adds_up:
        return Sight("invoice", 0.75, "it has no title, but sums and terms as a bill has")
    return _UNKNOWN


def _read_text(document: Opened) -> Reading | None:
    """A mail that is the bill itself; most mails only speak of one."""
    sheet = Sheet(text_words(document.plain))
    sight = sighted(sheet)
    page = read_sheet(sheet, document.us)
    if sight is not None and not document.cover.is_mail and sight.kind in (TRADE - _BILLS) | FILED:
        fields = page.fields if sight.kind in TRADE else _made(page)
        return Reading(
            kind=sight.kind, confidence=sight.confidence, fields=fields, reason=sight.reason
        )
    if sight is None or sight.kind not in _BILLS or not _is_whole(page):
        return _linked(document) if document.as_kind is None else None
    reading = Reading(
        kind=sight.kind,
        confidence=min(sight.confidence, 0.9),
        fields=page.fields,
        reason=f"{sight.reason}, in the text of the mail",
    )
    return reading.model_copy(update={"checks": value_checks(reading)})


def _is_whole(page: PageInvoice) -> bool:
    """Number, date and a sum that its label or the arithmetic proves."""
    needed = (page.fields.get(name) for name in ("invoice_number", "issue_date", "total"))
    return all(field is not None and field.confidence >= 0.7 for field in needed)


def _linked(document: Opened) -> Reading | None:
    """`Your invoice is ready: https://...`: said so, and never followed."""
    body = document.plain[:_BODY]
    if _LINK.search(body) and _FETCH.search(body) and names_an_invoice(body):
        return Reading(kind=Kind.OTHER, confidence=0.6, reason=BEHIND_A_LINK)
    return None


def _fields(page: PageInvoice, sight: Sight, seen: Seen) -> Iterator[tuple[str, Field]]:
    """What was read; a reminder's bill also from its sentences."""
    yield from page.fields.items()
    if sight.kind is Kind.PAYMENT_REMINDER and "invoice_number" not in page.fields:
        number = named_bill(page.sheet, seen.source)
        if number is not None:
            yield "invoice_number", number


def _other(document: Opened, sight: Sight, sheet: Sheet, seen: Seen) -> Reading | None:
    if not sight.reason:
        return None
    is_filed = sight.kind in FILED
    made = _made(read_sheet(sheet, document.us, seen.source)) if is_filed else {}
    return Reading(
        kind=sight.kind if is_filed else Kind.OTHER,
        confidence=sight.confidence,
        fields=placed(made, seen),
        pages=document.pages,
        reason=sight.reason,
    )


def _made(page: PageInvoice) -> dict[str, Field]:
    return {name: page.fields[name] for name in _WANTED if name in page.fields}


def _stands(page: PageInvoice, sight: Sight) -> bool:
    """A bill has a title, or a sum, a reminder names its bill: a text about invoices has none."""
    total = page.totals.total
    if sight.kind is Kind.PAYMENT_REMINDER and named_bill(page.sheet, Source.TEXT) is not None:
        return True
    told = (page.fields.get(name) for name in ("invoice_number", "issue_date", "due_date"))
    if sight.kind in _BILLS and all(field and field.confidence >= _TOLD for field in told):
        return True  # numbered, dated and due
    return sight.titled or (total is not None and total.confidence >= 0.5)
