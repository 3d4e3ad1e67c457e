"""Tax categories of every format as the codes of one list."""

from decimal import Decimal

import pytest

from mailagent.core.reading import Kind
from parsers.invoice.schema import Invoice, Line, Tax
from parsers.invoice.tax_codes import codes_of, reason_of, rows_of, rule_of


@pytest.mark.parametrize(
    ("category", "rate", "code"),
    [
        ("S", "19", "S"),
        ("AA", "7", "S"),
        ("StandardRated", "25", "S"),
        ("", "22", "S"),  # FatturaPA states a rate alone
        ("01", "21", "S"),  # Facturae
        ("03", "7", "L"),
        ("Z", "0", "Z"),
        ("E", "0", "E"),
        ("AE", "0", "AE"),
        ("ReverseCharge", "0", "AE"),
        ("N6.3", "0", "AE"),
        ("N6", "0", "AE"),
        ("IC", "0", "K"),
        ("N3.2", "0", "K"),
        ("N3.1", "0", "G"),
        ("N2.2", "0", "O"),
        ("N4", "0", "E"),
        ("O", None, "O"),
        ("", "0", ""),  # nothing is charged, and nobody says why
        ("01", "0", ""),
        ("XX", "0", ""),
        ("", None, ""),
    ],
)
def test_a_category(category: str, rate: str | None, code: str) -> None:
    share = Tax(category=category, rate=None if rate is None else Decimal(rate))
    assert codes_of(Invoice(kind=Kind.INVOICE, taxes=(share,))) == ((code,) if code else ())


def test_several_shares_and_why_one_of_them_is_free() -> None:
    invoice = Invoice(
        kind=Kind.INVOICE,
        taxes=(
            Tax(category="S", rate=Decimal(19), base=Decimal(100), amount=Decimal(19), reason="-"),
            Tax(category="E", rate=Decimal(0), base=Decimal(50), reason="Art. 135"),
        ),
    )
    assert codes_of(invoice) == ("S", "E")
    assert reason_of(invoice) == "Art. 135"
    assert rows_of(invoice)[1] == {"code": "E", "rate": "0", "base": "50"}
    assert rule_of(invoice) == ""


def test_where_only_the_lines_say_it() -> None:
    lines = (Line(tax_category="S"), Line(tax_category="AE"), Line(tax_category="AE"))
    assert codes_of(Invoice(kind=Kind.INVOICE, lines=lines)) == ("S", "AE")
    assert rows_of(Invoice(kind=Kind.INVOICE, lines=lines)) == ()
