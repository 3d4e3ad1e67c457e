"""The tax categories of the electronic formats as one list, and the shares of a bill."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mailagent.core.tax import CHARGED, TaxCode
from parsers.invoice.schema import Invoice, Line, Tax

# As UNTDID 5305 has them, as ZUGFeRD 1 and Denmark's UBL spell them, as Italy does (Natura), which
# states none where there is a rate, and as Spain numbers its taxes.
_CALLED = {
    **{code.value: code for code in TaxCode},
    **dict.fromkeys(("AA", "H", "STANDARDRATED"), TaxCode.STANDARD),
    **dict.fromkeys(("IC",), TaxCode.INTRA),
    **dict.fromkeys(("ZERORATED",), TaxCode.ZERO),
    **dict.fromkeys(("REVERSECHARGE", "N6"), TaxCode.REVERSE),
    **dict.fromkeys(("N4", "N5"), TaxCode.EXEMPT),
    **dict.fromkeys(("N1", "N2", "N7"), TaxCode.OUTSIDE),
    **dict.fromkeys(("N3.1", "N3.3", "N3.4"), TaxCode.EXPORT),
    "N3.2": TaxCode.INTRA,
    "N3": TaxCode.EXEMPT,  # `not taxable`: exports and what is treated as such
    "02": TaxCode.CEUTA,
    "03": TaxCode.CANARY,
}
_WIDER = re.compile(r"\.\d+$")  # N6.3 is a kind of N6


def code_of(share: Tax) -> TaxCode | None:
    """What a share's category says; where it says nothing, a rate above nothing is one."""
    stated = share.category.replace(" ", "").upper()
    code = _CALLED.get(stated) or _CALLED.get(_WIDER.sub("", stated))
    if code is None and share.rate:
        return TaxCode.STANDARD
    return code


def shares_of(taxes: Sequence[Tax], lines: Sequence[Line]) -> tuple[Tax, ...]:
    """The shares that a bill states; where it states none, what its lines say of theirs."""
    if taxes:
        return tuple(taxes)
    said = dict.fromkeys((line.tax_category, line.tax_rate) for line in lines)
    return tuple(Tax(category=category, rate=rate) for category, rate in said)


def codes_of(invoice: Invoice) -> tuple[TaxCode, ...]:
    """Each once."""
    found = (code_of(share) for share in shares_of(invoice.taxes, invoice.lines))
    return tuple(dict.fromkeys(code for code in found if code is not None))


def rule_of(invoice: Invoice) -> str:
    """Why a code holds that is not stated: there is a rate."""
    shares = shares_of(invoice.taxes, invoice.lines)
    return "tax_charged" if any(each.rate and not each.category for each in shares) else ""


def reason_of(invoice: Invoice) -> str:
    """Why nothing is charged, in the bill's own words."""
    free = (share for share in invoice.taxes if code_of(share) not in CHARGED)
    return "; ".join(dict.fromkeys(share.reason for share in free if share.reason))


def rows_of(invoice: Invoice) -> tuple[dict[str, str], ...]:
    """The shares as a reading has them."""
    return tuple(row for share in invoice.taxes if (row := dict(_row(share))))


def _row(share: Tax) -> Iterator[tuple[str, str]]:
    if code := code_of(share):
        yield "code", code.value
    for name, number in (("rate", share.rate), ("base", share.base), ("tax", share.amount)):
        if number is not None:
            yield name, _plain(number)


def _plain(number: Decimal) -> str:
    return f"{number:f}"
