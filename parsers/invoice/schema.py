"""An invoice as its electronic formats state it. Nothing is filled in that was not there."""

from datetime import date
from decimal import Decimal

from mailagent.core.reading import Kind
from mailagent.core.value import Value


class Party(Value):
    """A seller, a buyer, or who is paid in the seller's place."""

    name: str = ""
    vat: str = ""
    tax_number: str = ""  # another number that a tax office gave it
    company_number: str = ""  # its number in a register of companies
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    email: str = ""


class Line(Value):
    """One line of an invoice."""

    number: str = ""
    description: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    net: Decimal | None = None
    tax_rate: Decimal | None = None
    tax_category: str = ""
    order_line: str = ""
    start: date | None = None
    end: date | None = None
    status: str = ""

    @property
    def counts(self) -> bool:
        """A group's line repeats the sum of the lines below it (EN 16931 EXTENDED)."""
        return self.status.upper() not in {"GROUP", "INFORMATION"}


class Tax(Value):
    """The share of one tax rate."""

    category: str = ""
    rate: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal | None = None
    reason: str = ""  # why nothing is charged


class Adjustment(Value):
    """An allowance or a charge on the whole document."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    reason: str = ""
    adds: bool = False


class Prepayment(Value):
    """What was paid before."""

    amount: Decimal | None = None
    day: date | None = None
    reference: str = ""


class Means(Value):
    """One way to pay. An account is a scheme and a number: IBAN, or what the country has."""

    code: str = ""
    account: str = ""
    bank: str = ""  # routing number, sort code and the like, where the account is no IBAN
    bic: str = ""
    holder: str = ""
    reference: str = ""  # to be named by who pays
    due: date | None = None
    amount: Decimal | None = None  # of this instalment


class Terms(Value):
    """When to pay, in words and as dates; and what is taken off for paying early."""

    text: str = ""
    due: date | None = None
    discount_percent: Decimal | None = None
    discount_amount: Decimal | None = None
    discount_days: Decimal | None = None
    discount_until: date | None = None


class Referred(Value):
    """Another document that this one speaks of."""

    number: str = ""
    issued: date | None = None


class Invoice(Value):
    """An invoice, a credit note or an order, with the words each value was read from."""

    kind: Kind
    type_code: str = ""
    corrects: bool = False  # it may take off what another one asked for
    number: str = ""
    series: str = ""
    issued: date | None = None
    due: date | None = None
    currency: str = ""
    net: Decimal | None = None
    tax: Decimal | None = None
    total: Decimal | None = None
    payable: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    withheld: Decimal | None = None  # tax that the buyer pays in the seller's place
    allowances: Decimal | None = None  # off the sum of the lines, before tax
    charges: Decimal | None = None
    lines_net: Decimal | None = None
    seller: Party = Party()
    buyer: Party = Party()
    payee: Party = Party()
    iban: str = ""
    bic: str = ""
    po_number: str = ""
    contract: str = ""
    delivered: date | None = None
    start: date | None = None  # of the service
    end: date | None = None
    lines: tuple[Line, ...] = ()
    taxes: tuple[Tax, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    prepayments: tuple[Prepayment, ...] = ()
    means: tuple[Means, ...] = ()
    terms: tuple[Terms, ...] = ()
    preceding: tuple[Referred, ...] = ()  # invoices that this one corrects or refers to
    # Field name -> the verbatim text it was read from.
    quotes: dict[str, str] = {}
    # Field name -> how it was made of other values.
    rules: dict[str, str] = {}
