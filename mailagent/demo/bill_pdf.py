"""A bill as a page that people read, with its XML inside."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from mailagent.core.errors import ConfigInvalid
from mailagent.demo.bills import Bill

try:
    from fpdf import FPDF
except ImportError as missing:
    raise ConfigInvalid(
        f"The demo's documents need a package that is not installed ({missing.name})",
        advice="Install mailagent with its extra: mailagent[demo].",
    ) from missing

_INK, _GREY, _LINE = (28, 32, 38), (110, 116, 124), (214, 218, 223)
_LEFT, _RIGHT = 20, 190  # mm
_TITLES = {
    "en": {
        "380": "Invoice",
        "381": "Credit note",
        "384": "Corrected invoice",
        "389": "Self-billing",
    },
    "de": {"380": "Rechnung", "381": "Gutschrift", "384": "Korrektur", "389": "Gutschrift"},
}
_WORDS = {
    "en": {
        "number": "Invoice no.", "issued": "Invoice date", "due": "Due date", "po": "Your order",
        "item": "Description", "quantity": "Qty", "price": "Unit price", "net": "Amount",
        "sum": "Subtotal", "tax": "VAT", "total": "Total", "prepaid": "Already paid",
        "payable": "Amount due", "pay": "Please pay to", "vat": "VAT ID",
    },
    "de": {
        "number": "Rechnungsnr.", "issued": "Rechnungsdatum", "due": "Fällig am",
        "po": "Ihre Bestellung", "item": "Leistung", "quantity": "Menge", "price": "Einzelpreis",
        "net": "Betrag", "sum": "Nettobetrag", "tax": "USt.", "total": "Gesamtbetrag",
        "prepaid": "Bereits gezahlt", "payable": "Zu zahlen", "pay": "Bitte zahlen Sie auf",
        "vat": "USt-IdNr.",
    },
}  # fmt: skip


class _Page:
    """Draws in millimetres from the top left corner."""

    def __init__(self, bill: Bill, language: str) -> None:
        self.bill = bill
        self.words = _WORDS[language]
        self.language = language
        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.add_page()
        self.pdf.set_title(f"{_TITLES[language][bill.type_code]} {bill.number}")
        self.pdf.set_creation_date(datetime.combine(bill.issued, time(9), UTC))  # same bytes

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = 9.5,
        style: str = "",
        right: bool = False,
    ) -> None:
        """One line of text; `right`: it ends at x."""
        self.pdf.set_font("Helvetica", style, size)
        text = text.encode("cp1252", "replace").decode("cp1252")
        self.pdf.text(x - self.pdf.get_string_width(text) if right else x, y, text)

    def rule(self, y: float) -> None:
        """A thin line across the page."""
        self.pdf.set_draw_color(*_LINE)
        self.pdf.line(_LEFT, y, _RIGHT, y)

    def money(self, amount: Decimal) -> str:
        """1.234,50 or 1,234.50."""
        spelled = f"{amount:,.2f}"
        return spelled.translate(str.maketrans(",.", ".,")) if self.language == "de" else spelled

    def day(self, day: date) -> str:
        """17.11.2025 or 17 November 2025."""
        return f"{day:%d.%m.%Y}" if self.language == "de" else f"{day.day} {day:%B %Y}"


def bill_pdf(
    bill: Bill, xml: bytes = b"", name: str = "factur-x.xml", language: str = "en"
) -> bytes:
    """The page, with the XML inside if there is one."""
    page = _Page(bill, language)
    _head(page)
    _sums(page, _items(page, 118))
    _foot(page)
    if xml:
        page.pdf.embed_file(
            bytes=xml,
            basename=name,
            mime_type="text/xml",
            associated_file_relationship="Data",
            modification_date=datetime.combine(bill.issued, time(9), UTC),
            compress=True,
        )
    return bytes(page.pdf.output())


def _head(page: _Page) -> None:
    bill, words = page.bill, page.words
    page.pdf.set_text_color(*_INK)
    page.put(bill.seller, _LEFT, 26, size=15, style="B")
    page.pdf.set_text_color(*_GREY)
    page.put(f"{bill.seller_street} · {bill.seller_city}", _LEFT, 32)
    page.pdf.set_text_color(*_INK)
    for row, line in enumerate((bill.buyer, bill.buyer_street, bill.buyer_city)):
        page.put(line, _LEFT, 56 + 5 * row, size=10.5)
    page.put(_TITLES[page.language][bill.type_code], _LEFT, 96, size=19, style="B")
    facts = [(words["number"], bill.number), (words["issued"], page.day(bill.issued))]
    facts += [(words["due"], page.day(bill.due))] if bill.due else []
    facts += [(words["po"], bill.po_number)] if bill.po_number else []
    for row, (label, value) in enumerate(facts):
        page.put(label, 128, 56 + 5.5 * row)
        page.put(value, _RIGHT, 56 + 5.5 * row, style="B", right=True)


def _items(page: _Page, y: float) -> float:
    """The table; where it ends."""
    words = page.words
    page.put(words["item"], _LEFT, y, style="B")
    for label, x in (("quantity", 122), ("price", 156), ("net", _RIGHT)):
        page.put(words[label], x, y, style="B", right=True)
    page.rule(y + 2.5)
    for item in page.bill.items:
        y += 8
        page.put(item.description, _LEFT, y)
        page.put(f"{item.quantity:f}", 122, y, right=True)
        page.put(page.money(item.price), 156, y, right=True)
        page.put(page.money(item.net), _RIGHT, y, right=True)
    page.rule(y + 3.5)
    return y


def _sums(page: _Page, y: float) -> None:
    bill, words = page.bill, page.words
    rows = [(words["sum"], bill.net, ""), (f"{words['tax']} {bill.tax_rate:f} %", bill.tax, "")]
    rows += [(f"{words['total']} {bill.currency}", bill.total, "B")]
    if bill.prepaid:
        rows += [(words["prepaid"], -bill.prepaid, ""), (words["payable"], bill.payable, "B")]
    for row, (label, amount, style) in enumerate(rows):
        page.put(label, 128, y + 11 + 6.5 * row, style=style)
        page.put(page.money(amount), _RIGHT, y + 11 + 6.5 * row, style=style, right=True)


def _foot(page: _Page) -> None:
    bill, words = page.bill, page.words
    grouped = " ".join(bill.iban[at : at + 4] for at in range(0, len(bill.iban), 4))
    page.rule(262)
    page.put(f"{words['pay']}  IBAN {grouped}  BIC {bill.bic}", _LEFT, 269)
    page.put(f"{bill.seller}   {words['vat']} {bill.seller_vat}", _LEFT, 274.5, size=8.5)
