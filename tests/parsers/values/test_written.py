"""Amounts, days and names as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values.amounts import Style, amount_of, amounts_in, style_of
from parsers.values.dates import Order, days_in
from parsers.values.names import hosts_in, is_address, is_contact, is_legal, is_name, name_in


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1.234,56 €", "1234.56", "EUR"),
        ("$1,234.56", "1234.56", "$"),
        ("EUR 99.00", "99.00", "EUR"),
        ("€ 1.234,56-", "-1234.56", "EUR"),
        ("1 234,56 zł", "1234.56", "PLN"),
        ("₹ 12,34,567.00", "1234567.00", "INR"),
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("(12.00)", "-12.00", ""),
        ("1.500,-", "1500", ""),
        ("Rs. 500.00", "500.00", "INR"),
        ("USD 1,000", "1000", "USD"),
    ],
)
def test_amounts(text: str, value: str, currency: str) -> None:
    [written] = amounts_in(text)
    style = style_of([written], ".")
    assert (amount_of(written, style), written.currency) == (Decimal(value), currency)


@pytest.mark.parametrize("text", ["19%", "7.00 %", "12.03.2024", "10.5.2", "A4-1234x", "1,5 %"])
def test_what_is_no_amount(text: str) -> None:
    assert not list(amounts_in(text))


@given(
    st.decimals(min_value=0, max_value=99_999_999, places=2),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", "."), ("", ",")]),
)
def test_what_is_written_is_read(amount: Decimal, marks: tuple[str, str]) -> None:
    thousands, point = marks
    text = f"{amount:,.2f}".replace(",", "\0").replace(".", point).replace("\0", thousands)
    [written] = amounts_in(text)
    assert amount_of(written, Style(point, sure=True)) == amount


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.03.2024", date(2024, 3, 12)),
        ("2024-03-05", date(2024, 3, 5)),
        ("5. März 2024", date(2024, 3, 5)),
        ("March 5th, 2024", date(2024, 3, 5)),
        ("5 de marzo de 2024", date(2024, 3, 5)),
        ("12-Mar-24", date(2024, 3, 12)),
        ("15 września 2024", date(2024, 9, 15)),
        ("1er août 2024", date(2024, 8, 1)),
        ("2024年3月5日", date(2024, 3, 5)),
    ],
)
def test_days(text: str, day: date) -> None:
    [found] = days_in(f"on {text} or so")
    assert {found.on(order) for order in Order} == {day}
    assert not found.ambiguous


@given(st.dates(date(2000, 1, 1), date(2069, 12, 31)), st.sampled_from("/-"))
def test_a_day_is_read_in_the_order_it_was_written(day: date, mark: str) -> None:
    [found] = days_in(day.strftime(f"%d{mark}%m{mark}%Y"))
    assert found.on(Order.DAY_FIRST) == day
    [found] = days_in(day.strftime(f"%m{mark}%d{mark}%Y"))
    assert found.on(Order.MONTH_FIRST) == day


@pytest.mark.parametrize("text", ["01.10.2018 bis 31.10.2018", "Oct 1, 2023 - Oct 31, 2023"])
def test_a_period_has_two_ends(text: str) -> None:
    assert [day.ranged for day in days_in(text)] == [True, True]


@pytest.mark.parametrize("text", ["31.02.2024", "32/13/2024", "1.2.3.4", "99/99/99", "MON 3 2024"])
def test_what_is_no_day(text: str) -> None:
    assert not list(days_in(text))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Acme GmbH · Street 1 · 12345 Town", "Acme GmbH"),
        ("Acme & Sons Ltd, 12 High Street, Leeds", "Acme & Sons Ltd"),
        ("Free SAS au capital de 3.441.812 Euros", "Free SAS"),
        ("Muster & Co. KG | www.muster.example", "Muster & Co. KG"),
        ("Jane Doe", "Jane Doe"),
    ],
)
def test_the_name_a_line_begins_with(line: str, name: str) -> None:
    assert name_in(line) == name


def test_names_addresses_and_contacts_are_told_apart() -> None:
    assert is_legal("Acme Pty Ltd")
    assert not is_legal("As we agreed")
    for line in ("12345 Berlin", "Austin, TX 78701", "12 rue de la Paix", "SW1A 1AA"):
        assert is_address(line)
    for line in ("Tel. 030 1234", "info@acme.example", "(512) 555-0142", "+49 30 1234"):
        assert is_contact(line)
    for line in (
        "12345",
        "x@y.example",
        "Plot No. 89",
        "N O T E",
        "Please pay within fourteen days.",
    ):
        assert not is_name(line)
    assert is_name("R & M PLUMBING CO.")


def test_the_telling_part_of_an_address() -> None:
    assert set(hosts_in("info@mail.acme.co.uk, www.blue-oven.com")) == {"acme", "blueoven"}
    assert hosts_in("jane@gmail.com") == []
