"""Tax numbers: whose they are, and whether their digits fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values.tax_numbers import country_code, country_of, tax_number_fits


@pytest.mark.parametrize(
    ("number", "country", "fits"),
    [
        ("DE136695976", "", True),
        ("DE 136 695 976", "", True),
        ("DE136695977", "", False),
        ("136695976", "DE", True),
        ("136695976", "", None),
        ("ATU13585627", "", True),
        ("IT00743110157", "", True),
        ("B12345674", "ES", True),
        ("B12345678", "ES", False),
        ("EL094259216", "", True),
        ("094259216", "GR", True),
        ("GB980780684", "", True),
        ("GB980780685", "", False),
        ("CHE-107.787.577 IVA", "", True),
        ("CHE-107.787.578", "", False),
        ("83 914 571 673", "AU", True),
        ("83 914 571 674", "AU", False),
        ("27AAPFU0939F1ZV", "IN", True),
        ("NO 995 525 828 MVA", "", True),
        ("12-3456789", "US", None),
        ("", "DE", False),
    ],
)
def test_digits(number: str, country: str, fits: bool | None) -> None:
    assert tax_number_fits(number, country) is fits


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("DE136695976", "DE"),
        ("EL094259216", "GR"),
        ("CHE107787577", "CH"),
        ("ATU13585627", "AT"),
        ("B12345674", ""),
        ("27AAPFU0939F1ZV", ""),
        ("US123", ""),
        ("", ""),
    ],
)
def test_whose_it_is(number: str, country: str) -> None:
    assert country_of(number) == country


def test_countries() -> None:
    assert [country_code(text) for text in ("de", "ESP", "Spain", "")] == ["DE", "ES", "", ""]


@given(st.text(), st.sampled_from(["", "DE", "ES", "AU", "CH", "IN", "US"]))
def test_any_text_has_an_answer(text: str, country: str) -> None:
    assert tax_number_fits(text, country) in (True, False, None)
