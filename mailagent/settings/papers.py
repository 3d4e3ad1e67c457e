"""Which papers a vendor must have: insurance, tax forms, registrations, certificates."""

from typing import Annotated

from pydantic import Field, StringConstraints

from mailagent.core.value import Value
from mailagent.core.vendor_papers import PaperName, PaperRule, PaperRules

_Address = Annotated[
    str, StringConstraints(to_lower=True, pattern=r"^([A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+)?$")
]


class VendorNeeds(Value):
    """What one vendor has to prove."""

    vendor: str = Field(
        description="as its bills and papers call it", min_length=2, examples=["Roof & Son Ltd"]
    )
    needs: tuple[PaperName, ...] = Field(
        description="which papers it must have, valid ones",
        min_length=1,
        examples=[["insurance_certificate", "vat_registration"]],
    )
    address: _Address = Field(
        "", description="who is asked for them; empty: you are", examples=["office@roof.example"]
    )


class PapersSettings(Value):
    """The papers of vendors: what is missing or ends is asked for by a mail that you approve."""

    days_before: int = Field(
        description="a paper that ends within so many days is asked for anew",
        ge=0,
        le=365,
        examples=[30],
    )
    vendors: tuple[VendorNeeds, ...] = Field(
        description="vendors that must have papers",
        examples=[[{"vendor": "Roof & Son Ltd", "needs": ["insurance_certificate"]}]],
    )

    def rules(self) -> PaperRules:
        """As the core knows them."""
        return PaperRules(
            days_before=self.days_before,
            vendors=tuple(PaperRule(**one.model_dump()) for one in self.vendors),
        )
