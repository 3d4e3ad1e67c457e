"""Who gets our documents: the accounting tool, and the bookkeeper."""

from typing import Annotated

from pydantic import Field, StringConstraints

from mailagent.core.bridge import BridgeRules, Tool
from mailagent.core.value import Value

_Address = Annotated[
    str, StringConstraints(to_lower=True, pattern=r"^([A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+)?$")
]


class BridgeSettings(Value):
    """Approved bills are handed to the accounting tool by mail, as they came."""

    tool: Tool = Field(description="whose answers are understood", examples=["dext"])
    address: _Address = Field(
        description="its intake address for bills; empty: nothing is handed over",
        examples=["acme@dext.cc"],
    )
    days: int = Field(description="of silence before the brief says so", ge=1, le=60, examples=[3])

    def rules(self) -> BridgeRules:
        """As the company keeps them."""
        return BridgeRules(tool=self.tool, address=self.address, days=self.days)


class BookkeeperSettings(Value):
    """Who does the books outside."""

    address: _Address = Field(
        description="gets the month pack, once that is approved; empty: nobody",
        examples=["books@taxes.example"],
    )
