"""Who sells and who buys, where no label says so; and what else whole pages taught."""

import pytest

from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.reader import PageInvoice, read_sheet
from parsers.text.grid import text_words

_SUMS = "\nSubtotal   100.00\nVAT 20%   20.00\nTotal   £120.00\n"


def _read(text: str) -> PageInvoice:
    return read_sheet(Sheet(text_words(text)))


def _parties(text: str) -> tuple[str, str]:
    fields = _read(text).fields
    seller, buyer = fields.get("seller_name"), fields.get("buyer_name")
    return str(seller.value if seller else ""), str(buyer.value if buyer else "")


def test_a_person_who_can_be_reached_sells_and_the_company_below_buys() -> None:
    text = (
        "Owen Pritchard\n12 Glan y Mor Road\nPenarth CF64 3AU\n07700 900142, owen@op-sound.uk\n\n"
        "Heron Film Productions Limited\nBay Studios\nCardiff CF10 4PA\n\nInvoice 047\n"
        f"11 April 2025\n{_SUMS}"
    )
    assert _parties(text) == ("Owen Pritchard", "Heron Film Productions Limited")


def test_the_name_before_a_register_number_is_the_sellers() -> None:
    text = (
        "northsea business                         Bill number: GB88411\n\nThe Copper Kettle\n"
        f"16 Fore Street\nBrixham TQ5 8AA\n{_SUMS}\n"
        "Northsea Energy Supply Limited. Registered in England and Wales No 07712090.\n"
    )
    assert _parties(text) == ("Northsea Energy Supply Limited", "The Copper Kettle")


def test_an_office_below_a_clubs_name_is_no_party_of_its_own() -> None:
    text = (
        "Miriam Vogt\nLindenstr. 8\n04229 Leipzig\nTel. 0341 447188\n\n"
        "Kulturverein Alte Mühle e.V.\nVorstand\nMühlenweg 1\n06110 Halle\n\nRechnung 23/2025\n"
        "06.10.2025\nRechnungsbetrag   640,00 €\n"
    )
    assert _parties(text) == ("Miriam Vogt", "Kulturverein Alte Mühle e.V.")


@pytest.mark.parametrize("below", ["c/o Immo Thun AG", "z. Hd. Frau Keller", "FAO Accounts"])
def test_whom_it_goes_through_is_not_whom_it_is_for(below: str) -> None:
    text = (
        "Gärtnerei Zumbrunn AG\nDorfstrasse 40\n3700 Spiez\nTel. 033 447 18 82\n\n"
        f"Stockwerkeigentümer Seerose\n{below}\nSeestrasse 5\n3600 Thun\n\nRechnung Nr. 105\n"
        "Spiez, 13. Mai 2025\nTotal CHF   1'513.40\n"
    )
    assert _parties(text)[1] == "Stockwerkeigentümer Seerose"


@pytest.mark.parametrize(
    "line",
    [
        "Date : 21/05/2025 - Relatif à la facture FA-2025-0203 du 30/04/2025",
        "Datum: 21.05.2025   zu Rechnung RE-88120 vom 30.04.2025",
    ],
)
def test_the_day_of_the_bill_that_is_corrected_is_not_its_own(line: str) -> None:
    page = _read(f"Nordlicht AG\n\nAVOIR N° AV-2025-017\n{line}\n{_SUMS}")
    assert page.fields["issue_date"].value == "2025-05-21"


def test_an_account_goes_on_in_the_next_line() -> None:
    page = _read(
        f"Rechnung 23\n06.10.2025\n{_SUMS}Bitte auf mein Konto IBAN DE95 1195 1060\n4969 8552 03.\n"
    )
    assert page.fields["iban"].value == "DE95119510604969855203"


def test_taxes_of_items_are_parts_of_the_whole_one() -> None:
    page = _read(
        "Invoice 7\nDate: 3 October 2025\nCharges   $402.11\nCredits   -$12.12\nTax   $28.27\n"
        "Total for this invoice   $418.26\n\nMachines\nSales tax   $21.10\nStore\n"
        "Sales tax   $7.17\n"
    )
    assert [page.fields[name].value for name in ("net", "tax")] == ["389.99", "28.27"]


def test_the_next_of_many_payments_on_account_is_not_due_now() -> None:
    page = _read(
        f"Rechnungsnummer VR-20\nDatum 18.02.2025\n{_SUMS}Bitte zahlen Sie bis zum 11.03.2025.\n"
        "Ihr neuer Abschlag beträgt 245,00 €, erstmals\nfällig am 01.04.2025.\n"
    )
    assert page.fields["due_date"].value == "2025-03-11"


def test_terms_that_say_their_days_twice() -> None:
    page = _read(f"Invoice 7\nDate: 30 June 2025\n{_SUMS}Terms: net thirty (30) days.\n")
    assert page.fields["due_date"].value == "2025-07-30"
