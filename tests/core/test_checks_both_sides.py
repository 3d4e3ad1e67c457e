"""Every check of a bill on both sides: what it must tell, and the near misses it must not.

The values of a page alone are in tests/parsers/invoice/test_both_sides.py.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from mailagent.core.bookkeeping import (
    addressed_to_us,
    against_the_books,
    fits_its_order,
    is_one_account,
    known_sender,
    not_posing_as_us,
    same_account,
    takes_off_what_was_billed,
)
from mailagent.core.lookalike import alike
from mailagent.core.orders import Ordered, OrderLine, PurchaseOrder
from mailagent.core.purchase import lines_keep_to_the_order
from mailagent.core.question import KnownVendor
from mailagent.core.reading import Check, Evidence, Field, Kind, Source
from tests.values import COMPANY, reading, record_bill


def failed(checks: Iterable[Check]) -> list[str]:
    return [check.name for check in checks if not check.ok]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("DE89370400440532013000", "DE02120300000000202051"),
        ("DE89370400440532013000", "GB29NWBK60161331926819"),
        ("601613 31926819", "601614 31926819"),  # the same number at another bank
        ("GB29NWBK60161331926819", "601613 31926810"),
        ("GB29NWBK60161331926819", "200000 31926819"),
        ("021000021 123456789", "021000021 123456780"),
        ("062000 12345678", "62000 1234567"),
        ("12345", "2345"),
    ],
)
def test_another_account(before: str, now: str) -> None:
    assert failed(same_account(now, KnownVendor(accounts=(before,)))) == ["bank_account"]
    assert not is_one_account(now, before)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("DE89370400440532013000", "DE89 3704 0044 0532 0130 00"),
        ("GB29NWBK60161331926819", "601613 31926819"),
        ("601613 31926819", "GB29NWBK60161331926819"),
        ("DE89370400440532013000", "37040044 532013000"),
        ("601613 31926819", "31926819"),  # without the sort code this time
        ("31926819", "601613 31926819"),
        ("021000021 000123456789", "021000021 000123456789"),
        ("DE89370400440532013000", ""),  # said elsewhere
    ],
)
def test_the_same_account_written_otherwise(before: str, now: str) -> None:
    assert failed(same_account(now, KnownVendor(accounts=(before,)))) == []


@pytest.mark.parametrize(
    ("before", "now", "tells"),
    [
        ("acme.com", "acme.co", True),
        ("acme.com", "acme-billing.com", True),
        ("acme.co.uk", "other.co.uk", True),
        ("acme.com", "acme.com.evil.net", True),
        ("acme.com", "xacme.com", True),
        ("acme.com", "mail.acme.com", False),
        ("invoices.acme.com", "acme.com", False),
        ("a.acme.co.uk", "b.acme.co.uk", False),
        ("acme.com", "ACME.com", False),
        ("acme.com", "", False),
    ],
)
def test_another_signing_domain(before: str, now: str, tells: bool) -> None:
    found = known_sender(record_bill(sender_domain=now), KnownVendor(domains=(before,)))
    assert failed(found) == (["sender_domain"] if tells else [])


@pytest.mark.parametrize(
    ("domain", "tells"),
    [
        ("northwind.example", True),
        ("n0rthwind.test", True),
        ("northwlnd.test", True),
        ("northwinds.test", True),
        ("xn--nrthwind-n8a.test", True),  # a letter with a stroke
        ("mail.northwind.test", False),  # ours
        ("northwind.test", False),
        ("southwind.test", False),
        ("north.test", False),
        ("wind.example", False),
        ("", False),
    ],
)
def test_a_sender_who_poses_as_us(domain: str, tells: bool) -> None:
    us = COMPANY.model_copy(update={"domain": "northwind.test"})
    assert failed(not_posing_as_us(domain, us)) == (["not_our_domain"] if tells else [])


@pytest.mark.parametrize(
    ("ours", "buyer", "tells"),
    [
        ("Northwind Ltd", "Southwind Ltd", True),
        ("Ann GmbH", "Hannover Messe AG", True),
        ("Data", "Databricks Inc", True),
        ("M\u00fcller Bau GmbH", "M\u00fcller Tiefbau GmbH", True),
        ("Northwind Ltd", "Wind", True),
        ("Northwind Ltd", "Northwind Limited", False),
        ("Northwind Ltd", "Accounts Payable, Northwind Ltd, London", False),
        ("Northwind Traders Ltd", "Northwind", False),  # cut short
        ("M\u00fcller GmbH", "Mueller GmbH", False),
        ("Mueller GmbH", "M\u00dcLLER", False),
        ("Northwind Ltd", "NORTH WIND LTD", False),  # kerning
        ("Stra\u00dfen & Co KG", "Strassen & Co. KG", False),
        ("Northwind Ltd", "", False),
    ],
)
def test_a_bill_that_is_not_for_us(ours: str, buyer: str, tells: bool) -> None:
    us = COMPANY.model_copy(update={"name": ours, "vat_ids": ()})
    found = addressed_to_us(reading(buyer_name=buyer, buyer_vat=""), us)
    assert failed(found) == (["buyer"] if tells else [])


@pytest.mark.parametrize(
    "buyer",
    [
        "Nordwind Services GmbH",
        "Nordwind-Services GmbH",
        "NORDWIND SERVICES G.m.b.H.",
        "Nordwind Services, Inc.",
        "Nordwind (UK) Ltd",
        "Nordwind & Partner GmbH",
        "Nordwind Deutschland Holding AG",
        "Nordwind Services GmbH, Buchhaltung, Kiel",
        "Nordwind Solutions Sp. z o.o.",
        "Accounts Payable, Nordwind Services Limited",
    ],
)
def test_a_bill_for_a_sister_of_ours(buyer: str) -> None:
    us = COMPANY.model_copy(update={"name": "Nordwind GmbH", "vat_ids": ()})
    assert failed(addressed_to_us(reading(buyer_name=buyer, buyer_vat=""), us)) == ["buyer"]
    ours = us.model_copy(update={"vat_ids": ("DE123456788",)})
    by_number = reading(buyer_name=buyer, buyer_vat="DE123456788")
    assert failed(addressed_to_us(by_number, ours)) == []


@pytest.mark.parametrize(
    ("buyer", "tells"),
    [
        ("Nordwind Services GmbH", []),
        ("NORDWIND SERVICES G.m.b.H., Kiel", []),
        ("Studio Nord", []),
        ("Nordwind GmbH", []),
        ("Nordwind Logistik GmbH", ["buyer"]),
    ],
)
def test_a_bill_for_a_trade_name_of_ours(buyer: str, tells: list[str]) -> None:
    names = ("Nordwind Services GmbH", "Studio Nord")
    update = {"name": "Nordwind GmbH", "trade_names": names, "vat_ids": ()}
    us = COMPANY.model_copy(update=update)
    assert failed(addressed_to_us(reading(buyer_name=buyer, buyer_vat=""), us)) == tells


@pytest.mark.parametrize(
    ("ours", "buyer", "tells"),
    [
        ("Nordwind GmbH", "Nordwind GmbH & Co. KG", False),  # another form of one name
        ("Nordwind GmbH", "Nordwind G.m.b.H.", False),
        ("Nordwind GmbH", "Nordwind AG", False),
        ("Nordwind, Inc.", "Nordwind Inc", False),
        ("Nordwind GmbH", "Nordwind", False),
        ("Nordwind GmbH", "Nordwind GmbH c/o Hafen Coworking GmbH", False),
        ("Nordwind GmbH", "Max Muster c/o Nordwind GmbH", False),
        ("Nordwind GmbH", "Nordwind GmbH Services", False),
        ("Nordwind GmbH", "Nordwind GmbH - Buchhaltung", False),
        ("Nordwind GmbH", "Nordwind Buchhaltung", False),
        ("Nordwind GmbH", "Nordwind, Einkauf, Lager GmbH", False),
        ("Nordwind GmbH", "Nordwind 12 Main Street London SE 1", False),
        ("Nordwind", "Nordwind Energie GmbH", False),  # settings that leave the form out
        ("Northwind Traders Ltd", "Northwind Traders", False),
        ("Northwind Traders Ltd", "Northwind", False),
        ("Northwind Traders Ltd", "Northwind Ltd", True),  # the parent
        ("Northwind Traders Ltd", "Northwind Traders Europe Ltd", True),
        ("Müller Bau GmbH", "Mueller Bau GmbH", False),
        ("Müller Bau GmbH", "Mueller Bau Süd GmbH", True),
    ],
)
def test_a_name_that_only_begins_like_ours(ours: str, buyer: str, tells: bool) -> None:
    us = COMPANY.model_copy(update={"name": ours, "vat_ids": ()})
    found = addressed_to_us(reading(buyer_name=buyer, buyer_vat=""), us)
    assert failed(found) == (["buyer"] if tells else [])


@pytest.mark.parametrize(
    ("name", "other", "tells"),
    [
        ("Nordlicht Hosting", "N0rdlicht Hosting", True),
        ("Nordlicht Hosting", "Nordlicht Hostlng", True),
        ("Nordlicht Hosting", "Nordllcht Hosting", True),
        ("Kranz Bau", "Kranz Baa", True),
        ("microsoft", "rnicrosoft", True),
        ("Halle 1", "Halle 2", False),
        ("Acme", "Acne", False),  # too short to tell
        ("Nordlicht Hosting", "Nordlicht", False),
        ("Stadtwerke Kiel", "Stadtwerke Ulm", False),
        ("Deutsche Bahn", "Deutsche Bank AG", False),
        ("Telco One", "Telco Two", False),
    ],
)
def test_a_name_that_is_made_to_be_taken_for_another(name: str, other: str, tells: bool) -> None:
    assert bool(alike(other.lower(), [name.lower()])) is tells


@pytest.mark.parametrize(
    ("before", "now", "tells"),
    [
        (("EUR",), "USD", ["usual_currency"]),
        (("EUR", "GBP"), "USD", ["usual_currency"]),
        (("EUR",), "EUR", []),
        (("EUR", "USD"), "USD", []),  # it always billed in both
        ((), "USD", []),  # a stranger
    ],
)
def test_another_currency(before: tuple[str, ...], now: str, tells: list[str]) -> None:
    found = against_the_books(record_bill(currency=now), KnownVendor(currencies=before))
    assert failed(found) == tells


# -- credit notes


@pytest.mark.parametrize(
    ("total", "corrects", "known", "tells"),
    [
        ("-120", ("R-1",), {"left": Decimal(119)}, True),
        ("-119", ("R-1",), {"left": Decimal(119)}, False),
        ("-120", ("R-1",), {"left": None}, False),  # the bill is in other books
        ("-120", ("R-1",), {"left": Decimal(119), "unknown": ("R-1",)}, False),  # told already
        ("-120", (), {"amounts": (Decimal(100), Decimal(19))}, True),
        ("-119", (), {"amounts": (Decimal(100), Decimal(19))}, False),
        ("-20", (), {"amounts": (Decimal(-100), Decimal(119))}, True),  # credited before
        ("-20", (), {}, True),  # this vendor never billed anything
        ("120", (), {}, False),
    ],
)
def test_a_credit_note_of_more_than_was_billed(
    total: str, corrects: tuple[str, ...], known: dict[str, Any], tells: bool
) -> None:
    note = record_bill(total=Decimal(total), net=None, tax=None, corrects=corrects)
    found = takes_off_what_was_billed(note, KnownVendor(**known))
    assert failed(found) == (["credit_within"] if tells else [])


@pytest.mark.parametrize(
    ("total", "corrects", "other_way", "tells"),
    [
        (-119, (), True, ["copy_of_a_bill"]),
        (119, (), True, ["copy_of_a_credit_note"]),
        (-119, ("R-2026-07",), True, []),  # it says so itself
        (-119, ("R-2026-6",), True, ["copy_of_a_bill"]),
        (-119, (), False, []),
        (119, (), False, []),
    ],
)
def test_a_bill_that_is_the_copy_of_a_credit_note(
    total: int, corrects: tuple[str, ...], other_way: bool, tells: list[str]
) -> None:
    bill = record_bill(total=Decimal(total), net=None, tax=None, corrects=corrects)
    twins = ("R-2026-7 (2026-11-18)",) if other_way else ()
    known = KnownVendor(the_other_way=twins, amounts=(Decimal(500),), left=Decimal(500))
    assert failed(against_the_books(bill, known)) == tells


# -- orders

CHAIRS = OrderLine(description="Chair", quantity=Decimal(4), unit_price=Decimal(50))
ORDER = PurchaseOrder(number="PO-7", vendor="Kranz Bau GmbH", currency="EUR", net=Decimal(1000))


def billed(*items: dict[str, str]) -> Any:
    field = Field(value=items, confidence=1, source=Source.TEXT, evidence=Evidence(quote="-"))
    made = reading(Kind.INVOICE)
    return made.model_copy(update={"fields": {**made.fields, "line_items": field}})


@pytest.mark.parametrize(
    ("ordered", "items", "tells"),
    [
        ((CHAIRS,), [("4", "51.01")], ["order_prices"]),
        ((CHAIRS,), [("5", "50")], ["order_quantities"]),
        ((CHAIRS,), [("3", "50"), ("3", "50")], ["order_quantities"]),  # in two lines
        ((CHAIRS.model_copy(update={"delivered": Decimal(2)}),), [("3", "50")],
         ["order_quantities"]),
        ((CHAIRS,), [("5", "60")], ["order_prices", "order_quantities"]),
        ((CHAIRS,), [("4", "51")], []),  # within the tolerance
        ((CHAIRS,), [("2", "50"), ("2", "50")], []),
        ((CHAIRS, CHAIRS), [("8", "50")], []),  # ordered in two lines
        ((CHAIRS, CHAIRS.model_copy(update={"unit_price": Decimal(60)})), [("4", "60")], []),
        ((CHAIRS,), [("1", "45")], []),
        ((CHAIRS,), [("", "50")], []),
        ((CHAIRS.model_copy(update={"quantity": None}),), [("40", "50")], []),
    ],
    ids=str,
)  # fmt: skip
def test_lines_of_an_order(
    ordered: tuple[OrderLine, ...], items: list[tuple[str, str]], tells: list[str]
) -> None:
    bill = billed(*({"description": "Chair", "quantity": q, "unit_price": p} for q, p in items))
    order = ORDER.model_copy(update={"lines": ordered})
    assert failed(lines_keep_to_the_order(bill, Ordered(order=order))) == tells


@pytest.mark.parametrize(
    ("vendor", "tells"),
    [
        ("Kranz", []),
        ("Kranz Bau", []),
        ("KRANZ BAU GmbH & Co. KG", []),
        ("Kranz-Bau", []),
        ("Kranz Bau GmbH Niederlassung Kiel", []),
        ("Bau", ["order_vendor"]),
        ("Kran Bau", ["order_vendor"]),
        ("Acme GmbH", ["order_vendor"]),
    ],
)
def test_whose_order_it_is(vendor: str, tells: list[str]) -> None:
    bill = record_bill(vendor=vendor, vendor_vat="", order="PO-7")
    known = KnownVendor(has_orders=True, order=Ordered(order=ORDER))
    assert failed(fits_its_order(bill, known)) == tells


@pytest.mark.parametrize(
    ("number", "has_orders", "known", "tells"),
    [
        ("PO-99", True, False, ["order_known"]),
        ("4500", True, False, ["order_known"]),
        ("PO-7", True, True, []),
        ("", True, False, []),  # it names none
        ("PO-99", False, False, []),  # nobody keeps orders here
    ],
)
def test_an_order_that_nobody_knows(
    number: str, has_orders: bool, known: bool, tells: list[str]
) -> None:
    bill = record_bill(order=number, vendor="Kranz Bau GmbH")
    order = Ordered(order=ORDER) if known else None
    assert failed(fits_its_order(bill, KnownVendor(has_orders=has_orders, order=order))) == tells
