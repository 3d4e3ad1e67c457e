"""Payment runs in the books: what is to be paid, less what vendors owe, each of them once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from connectors.files.local import LocalFiles
from connectors.payments import table
from mailagent.core.books import Booked
from mailagent.core.capability import ReleasePayments, VoidBill, WithdrawPayments
from mailagent.core.errors import Permanent
from mailagent.core.payments import Form, Payer, PaymentRun
from mailagent.core.setoff import listed_on, set_off
from mailagent.store.ledger import EmbeddedLedger
from mailagent.store.payments import PaymentFiles
from tests.desk import MemoryBlobs, open_desk
from tests.values import NOW, record_bill

LEDGER = EmbeddedLedger()
UNTIL = date(2026, 12, 5)


class Books(NamedTuple):
    """The books with a bill of 119, and the files."""

    desk: Any
    files: PaymentFiles
    root: Path

    def stored(self) -> list[str]:
        return [path.name for path in self.root.rglob("*.csv")]

    async def payable(self) -> list[tuple[str, str]]:
        """Numbers, and for which bill a credit note is kept."""
        async with self.desk.begin() as tx:
            return [(one.bill.number, one.kept_for) for one in await tx.payable(UNTIL)]

    async def perform(self, action: Any, key: str) -> str:
        async with self.desk.begin() as tx:
            return str((await self.files.perform(tx, 1, action, key)).reference)

    async def find(self, action: Any) -> bool:
        async with self.desk.begin() as tx:
            return await self.files.find(tx, action, "k") is not None


@asynccontextmanager
async def books(tmp_path: Path, *bills: Any) -> AsyncIterator[Books]:
    blobs = MemoryBlobs()
    root = tmp_path / "files"
    async with open_desk(tmp_path) as desk:
        async with desk.begin() as tx:
            for n, bill in enumerate(bills, 1):
                await LEDGER.perform(tx, n, bill, f"k{n}")
        yield Books(desk, PaymentFiles(LocalFiles(root, blobs), blobs, table.write), root)


def credit(total: str = "-19.00", **changes: Any) -> Any:
    given = {"number": "CN-7", "net": None, "tax": None, "due": None, "iban": ""}
    return record_bill(**{**given, "total": Decimal(total), **changes})


async def release(made: Books, name: str = "run-1") -> ReleasePayments:
    """All that is to be paid, as a run would propose it."""
    async with made.desk.begin() as tx:
        found: list[Booked] = await tx.payable(UNTIL)
    rows = [listed_on(one, NOW.date()) for one in found]
    settled = set_off([r for r in rows if r.amount > 0], [r for r in rows if r.amount < 0])
    run = PaymentRun(
        name=name,
        form=Form.CSV,
        payer=Payer(name="Corp Ltd"),
        day=NOW.date(),
        made_at=NOW,
        payments=settled.payments,
    )
    return ReleasePayments(run=run, folder="payments")


async def test_a_credit_note_counts_from_its_own_day_and_a_void_one_never(tmp_path: Path) -> None:
    later = credit(number="CN-9", issued=date(2026, 12, 6))
    async with books(tmp_path, record_bill(), credit(), later, credit(number="CN-8")) as made:
        async with made.desk.begin() as tx:
            gone = VoidBill(bill="4", vendor="Acme", number="CN-8")
            await LEDGER.perform(tx, 4, gone, "void")
        assert await made.payable() == [("R-2026-7", ""), ("CN-7", "")]


@pytest.mark.parametrize(
    ("corrects", "due", "kept_for"),
    [
        ("R-2026-8", date(2027, 1, 20), "R-2026-8"),
        ("r 2026/8", date(2027, 1, 20), "R-2026-8"),  # however it is spelled
        ("R-2026-8", None, "R-2026-8"),  # paid by hand: no run is told when
        ("R-2026-8", date(2026, 12, 4), ""),  # paid in the same run
        ("R-2026-7", date(2027, 1, 20), ""),
        ("R-1", date(2027, 1, 20), ""),  # not in the books
    ],
)
async def test_a_credit_note_is_kept_for_the_bill_that_it_corrects(
    tmp_path: Path, corrects: str, due: date | None, kept_for: str
) -> None:
    other = record_bill(number="R-2026-8", due=due)
    async with books(tmp_path, record_bill(), other, credit(corrects=(corrects,))) as made:
        assert ("CN-7", kept_for) in await made.payable()


async def test_a_credit_note_of_a_bill_that_was_paid_is_taken_off_the_next(tmp_path: Path) -> None:
    async with books(tmp_path, record_bill()) as made:
        await made.perform(await release(made), "p1")
        async with made.desk.begin() as tx:
            await LEDGER.perform(tx, 2, record_bill(number="R-2026-8"), "k2")
            await LEDGER.perform(tx, 3, credit(corrects=("R-2026-7",)), "k3")
        assert await made.payable() == [("R-2026-8", ""), ("CN-7", "")]


async def test_a_credit_note_is_used_once_and_comes_back_when_the_run_does(tmp_path: Path) -> None:
    async with books(tmp_path, record_bill(), credit()) as made:
        action, again = await release(made), await release(made, "run-2")
        path = await made.perform(action, "p1")
        assert "100.00" in next(made.root.rglob("*.csv")).read_text()
        assert await made.payable() == []
        with pytest.raises(Permanent, match="in the run run-1 already"):
            await made.perform(again, "p2")
        assert len(made.stored()) == 1
        with pytest.raises(Permanent, match="in the payment run run-1"):
            async with made.desk.begin() as tx:
                await LEDGER.perform(tx, 2, VoidBill(bill="2", vendor="A", number="CN-7"), "v")
        await made.perform(WithdrawPayments(run=action.run, path=path), "p3")
        assert await made.payable() == [("R-2026-7", ""), ("CN-7", "")]
        assert made.stored() == []
        await made.perform(again, "p4")
        assert await made.payable() == []


async def test_a_run_whose_credit_note_was_voided_meanwhile_makes_no_file(tmp_path: Path) -> None:
    async with books(tmp_path, record_bill(), credit()) as made:
        action = await release(made)
        async with made.desk.begin() as tx:
            await LEDGER.perform(tx, 2, VoidBill(bill="2", vendor="A", number="CN-7"), "v")
        with pytest.raises(Permanent, match="CN-7 of Acme GmbH is void"):
            await made.perform(action, "p1")
        assert made.stored() == []
        assert await made.payable() == [("R-2026-7", "")]


class Killed(Exception):
    """The process ended before the transaction did."""


async def performed_and_killed(made: Books, action: ReleasePayments) -> None:
    async with made.desk.begin() as tx:
        await made.files.perform(tx, 1, action, "p1")
        raise Killed


async def test_killed_after_the_file_and_before_the_books_it_is_done_once(tmp_path: Path) -> None:
    async with books(tmp_path, record_bill(), credit()) as made:
        action = await release(made)
        with pytest.raises(Killed):
            await performed_and_killed(made, action)
        assert len(made.stored()) == 1
        assert not await made.find(action)
        assert await made.payable() == [("R-2026-7", ""), ("CN-7", "")]
        await made.perform(action, "p1")
        assert await made.find(action)
        assert len(made.stored()) == 1
        assert await made.payable() == []


async def test_bills_that_credit_notes_take_up_are_settled_without_a_file(tmp_path: Path) -> None:
    async with books(tmp_path, record_bill(), credit("-119.00")) as made:
        action = await release(made)
        assert not await made.find(action)
        path = await made.perform(action, "p1")
        assert (path, made.stored()) == ("", [])
        assert await made.find(action)
        assert await made.payable() == []
        back = WithdrawPayments(run=action.run, path=path)
        assert not await made.find(back)
        await made.perform(back, "p2")
        assert await made.find(back)
        assert len(await made.payable()) == 2


async def test_what_was_paid_before_is_not_paid_again(tmp_path: Path) -> None:
    by_card = record_bill(number="R-2026-8", owed=Decimal(0))
    async with books(tmp_path, record_bill(owed=Decimal("19.00")), by_card) as made:
        (paid,) = (await release(made)).run.payments
        assert (paid.reference, paid.amount) == ("R-2026-7", Decimal("19.00"))
