"""The one day on which what is billed was done."""

import pytest

from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.reader import read_sheet
from parsers.text.grid import text_words

HEAD = "Kranz Bau GmbH\n\nRechnung Nr. R-2026-7\nRechnungsdatum 12.11.2026\n\n"
SUMS = "\nNetto EUR 100,00\nMwSt 19 % EUR 19,00\nGesamtbetrag EUR 119,00\n"


def period(words: str) -> tuple[str, str]:
    fields = read_sheet(Sheet(text_words(f"{HEAD}{words}\n{SUMS}"))).fields
    found = [fields[name].value for name in ("service_start", "service_end") if name in fields]
    start, end = map(str, found or ("", ""))
    return start, end


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("Leistungsdatum: 05.11.2026", "2026-11-05"),
        ("Lieferdatum 05.11.2026", "2026-11-05"),
        ("Geliefert am 05.11.2026 frei Haus", "2026-11-05"),
        ("Date of supply: 5 November 2026", "2026-11-05"),
        ("Fecha de operación: 05/11/2026", "2026-11-05"),
        ("Das Leistungsdatum entspricht dem Rechnungsdatum.", "2026-11-12"),
    ],
)
def test_a_day_that_its_words_name(words: str, start: str) -> None:
    assert period(words) == (start, start)


@pytest.mark.parametrize(
    "words",
    [
        "Lieferbedingungen: frei Haus",
        "Leistungsdatum siehe Anlage",
        "Lieferdatum 05.11.2019",
        "Bestelldatum 05.11.2026",
        "Ihr Schreiben vom 05.11.2026",
    ],
)
def test_what_names_none(words: str) -> None:
    assert period(words) == ("", "")
