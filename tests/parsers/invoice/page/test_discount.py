"""What is off for paying early, and every rate that is not."""

import pytest

from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.reader import PageInvoice, read_sheet
from parsers.text.grid import text_words

HEAD = "Kranz Bau GmbH\n\nRechnung Nr. R-2026-7\nRechnungsdatum 12.11.2026\n\n"
SUMS = "\nNetto EUR 100,00\nGesamtbetrag EUR 107,00\n\n"


def page(terms: str) -> PageInvoice:
    return read_sheet(Sheet(text_words(f"{HEAD}{SUMS}{terms}\n")))


@pytest.mark.parametrize(
    ("terms", "rate", "until"),
    [
        ("Zahlbar innerhalb 10 Tagen mit 2 % Skonto, 30 Tage netto", "2", "2026-11-22"),
        ("Payment terms: 2% 10 Net 30", "2", "2026-11-22"),
        ("3% discount if paid within 14 days", "3", "2026-11-26"),
        ("Bei Zahlung bis 20.11.2026 2 % Skonto", "2", "2026-11-20"),
    ],
)
def test_what_is_off_for_paying_early(terms: str, rate: str, until: str) -> None:
    fields = page(terms).fields
    assert (fields["discount_rate"].value, fields["discount_until"].value) == (rate, until)
    assert fields["discount_until"].confidence >= 0.8


@pytest.mark.parametrize(
    "terms",
    [
        "Zahlbar innerhalb 14 Tagen ohne Abzug. Der Betrag enthält 7 % MwSt.",
        "GST 10% 50 Net 500",
        "MwSt 7% 12 Netto 180",
        "Payment within 30 days without discount, incl. 10% GST",
        "Zahlbar in 14 Tagen ohne Abzug, zzgl. 8,1% MWST",
        "10% Rabatt auf alle Artikel, Zahlung innerhalb 30 Tagen",
        "Discount 10% already applied, payment within 14 days",
        "Less 5% trade discount. Payment terms 30 days from the date of invoice",
        "Interest of 8% is charged on late payment after 30 days",
        "10 % 30 Net 7",
    ],
)
def test_every_other_rate_takes_nothing_off(terms: str) -> None:
    assert "discount_rate" not in page(terms).fields


def test_of_several_the_highest_is_a_guess() -> None:
    fields = page("3 % Skonto bei Zahlung in 10 Tagen\n2 % Skonto bei Zahlung in 20 Tagen").fields
    assert fields["discount_rate"].value == "3"
    assert fields["discount_rate"].confidence < 0.8  # shown, and nothing is paid less for it


@pytest.mark.parametrize(
    "cell", ["A" * 2_000, "A." * 1_000, "A-" * 1_000, "1.1." * 2_000, "1/1-" * 2_000]
)
def test_a_hostile_cell_before_a_day_comes_to_an_end(cell: str) -> None:
    assert page(f"{cell} 12.11.2026").sheet.rows
