"""An invoice as its electronic formats state it. Nothing is filled in that was not there."""

from datetime import date
from decimal import Decimal

from mailagent.core.reading import Kind
from mailagent.core.value import Value


class Party(Value):
    """A seller or a buyer."""

    name: str = ""
    vat: str = ""


class Line(Value):
    """One line of an invoice."""

    description: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    net: Decimal | None = None
    tax_rate: Decimal | None = None
    counts: bool = True  # a group's line repeats the sum of the lines below it


class Tax(Value):
    """The share of one tax rate."""

    rate: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal | None = None


class Invoice(Value):
    """An invoice, a credit note or an order, with the words each value was read from."""

    kind: Kind
    type_code: str = ""
    number: str = ""
    issued: date | None = None
    due: date | None = None
    currency: str = ""
    net: Decimal | None = None
    tax: Decimal | None = None
    total: Decimal | None = None
    payable: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    seller: Party = Party()
    buyer: Party = Party()
    iban: str = ""
    bic: str = ""
    po_number: str = ""
    lines: tuple[Line, ...] = ()
    taxes: tuple[Tax, ...] = ()
    allowances: Decimal | None = None  # off the sum of the lines, before tax
    charges: Decimal | None = None
    lines_net: Decimal | None = None
    # Field name -> the verbatim text it was read from.
    quotes: dict[str, str] = {}
