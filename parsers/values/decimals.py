"""Numbers as the XML formats and people write them."""

import re
from decimal import Decimal

_XML_DECIMAL = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,12})?|\.\d{1,12})")
_CENT = Decimal("0.01")


def xml_decimal(text: str) -> Decimal | None:
    """The number of an xs:decimal; None when it is not one. No exponents: 1E9999 is an attack."""
    return Decimal(text) if _XML_DECIMAL.fullmatch(text) else None


def spell_amount(amount: Decimal) -> str:
    """Plain digits, two places or as many as it needs: 1234.50, 0.0125."""
    exact = amount.normalize()
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and exponent > -2:
        exact = amount.quantize(_CENT)
    return f"{exact:f}"


def spell_number(number: Decimal) -> str:
    """Plain digits without needless zeros: 3, 0.5."""
    return f"{number.normalize():f}"
