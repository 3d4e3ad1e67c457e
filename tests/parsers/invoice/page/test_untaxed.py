"""Why no tax is charged, and every sentence that says nothing of this bill."""

import pytest

from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.reader import PageInvoice, read_sheet
from parsers.text.grid import text_words

HEAD = "Kranz Bau GmbH\n\nRechnung Nr. R-2026-7\nRechnungsdatum 12.11.2026\n\n"
FREE = "\nNetto EUR 100,00\nMwSt 0 % EUR 0,00\nGesamtbetrag EUR 100,00\n\n"
TAXED = "\nNetto EUR 100,00\nMwSt 19 % EUR 19,00\nGesamtbetrag EUR 119,00\n\n"


def page(words: str, sums: str = FREE) -> PageInvoice:
    return read_sheet(Sheet(text_words(f"{HEAD}{sums}{words}\n")))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Reverse charge: VAT to be paid by the recipient.", "AE"),
        ("Steuerschuldnerschaft des Leistungsempfängers", "AE"),
        ("Es gilt die Steuerschuldnerschaft des\nLeistungsempfängers.", "AE"),
        ("Autoliquidation - article 283-2 du CGI", "AE"),
        ("Inversión del sujeto pasivo", "AE"),
        ("BTW verlegd", "AE"),
        ("Innergemeinschaftliche Lieferung, steuerfrei nach § 4 Nr. 1b UStG", "K"),
        ("Exonération de TVA, art. 262 ter, I du CGI", "K"),
        ("Steuerfreie Ausfuhrlieferung", "G"),
        ("Supply meant for export under LUT without payment of IGST", "G"),
        ("Gemäß § 19 UStG wird keine Umsatzsteuer berechnet.", "E"),
        ("TVA non applicable, art. 293 B du CGI", "E"),
        ("Exento de IVA", "E"),
        ("Sales tax exempt: resale certificate on file", "E"),
        ("VAT exempt", "E"),
        ("Not subject to VAT", "O"),
        ("GST-free", "Z"),
        ("Zwolnione z VAT", "E"),
    ],
)
def test_why_nothing_is_charged(words: str, code: str) -> None:
    fields = page(words).fields
    assert fields["tax_code"].value == code
    assert fields["tax_code"].confidence >= 0.9
    evidence = fields["tax_reason"].evidence
    assert evidence is not None
    assert evidence.quote in words


@pytest.mark.parametrize(
    "words",
    [
        "If you are VAT exempt, please send us your certificate.",
        "Tax exempt: No",
        "No reverse charge applies.",
        "Kein Reverse Charge",
        "Falls Sie umsatzsteuerbefreit sind, wenden Sie sich an uns.",
        "VAT exempt amount EUR 0.00",
        "Thank you for your business.",
        "Rechnung für Ausfuhrabwicklung",
        "Wenn Reverse charge gilt, nennen Sie uns Ihre Nummer",
        "Are you tax exempt?",
    ],
)
def test_what_is_not_said_of_this_bill(words: str) -> None:
    assert "tax_code" not in page(words).fields


def test_with_a_tax_on_it_the_bill_is_taxed_whatever_its_small_print_says() -> None:
    fields = page("Reverse charge applies to customers abroad.", TAXED).fields
    assert (fields["tax_code"].value, fields["tax_code"].rule) == ("S", "tax_charged")
    assert "tax_reason" not in fields
