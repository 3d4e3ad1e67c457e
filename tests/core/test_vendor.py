"""When two vendors are the same, and what a name becomes in a path."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.vendor import plain, slug, vendor_keys


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Acme GmbH", "ACME"),
        ("Acme GmbH", "acme gmbh."),
        ("Müller & Söhne KG", "Muller Sohne"),
        ("Straße AG", "STRASSE"),
        ("Acme  Sp. z o.o.", "Acme"),
        ("Café Noir SARL", "cafe noir"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}cme", "acme"),
    ],
)
def test_these_names_are_one_vendor(one: str, two: str) -> None:
    assert vendor_keys(one) == vendor_keys(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Acme", "Acne"), ("Acme East", "Acme West"), ("AG", "SE"), ("株式会社", "有限会社")],
)
def test_these_names_are_two_vendors(one: str, two: str) -> None:
    assert vendor_keys(one) != vendor_keys(two)


def test_name_and_tax_number_each_lead_to_a_vendor() -> None:
    first = set(vendor_keys("Acme", "DE 123.456.789"))
    assert first & set(vendor_keys("Other", "de123456789"))
    assert first & set(vendor_keys("ACME GmbH"))
    assert first & set(vendor_keys("Acme", "DE987654321"))
    assert not first & set(vendor_keys("Other", "DE987654321"))


@pytest.mark.parametrize("vat", ["", "n/a", "-", "DE", "12345"])
def test_a_tax_number_that_is_none_is_not_used(vat: str) -> None:
    assert vendor_keys("Acme", vat) == ("name:acme",)


def test_a_name_cannot_pass_for_a_tax_number() -> None:
    assert not set(vendor_keys("vat:DE123456788")) & set(vendor_keys("", "DE123456788"))


@given(name=st.text())
def test_a_plain_name_holds_no_punctuation_and_stays_as_it_is(name: str) -> None:
    made = plain(name)
    assert made == " ".join(made.split())
    assert all(c.isalnum() or c == " " for c in made)


@given(name=st.text())
def test_a_slug_is_one_short_path_component(name: str) -> None:
    assert re.fullmatch(r"[0-9a-z-]{1,60}", slug(name))


@pytest.mark.parametrize("name", ["", "..", "../../etc", "\0", "株式会社", "---", "a" * 500])
def test_no_name_makes_a_slug_leave_its_folder(name: str) -> None:
    assert slug(name).strip("-")
    assert "/" not in slug(name)
    assert "." not in slug(name)
