"""Who sells and who buys where a name stands in large letters and one address below it."""

import pytest

from mailagent.core.people import Us
from parsers.invoice.page.layout import Sheet
from parsers.invoice.page.reader import PageInvoice, read_sheet
from parsers.text.grid import text_words

BILL = """
Harbour Broadband

Corp Ltd
1 High Street
London EC1 1AA
{after}
Bill number     60091774
Bill date       01 Nov 2026

Monthly charges      45.00
VAT at 20%            9.00
Total this bill     £54.00
"""


def read(text: str, times: float) -> PageInvoice:
    words = text_words(text)
    first = words[0].top
    sign = [word for word in words if word.top == first]
    tall = [w._replace(top=w.bottom - times * w.height) for w in sign]
    return read_sheet(Sheet([*tall, *words[len(sign) :]]), Us())


def parties(page: PageInvoice) -> tuple[object, object]:
    seller, buyer = (page.fields.get(name) for name in ("seller_name", "buyer_name"))
    return seller and seller.value, buyer and buyer.value


def test_the_sign_sells_and_the_address_below_it_buys() -> None:
    page = read(BILL.format(after=""), 2.0)
    assert parties(page) == ("Harbour Broadband", "Corp Ltd")
    assert page.fields["buyer_name"].confidence < 0.9


@pytest.mark.parametrize(
    ("after", "times"),
    [("Tel. +44 20 7946 0991", 2.0), ("VAT No GB 123 4567 82", 2.0), ("", 1.0)],
    ids=["a telephone", "a tax number", "no sign"],
)
def test_who_has_a_telephone_or_a_tax_number_sells(after: str, times: float) -> None:
    page = read(BILL.format(after=after), times)
    assert parties(page)[1] != "Corp Ltd"
