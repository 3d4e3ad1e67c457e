"""Codes that say what a document is (UNTDID 1001)."""

from mailagent.core.reading import Kind

# What takes money back. Everything else that is sent as an invoice asks for money: self-billing
# (389) does, and a corrected invoice (384) with the sign that its amounts have.
CREDIT_NOTES = dict.fromkeys(
    ("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"),
    Kind.CREDIT_NOTE,
)
CORRECTIONS = frozenset({"384", "471", "472", "473"})
# By type code; what is not in here is what its root says.
KINDS = CREDIT_NOTES | {"325": Kind.QUOTE}  # a pro forma asks for nothing yet
ORDERS = {"220": Kind.PURCHASE_ORDER, "230": Kind.PURCHASE_ORDER, "231": Kind.ORDER_CONFIRMATION}
