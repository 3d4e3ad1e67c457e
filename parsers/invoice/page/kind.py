"""Whether a page without XML is an invoice."""

from mailagent.core.reading import Kind
from parsers.invoice.page.labels import names_an_invoice, squeezed
from parsers.invoice.page.reader import PageInvoice

_CREDIT = (
    "creditnote",
    "creditmemo",
    "gutschrift",
    "avoir",
    "notadecredito",
    "notadicredito",
    "creditnota",
    "kreditnota",
    "dobropis",
    "facturarectificativa",
    "abono",
    "adjustmentnote",
    "stornorechnung",
    "korygujaca",
)


def kind_of_page(page: PageInvoice) -> tuple[Kind, float, str] | None:
    """The kind, how sure it is, and why; None for what is no invoice."""
    if page.totals.total is None or page.totals.total.confidence < 0.5:
        return None
    strong = [label for label in page.labels.of("number") if label.weight > 0.9]
    titled = [
        cell.text
        for row in page.sheet.rows[:40]
        for cell in row.cells()
        if len(cell.text) < 60 and names_an_invoice(cell.text)
    ]
    if not strong and not titled:
        return None
    head = squeezed(" ".join(titled))
    if any(word in head for word in _CREDIT):
        return Kind.CREDIT_NOTE, 0.9, "its title names a credit note"
    return Kind.INVOICE, 0.95, "its title and its sums are an invoice's"
