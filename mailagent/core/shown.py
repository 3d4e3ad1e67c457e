"""Which of the values that were read a person sees, in which order, and which are boxed."""

from mailagent.core.reading import Reading
from mailagent.core.tax import is_plain

# The order in which a person reads a bill; the numbers on the page picture follow it.
FIELD_ORDER = (
    "seller_name",
    "invoice_number",
    "issue_date",
    "due_date",
    "net",
    "tax",
    "total",
    "payable",
    "tax_code",
    "tax_reason",
    "service_start",
    "service_end",
    "buyer_name",
    "po_number",
    "iban",
    "seller_vat",
)
# Said with the amounts, on lines of their own, or of no use to a person.
_LEFT_OUT = frozenset(
    {
        "in_reply_to",
        "currency",
        "line_items",
        "bic",
        "book_to",
        "project",
        "folder",
        "seller_country",
        "buyer_vat",
        "rounding",
        "tax_shares",
        "collected",
    }
)


def in_order(reading: Reading) -> tuple[str, ...]:
    """The fields that are shown, as a person reads them; unknown ones last, as they were read."""
    shown = [name for name in reading.fields if name not in _LEFT_OUT]
    if reading.text("payable") == reading.text("total"):
        shown = [name for name in shown if name != "payable"]
    if is_plain(reading.text("tax_code")):
        shown = [name for name in shown if name not in ("tax_code", "tax_reason")]
    if is_one_day(reading):
        shown = [name for name in shown if name != "service_end"]
    known = [name for name in FIELD_ORDER if name in shown]
    return (*known, *(name for name in shown if name not in FIELD_ORDER))


def pictured_page(reading: Reading) -> int | None:
    """The page that is worth a picture: the first with a place a value was read from."""
    pages = [f.evidence.page for f in reading.fields.values() if f.evidence and f.evidence.box]
    return min((page for page in pages if page), default=None)


def numbered(reading: Reading) -> dict[str, int]:
    """The fields boxed on the page picture, and the number each has there and in the mail."""
    page = pictured_page(reading)
    boxed = [
        name
        for name in in_order(reading)
        if (seen := reading.fields[name].evidence) and seen.box and seen.page == page
    ]
    return {name: number for number, name in enumerate(boxed, 1)}


def is_one_day(reading: Reading) -> bool:
    """What is billed was done on one day, not within a period."""
    start = reading.text("service_start")
    return bool(start) and reading.text("service_end") in ("", start)
