"""Mails that carry a document of ours to an address of the settings: tool and bookkeeper."""

from enum import StrEnum
from typing import Literal

from mailagent.core.value import Value
from mailagent.core.written import Written


class Tool(StrEnum):
    """Who takes bills by mail."""

    QUICKBOOKS = "quickbooks"
    XERO = "xero"  # or Hubdoc
    BILL = "bill"
    DEXT = "dext"
    DATEV = "datev"
    BOOKKEEPER = "bookkeeper"  # a person

    @property
    def shown(self) -> str:
        """As it calls itself."""
        return _NAMES.get(self, self.value.title())


_NAMES = {
    Tool.QUICKBOOKS: "QuickBooks",
    Tool.XERO: "Xero",
    Tool.BILL: "BILL",
    Tool.DEXT: "Dext",
    Tool.DATEV: "DATEV",
    Tool.BOOKKEEPER: "the bookkeeper",
}
# Whose mails speak for a tool, beside those of the address itself.
_SPEAKS = {
    Tool.QUICKBOOKS: ("intuit.com", "qbodocs.com"),
    Tool.XERO: ("xero.com", "hubdoc.com", "xerofiles.com"),
    Tool.BILL: ("bill.com",),
    Tool.DEXT: ("dext.com", "dext.cc", "receipt-bank.com", "receiptbank.me"),
    Tool.DATEV: ("datev.de",),
    Tool.BOOKKEEPER: (),
}


class BridgeRules(Value):
    """Where approved bills are handed to; the address comes from the settings and nowhere else."""

    tool: Tool = Tool.BOOKKEEPER
    address: str = ""  # empty: nowhere
    days: int = 3  # of silence before it is told

    @property
    def on(self) -> bool:
        """Whether there is somewhere to hand them to."""
        return bool(self.address)

    @property
    def domains(self) -> tuple[str, ...]:
        """Whose signed mails are its answers."""
        return (self.address.rpartition("@")[2].lower(), *_SPEAKS[self.tool])


class Enclosing(Written):
    """A mail with a document to an address of the settings. Nothing takes it back."""

    name: str  # of the file
    media_type: str
    content: str  # sha256


class BridgeBill(Enclosing):
    """Hand an approved bill to the accounting tool, as it came, with a summary."""

    capability: Literal["mail.bridge"] = "mail.bridge"
    tool: str  # as it calls itself


class SendPack(Enclosing):
    """Send the bookkeeper what a month brought: bills, ledger, originals, open questions."""

    capability: Literal["mail.pack"] = "mail.pack"
    month: str  # 2026-10
