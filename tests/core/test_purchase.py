"""Bills that name an order: known, of this vendor, within what was ordered."""

from decimal import Decimal
from typing import Any

import pytest

from mailagent.core.bookkeeping import fits_its_order
from mailagent.core.capability import RecordBill
from mailagent.core.orders import (
    Ordered,
    OrderLine,
    OrderRules,
    PurchaseOrder,
    order_key,
    orders_of,
)
from mailagent.core.purchase import lines_keep_to_the_order
from mailagent.core.question import KnownVendor
from mailagent.core.reading import Check, Evidence, Field, Kind, Reading, Source
from tests.values import reading, record_bill

ORDER = PurchaseOrder(
    number="PO-7", vendor="Acme GmbH", currency="EUR", net=Decimal(1000), total=Decimal(1190)
)


def failed(*checks: Check) -> list[str]:
    return [check.name for check in checks if not check.ok]


def bill(**changes: Any) -> RecordBill:
    return record_bill(order="PO-7", **changes)


@pytest.mark.parametrize(
    ("changes", "order", "before", "wrong"),
    [
        ({}, {}, 0, []),
        ({}, {}, 900, []),  # all of it
        ({}, {}, 920, []),  # freight
        ({}, {}, 921, ["order_amount"]),
        ({"net": None, "tax": None}, {}, 0, []),
        ({"net": None, "total": Decimal(1214)}, {}, 0, ["order_amount"]),
        ({}, {"net": None, "total": None}, 9999, []),  # nothing to compare with
        ({"currency": "USD"}, {}, 0, ["order_amount"]),
        ({"vendor": "Else", "vendor_vat": ""}, {}, 0, ["order_vendor"]),
        ({"vendor": "Else"}, {"vendor_vat": "DE 123 456 788"}, 0, []),  # by its tax number
        ({"vendor": "Else"}, {"vendor": ""}, 0, []),
        ({"total": Decimal(-119), "net": Decimal(-100)}, {}, 1000, []),
    ],
    ids=str,
)
def test_a_bill_within_its_order(
    changes: dict[str, Any], order: dict[str, Any], before: int, wrong: list[str]
) -> None:
    so_far = Ordered(
        order=ORDER.model_copy(update=order), net=Decimal(before), total=Decimal(before)
    )
    known = KnownVendor(has_orders=True, order=so_far)
    assert failed(*fits_its_order(bill(**changes), known)) == wrong


def test_an_order_that_nobody_knows() -> None:
    assert failed(*fits_its_order(bill(), KnownVendor(has_orders=True))) == ["order_known"]
    # Where no orders are kept, and where none is named, there is nothing to ask.
    assert tuple(fits_its_order(bill(), KnownVendor())) == ()
    assert tuple(fits_its_order(record_bill(), KnownVendor(has_orders=True))) == ()


@pytest.mark.parametrize(
    ("number", "key"),
    [("PO-77/81", "PO7781"), ("po 7781", "PO7781"), ("n/a", ""), ("-", ""), ("", ""), ("Ü1", "Ü1")],
)
def test_the_number_of_an_order(number: str, key: str) -> None:
    assert order_key(number) == key


def with_lines(*lines: dict[str, str], kind: Kind = Kind.INVOICE) -> Reading:
    items = Field(value=lines, confidence=1, source=Source.XML, evidence=Evidence(quote="x"))
    made = reading(kind)
    return made.model_copy(update={"fields": {**made.fields, "line_items": items}})


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ({"description": "Chair", "quantity": "4", "unit_price": "50.00"}, []),
        ({"description": "CHAIR,", "quantity": "4", "unit_price": "51.00"}, []),
        ({"description": "Chair", "quantity": "4.08"}, ["order_quantities"]),
        ({"description": "Chair", "unit_price": "51.01"}, ["order_prices"]),
        ({"description": "Chair", "quantity": "5"}, ["order_quantities"]),
        ({"description": "Table", "quantity": "2"}, ["order_quantities"]),  # one was delivered
        ({"description": "Lamp", "quantity": "99", "unit_price": "999"}, []),  # not ordered by name
        ({"description": "Chair"}, []),
        ({"description": "Chair", "quantity": "many", "unit_price": "NaN"}, []),
    ],
    ids=str,
)
def test_lines_within_the_order(line: dict[str, str], wrong: list[str]) -> None:
    chair = OrderLine(description="Chair", quantity=Decimal(4), unit_price=Decimal(50))
    table = OrderLine(description="Table", quantity=Decimal(2), delivered=Decimal(1))
    order = ORDER.model_copy(update={"lines": (chair, table)})
    assert failed(*lines_keep_to_the_order(with_lines(line), Ordered(order=order))) == wrong


def test_how_far_a_bill_may_go_is_the_companys_to_say() -> None:
    chair = OrderLine(description="Chair", quantity=Decimal(4), unit_price=Decimal(50))
    known = Ordered(order=ORDER.model_copy(update={"lines": (chair,)}))
    beyond = with_lines({"description": "Chair", "quantity": "5", "unit_price": "60"})
    assert failed(*lines_keep_to_the_order(beyond, known)) == ["order_prices", "order_quantities"]
    loose = OrderRules(amount=Decimal(1), price=Decimal("0.2"), quantity=Decimal("0.25"))
    answered = KnownVendor(has_orders=True, order=known).by_the_rules(loose)
    assert answered.order
    assert failed(*lines_keep_to_the_order(beyond, answered.order)) == []
    assert failed(*fits_its_order(bill(net=Decimal(1900)), answered)) == []


def test_an_order_as_it_was_read() -> None:
    line = {"description": "Chair", "quantity": "4", "unit_price": "50.00"}
    (made,) = orders_of(with_lines(line, kind=Kind.PURCHASE_ORDER))
    assert (made.number, made.vendor, made.net, made.total) == (
        "R-2026-7",
        "Acme GmbH",
        Decimal(100),
        Decimal(119),
    )
    assert made.lines == (
        OrderLine(description="Chair", quantity=Decimal(4), unit_price=Decimal(50)),
    )
    (plain,) = orders_of(reading())
    assert plain.lines == ()
