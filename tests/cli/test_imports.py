"""`mailagent import orders`: tables and electronic orders, into the store."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mailagent.cli import app, imports
from mailagent.core.errors import ConfigInvalid
from mailagent.core.orders import PurchaseOrder
from tests.documents import Bill, ubl_xml

ORDER = ubl_xml(Bill(number="PO-9")).replace(b"Invoice", b"Order")


class Kept:
    """The store's side."""

    def __init__(self) -> None:
        self.orders: list[PurchaseOrder] = []
        self.said: list[Any] = []

    async def save_orders(self, orders: list[PurchaseOrder]) -> int:
        self.orders += orders
        return 1

    async def audit(self, entry: Any) -> None:
        self.said.append(entry)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    import asyncio

    made = Kept()
    monkeypatch.setattr(imports, "ask_store", lambda _home, ask: asyncio.run(ask(made)))
    return made


def test_a_table(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("number,vendor,net\nPO-1,Acme,100\nPO-2,Acme,5\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["import", "orders", str(path)])
    assert result.output == "2 orders taken in: 1 new, 1 known before.\n"
    assert [order.number for order in kept.orders] == ["PO-1", "PO-2"]
    assert kept.said[0].details == {"file": "orders.csv", "orders": 2, "numbers": ["PO-1", "PO-2"]}


@pytest.mark.slow  # starts a child
def test_an_electronic_order(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "order.xml"
    path.write_bytes(ORDER)
    assert CliRunner().invoke(app, ["import", "orders", str(path)]).exit_code == 0
    assert kept.orders[0].number == "PO-9"
    assert kept.orders[0].lines[0].description == "Managed server M, November 2025"


def test_what_is_no_order(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["import", "orders", str(path)])
    assert isinstance(result.exception, ConfigInvalid)
    assert kept.orders == []
    result = CliRunner().invoke(app, ["import", "orders", str(tmp_path / "none.csv")])
    assert isinstance(result.exception, ConfigInvalid)
