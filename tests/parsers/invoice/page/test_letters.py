"""Bills that are letters: no title, and what they charge stands in a sentence."""

import pytest

from mailagent.core.reading import Kind, Reading
from parsers.kinds import read_document
from tests.parsers.invoice.page.drawing import pdf_of

HEAD = """Jule Anders
Rote Reihe 5
30169 Hannover
Tel. 0511 447188

Theater am Fluss gGmbH
Uferstr. 2
30449 Hannover

Hannover, 23. Juni 2025

Nr. 25-007

Liebe Frau Winter,

{said}
Bitte überweisen Sie den Betrag bis zum 7. Juli 2025 auf mein Konto
DE20 4306 0967 1188 2093 30.
"""
LETTER = """Jonah Pell Photography
88 Linden St, Apt 3, Brooklyn NY 11221
jonah@pell.example

To: Sunday Table Magazine
1 Astor Pl, New York NY 10003

February 3, 2025
#0042

Half-day shoot            $800
Retouching                $150
{word:<26}$950

{terms}
"""


def told(reading: Reading, *names: str) -> list[str]:
    return [reading.text(name) for name in names]


@pytest.mark.parametrize(
    "said",
    [
        "für das Lektorat erlaube ich mir, Ihnen 1.250,00 EUR zu berechnen.",
        "für das Lektorat im Mai berechne ich 1.250,00 EUR.",
        "das Lektorat stelle ich Ihnen mit\n1.250,00 EUR in Rechnung.",
    ],
)
def test_a_letter_that_charges_something_is_a_bill(said: str) -> None:
    reading = read_document(pdf_of(HEAD.format(said=said)))
    assert reading.kind is Kind.INVOICE
    assert told(reading, "invoice_number", "total", "due_date") == [
        "25-007",
        "1250.00",
        "2025-07-07",
    ]
    assert reading.fields["total"].confidence < 0.9


def test_a_letter_that_speaks_of_a_price_is_none() -> None:
    said = "das Lektorat würde nach unserer Preisliste 1.250,00 EUR kosten."
    assert read_document(pdf_of(HEAD.format(said=said))).kind is Kind.OTHER


def test_what_is_to_be_paid_and_what_the_lines_above_make_is_a_bill() -> None:
    page = LETTER.format(word="Total due", terms="Please pay within 30 days.")
    reading = read_document(pdf_of(page))
    assert reading.kind is Kind.INVOICE
    assert told(reading, "invoice_number", "issue_date", "due_date", "total", "buyer_name") == [
        "0042",
        "2025-02-03",
        "2025-03-05",
        "950.00",
        "Sunday Table Magazine",
    ]


@pytest.mark.parametrize(
    ("word", "terms"),
    [("Total", "Please pay within 30 days."), ("Total due", "See you in June.")],
    ids=["nothing is to be paid", "no terms"],
)
def test_lines_with_a_total_alone_are_no_bill(word: str, terms: str) -> None:
    assert read_document(pdf_of(LETTER.format(word=word, terms=terms))).kind is Kind.OTHER
