"""What tax a bill carries, and why it may carry none: the codes of UNTDID 5305 (EN 16931)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import SerializerFunctionWrapHandler, model_serializer

from mailagent.core.reading import Reading
from mailagent.core.value import Value


class TaxCode(StrEnum):
    """How an amount is taxed. Of several on one bill each has its share."""

    STANDARD = "S"  # at a rate, the reduced ones too
    ZERO = "Z"  # at a rate of nothing
    EXEMPT = "E"
    REVERSE = "AE"  # the buyer owes it to the tax office
    INTRA = "K"  # delivered into another country of the EU
    EXPORT = "G"
    OUTSIDE = "O"  # no tax of this kind is due on it at all
    CANARY = "L"  # IGIC
    CEUTA = "M"  # IPSI
    SPLIT = "B"  # charged, and paid by the buyer to the tax office (Italy)


# What is charged; with the others nothing is.
CHARGED = frozenset({TaxCode.STANDARD, TaxCode.CANARY, TaxCode.CEUTA, TaxCode.SPLIT})
_BETWEEN = ", "


class TaxShare(Value):
    """What one code and rate make of a bill."""

    code: TaxCode | None = None
    rate: Decimal | None = None
    base: Decimal | None = None
    tax: Decimal | None = None

    def __str__(self) -> str:
        """`S 19`, as other books tag it."""
        rate = f"{self.rate.normalize():f}" if self.rate is not None else ""
        return " ".join(filter(None, (self.code or "", rate)))


class Taxed(Value):
    """The part of a booking that tax offices ask about."""

    later: ClassVar[tuple[str, ...]] = ()  # what else drafts from before do not have

    tax_code: str = ""  # one, or several with a comma between
    tax_reason: str = ""  # why nothing is charged, as the bill says
    tax_shares: tuple[TaxShare, ...] = ()  # as far as the bill states them
    service_start: date | None = None  # when what is billed was done
    service_end: date | None = None

    @model_serializer(mode="wrap")
    def _said(self, spelled: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What a bill does not say is not spelled: drafts from before these fields stay good."""
        later = (*Taxed.model_fields, *self.later)
        unsaid = {name for name in later if getattr(self, name) in (None, "", ())}
        return {name: value for name, value in spelled(self).items() if name not in unsaid}

    @property
    def codes(self) -> tuple[TaxCode, ...]:
        """Each that it names."""
        return codes_in(self.tax_code)


def codes_in(text: str) -> tuple[TaxCode, ...]:
    """The codes of a field."""
    known = {code.value for code in TaxCode}
    return tuple(TaxCode(each) for each in text.split(_BETWEEN) if each in known)


def spelled(codes: Iterable[TaxCode]) -> str:
    """Each once, in their order, as one field."""
    return _BETWEEN.join(dict.fromkeys(code.value for code in codes))


def is_plain(text: str) -> bool:
    """Whether nobody has to be told: a bill with tax, as most are."""
    return text in ("", TaxCode.STANDARD)


def shares_in(reading: Reading) -> tuple[TaxShare, ...]:
    """The shares that were read; none of one whose values are none."""
    field = reading.fields.get("tax_shares")
    rows = [row for row in field.value if isinstance(row, dict)] if field else []
    return tuple(TaxShare.model_validate(row) for row in rows)


def takes_off(shares: tuple[TaxShare, ...]) -> tuple[TaxShare, ...]:
    """As a credit note books them, also where its amounts are written without a minus."""
    if sum((share.base or 0 for share in shares), Decimal(0)) <= 0:
        return shares
    return tuple(
        share.model_copy(update={"base": _minus(share.base), "tax": _minus(share.tax)})
        for share in shares
    )


def _minus(amount: Decimal | None) -> Decimal | None:
    return -amount if amount is not None else None


def tax_code(text: str) -> str:
    """What an owner typed: one code. Raises ValueError with the reason."""
    code = text.strip().upper()
    if code not in {each.value for each in TaxCode}:
        raise ValueError("is no tax code")
    return code
