"""Codes that say what a document is (UNTDID 1001)."""

from collections.abc import Collection

from mailagent.core.reading import Kind

# What takes money back. Everything else that is sent as an invoice asks for money: self-billing
# (389) does, and a corrected invoice (384) with the sign that its amounts have.
CREDIT_NOTES = dict.fromkeys(
    ("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"),
    Kind.CREDIT_NOTE,
)
CORRECTIONS = frozenset({"384", "471", "472", "473"})
# How the money moves without a transfer of ours: UNTDID 4461, FatturaPA (MP), Facturae (02).
_CARDS = frozenset({"48", "54", "55", "MP08"})
_DEBITS = frozenset({"49", "59", "02", "MP09", "MP10", "MP11", "MP12", "MP16", "MP17"})
_DEBITS |= {"MP19", "MP20", "MP21"}
# By type code; what is not in here is what its root says.
KINDS = CREDIT_NOTES | {"325": Kind.QUOTE}  # a pro forma asks for nothing yet
ORDERS = {"220": Kind.PURCHASE_ORDER, "230": Kind.PURCHASE_ORDER, "231": Kind.ORDER_CONFIRMATION}


def collected_by(codes: Collection[str]) -> str:
    """`direct_debit` or `card`, where no other way to pay is offered."""
    if not codes or not _CARDS.union(_DEBITS).issuperset(codes):
        return ""
    return "card" if _CARDS.issuperset(codes) else "direct_debit"
