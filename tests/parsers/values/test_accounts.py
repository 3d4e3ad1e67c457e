"""IBANs among other text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values.accounts import account_fits, ibans_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX", {"DE89370400440532013000"}),
        ("DE89370400440532013000", {"DE89370400440532013000"}),
        ("GB29 NWBK 6016 1331 9268 19\nVAT GB123", {"GB29NWBK60161331926819"}),
        ("NO93 8601 1117 947.", {"NO9386011117947"}),
        (
            "two: NL91 ABNA 0417 1643 00, BE68 5390 0754 7034",
            {"NL91ABNA0417164300", "BE68539007547034"},
        ),
        ("DE88 3704 0044 0532 0130 00", set()),  # does not add up
        ("XX89 3704 0044 0532 0130 00", set()),  # no such country
        ("DE89 3704 0044\n0532 0130 00", set()),  # two lines are two things
        ("VAT DE298745611", set()),
        ("", set()),
    ],
)
def test_what_is_an_account(text: str, found: set[str]) -> None:
    assert ibans_in(text) == found


@given(st.text())
def test_any_text_is_looked_through(text: str) -> None:
    for iban in ibans_in(text):
        assert iban.isalnum()


@pytest.mark.parametrize(
    ("number", "bank", "fits"),
    [
        ("DE89 3704 0044 0532 0130 00", "", True),
        ("DE88370400440532013000", "", False),
        ("MU17BOMM0101101030300200000MUR", "", True),  # of countries that few write to
        ("12345678", "021000021", True),  # ABA routing
        ("12345678", "021000022", False),
        ("12-34", "021000021", True),
        ("31926819", "60-16-13", True),  # sort code
        ("31926", "601613", True),
        ("3192", "601613", False),
        ("12345678", "062-000", True),  # BSB
        ("50100012345678", "HDFC0000001", True),  # IFSC
        ("5010", "HDFC0000001", False),
        ("47668033", "", None),
        ("47668033", "DEUTDEFF", None),
        ("", "", None),
    ],
)
def test_an_account_is_a_scheme_and_a_number(number: str, bank: str, fits: bool | None) -> None:
    assert account_fits(number, bank) is fits
