"""What kind of paper a page is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.reading import Kind
from parsers.invoice.page.layout import Sheet
from parsers.invoice.papers import plain, sighted
from parsers.kinds import read_document
from parsers.text.words import Word
from tests.papers.making import bills, others
from tests.papers.other import KINDS


def _sheet(*lines: str, sizes: tuple[float, ...] = ()) -> Sheet:
    """Lines of a page below each other; a bar parts cells."""
    words: list[Word] = []
    for at, line in enumerate(lines):
        size = sizes[at] if at < len(sizes) else 10.0
        x = 50.0
        for cell in line.split("|"):
            for text in cell.split():
                wide = size * 0.5 * len(text)
                words.append(Word(text, 1, x, 40.0 + 20 * at, x + wide, 40.0 + 20 * at + size))
                x += wide + size * 0.28
            x += 60
    return Sheet(words)


_BODY = ("Consulting | 100.00", "Total | 119.00", "VAT 19% | 19.00", "IBAN DE12 3456")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Invoice", Kind.INVOICE),
        ("I N V O I C E", Kind.INVOICE),
        ("Tax Invoice / Receipt", Kind.INVOICE),
        ("Rechnung Nr. 2026-113", Kind.INVOICE),
        ("Rechnung des Versicherers (575) Nr. 01.234 vom 06.12.2018", Kind.INVOICE),
        ("Sanitärrechnung", Kind.INVOICE),
        ("2. Abschlagsrechnung", Kind.INVOICE),
        ("Berichtigte Rechnung", Kind.INVOICE),
        ("RECH|NUNG", Kind.INVOICE),
        ("Gutschrift (Abrechnung durch Leistungsempfänger)", Kind.INVOICE),
        ("Gutschrift", Kind.CREDIT_NOTE),
        ("RECHNUNGS-KORREKTUR", Kind.CREDIT_NOTE),
        ("Pro-forma invoice", Kind.QUOTE),
        ("Proformarechnung", Kind.QUOTE),
        ("Facture pro forma", Kind.QUOTE),
        ("Devis n° 2026-18", Kind.QUOTE),
        ("Purchase Order PO-1043", Kind.PURCHASE_ORDER),
        ("Auftragsbestätigung", Kind.ORDER_CONFIRMATION),
        ("Packing slip", Kind.DELIVERY_NOTE),
        ("Rekeningoverzicht", Kind.STATEMENT),
        ("2. Mahnung", Kind.PAYMENT_REMINDER),
        ("Wezwanie do zapłaty", Kind.PAYMENT_REMINDER),
        ("Kassenbon", Kind.RECEIPT),
        ("Mietvertrag", Kind.CONTRACT),
        ("Lohnabrechnung", Kind.PAYSLIP),
        ("Certificate of Liability Insurance", Kind.INSURANCE_PAPER),
        ("Remittance advice", Kind.REMITTANCE_ADVICE),
    ],
)
def test_a_paper_is_what_it_calls_itself(title: str, kind: Kind) -> None:
    sight = sighted(_sheet("Acme Ltd", "1 High Street", title, *_BODY, sizes=(12, 9, 16)))
    assert sight is not None
    assert sight.kind is kind


def test_labels_of_other_papers_do_not_make_it_one() -> None:
    sheet = _sheet("Acme Ltd", "Invoice", "Purchase order | 4711", "Delivery note no. | 12", *_BODY)
    sight = sighted(sheet)
    assert sight is not None
    assert sight.kind is Kind.INVOICE


def test_a_number_that_is_called_the_invoices_is_enough() -> None:
    sight = sighted(_sheet("Acme Ltd", "Invoice no: 4711", "Total | 119.00 EUR"))
    assert sight is not None
    assert sight.kind is Kind.INVOICE


def test_a_reminder_names_its_bill_and_is_none() -> None:
    sheet = _sheet(
        "Invoice no: 4711",
        "Invoice date: 2 May 2026 | Due date: 1 June 2026",
        "We have not yet received your payment for the invoice above, which is overdue.",
        "Please ignore this if you have paid.",
        "Amount due | 119.00",
    )
    sight = sighted(sheet)
    assert sight is not None
    assert sight.kind is Kind.PAYMENT_REMINDER


def test_prose_about_invoices_is_nothing() -> None:
    sheet = _sheet(
        "Dear Ms Walker, our invoices come by e-mail from January on.",
        "Please send us the address to which we shall send them.",
    )
    assert sighted(sheet) is None


@given(st.text(max_size=80))
def test_any_text_can_be_made_plain(text: str) -> None:
    assert all(c.isalnum() or c == " " for c in plain(text))


@pytest.mark.slow
def test_papers_of_every_kind_and_language_are_told_apart() -> None:
    """What is measured at scale by `python -m tests.papers score`."""
    read = [
        (paper.label["is_invoice"], read_document(paper.content).kind)
        for paper in [*bills(30, seed=21), *others(2 * len(KINDS), seed=21)]
    ]
    is_bill = {Kind.INVOICE, Kind.CREDIT_NOTE}
    assert sum(known != (kind in is_bill) for known, kind in read) <= 1
