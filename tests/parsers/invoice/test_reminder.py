"""A reminder names the bill it is about."""

import pytest

from mailagent.core.reading import Kind, Source
from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.reminder import named_bill
from parsers.kinds import read_document
from parsers.text.words import Word
from tests.papers.layout import layout
from tests.papers.other import other


def _sheet(*lines: str) -> Sheet:
    return Sheet(
        Word(text, 1, 50.0 + 60 * at, 40.0 + 20 * row, 100.0 + 60 * at, 50.0 + 20 * row)
        for row, line in enumerate(lines)
        for at, text in enumerate(line.split())
    )


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("our invoice AY/6663/07/2024 of 2 May is unpaid", "AY/6663/07/2024"),
        ("unsere Rechnung Nr. 4711 vom 2.5.2026 ist offen", "4711"),
        ("votre facture n° F2025-12 reste impayée", "F2025-12"),
        ("faktura nr 12/2026 z dnia", "12/2026"),
        ("Invoice #1043", "1043"),
    ],
)
def test_the_number_in_a_sentence(sentence: str, number: str) -> None:
    field = named_bill(_sheet(sentence), Source.TEXT)
    assert field is not None
    assert field.value == number


@pytest.mark.parametrize(
    "sentence", ["the invoice is unpaid", "Rechnung 02.05.2026", "no word of it", "invoice date"]
)
def test_no_number_is_none(sentence: str) -> None:
    assert named_bill(_sheet(sentence), Source.TEXT) is None


@pytest.mark.parametrize("locale", ["en-US", "de-DE", "fr-FR", "es-ES", "pl-PL"])
def test_number_total_and_due_date_of_a_reminder(locale: str) -> None:
    content, label = other("reminder", locale, layout(4, 3), f"reminder/{locale}")
    reading = read_document(content)
    assert reading.kind is Kind.PAYMENT_REMINDER
    assert reading.text("invoice_number") == label["truth"]["invoice_number"]
    assert reading.amount("total") is not None
    assert reading.date("due_date") is not None
