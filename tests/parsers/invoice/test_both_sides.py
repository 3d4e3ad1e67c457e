"""The checks of a page's own values on both sides, with the near misses of ten countries."""

from typing import Any

import pytest

from mailagent.core.reading import Evidence, Field, Kind, Source
from parsers.invoice.sound import value_checks
from tests.values import reading


def failed(kind: Kind = Kind.INVOICE, **fields: Any) -> set[str]:
    empty = dict.fromkeys(("seller_vat", "iban", "buyer_name"), "")
    return {c.name for c in value_checks(reading(kind, **{**empty, **fields})) if not c.ok}


@pytest.mark.parametrize(
    ("currency", "net", "tax", "total", "tells"),
    [
        ("EUR", "100.00", "19.00", "119.02", True),
        ("EUR", "100.00", "19.00", "120.00", True),
        ("CHF", "100.00", "8.10", "108.15", True),
        ("CHF", "99.67", "8.07", "107.76", True),
        ("SEK", "100.00", "25.00", "126.00", True),
        ("EUR", "99.67", "8.07", "107.75", False),  # one cent of the sums
        ("CHF", "99.68", "8.07", "107.75", False),
        ("CHF", "99.66", "8.07", "107.75", False),  # rounded to five
        ("SEK", "100.30", "25.08", "125.00", False),  # and to whole crowns
        ("NOK", "99.60", "24.90", "125.00", False),
        ("JPY", "1000", "100", "1100", False),
    ],
)
def test_totals(currency: str, net: str, tax: str, total: str, tells: bool) -> None:
    found = failed(currency=currency, net=net, tax=tax, total=total)
    assert ("totals_add_up" in found) is tells


@pytest.mark.parametrize(
    ("country", "tax", "day", "tells"),
    [
        ("DE", "22.00", "2026-11-18", True),
        ("DE", "16.00", "2026-11-18", False),  # less than the highest: a mix
        ("GB", "20.00", "2026-11-18", False),
        ("GB", "21.00", "2026-11-18", True),
        ("US", "8.875", "2026-11-18", False),
        ("US", "14.00", "2026-11-18", True),
        ("CA", "15.00", "2026-11-18", False),
        ("CA", "16.00", "2026-11-18", True),
        ("IN", "18.00", "2026-11-18", False),
        ("AU", "10.00", "2026-11-18", False),
        ("AU", "11.00", "2026-11-18", True),
        ("FI", "25.50", "2026-11-18", False),
        ("HU", "27.00", "2026-11-18", False),
        ("BR", "99.00", "2026-11-18", False),  # whose rates we do not know
    ],
)
def test_tax_rates(country: str, tax: str, day: str, tells: bool) -> None:
    total = f"{100 + float(tax):.3f}"
    found = failed(seller_country=country, net="100.00", tax=tax, total=total, issue_date=day)
    assert ("tax_rate" in found) is tells


@pytest.mark.parametrize(
    ("number", "country", "tells"),
    [
        ("DE136695977", "", True),
        ("GB123456789", "", True),
        ("FR00123456789", "", True),
        ("51824753557", "AU", True),
        ("27AAPFU0939F1ZX", "IN", True),
        ("DE136695976", "", False),
        ("DE 136 695 976", "", False),
        ("GB 980 7806 84", "", False),
        ("CHE-107.787.577 MWST", "", False),
        ("51 824 753 556", "AU", False),
        ("27AAPFU0939F1ZV", "IN", False),
        ("12-3456789", "US", False),  # an EIN has no check digits
        ("123456782 RT0001", "CA", False),
        ("", "DE", False),
    ],
)
def test_tax_numbers(number: str, country: str, tells: bool) -> None:
    assert ("tax_number" in failed(seller_vat=number, seller_country=country)) is tells


@pytest.mark.parametrize(
    ("account", "bank", "currency", "tells"),
    [
        ("DE88370400440532013000", "", "EUR", True),
        ("GB30NWBK60161331926819", "", "GBP", True),
        ("123456789", "021000022", "USD", True),
        ("12", "60-16-13", "GBP", True),
        ("123", "062-000", "AUD", True),
        ("DE89370400440532013000", "", "EUR", False),
        ("123456789", "021000021", "USD", False),
        ("31926819", "60-16-13", "GBP", False),
        ("12345678", "062-000", "AUD", False),
        ("1234567", "000312345", "CAD", False),  # institution and transit
        ("12-3456-7890123-00", "", "NZD", False),
        ("50100012345678", "HDFC0001234", "INR", False),
    ],
)
def test_accounts(account: str, bank: str, currency: str, tells: bool) -> None:
    assert ("account_fits" in failed(iban=account, bank_code=bank, currency=currency)) is tells


@pytest.mark.parametrize(
    ("code", "tax", "tells"),
    [
        ("AE", "19.00", True),
        ("E", "0.50", True),
        ("O", "19.00", True),
        ("S", "0.00", True),  # BR-S-05: with this code there is a tax
        ("K, G", "19.00", True),
        ("S", "19.00", False),
        ("AE", "0.00", False),
        ("S, E", "19.00", False),
        ("S, Z", "0.00", False),
        ("Z", "0.00", False),
        ("", "0.00", False),
        ("B", "19.00", False),
    ],
)
def test_tax_codes(code: str, tax: str, tells: bool) -> None:
    total = f"{100 + float(tax):.2f}"
    assert ("untaxed" in failed(tax_code=code, tax=tax, total=total)) is tells


@pytest.mark.parametrize(
    ("issued", "due", "tells"),
    [
        ("2026-11-18", "2026-11-17", True),
        ("2026-11-18", "2025-12-02", True),
        ("2026-11-18", "2029-01-01", True),
        ("2026-11-18", "2026-11-18", False),
        ("2026-11-18", "2027-11-18", False),
        ("2024-02-29", "2024-03-30", False),
        ("2026-12-31", "2027-01-14", False),
        ("2026-11-18", "", False),
    ],
)
def test_days(issued: str, due: str, tells: bool) -> None:
    assert ("dates_plausible" in failed(issue_date=issued, due_date=due)) is tells


def line_items(*rates: str) -> Field:
    rows = tuple({"description": "Work", "tax_rate": rate} for rate in rates)
    return Field(value=rows, confidence=1, source=Source.TEXT, evidence=Evidence(quote="-"))


@pytest.mark.parametrize(
    ("rates", "tax", "tells"),
    [
        (("19",), "40.00", True),  # a rate that is right, and a tax that is not
        (("19", "7"), "24.00", True),
        (("18",), "18.00", True),
        (("19",), "19.00", False),
        (("19", "7"), "12.00", False),
        (("19",), "20.90", False),  # freight beside the lines is taxed as well
        (("0",), "0.00", False),
        ((), "19.00", False),
    ],
)
def test_a_tax_that_the_rates_of_the_lines_do_not_make(
    rates: tuple[str, ...], tax: str, tells: bool
) -> None:
    fields = {"seller_country": "DE", "seller_vat": "", "net": "100.00", "tax": tax}
    made = reading(Kind.INVOICE, checks=(), **fields, total=f"{100 + float(tax):.2f}")
    made = made.model_copy(update={"fields": {**made.fields, "line_items": line_items(*rates)}})
    found = {check.name: check.ok for check in value_checks(made)}
    assert found["tax_rate"] is not tells
    assert found["totals_add_up"]


@pytest.mark.parametrize(
    ("kind", "total", "corrects", "tells"),
    [
        (Kind.INVOICE, "0.00", "", True),
        (Kind.INVOICE, "-119.00", "", True),
        (Kind.INVOICE, "0.01", "", False),
        (Kind.INVOICE, "-119.00", "R-1", False),
        (Kind.CREDIT_NOTE, "-119.00", "", False),
    ],
)
def test_a_bill_that_asks_for_nothing(kind: Kind, total: str, corrects: str, tells: bool) -> None:
    found = failed(kind, total=total, net="", tax="", corrects=corrects)
    assert ("asks_to_pay" in found) is tells


@pytest.mark.parametrize(
    ("vendor", "tells"),
    [
        ("Nordli\u0441ht Hosting", True),  # a Cyrillic letter
        ("\u0391cme GmbH", True),  # a Greek one
        ("\uff21cme", True),  # a wide one among others
        ("\u041d\u043e\u0440\u0434 GmbH", False),  # each word in one alphabet
        ("M\u00fcller & S\u00f6hne", False),
        ("\u0141\u00f3d\u017a S.A.", False),
        ("\u6771\u4eac Tower", False),
    ],
)
def test_a_name_of_two_alphabets(vendor: str, tells: bool) -> None:
    assert ("one_alphabet" in failed(seller_name=vendor)) is tells
