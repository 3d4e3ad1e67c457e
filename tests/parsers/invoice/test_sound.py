"""The values of a bill, wherever they were read: each test with what passes and what does not."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.reading import Check, Kind
from parsers.invoice.rechecked import rechecked
from parsers.invoice.sound import LOOKS_AT, value_checks
from tests.values import reading

GOOD: dict[str, Any] = {"seller_vat": "DE136695976", "iban": "DE89370400440532013000"}
FREE: dict[str, Any] = {"tax_code": "AE", "tax": "0.00", "total": "100.00"}


def failed(*checks: Check) -> list[str]:
    return [check.name for check in checks if not check.ok]


def test_a_sound_bill() -> None:
    checks = value_checks(reading(**GOOD))
    assert failed(*checks) == []
    more = value_checks(reading(**GOOD, **FREE))
    assert failed(*more) == []
    assert {check.name for check in (*checks, *more)} == LOOKS_AT.keys()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"total": "119.01"}, []),  # a cent off
        ({"total": "119.02"}, ["totals_add_up"]),
        ({"tax": "", "total": "100.00"}, []),
        ({"net": ""}, []),
        ({"withheld": "20.00", "total": "99.00"}, []),
        ({"withheld": "20.00"}, []),  # stated before it
        ({"rounding": "0.30", "total": "119.30"}, []),
        ({"total": "0.00", "net": "0", "tax": "0"}, ["asks_to_pay"]),
        ({"total": "-119.00", "net": "-100.00", "tax": "-19.00"}, ["asks_to_pay"]),
        ({"total": "-119", "net": "-100", "tax": "-19", "corrects": "R-1"}, []),
        ({"tax": "22.00", "total": "122.00"}, ["tax_rate"]),
        ({"tax": "12.00", "total": "112.00"}, []),  # two rates together
        ({"tax": "-19.00", "total": "81.00"}, ["tax_rate"]),
        ({"tax": "22.00", "total": "122.00", "seller_vat": ""}, []),  # whose rates?
        ({"tax": "22.00", "total": "122.00", "issue_date": ""}, []),
        ({"tax_code": "AE"}, ["untaxed"]),
        ({"tax_code": "E"}, ["untaxed"]),
        ({"tax_code": "S, E"}, []),  # each has its share
        ({"tax_code": "B"}, []),
        ({"tax_code": "nonsense"}, []),
        (FREE | {"tax_code": "O"}, []),
        (FREE | {"tax": ""}, []),
        ({"seller_vat": "DE136695977"}, ["tax_number"]),
        ({"iban": "DE88370400440532013000"}, ["account_fits"]),
        ({"iban": "47668033"}, []),
        ({"iban": "31926819", "bank_code": "60-16-13"}, []),
        ({"iban": "12345678", "bank_code": "021000022"}, ["account_fits"]),
        ({"seller_name": "\u0410cme GmbH"}, ["one_alphabet"]),
        ({"seller_name": "\u0410\u043a\u043c\u0435 \u041e\u041e\u041e"}, []),
        ({"due_date": "2026-11-17"}, ["dates_plausible"]),
        ({"due_date": "2026-11-18"}, []),
        ({"due_date": "2028-12-01"}, ["dates_plausible"]),
        ({"total": "much", "net": "NaN", "issue_date": "soon"}, []),
    ],
    ids=str,
)
def test_values(fields: dict[str, Any], wrong: list[str]) -> None:
    assert failed(*value_checks(reading(**{**GOOD, **fields}))) == wrong


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_credit_note_is_written_with_a_minus_or_without(sign: str) -> None:
    amounts: dict[str, Any] = {"total": f"{sign}119.00", "net": "100.00", "tax": f"{sign}19.00"}
    checks = value_checks(reading(Kind.CREDIT_NOTE, **GOOD, **amounts))
    assert [name for name in failed(*checks) if name != "tax_rate"] == []


def test_only_bills_are_tested() -> None:
    assert value_checks(reading(Kind.QUOTE, total="5")) == ()


def test_what_was_changed_is_tested_anew_and_the_rest_stands() -> None:
    said = (
        Check(name="totals_add_up", ok=False),
        Check(name="page_total", ok=False),
        Check(name="page_date", ok=False),
        Check(name="lines_add_up", ok=True),
    )
    now = reading(checks=said, **GOOD)
    told = {check.name: check.ok for check in rechecked(now, frozenset({"total"}))}
    assert told["totals_add_up"] is True
    assert "page_total" not in told
    assert told["page_date"] is False
    assert told["lines_add_up"] is True
    assert (
        LOOKS_AT.keys() - {"untaxed"} <= told.keys()
    )  # a reader without checks of its own gets them here
    before = {check.name: check.ok for check in rechecked(now, frozenset())}
    assert before["totals_add_up"] is False


amounts = st.decimals(-(10**9), 10**9, places=2)


@given(amounts, amounts)
def test_net_and_tax_make_the_total(net: Decimal, tax: Decimal) -> None:
    made: dict[str, Any] = {"net": f"{net:f}", "tax": f"{tax:f}", "total": f"{net + tax:f}"}
    assert "totals_add_up" not in failed(*value_checks(reading(**made)))


FIELDS = ("total", "net", "tax", "withheld", "issue_date", "due_date", "seller_vat", "iban")


@given(st.dictionaries(st.sampled_from([*FIELDS, "bank_code", "seller_country"]), st.text()))
def test_any_values_are_tested(fields: dict[str, Any]) -> None:
    value_checks(reading(**fields))
