"""What a careful bookkeeper notices: each test with what passes and what does not."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mailagent.core.bookkeeping import (
    addressed_to_us,
    against_the_books,
    corrects_what_is_known,
    known_sender,
    no_look_alike,
    not_booked_before,
    not_posing_as_us,
    of_these_days,
    same_account,
    signed_as_before,
    usual_amount,
)
from mailagent.core.question import KnownVendor
from mailagent.core.reading import Check
from tests.values import COMPANY, reading, record_bill

TWIN = ("R-2026-7 (2026-11-18)",)


def failed(*checks: Check) -> list[str]:
    return [check.name for check in checks if not check.ok]


@pytest.mark.parametrize(
    ("known", "wrong"),
    [
        ({}, []),
        ({"same_number": TWIN}, ["duplicate"]),
        ({"same_number": TWIN, "same_file": TWIN, "same_amount": TWIN}, ["duplicate"]),
        ({"same_file": TWIN, "same_amount": TWIN}, ["same_file"]),
        ({"same_amount": TWIN}, ["same_amount"]),
    ],
    ids=str,
)
def test_a_twin_is_told_once_for_its_best_reason(known: dict[str, Any], wrong: list[str]) -> None:
    found = tuple(not_booked_before(record_bill(), KnownVendor(**known)))
    assert failed(*found) == wrong
    assert all("R-2026-7" in check.why.gaps["twins"] for check in found if check.why)


@pytest.mark.parametrize(
    ("accounts", "now", "wrong"),
    [
        ((), "B", []),
        (("A", "B"), "B", []),
        (("A", "B"), "", []),  # it is noted that there is none
        (("A", "B"), "C", ["bank_account"]),
    ],
)
def test_a_changed_account(accounts: tuple[str, ...], now: str, wrong: list[str]) -> None:
    found = tuple(same_account(now, KnownVendor(accounts=accounts)))
    assert failed(*found) == wrong
    assert bool(found) is bool(accounts and now)


def test_a_stranger_who_looks_like_somebody() -> None:
    assert failed(*no_look_alike(record_bill(), KnownVendor())) == []
    (check,) = no_look_alike(record_bill(), KnownVendor(alike=("Acne GmbH",)))
    assert check.why is not None
    assert check.why.gaps["others"] == "Acne GmbH"


@pytest.mark.parametrize(
    ("total", "before", "wrong"),
    [
        ("500", ["100", "120"], []),  # two say little
        ("200", ["100", "90", "80"], []),
        ("201", ["100", "90", "80"], ["usual_amount"]),
        ("110", ["100", "100", "100"], []),
        ("111", ["100", "100", "100"], ["usual_amount"]),  # it was always the same
        ("150", ["100", "100", "100.01"], []),
        ("-900", ["100", "90", "80"], []),
        ("900", ["-100", "-90", "-80", "100"], []),
    ],
)
def test_an_unusual_amount(total: str, before: list[str], wrong: list[str]) -> None:
    known = KnownVendor(amounts=tuple(map(Decimal, before)))
    assert failed(*usual_amount(record_bill(total=Decimal(total)), known)) == wrong


@pytest.mark.parametrize(
    ("domains", "now", "wrong"),
    [
        (("acme.test",), "acme.test", []),
        (("acme.test",), "", []),  # forwarded, or not signed at all
        ((), "new.test", []),
        (("acme.test",), "acme.example", ["sender_domain"]),
    ],
)
def test_another_sender(domains: tuple[str, ...], now: str, wrong: list[str]) -> None:
    found = known_sender(record_bill(sender_domain=now), KnownVendor(domains=domains))
    assert failed(*found) == wrong


@pytest.mark.parametrize(
    ("domains", "domain", "wrong"),
    [
        ((), "acme.test", []),
        (("acme.test",), "acme.test", ["sender_signed"]),
        (("a.test",), "", []),
    ],
)
def test_a_mail_that_nobody_signed(domains: tuple[str, ...], domain: str, wrong: list[str]) -> None:
    assert failed(*signed_as_before(domain, KnownVendor(domains=domains))) == wrong


@pytest.mark.parametrize(
    ("domain", "wrong"),
    [
        ("acme.test", []),
        ("northwind.test", []),
        ("", []),
        ("northwind.example", ["not_our_domain"]),
        ("n0rthwind.test", ["not_our_domain"]),
        ("northwlnd.test", ["not_our_domain"]),
        ("mail.northwinds.test", ["not_our_domain"]),
    ],
)
def test_a_sender_who_is_nearly_us(domain: str, wrong: list[str]) -> None:
    us = COMPANY.model_copy(update={"domain": "northwind.test"})
    assert failed(*not_posing_as_us(domain, us)) == wrong


def test_a_credit_note_for_a_bill_that_nobody_knows() -> None:
    credit = record_bill(total=Decimal(-119), corrects=("R-1", "R-2"))
    assert failed(*corrects_what_is_known(credit, KnownVendor())) == []
    assert failed(*corrects_what_is_known(credit, KnownVendor(unknown=("R-2",)))) == [
        "corrects_known"
    ]
    # A bill may speak of others that were paid elsewhere.
    bill = record_bill(corrects=("R-1",))
    assert tuple(corrects_what_is_known(bill, KnownVendor(unknown=("R-1",)))) == ()


@pytest.mark.parametrize(("days", "ok"), [(0, True), (-730, True), (-731, False), (32, False)])
def test_a_bill_of_these_days(days: int, ok: bool) -> None:
    today = date(2026, 11, 20)
    assert of_these_days(record_bill(issued=today + timedelta(days=days)), today).ok is ok


@pytest.mark.parametrize(
    ("buyer", "number", "ours", "wrong"),
    [
        ("Northwind Ltd", "", (), []),
        ("NORTHWIND Limited, London", "", (), []),
        ("Somebody Else", "", (), ["buyer"]),
        ("", "", (), []),
        ("Northwind", "GB 123 4567 82", ("GB123456782",), []),
        ("Northwind", "123456782", ("GB123456782",), []),
        ("Trading name of ours", "GB123456782", ("GB123456782",), []),
        ("Northwind", "GB999999973", ("GB123456782",), ["buyer_vat"]),
        ("Northwind", "GB999999973", (), []),
        ("Else", "GB999999973", ("GB123456782",), ["buyer", "buyer_vat"]),
    ],
)
def test_a_bill_for_us(buyer: str, number: str, ours: tuple[str, ...], wrong: list[str]) -> None:
    us = COMPANY.model_copy(update={"name": "Northwind Ltd", "vat_ids": ours})
    found = addressed_to_us(reading(buyer_name=buyer, buyer_vat=number), us)
    assert failed(*found) == wrong


def test_a_bill_that_the_books_know_nothing_of_passes() -> None:
    assert failed(*against_the_books(record_bill(), KnownVendor())) == []
