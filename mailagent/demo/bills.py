"""A bill as data: the XML and the page are made from it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from mailagent.core.value import Value

_CENT = Decimal("0.01")


class Item(Value):
    """One line of a bill."""

    description: str
    quantity: Decimal
    price: Decimal

    @property
    def net(self) -> Decimal:
        """Quantity times price, to the cent."""
        return (self.quantity * self.price).quantize(_CENT, ROUND_HALF_UP)


class Bill(Value):
    """Everything that stands on it. The sums follow from the items."""

    number: str = "RE-2025-0142"
    type_code: str = "380"  # 381: credit note, 384: corrected invoice, 389: self-billing
    issued: date = date(2025, 11, 17)
    due: date | None = date(2025, 12, 1)
    seller: str = "Nordlicht Hosting GmbH"
    seller_street: str = "Speicherstraße 12"
    seller_city: str = "20457 Hamburg"
    seller_country: str = "DE"
    seller_vat: str = "DE298745611"
    buyer: str = "Acme Studio GmbH"
    buyer_street: str = "Lindenallee 4"
    buyer_city: str = "10115 Berlin"
    iban: str = "DE89370400440532013000"
    bic: str = "COBADEFFXXX"
    po_number: str = ""
    currency: str = "EUR"
    tax_rate: Decimal = Decimal(19)
    prepaid: Decimal = Decimal(0)
    items: tuple[Item, ...] = (
        Item(description="Managed server M, November 2025", quantity=Decimal(1), price=Decimal(89)),
        Item(description="Backup storage, 500 GB", quantity=Decimal(2), price=Decimal("12.50")),
    )

    @property
    def net(self) -> Decimal:
        """Before tax."""
        return sum((item.net for item in self.items), Decimal(0)).quantize(_CENT)

    @property
    def tax(self) -> Decimal:
        """On the sum, as EN 16931 has it."""
        return (self.net * self.tax_rate / 100).quantize(_CENT, ROUND_HALF_UP)

    @property
    def total(self) -> Decimal:
        """With tax."""
        return self.net + self.tax

    @property
    def payable(self) -> Decimal:
        """What is left to pay."""
        return self.total - self.prepaid
